import Records

/// The paper of a sheet, at the scale that it is printed in.
///
/// No text is printed smaller than 7 points: sheets are written in 10, and scaled to no less than
/// 72 %.
struct SheetPage {
  let isLandscape: Bool
  /// Percent.
  let scale: UInt16
  /// Pixels of the sheet that fit across, 96 an inch.
  let width: Int
  /// Points of the sheet that fit from top to bottom.
  let height: Double

  /// Inches of paper left free at either side.
  static let sideMargin = 0.5
  /// Inches of paper left free above and below.
  static let endMargin = 0.6
  /// The size of texts, points.
  static let fontSize = 10.0

  init(_ paper: Paper, _ layout: Section.Layout) {
    isLandscape = layout == .wide || layout == .detail
    scale = isLandscape ? 72 : 80
    // Of both papers the narrower, so that a sheet is laid out alike on either: 210 mm, 11 in.
    let across = (isLandscape ? 11 : 210 / 25.4) - 2 * SheetPage.sideMargin
    let long = paper == .a4 ? 297 / 25.4 : 11
    let short = paper == .a4 ? 210 / 25.4 : 8.5
    let down = (isLandscape ? short : long) - 2 * SheetPage.endMargin
    let share = Double(scale) / 100
    // Programs differ by a row a page, and take a digit of 7.4 pixels for 7 or for 7.4.
    width = Int(across * 96 / share * 7 / 7.5)
    height = down * 72 / share - SheetPage.rowHeight
  }

  /// The height of a row that nothing makes higher, points.
  static let rowHeight = 15.0
  /// The height of a line of text within a row, points.
  static let lineHeight = 13.0

  /// Characters of a text that fit where so many digits do, with its indent: a letter takes 6.4
  /// pixels on the average, and words are not parted.
  static func characters(_ digits: Int) -> Int {
    max(4, Int((Double(digits) * 7 - 10) / 6.4) - 1)
  }

  /// Pixels of a column that is as wide as so many digits.
  static func pixels(_ width: Int) -> Int { width * 7 + 5 }
}

/// How wide the columns of a sheet are, in digits.
struct ColumnWidths {
  /// Of the columns from the left on.
  private(set) var widths: [Int] = []

  /// The widest that a column of text begins with; less where all is to be on one page.
  private static let widest = 45
  private static let widestOnOnePage = 26
  private static let narrowest = 7
  /// The width of columns that are to be alike.
  private static let even = 14
  /// What a column may grow to.
  private static let mostGrown = 90

  /// The columns of a sheet: as wide as their header and values, within the page.
  init(_ sheet: Section, _ page: SheetPage) {
    var natural: [Int] = []
    var least: [Int] = []
    for table in sheet.blocks.compactMap(\.table) {
      for (column, header) in table.columns.enumerated() {
        if natural.count <= column {
          natural.append(ColumnWidths.narrowest)
          least.append(ColumnWidths.narrowest)
        }
        // Where there is little room headers wrap, and figures stand in narrow columns.
        let isTight = sheet.layout != .pages
        let own =
          isTight ? ColumnWidths.ofCells(table, column) : ColumnWidths.natural(table, column)
        natural[column] = max(natural[column], own)
        least[column] = max(least[column], ColumnWidths.least(table, column))
      }
    }
    let widest =
      sheet.layout == .onePage ? ColumnWidths.widestOnOnePage : ColumnWidths.widest
    widths = zip(natural, least).map { max(min($0, widest), $1) }
    if sheet.hasEvenColumns {
      // Headers wrap, so a grid of figures keeps one width whatever its longest header.
      for column in widths.indices.dropFirst() {
        widths[column] = max(ColumnWidths.even, least[column])
      }
    }
    shrink(to: page.width, least)
    grow(to: page.width, natural)
  }

  /// How wide a column's header and values are, × 1.1 + 2.
  static func natural(_ table: Table, _ column: Int) -> Int {
    let header = displayWidth(table.columns[column]) + (table.name == nil ? 0 : 3)
    return max(ofCells(table, column), Int(Double(header) * 1.1 + 2))
  }

  /// The same of its values alone.
  private static func ofCells(_ table: Table, _ column: Int) -> Int {
    let cells = table.rows.lazy.map { $0[column].width + 1 }
    return Int(Double(cells.max() ?? 0) * 1.1 + 2)
  }

  /// What a column needs so that no word of its header is parted, nor one of usual length below.
  private static func least(_ table: Table, _ column: Int) -> Int {
    func longest(_ text: String) -> Int {
      text.split(separator: " ").map { displayWidth(String($0)) }.max() ?? 0
    }
    // Bold letters are wider, and an Excel table has a button beside them.
    let header = Double(longest(table.columns[column])) * 1.15 + (table.name == nil ? 2 : 3)
    let words = table.rows.prefix(most).lazy.map { row -> Int in
      if case .text(let text) = row[column] { longest(text) } else { 0 }
    }
    return max(Int(header.rounded(.up)), min(words.max() ?? 0, longestWord) + 2)
  }

  /// Rows that are looked through for long words.
  private static let most = 200
  /// Words that are longer are parted where there is no room.
  private static let longestWord = 16

  /// Pixels of all columns.
  var pixels: Int { widths.reduce(0) { $0 + SheetPage.pixels($1) } }

  /// Takes from the widest column as long as the page is too narrow.
  private mutating func shrink(to page: Int, _ least: [Int]) {
    while pixels > page {
      let room = widths.indices.filter { widths[$0] > max(least[$0], ColumnWidths.narrowest) }
      guard let widest = room.max(by: { widths[$0] < widths[$1] }) else { return }
      widths[widest] -= 1
    }
  }

  /// Gives what is left of the page to columns whose texts wrap, and the rest to one of its own.
  private mutating func grow(to page: Int, _ natural: [Int]) {
    while pixels + 7 <= page {
      let room = widths.indices.filter {
        widths[$0] < min(natural[$0], ColumnWidths.mostGrown)
      }
      guard let tightest = room.max(by: { natural[$0] - widths[$0] < natural[$1] - widths[$1] })
      else { break }
      widths[tightest] += 1
    }
    let left = (page - pixels - 5) / 7
    if left > 0 { widths.append(left) }
  }
}
