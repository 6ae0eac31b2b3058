import Ingest
import Records
import Reporting

/// A kind of text that records are written in.
public enum OwnFormat: String, Sendable {
  case csv, json
}

/// Lines of one kind of records in lumbar's own CSV or as members of a JSON array.
///
/// What it writes, an import reads back as the same records: every field of the database has its
/// column.
public struct OwnLines: Sendable {
  /// The kind that its rows are of.
  public let kind: Kind
  private let format: OwnFormat
  private let columns: [Field]
  /// The columns whose cells are numbers.
  private let plainNumbers: Set<Field>

  /// Lines of a kind.
  public init(_ kind: Kind, _ format: OwnFormat) {
    self.kind = kind
    self.format = format
    columns = kind.fields.fields
    plainNumbers = Set(
      kind.rowType.fields.filter { $0.form == .number || $0.form == .whole }.map(\.use.field))
  }

  /// The line above the rows; nothing in JSON.
  public var header: String {
    format == .csv ? columns.map(\.name).joined(separator: ",") + "\r\n" : ""
  }

  /// Adds one row.
  ///
  /// - Parameters:
  ///   - row: the fields that say something.
  ///   - isFirst: whether no row stands before it.
  ///   - text: what it is added to.
  public func add(_ row: [RecordFields.Filled], isFirst: Bool, to text: inout String) {
    switch format {
    case .csv:
      for (index, field) in columns.enumerated() {
        if index > 0 { text += "," }
        guard let filled = row.first(where: { $0.field == field }) else { continue }
        text +=
          plainNumbers.contains(field) ? filled.text : CSVWriting.quoted(filled.text)
      }
      text += "\r\n"
    case .json:
      text += isFirst ? "\n    {" : ",\n    {"
      text += row.map { field, value in
        let isBare = plainNumbers.contains(field)
        return "\(jsonQuoted(field.name)): \(isBare ? value : jsonQuoted(value))"
      }.joined(separator: ", ")
      text += "}"
    }
  }
}

extension PatientLog {
  /// Whether anything is known about the person beside the code.
  private var isDescribed: Bool { name != nil || zone != nil || sex != nil || language != nil }

  /// The log's rows of a kind as fields, those of a period, in their order.
  ///
  /// - Parameters:
  ///   - kind: people and programmes are given whatever the period.
  ///   - period: nil for all days.
  public func rows(of kind: Kind, in period: Period? = nil) -> [[RecordFields.Filled]] {
    if kind == .patients {
      guard isDescribed else { return [] }
      let all: [(Field, String?)] = [
        (.patientID, code), (.name, name), (.timezone, zone), (.sex, sex), (.language, language),
      ]
      return [all.compactMap { field, text in text.map { (field, $0) } }]
    }
    let own = RecordFields(names: names, texts: texts)
    func rows<R: Row>(_: R.Type) -> [[RecordFields.Filled]] {
      records[keyPath: R.rows].filter { row in
        guard let period, let day = row.belongsTo else { return true }
        return period.contains(day)
      }.map { own.fields(of: $0) }
    }
    return rows(kind.rowType)
  }
}
