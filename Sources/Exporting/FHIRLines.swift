import Ingest
import Records
import Reporting

/// Pain entries and exercise minutes as FHIR R4 resources, one a line.
///
/// Pain on the 0-10 scale is LOINC 72514-3, minutes of exercise LOINC 55411-3; a resource's id
/// follows from what it says, so that a further export gives the same ids.
public struct FHIRLines: Sendable {
  /// Rows that have no place in these resources: other scales, and exercises without minutes.
  public private(set) var leftOut = 0
  private let ids = KeyedCode(key: [])

  /// Nothing written yet.
  public init() {}

  /// The lines of a person: the patient, then the observations in the order of days.
  public mutating func lines(of log: PatientLog, in period: Period? = nil) -> String {
    let patient = id(log.code)
    var text =
      "{\"resourceType\": \"Patient\", \"id\": \(jsonQuoted(patient)), \"identifier\": "
      + "[{\"value\": \(jsonQuoted(log.code))}]"
    if let name = log.name { text += ", \"name\": [{\"text\": \(jsonQuoted(name))}]" }
    text += "}\n"
    let own = RecordFields(names: log.names, texts: log.texts)
    var count: [String: Int] = [:]
    func add(_ key: String, _ body: String) {
      // Equal rows are true repeats: each has an id of its own.
      count[key, default: 0] += 1
      let id = ids.short("\(log.code)\u{0}\(key)\u{0}\(count[key] ?? 0)", after: "obs-")
      text +=
        "{\"resourceType\": \"Observation\", \"id\": \"\(id)\", \"status\": \"final\", "
        + "\"subject\": {\"reference\": \(jsonQuoted("Patient/" + patient))}, \(body)}\n"
    }
    for row in log.pain where period?.contains(row.recorded.day) ?? true {
      guard row.scale == nil, row.kind != .before, row.kind != .after else {
        leftOut += 1
        continue
      }
      let fields = own.fields(of: row)
      var body =
        FHIRLines.code("72514-3", "Pain severity - 0-10 verbal numeric rating")
        + FHIRLines.when(fields, .recordedAt) + ", " + FHIRLines.score(row.score)
      if let kind = row.kind { body += ", \"method\": {\"text\": \(jsonQuoted(kind.word))}" }
      if let location = row.location {
        body += ", \"bodySite\": {\"text\": \(jsonQuoted(log.names[location]))}"
      }
      add(FHIRLines.key(fields), body)
    }
    for row in log.sets where period?.contains(row.started.day) ?? true {
      guard row.isPerformed, let minutes = row.minutes else {
        leftOut += 1
        continue
      }
      let fields = own.fields(of: row)
      add(
        FHIRLines.key(fields),
        FHIRLines.code("55411-3", "Exercise duration", text: log.names[row.exercise])
          + FHIRLines.when(fields, .startedAt) + ", "
          + FHIRLines.quantity(minutes, unit: "min"))
    }
    return text
  }

  /// An id as FHIR allows it: the code itself where it is one, else a code of it.
  private func id(_ code: String) -> String {
    let isAllowed = code.utf8.allSatisfy {
      ($0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A) || ($0 >= 0x30 && $0 <= 0x39) || $0 == 0x2D
        || $0 == 0x2E
    }
    return isAllowed && (1...64).contains(code.utf8.count) ? code : ids.short(code, after: "id-")
  }

  private static func key(_ fields: [RecordFields.Filled]) -> String {
    fields.map { "\($0.field.name)=\($0.text)" }.joined(separator: "\u{0}")
  }

  private static func code(_ code: String, _ display: String, text: String? = nil) -> String {
    "\"code\": {\"coding\": [{\"system\": \"http://loinc.org\", \"code\": \"\(code)\", "
      + "\"display\": "
      + "\(jsonQuoted(display))}]\(text.map { ", \"text\": \(jsonQuoted($0))" } ?? "")}"
  }

  /// The patient's own day where it is not the clock's, else the time.
  private static func when(_ fields: [RecordFields.Filled], _ field: Field) -> String {
    let own = fields.first { $0.field == .localDay }?.text
    let time = own ?? fields.first { $0.field == field }?.text ?? ""
    return ", \"effectiveDateTime\": \(jsonQuoted(time))"
  }

  private static func score(_ score: Double) -> String {
    score == score.rounded()
      ? "\"valueInteger\": \(Int(score))" : quantity(score, unit: "{score}")
  }

  private static func quantity(_ value: Double, unit: String) -> String {
    let number = value == value.rounded() ? String(Int64(value)) : "\(value)"
    return "\"valueQuantity\": {\"value\": \(number), \"unit\": \(jsonQuoted(unit)), \"system\": "
      + "\"http://unitsofmeasure.org\", \"code\": \(jsonQuoted(unit))}"
  }
}
