import Analysis

/// Writes rows as CSV that every spreadsheet and statistics package reads, and that none executes.
///
/// Fields are quoted where they must be (RFC 4180). A text that a spreadsheet would take for a
/// formula gets an apostrophe before it (CWE-1236), and so does one that reads like a text with
/// such an apostrophe, so that taking one off always gives the text; numbers that lumbar wrote stay
/// as they are.
public enum CSVWriting {
  /// Lines under a header, each ended by CR LF.
  static func document(_ header: [String], _ rows: [[Figure]]) -> String {
    var text = ""
    for row in [header.map(Figure.text)] + rows {
      text += row.map(field).joined(separator: ",") + "\r\n"
    }
    return text
  }

  /// One field; an absent figure is an empty one.
  static func field(_ figure: Figure) -> String {
    switch figure {
    case .number(let number): number.isFinite ? JSONWriter.number(number) : ""
    case .count(let count): String(count)
    case .flag(let flag): flag ? "true" : "false"
    case .text(let text): quoted(text)
    case .none, .absent: ""
    case .list(let elements): quoted(elements.map(field).joined(separator: " "))
    case .record: ""
    }
  }

  /// One field of text.
  public static func quoted(_ text: String) -> String {
    var text = text
    if let first = text.utf8.first(where: { $0 != 0x27 }),
      [0x3D, 0x2B, 0x2D, 0x40, 0x09, 0x0D].contains(first)
    {
      text = "'" + text
    }
    guard text.utf8.contains(where: { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }) else { return text }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
  }
}

extension PatientReport {
  /// Every figure of the JSON report in a row of its own: its path, its value, and why it is
  /// absent.
  public var csv: String {
    var rows: [[Figure]] = []
    func add(_ path: String, _ figure: Figure) {
      switch figure {
      case .record(let members):
        for (key, value) in members where !(path.isEmpty && key == "reasons") {
          add(path.isEmpty ? key : "\(path).\(key)", value)
        }
      case .list(let elements):
        for (index, element) in elements.enumerated() { add("\(path)[\(index)]", element) }
      case .absent(let absence):
        rows.append([.text(findings.patient), .text(path), .none, .text(absence.code.rawValue)])
      default: rows.append([.text(findings.patient), .text(path), figure, .none])
      }
    }
    add("", figures)
    return CSVWriting.document(["patient_id", "figure", "value", "reason"], rows)
  }
}

extension CohortReport {
  /// One row a patient with the figures of the JSON report.
  public var csv: String {
    CSVWriting.document(
      [
        "patient_id", "days_covered", "dose_capped", "dose_uncapped", "dose_all_days", "sessions",
        "unknown_share", "low_confidence", "band", "pain_mean", "pain_change", "pain_verdict",
        "tests_better", "tests_worse", "tests_judged", "days_since_last", "last_record", "call",
      ],
      members.map { member in
        let nothing = Absence(.noData)
        return [.text(member.patient), .count(member.covered)]
          + member.adherence.members.map(\.value) + [
            Figure(member.pain?.mean, else: nothing), Figure(member.pain?.change, else: nothing),
            Figure(member.pain?.verdict?.rawValue, else: nothing), .count(member.testsBetter),
            .count(member.testsWorse), .count(member.testsJudged),
            Figure(member.daysSinceLast, else: nothing),
            Figure(member.lastRecord?.description, else: nothing),
            .text(member.reasons.map { $0.text(Words(.english)) }.joined(separator: "; ")),
          ]
      })
  }
}
