import Records

/// One record in words, as a reader made it of its row.
public struct RecordDescription: Sendable {
  /// The line the row begins on.
  public var line: Int64
  /// What the row became.
  public var kind: Kind
  /// Its fields that say something, under the names of lumbar's own format.
  public var fields: [(name: String, text: String)]
}

extension Batch {
  /// Every record of the batch in words, in the order of lines. O(rows log rows).
  public var descriptions: [RecordDescription] {
    let own = RecordFields(names: names, texts: texts)
    var found: [RecordDescription] = []
    func add(_ row: any Row, _ kind: Kind, _ fields: [RecordFields.Filled]) {
      found.append(
        RecordDescription(
          line: row.position.line, kind: kind, fields: fields.map { ($0.field.name, $0.text) }))
    }
    for row in sets { add(row, .sessions, own.fields(of: row)) }
    for row in pain { add(row, .pain, own.fields(of: row)) }
    for row in measurements { add(row, .flexibility, own.fields(of: row)) }
    for row in program { add(row, .program, own.fields(of: row)) }
    for row in patients { add(row, .patients, own.fields(of: row)) }
    for row in days { add(row, .days, own.fields(of: row)) }
    for row in questionnaires { add(row, .questionnaires, own.fields(of: row)) }
    return found.sorted { $0.line < $1.line }
  }
}
