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
    records.each { row in
      found.append(
        RecordDescription(
          line: row.position.line, kind: type(of: row).kind,
          fields: own.fields(of: row).map { ($0.field.name, $0.text) }))
    }
    return found.sorted { $0.line < $1.line }
  }
}
