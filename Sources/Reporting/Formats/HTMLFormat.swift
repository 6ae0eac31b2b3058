import Records

/// One page for a screen: a file that opens from a mail, prints on one sheet, and runs nothing.
struct HTMLFormat: ReportFormat {
  let name = "html"
  let isUsual = true

  func content(of report: any Report, ascii: Bool) -> ReportContent {
    .text(report.html(ascii: ascii))
  }
}

extension Report {
  /// Its page for a screen as HTML.
  ///
  /// - Parameter ascii: true writes every character beyond ASCII as a reference.
  public func html(ascii: Bool = false) -> String {
    var page = HTMLPage(ascii: ascii)
    page.write(screen)
    return page.string
  }
}

/// A page under construction. All text goes through `text`, which leaves nothing of it to act.
struct HTMLPage {
  private var bytes: [UInt8] = []
  private let ascii: Bool
  /// Pictures so far, for ids.
  private var pictures = 0
  /// What is said of the tables behind pictures.
  private var numbersOf = ""
  /// What is said of a line of weeks.
  private var painByWeek = ""
  /// How often each table's title stood above one.
  private var titles: [String: Int] = [:]

  init(ascii: Bool) {
    self.ascii = ascii
    bytes.reserveCapacity(40_000)
  }

  /// All of it.
  var string: String { String(decoding: bytes, as: UTF8.self) }

  // MARK: Bytes

  /// Markup of lumbar's own.
  mutating func markup(_ markup: String) { bytes.append(contentsOf: markup.utf8) }

  /// Any text, in which nothing can act; what is written from right to left keeps to itself.
  mutating func text(_ text: String) {
    if text.utf8.allSatisfy(HTMLPage.isPlain) { return markup(text) }
    let scalars = text.unicodeScalars
    var rest = scalars[...]
    while let start = rest.firstIndex(where: HTMLPage.isRightToLeft) {
      plain(rest[..<start])
      // Up to the last such letter before one of the other direction.
      let other = rest[start...].firstIndex {
        $0.properties.isAlphabetic && !HTMLPage.isRightToLeft($0)
      }
      let reach = rest[start..<(other ?? rest.endIndex)]
      let last = reach.lastIndex(where: HTMLPage.isRightToLeft) ?? start
      let end = scalars.index(after: last)
      markup("<bdi>")
      plain(rest[start..<end])
      markup("</bdi>")
      rest = rest[end...]
    }
    plain(rest)
  }

  private mutating func plain(_ scalars: Substring.UnicodeScalarView) {
    for scalar in scalars {
      switch scalar {
      case "&": markup("&amp;")
      case "<": markup("&lt;")
      case ">": markup("&gt;")
      case "\"": markup("&quot;")
      case _ where isHidden(scalar.value) || HTMLPage.isNoCharacter(scalar.value):
        markup(ascii ? "&#65533;" : "\u{FFFD}")
      case _ where ascii && scalar.value > 0x7F: markup("&#\(scalar.value);")
      default: bytes.append(contentsOf: String(scalar).utf8)
      }
    }
  }

  /// Whether a byte of UTF-8 stands for itself in markup; all letters beyond ASCII are looked at.
  private static func isPlain(_ byte: UInt8) -> Bool {
    (0x20...0x7E).contains(byte) && byte != UInt8(ascii: "<") && byte != UInt8(ascii: ">")
      && byte != UInt8(ascii: "&") && byte != UInt8(ascii: "\"")
  }

  /// Code points that no page may hold.
  private static func isNoCharacter(_ value: UInt32) -> Bool {
    value & 0xFFFE == 0xFFFE || (0xFDD0...0xFDEF).contains(value)
  }

  private static func isRightToLeft(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0590...0x08FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFF, 0x10800...0x10FFF, 0x1E800...0x1EFFF:
      true
    default: false
    }
  }

  /// A number of a drawing, with one decimal at most.
  mutating func coordinate(_ value: Double) {
    let tenths = Int((value * 10).rounded())
    if tenths < 0 { bytes.append(UInt8(ascii: "-")) }
    bytes.append(contentsOf: String(abs(tenths) / 10).utf8)
    if abs(tenths) % 10 != 0 {
      bytes.append(UInt8(ascii: "."))
      bytes.append(UInt8(ascii: "0") + UInt8(abs(tenths) % 10))
    }
  }

  mutating func point(_ x: Double, _ y: Double) {
    coordinate(x)
    bytes.append(UInt8(ascii: " "))
    coordinate(y)
  }

  private mutating func element(_ name: String, _ content: String, _ more: String = "") {
    markup("<\(name)\(more)>")
    text(content)
    markup("</\(name)>")
  }

  // MARK: The page

  mutating func write(_ screen: Screen) {
    numbersOf = screen.numbersOf
    painByWeek = screen.painByWeek
    markup(
      "<!DOCTYPE html>\n<html lang=\"\(screen.language.rawValue)\"><head><meta charset=\"utf-8\">")
    markup(
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
        + "'unsafe-inline'; base-uri 'none'; form-action 'none'\">")
    markup("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
    element("title", "\(screen.title), \(screen.about)")
    markup("<style>\(HTMLPage.style)</style></head>\n<body><main>")
    element("h1", screen.title)
    element("p", screen.about, " class=\"about\"")
    if let lead = screen.lead { element("p", lead) }
    if !screen.cards.isEmpty {
      markup("<div class=\"cards\">\n")
      for card in screen.cards { write(card) }
      markup("</div>\n")
    }
    if !screen.notes.isEmpty {
      markup("<div class=\"notes\">\n")
      for block in screen.notes {
        markup("<div>")
        write(block, heading: "h2")
        markup("</div>\n")
      }
      markup("</div>\n")
    }
    write(screen.people)
    if !screen.further.isEmpty {
      markup("<div class=\"\(screen.printsFurther ? "further" : "further screen")\">\n")
      for section in screen.further {
        markup("<section>")
        element("h2", section.name)
        for block in section.blocks { write(block, heading: "h3") }
        markup("</section>\n")
      }
      markup("</div>\n")
    }
    markup("<section class=\"foot\">")
    element("h2", screen.safety.heading)
    markup("<ul>")
    for line in screen.safety.lines { element("li", line) }
    markup("</ul>")
    for line in screen.sources { element("p", line) }
    markup("</section></main></body></html>\n")
  }

  private mutating func write(_ card: Card) {
    markup("<article>")
    element("h2", card.question)
    element("p", card.answer)
    if let number = card.number { element("p", number, " class=\"number\"") }
    if !card.meaning.isEmpty { element("p", card.meaning, " class=\"meaning\"") }
    if let picture = card.picture { write(picture) }
    markup("</article>\n")
  }

  // MARK: People

  /// Everybody in each order, with links from one to the other.
  private mutating func write(_ lists: [PeopleList]) {
    for (place, list) in lists.enumerated() {
      markup("<section class=\"people\" id=\"o\(place + 1)\">")
      element("h2", list.title)
      if lists.count > 1 {
        markup("<p>")
        for (other, list) in lists.enumerated() where other != place {
          markup("<a class=\"order\" href=\"#o\(other + 1)\">")
          text(list.title)
          markup("</a>")
        }
        markup("</p>")
      }
      open(table: list.title, columns: list.columns)
      for row in list.rows { write(row) }
      markup("</tbody></table></div></section>\n")
    }
  }

  private mutating func write(_ row: PersonRow) {
    markup("<tr><th scope=\"row\">")
    if let page = row.page {
      markup("<a href=\"")
      markup(HTMLPage.reference(page))
      markup("\">")
    }
    text(row.name)
    markup(row.page == nil ? "</th>" : "</a></th>")
    for cell in row.cells { element("td", cell) }
    markup("<td>")
    writeLine(row.marks)
    markup("</td></tr>\n")
  }

  /// A name of a file as an address: what is no letter, digit, dash or point of ASCII by its bytes.
  private static func reference(_ name: String) -> String {
    name.utf8.map { byte in
      let isPlain =
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
        || (0x61...0x7A).contains(byte) || byte == 0x2D || byte == 0x2E || byte == 0x5F
      if isPlain { return String(UnicodeScalar(byte)) }
      let digits = String(byte, radix: 16, uppercase: true)
      return digits.count == 1 ? "%0\(digits)" : "%\(digits)"
    }.joined()
  }

  /// Values of weeks, from 0 to 10, as a small line; a point where one stands alone.
  private mutating func writeLine(_ values: [Double?]) {
    guard values.contains(where: { $0 != nil }) else { return }
    let said = values.map { $0.map { Format.decimal($0) } ?? Format.absent }.joined(separator: ", ")
    let step = 64 / Double(max(values.count - 1, 1))
    markup("<svg class=\"spark\" role=\"img\" viewBox=\"0 0 72 20\"><title>")
    text(painByWeek.replacing("{1}", with: said))
    markup("</title><path class=\"line blue\" d=\"")
    var isOpen = false
    for (place, value) in values.enumerated() {
      guard let value else {
        isOpen = false
        continue
      }
      markup(isOpen ? "L" : "M")
      point(4 + Double(place) * step, 18 - value * 1.6)
      if !isOpen { markup("h0") }
      isOpen = true
    }
    markup("\"/></svg>")
  }

  private mutating func write(_ picture: Plot) {
    pictures += 1
    guard let drawing = SVGChart(picture, id: "p\(pictures)") else { return }
    markup("<figure>")
    element("figcaption", picture.chart.title)
    drawing.write(to: &self)
    let key = drawing.key
    if !key.isEmpty {
      markup("<ul class=\"key\">")
      for entry in key {
        markup("<li><span class=\"k \(entry.form)\"></span>")
        text(entry.name)
        markup("</li>")
      }
      markup("</ul>")
    }
    markup("<details><summary>")
    text(numbersOf.replacing("{1}", with: picture.chart.title))
    markup("</summary>")
    write(picture.table)
    markup("</details></figure>\n")
  }

  private mutating func write(_ block: Block, heading: String) {
    switch block {
    case .title(let title), .heading(let title): element(heading, title)
    case .paragraph(let paragraph): element("p", paragraph)
    case .list(let title, let entries):
      element(heading, title)
      markup("<ul>")
      for entry in entries { element("li", entry) }
      markup("</ul>")
    case .table(let table):
      element(heading, table.title)
      write(table)
    case .charted(let table, let charts):
      guard !charts.isEmpty else { return write(.table(table), heading: heading) }
      for chart in charts { write(Plot(table: table, chart: chart)) }
    case .plots(let plots, _): for plot in plots { write(plot) }
    }
  }

  /// A table that can be scrolled where the screen is too narrow, which a keyboard can do too.
  private mutating func write(_ table: Table) {
    open(table: table.title, columns: table.columns)
    for row in table.rows {
      markup("<tr>")
      for (column, cell) in row.enumerated() { write(cell, bar: table.bars[column]) }
      markup("</tr>\n")
    }
    markup("</tbody></table></div>")
  }

  private mutating func open(table title: String, columns: [String]) {
    markup("<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"")
    titles[title, default: 0] += 1
    let times = titles[title, default: 1]
    label(times == 1 ? title : "\(title) (\(times))")
    markup("\"><table><thead><tr>")
    for column in columns { element("th", column, " scope=\"col\"") }
    markup("</tr></thead><tbody>\n")
  }

  /// A text within an attribute, where no element can stand.
  private mutating func label(_ text: String) { plain(text.unicodeScalars[...]) }

  /// A cell, with a bar above its number where a whole is given that would fill it.
  private mutating func write(_ cell: Cell, bar whole: Double?) {
    if case .day = cell {
      markup("<td class=\"d\">")
    } else {
      markup(cell.isRightAligned ? "<td class=\"n\">" : "<td>")
    }
    if let whole, let value = SVGChart.value(cell) {
      let width = Int((min(max(value / whole, 0), 1) * 100).rounded())
      markup("<span class=\"bar\" style=\"width:\(width)%\"></span>")
    }
    text(cell.text)
    markup("</td>")
  }
}
