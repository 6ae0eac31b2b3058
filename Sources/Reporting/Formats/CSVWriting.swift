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
    case .detail(let detail): quoted(Sentences.ofFigures.ledgerDetail(detail))
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
