/// A page of plain text.
struct TextFormat: ReportFormat {
  let name = "txt"
  let isUsual = true

  func content(of report: any Report, ascii: Bool) -> ReportContent {
    .text(report.text(ascii: ascii))
  }
}

extension Report {
  /// Its short page as plain text.
  ///
  /// - Parameter ascii: true leaves out every character beyond ASCII that lumbar itself writes.
  public func text(ascii: Bool = false) -> String {
    var page = TextPage(ascii: ascii)
    for block in self.page { page.write(block) }
    return page.text
  }
}

/// A page of text under construction.
struct TextPage {
  /// Columns of a terminal that a page keeps to.
  static let width = 80
  /// Columns of the questions, which stand beside their answers.
  private static let margin = 23
  /// Lines that the answers may take, so that four end by the page's tenth.
  private static let answerLines = 8

  private(set) var text = ""
  private let ascii: Bool
  /// Whether a paragraph that follows belongs to what was written last.
  private var isInParagraphs = true

  init(ascii: Bool) { self.ascii = ascii }

  mutating func write(_ block: PageBlock) {
    var isOfParagraphs = false
    switch block {
    case .title(let title, let aside): line(spread(plain(title).uppercased(), plain(aside)))
    case .pair(let left, let right): line(spread(plain(left), plain(right)))
    case .answers(let answers): write(answers)
    case .rule:
      line(String(repeating: ascii ? "-" : "─", count: TextPage.width))
      isOfParagraphs = true
    case .heading(let text): heading(plain(text))
    case .sentence(let text):
      for part in wrapped(plain(text), to: TextPage.width - 2) { line("  " + part) }
    case .paragraph(let text):
      if !isInParagraphs { line("") }
      for part in wrapped(plain(text), to: TextPage.width) { line(part) }
      isOfParagraphs = true
    case .list(let heading, let entries):
      self.heading(plain(heading))
      for entry in entries {
        for (index, part) in wrapped(plain(entry), to: TextPage.width - 4).enumerated() {
          line((index == 0 ? "  - " : "    ") + part)
        }
      }
    case .strip(let values, let range): line("  " + strip(values, in: range))
    case .lines(let lines): write(lines)
    }
    isInParagraphs = isOfParagraphs
  }

  private mutating func line(_ line: String) {
    var line = shortened(line, to: TextPage.width)
    while line.hasSuffix(" ") { line.removeLast() }
    text += plain(line) + "\n"
  }

  /// A heading, in capitals up to a bracket that explains it.
  private mutating func heading(_ heading: String) {
    let bracket = heading.firstIndex(of: "(") ?? heading.endIndex
    line("")
    line(heading[..<bracket].uppercased() + heading[bracket...])
  }

  /// Questions in the margin and answers beside them; those that yield first are shortened until
  /// all fit.
  private mutating func write(_ answers: [Answer]) {
    func lines(_ text: String) -> [String] {
      wrapped(plain(text), to: TextPage.width - TextPage.margin)
    }
    var texts = answers.map { lines($0.long) }
    for index in answers.indices.sorted(by: { answers[$0].yields < answers[$1].yields }) {
      guard texts.reduce(0, { $0 + $1.count }) > TextPage.answerLines else { break }
      texts[index] = lines(answers[index].short)
    }
    for (answer, parts) in zip(answers, texts) {
      for (index, part) in parts.enumerated() {
        line(padded(index == 0 ? plain(answer.question) : "", to: TextPage.margin) + part)
      }
    }
  }

  private mutating func write(_ lines: Lines) {
    let widths = lines.columns.enumerated().map { place, column in
      column.grows ? max(column.width, widest(lines.rows, place)) : column.width
    }
    for row in lines.rows {
      var text = "  "
      for (place, cell) in row.enumerated() {
        let (column, width) = (lines.columns[place], widths[place])
        text += String(repeating: " ", count: column.gap)
        switch cell {
        case .text(let words):
          text += width == 0 ? plain(words) : padded(plain(words), to: width, right: column.isRight)
        case .bar(let share): text += bar(share, width: width)
        }
      }
      line(text)
    }
  }

  /// Columns that the longest text takes in a place of the rows.
  private func widest(_ rows: [[Lines.Cell]], _ place: Int) -> Int {
    rows.map { if case .text(let words) = $0[place] { displayWidth(plain(words)) } else { 0 } }
      .max() ?? 0
  }

  /// A text with signs for the letters that it is to do without.
  private func plain(_ text: String) -> String { ascii ? TextPage.inASCII(text) : text }

  /// Two texts at either end of a line.
  private func spread(_ left: String, _ right: String) -> String {
    let room = TextPage.width - displayWidth(right) - 1
    return padded(left, to: max(room, 1)) + " " + right
  }

  private func bar(_ share: Double, width: Int) -> String {
    let filled = Int((min(max(share, 0), 1) * Double(width)).rounded())
    return String(repeating: ascii ? "#" : "█", count: filled)
      + String(repeating: ascii ? "." : "░", count: width - filled)
  }

  /// One mark a value, eight heights; a point where there is none.
  private func strip(_ values: [Double?], in range: ClosedRange<Double>) -> String {
    let marks: [Character] = ascii ? Array("12345678") : Array("▁▂▃▄▅▆▇█")
    return String(
      values.map { value -> Character in
        guard let value else { return ascii ? "." : "·" }
        let share = (value - range.lowerBound) / (range.upperBound - range.lowerBound)
        return marks[min(marks.count - 1, max(0, Int(share * Double(marks.count))))]
      })
  }

  /// What stands for the letters and signs of lumbar's own words.
  private static let plain: [Character: String] = [
    "–": "-", "…": "...", "×": "x", "·": ".", "±": "+-", "°": "deg", "\u{A0}": " ",
    "ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss",
    "á": "a", "é": "e", "í": "i", "ó": "o", "ú": "u", "ñ": "n", "¿": "", "¡": "",
    "Á": "A", "É": "E", "Í": "I", "Ó": "O", "Ú": "U", "Ñ": "N",
    "à": "a", "â": "a", "ç": "c", "è": "e", "ê": "e", "ë": "e", "î": "i", "ï": "i", "ô": "o",
    "ù": "u", "û": "u", "œ": "oe",
    "À": "A", "Â": "A", "Ç": "C", "È": "E", "Ê": "E", "Ë": "E", "Î": "I", "Ï": "I", "Ô": "O",
    "Ù": "U", "Û": "U", "Œ": "Oe", "«": "\"", "»": "\"",
    "’": "'", "“": "\"", "”": "\"", "„": "\"",
  ]

  private static func inASCII(_ line: String) -> String {
    guard line.utf8.contains(where: { $0 >= 0x80 }) else { return line }
    return line.reduce(into: "") { $0 += TextPage.plain[$1] ?? String($1) }
  }
}
