import Records

/// A blank file to start a diary without an app: a header, and a row that shows how it is filled
/// in.
public struct Template: Sendable {
  /// The kind of its rows.
  public var kind: Kind
  /// What it is for, in a few words.
  public var about: String
  /// Its fields, with an example of each.
  public var cells: [(field: Field, example: String)]

  /// Whose rows the examples are.
  static let person = Array("me".utf8)

  /// Every kind that a person writes down.
  public static let all = Kind.rowTypes.compactMap { kind in
    kind.declaration.purpose.map { purpose in
      Template(
        kind: kind.kind, about: "\(purpose)",
        cells: [(.patientID, "me")]
          + kind.fields.compactMap { declared in
            declared.use.example.map { (declared.use.field, "\($0)") }
          })
    }
  }

  /// Whether the fields of a row are those of the example of its kind.
  static func isExample(_ kind: Kind, _ cell: (Field) -> Bytes) -> Bool {
    let owner = cell(.patientID)
    guard owner.count == person.count, owner.elementsEqual(person),
      let template = all.first(where: { $0.kind == kind })
    else { return false }
    return template.cells.allSatisfy { cell($0.field).trimmed.elementsEqual($0.example.utf8) }
  }
}
