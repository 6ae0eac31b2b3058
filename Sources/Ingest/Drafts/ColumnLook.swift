import Records

/// A column of an unknown table: what its name says and what stands in it.
struct ColumnLook: Sendable {
  /// Its place, from 0.
  let index: Int
  /// As it stands in the header.
  let name: String
  /// What people read: its label where it has one, else its name.
  let title: String
  /// The words of its name, folded; of an export of REDCap with those of its label.
  let words: [String]
  /// The words without those that explain a scale, as `(0 = none, 10 = worst)`.
  let mainWords: [String]
  /// Its cells that are not missing.
  let values: [String]
  /// The numbers among them.
  let numbers: [Double]
  /// How many are dates, times of a day, durations with units, words for yes or no, and numbers of
  /// days as spreadsheets count them.
  let dates: Int, clocks: Int, durations: Int, yesOrNo: Int, serials: Int
  /// How many are dates without a year.
  let yearless: Int
  /// How many orders each date fits, where there is a choice.
  let orders: [[DateOrder]]
  /// Different values.
  let distinct: Set<String>

  /// Looks at a column.
  ///
  /// - Parameter label: what people read, where that is not the name.
  init(_ index: Int, _ name: String, label: String = "", _ values: [String]) {
    self.index = index
    self.name = name
    self.values = values
    title = label.isEmpty ? name : label
    words = ColumnLook.words(name) + ColumnLook.words(label)
    let main = ColumnLook.words(ColumnLook.withoutScale(title))
    mainWords = main.isEmpty ? words : main
    distinct = Set(values)
    var numbers: [Double] = []
    var orders: [[DateOrder]] = []
    var (dates, clocks, durations, yesOrNo, serials, yearless) = (0, 0, 0, 0, 0, 0)
    for text in values {
      text.withBytes { bytes in
        if parseYesOrNo(bytes) != nil { yesOrNo += 1 }
        if parseSerial(bytes) != nil { serials += 1 }
        if isClock(bytes) { clocks += 1 }
        switch CellForm(text) {
        case .date(let fitting):
          dates += 1
          if !fitting.isEmpty { orders.append(fitting) }
        case .number(let value):
          numbers.append(value)
          if lacksYear(bytes) { yearless += 1 }
        case .duration: durations += 1
        case .text:
          if let value = parseWrittenNumber(bytes, NumberForm(), mayBeShare: true) {
            numbers.append(value)
          } else if lacksYear(bytes) {
            yearless += 1
          }
        }
      }
    }
    self.numbers = numbers
    self.orders = orders
    (self.dates, self.clocks, self.durations) = (dates, clocks, durations)
    (self.yesOrNo, self.serials, self.yearless) = (yesOrNo, serials, yearless)
  }

  /// Whether its scale ends in no pain, as `(0 = worst, 10 = none)`.
  private var isReversed: Bool {
    title.split { ",;()".contains($0) }.contains { clause in
      let said = ColumnLook.words(String(clause))
      let numbers = clause.split { !("0"..."9").contains($0) }.compactMap { Int($0) }
      guard let first = numbers.first else { return false }
      let isWorst = said.first.map(DraftWords.worst.contains) ?? false
      let isNone = said.first.map { ["none", "no", "keine", "kein", "sin"].contains($0) } ?? false
      return first == 0 && isWorst || first == 10 && isNone
    }
  }

  /// A column of a name and no cells.
  init(_ name: String) { self.init(0, name, []) }

  /// Whether its name says that it is a score of pain: by a word for pain and none for something
  /// beside it.
  var saysPain: Bool {
    let isPain =
      says(DraftWords.pain)
      || words.contains { word in DraftWords.painStems.contains(where: word.contains) }
      || (words.contains("mal") && says(DraftWords.back))
    // Over the last hours is no number of hours.
    let spans: Set<String> = ["hours", "stunden", "horas", "heures", "days", "tage", "h"]
    let asked = DraftWords.average.union(DraftWords.worst).union(DraftWords.least)
      .union(["last", "past", "letzten", "ultimas", "dernieres", "over"])
    let others = mainWords.filter { !(spans.contains($0) && says(asked)) }
    let isBack = mainWords.allSatisfy {
      DraftWords.back.contains($0) || DraftWords.partOfDay.contains($0)
    }
    // The back by name, with the scale beside it.
    let isScale = Set(numbersOfName).isSuperset(of: [0, 10]) && says(DraftWords.back) && isBack
    if isReversed { return false }
    return (isPain || isScale) && !others.contains(where: DraftWords.notPain.contains)
  }

  /// Whether its name holds one of some words.
  func says(_ known: Set<String>) -> Bool { words.contains(where: known.contains) }

  /// Whether at least seven in ten of its cells are of a form.
  func isMostly(_ count: Int) -> Bool { !values.isEmpty && count * 10 >= values.count * 7 }

  /// Whether its cells are numbers.
  var isNumeric: Bool { isMostly(numbers.count) }
  /// Whether its cells are dates.
  var isDate: Bool { isMostly(dates) }
  /// Whether its cells are words for yes or no, or ticks; numbers alone are none.
  var isTicked: Bool {
    !values.isEmpty && yesOrNo * 10 >= values.count * 9 && !distinct.isSubset(of: ["o", "s", "n"])
      && distinct.count <= 4
  }
  /// Whether most of its cells are words for yes or no; odd ones are refused one by one.
  var isYesOrNo: Bool { !values.isEmpty && yesOrNo * 2 >= values.count && !isNumeric || isTicked }
  /// Whether its cells are 0 and 1.
  var isBinary: Bool { isTicked && distinct.isSubset(of: ["0", "1"]) }
  /// Whether its cells are words.
  var isText: Bool {
    !values.isEmpty && !isDate && !isMostly(clocks) && !isTicked
      && (numbers.count + dates + durations) * 10 <= values.count * 3
  }

  /// Whether its cells are dates without a year; such as 27.07 have to be called dates.
  var isYearless: Bool {
    yearless > 0 && isMostly(yearless + dates) && (!isNumeric || says(DraftWords.date))
  }

  /// A title without what explains its scale: clauses with the numbers of scales, else what stands
  /// behind the first number.
  private static func withoutScale(_ title: String) -> String {
    let clauses = title.split { ",;()?:".contains($0) }
    let kept = clauses.filter { clause in
      let numbers = clause.split { !("0"..."9").contains($0) }.compactMap { Int($0) }
      return numbers.allSatisfy { ![0, 1, 4, 5, 6, 10, 100].contains($0) }
    }
    let said = kept.map(String.init).joined(separator: " ")
    return words(said).isEmpty ? String(title.prefix { !("0"..."9").contains($0) }) : said
  }

  /// The whole numbers in its name, as of `Pain (0-10)`.
  var numbersOfName: [Int] {
    title.split { !("0"..."9").contains($0) }.compactMap { Int($0) }
  }

  /// The unit in its name: what stands in brackets or is the last word.
  var unit: Set<String> {
    guard let (_, unit) = splitUnit(title) else { return Set(words.suffix(1)) }
    return Set(ColumnLook.words(unit)).union(words.suffix(1))
  }

  /// The words of a name: small letters without accents, parted at anything that is no letter and
  /// where a capital follows a small letter.
  static func words(_ name: String) -> [String] {
    var words: [String] = []
    var word = ""
    var wasSmall = false
    for character in name {
      guard character.isLetter else {
        if !word.isEmpty { words.append(word) }
        word = ""
        wasSmall = false
        continue
      }
      if character.isUppercase, wasSmall {
        words.append(word)
        word = ""
      }
      wasSmall = character.isLowercase
      word += fold(character)
    }
    if !word.isEmpty { words.append(word) }
    return words
  }

  /// A small letter without its accent.
  private static func fold(_ character: Character) -> String {
    let small = character.lowercased()
    return accents[small] ?? small
  }

  private static let accents: [String: String] = {
    var table = ["ß": "ss", "œ": "oe", "æ": "ae"]
    let plain: [(String, String)] = [
      ("a", "äàáâãå"), ("e", "éèêë"), ("i", "íìîï"), ("o", "öóòôõø"), ("u", "üúùû"),
      ("n", "ñ"), ("c", "ç"), ("y", "ýÿ"),
    ]
    for (letter, marked) in plain { for character in marked { table[String(character)] = letter } }
    return table
  }()

  /// The first cells, for an example.
  func examples(_ count: Int = 3) -> String { values.prefix(count).joined(separator: ", ") }
}

/// Whether a cell is a time of a day alone.
private func isClock(_ bytes: Bytes) -> Bool {
  guard let first = bytes.first, first &- 0x30 <= 9, bytes.count <= 14 else { return false }
  guard bytes.contains(where: { $0 == 0x3A || $0 == 0x68 || $0 == 0x2E || lowercased($0) == 0x6D })
  else { return false }
  guard case .success = ("2026-01-01 " + bytes.text).withBytes({ parseTime($0, order: nil) })
  else { return false }
  // 7.30 may be a number; two digits behind a colon or a word are a time.
  return true
}

/// Whether a cell is a date that lacks its year.
private func lacksYear(_ bytes: Bytes) -> Bool {
  DateOrder.allCases.contains { order in
    if case .success = parseTime(bytes, order: order, year: 2024) { true } else { false }
  }
}
