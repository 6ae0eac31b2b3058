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

  private init(kind: Kind, about: String, cells: [(Field, String)]) {
    self.kind = kind
    self.about = about
    self.cells = cells
  }

  /// Whose rows the examples are.
  static let person = Array("me".utf8)

  /// Every kind that a person writes down, in the order in which a diary needs them.
  public static let all = [
    Template(
      kind: .program, about: "what was prescribed",
      cells: [
        (.patientID, "me"), (.exercise, "Hamstring stretch"), (.component, "hamstring-stretch"),
        (.sessionsPerWeek, "7"), (.sets, "3"), (.reps, "1"), (.holdSeconds, "30"), (.side, ""),
        (.startOn, "2026-01-05"), (.endOn, ""),
      ]),
    Template(
      kind: .sessions, about: "what was done, a row an exercise",
      cells: [
        (.patientID, "me"), (.startedAt, "2026-01-05 07:30"), (.exercise, "Hamstring stretch"),
        (.component, "hamstring-stretch"), (.sets, "3"), (.reps, "1"), (.holdSeconds, "30"),
        (.minutes, ""), (.rpe, "3"), (.side, ""), (.completed, "yes"), (.painBefore, "4"),
        (.painAfter, "3"), (.notes, "went well"),
      ]),
    Template(
      kind: .pain, about: "pain from 0 to 10",
      cells: [
        (.patientID, "me"), (.recordedAt, "2026-01-05 20:00"), (.score, "4"), (.kind, "average"),
        (.location, "lower back"), (.notes, ""),
      ]),
    Template(
      kind: .flexibility, about: "measurements, now and then",
      cells: [
        (.patientID, "me"), (.measuredOn, "2026-01-05"), (.measure, "sit_and_reach"),
        (.value, "21.5"), (.unit, "cm"), (.side, ""),
      ]),
    Template(
      kind: .days, about: "days of rest, illness or travel",
      cells: [
        (.patientID, "me"), (.date, "2026-01-06"), (.status, "rest"), (.hours, ""),
        (.reason, ""),
      ]),
  ]

  /// Whether the fields of a row are those of the example of its kind.
  static func isExample(_ kind: Kind, _ cell: (Field) -> Bytes) -> Bool {
    let owner = cell(.patientID)
    guard owner.count == person.count, owner.elementsEqual(person),
      let template = all.first(where: { $0.kind == kind })
    else { return false }
    return template.cells.allSatisfy { cell($0.field).trimmed.elementsEqual($0.example.utf8) }
  }
}
