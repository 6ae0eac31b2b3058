import Records

/// The order in which a date names year, month and day.
public enum DateOrder: String, CaseIterable, Sendable { case ymd, dmy, mdy }

/// A date, with a wall-clock time and an offset as far as they are written.
struct ParsedTime: Equatable {
  var day: Day
  /// Milliseconds of the day on the wall clock, nil when only a date is written.
  var milliseconds: Int64?
  /// Minutes east of UTC, nil when not written.
  var offsetMinutes: Int?
}

enum DateProblem: Error { case notADate, orderUnknown }

/// Reads a date or a date and time from bytes, strictly: `2026-10-31`, `20261031`,
/// `2026-10-31T07:15:30.250Z`, `2026-10-31 07:15`, offsets `+02:00`, `+0200`, `+02`; with a known
/// order also `31/10/2026`, `31.10.2026` and two-digit years (2000-2099). 24:00, second 60 and
/// dates that do not exist are refused. Also `31 Oct 2026`, `Oct 31, 2026` and `31-Okt-26` with the
/// month's name, and a weekday before or behind any of them, which must be that of the date.
/// O(length); nothing is allocated for dates in digits.
///
/// - Parameter year: of dates that name none, as `27.07.`; nil refuses them.
func parseTime(_ bytes: Bytes, order: DateOrder?, year: Int? = nil) -> Result<
  ParsedTime, DateProblem
> {
  guard let first = bytes.first else { return .failure(.notADate) }
  if isLetter(first) { return parseWithWord(bytes, order: order, year: year) }
  // A digit in the fourth place rules a month's name out.
  if bytes.count > 3, bytes[3] &- 0x30 > 9, namesMonth(bytes) {
    return parseNamedMonth(bytes, year: year)
  }
  return parseDigits(bytes, order: order, year: year)
}

/// The orders in which a date can be read that has digits alone.
///
/// With points a year of two digits comes last wherever it is written.
func fittingOrders(_ bytes: Bytes, year: Int? = nil) -> [DateOrder] {
  let isPointed = bytes.prefix(3).contains(0x2E)
  return DateOrder.allCases.filter { order in
    if isPointed, order == .ymd { return false }
    if case .success = parseTime(bytes, order: order, year: year) { return true }
    return false
  }
}

private func parseDigits(_ bytes: Bytes, order: DateOrder?, year: Int?) -> Result<
  ParsedTime, DateProblem
> {
  var cursor = Cursor(bytes)
  guard let first = cursor.digits() else { return .failure(.notADate) }
  if first.count == 8 {
    let value = first.value
    guard let day = Day(year: value / 10_000, month: value / 100 % 100, day: value % 100) else {
      return .failure(.notADate)
    }
    return parseRest(&cursor, of: day)
  }
  guard let separator = cursor.next(),
    separator == 0x2D || separator == 0x2F || separator == 0x2E
  else { return .failure(.notADate) }
  cursor.skipSpaces()
  guard let second = cursor.digits(), second.count <= 2 else { return .failure(.notADate) }
  let afterSecond = cursor
  let isParted = cursor.next() == separator
  cursor.skipSpaces()
  guard isParted, let third = cursor.digits(), first.count == 4 ? third.count <= 2 : true,
    cursor.peek != 0x3A
  else {
    cursor = afterSecond
    return parseYearless(&cursor, (first, second), separator, order: order, year: year)
  }
  let civil: (year: (value: Int, count: Int), month: Int, day: Int)
  if first.count == 4 {
    guard order == nil || order == .ymd || second.count == 2 else { return .failure(.notADate) }
    civil = (first, second.value, third.value)
  } else {
    switch order {
    case .dmy: civil = (third, second.value, first.value)
    case .mdy: civil = (third, first.value, second.value)
    case .ymd: civil = (first, second.value, third.value)
    case nil: return .failure(first.count <= 2 ? .orderUnknown : .notADate)
    }
  }
  guard civil.year.count == 4 || civil.year.count == 2,
    let day = Day(
      year: civil.year.count == 2 ? 2000 + civil.year.value : civil.year.value,
      month: civil.month, day: civil.day)
  else { return .failure(.notADate) }
  return parseRest(&cursor, of: day)
}

/// `27.07.` or `7/27`, with a time behind it or not, in a year that stands elsewhere in the file.
private func parseYearless(
  _ cursor: inout Cursor, _ parts: (first: (value: Int, count: Int), (value: Int, count: Int)),
  _ separator: UInt8, order: DateOrder?, year: Int?
) -> Result<ParsedTime, DateProblem> {
  guard let year, parts.first.count <= 2 else { return .failure(.notADate) }
  var order = order
  if separator == 0x2E, cursor.peek == 0x2E {
    cursor.skip()
    // Points behind both parts are written where the day comes first.
    order = order ?? .dmy
  }
  guard let order else { return .failure(.orderUnknown) }
  let (month, day) = order == .dmy ? (parts.1.value, parts.0.value) : (parts.0.value, parts.1.value)
  guard let day = Day(year: year, month: month, day: day) else { return .failure(.notADate) }
  return parseRest(&cursor, of: day)
}

/// The time and the offset behind a date, or its weekday, if any.
private func parseRest(_ cursor: inout Cursor, of day: Day) -> Result<ParsedTime, DateProblem> {
  if cursor.atEnd { return .success(ParsedTime(day: day)) }
  guard let joint = cursor.next(),
    joint == 0x54 || joint == 0x74 || joint == 0x20 || joint == 0x2C
  else { return .failure(.notADate) }
  if joint == 0x2C, cursor.peek == 0x20 { cursor.skip() }
  if cursor.peek == 0x28 { cursor.skip() }
  if let letter = cursor.peek, isLetter(letter) {
    let word = cursor.letters()
    if !clockWords.contains(word) {
      guard weekdays(named: word).contains(day.weekday) else { return .failure(.notADate) }
      cursor.skipJoints()
      if cursor.peek == 0x29 { cursor.skip() }
      if cursor.atEnd { return .success(ParsedTime(day: day)) }
    }
    cursor.skipJoints()
  }
  let isISO = joint == 0x54 || joint == 0x74
  guard let milliseconds = parseClock(&cursor, isISO: isISO) else { return .failure(.notADate) }
  var time = ParsedTime(day: day, milliseconds: milliseconds)
  if cursor.atEnd { return .success(time) }
  guard let offset = parseOffset(&cursor), cursor.atEnd else { return .failure(.notADate) }
  time.offsetMinutes = offset
  return .success(time)
}

/// Words that may stand between a date and its time.
private let clockWords: Set<[UInt8]> = [Array("at".utf8), Array("um".utf8)]

/// A date that begins with a month's name or with its weekday.
private func parseWithWord(_ bytes: Bytes, order: DateOrder?, year: Int?) -> Result<
  ParsedTime, DateProblem
> {
  if case .success(let time) = parseNamedMonth(bytes, year: year) { return .success(time) }
  var cursor = Cursor(bytes)
  let named = weekdays(named: cursor.letters())
  guard !named.isEmpty else { return .failure(.notADate) }
  cursor.skipJoints()
  let rest = Bytes(rebasing: bytes[cursor.index...])
  guard let first = rest.first else { return .failure(.notADate) }
  let read =
    isLetter(first) || namesMonth(rest)
    ? parseNamedMonth(rest, year: year) : parseDigits(rest, order: order, year: year)
  if case .success(let time) = read, !named.contains(time.day.weekday) {
    return .failure(.notADate)
  }
  return read
}

private func isLetter(_ byte: UInt8) -> Bool {
  byte >= 0x80 || (lowercased(byte) >= 0x61 && lowercased(byte) <= 0x7A)
}

/// Whether bytes hold three letters in a row, as only names of months and weekdays do among dates.
func hasMonthName(_ bytes: Bytes) -> Bool {
  var letters = 0
  for byte in bytes {
    letters = isLetter(byte) ? letters + 1 : 0
    if letters == 3 { return true }
  }
  return false
}

/// Whether a month's name is among the words of a date that begins with a digit.
func namesMonth(_ bytes: Bytes) -> Bool {
  guard hasMonthName(bytes) else { return false }
  var cursor = Cursor(bytes)
  while !cursor.atEnd {
    if let byte = cursor.peek, isLetter(byte) {
      if monthNumber(cursor.letters()) != nil { return true }
    } else {
      cursor.skip()
    }
  }
  return false
}

/// `31 Oct 2026`, `31. Oktober 2026`, `31-oct-26`, `Oct 31, 2026`, `31 de octubre de 2026`, `1st
/// May 2026`, each with a time behind it or not.
private func parseNamedMonth(_ bytes: Bytes, year: Int?) -> Result<ParsedTime, DateProblem> {
  var cursor = Cursor(bytes)
  var day = cursor.digits()
  if day != nil { cursor.skipOrdinal() }
  var word = cursor.letters()
  if day != nil, ["de", "of", "di"].contains(where: { word.elementsEqual($0.utf8) }) {
    cursor.skipJoints()
    word = cursor.letters()
  }
  guard let month = monthNumber(word) else { return .failure(.notADate) }
  cursor.skipJoints()
  if day == nil {
    day = cursor.digits()
    if day != nil { cursor.skipOrdinal() }
  }
  let beforeYear = cursor
  if let letter = cursor.peek, isLetter(letter) {
    if cursor.letters().elementsEqual("de".utf8) {
      cursor.skipJoints()
    } else {
      cursor = beforeYear
    }
  }
  guard let day, day.count <= 2 else { return .failure(.notADate) }
  var written = cursor.digits()
  if written == nil || cursor.peek == 0x3A {
    // What follows is no year but a time or nothing.
    guard let year else { return .failure(.notADate) }
    cursor = beforeYear
    written = (year, 4)
    if !cursor.atEnd { cursor.stepBack() }
  }
  guard let written, written.count == 4 || written.count == 2,
    let found = Day(
      year: written.count == 2 ? 2000 + written.value : written.value, month: month,
      day: day.value)
  else { return .failure(.notADate) }
  return parseRest(&cursor, of: found)
}

/// The month that a word names in English, German, French, Spanish, Italian, Portuguese or Dutch,
/// in full or cut to three letters or more.
private func monthNumber(_ letters: [UInt8]) -> Int? {
  let word = String(decoding: letters, as: UTF8.self).lowercased()
  guard word.unicodeScalars.count >= 3 else { return nil }
  // Cut to three letters, juin and juillet are one; both languages' short forms have four.
  if word == "jui" { return nil }
  for (index, names) in monthNames.enumerated() {
    if names.contains(where: { $0.hasPrefix(word) }) { return index + 1 }
  }
  return nil
}

private let monthNames = [
  ["january", "januar", "jänner", "janvier", "enero", "gennaio", "janeiro", "januari"],
  ["february", "februar", "février", "fevrier", "febrero", "febbraio", "fevereiro", "februari"],
  ["march", "märz", "maerz", "mrz", "mars", "marzo", "março", "maart"],
  ["april", "avril", "abril", "aprile"], ["may", "mai", "mayo", "maggio", "maio", "mei"],
  ["june", "juni", "juin", "junio", "giugno", "junho"],
  ["july", "juli", "juillet", "julio", "luglio", "julho"],
  ["august", "août", "aout", "agosto", "augustus"],
  ["september", "sept", "septembre", "septiembre", "setiembre", "settembre", "setembro"],
  ["october", "oktober", "octobre", "octubre", "ottobre", "outubro"],
  ["november", "novembre", "noviembre", "novembro"],
  ["december", "dezember", "décembre", "decembre", "diciembre", "dicembre", "dezembro"],
]

/// The weekdays that a word names, Monday 1; several where two languages differ.
private func weekdays(named letters: [UInt8]) -> Set<Int> {
  let word = String(decoding: letters, as: UTF8.self).lowercased()
  return Set(weekdayNames.indices.filter { weekdayNames[$0].contains(word) }.map { $0 + 1 })
}

/// In English, German, French, Spanish, Italian, Portuguese and Dutch, in full and cut.
private let weekdayNames: [Set<String>] = [
  [
    "monday", "mon", "montag", "mo", "lundi", "lun", "lunes", "lunedì", "segunda", "seg",
    "maandag", "ma",
  ],
  [
    "tuesday", "tue", "tues", "dienstag", "di", "die", "mardi", "mar", "martes", "martedì",
    "terça", "ter", "dinsdag",
  ],
  [
    "wednesday", "wed", "mittwoch", "mi", "mit", "mercredi", "mer", "miércoles", "mié", "mie",
    "mercoledì", "quarta", "qua", "woensdag", "wo",
  ],
  [
    "thursday", "thu", "thur", "thurs", "donnerstag", "do", "don", "jeudi", "jeu", "jueves", "jue",
    "giovedì", "gio", "quinta", "qui", "donderdag",
  ],
  [
    "friday", "fri", "freitag", "fr", "fre", "vendredi", "ven", "viernes", "vie", "venerdì",
    "sexta", "sex", "vrijdag", "vr",
  ],
  [
    "saturday", "sat", "samstag", "sonnabend", "sa", "sam", "samedi", "sábado", "sáb", "sab",
    "sabato", "zaterdag", "za",
  ],
  [
    "sunday", "sun", "sonntag", "so", "son", "dimanche", "dim", "domingo", "dom", "domenica",
    "zondag", "zo",
  ],
]

/// A clock's reading: `7:15`, `07:15:30`, `07:15:30.250`, `7.15`, `7h15`, each also with `am`, `pm`
/// or `Uhr`, and `7 pm`; milliseconds of the day.
///
/// - Parameter isISO: whether only the forms with colons are allowed.
private func parseClock(_ cursor: inout Cursor, isISO: Bool) -> Int64? {
  guard let hour = cursor.digits(), hour.count <= 2 else { return nil }
  var milliseconds: Int64 = 0
  let separator = cursor.peek
  if separator == 0x3A || !isISO && (separator == 0x2E || separator == 0x68) {
    cursor.skip()
    if separator != 0x68 || !cursor.atEnd {
      guard let minute = cursor.digits(), minute.count == 2, minute.value < 60 else { return nil }
      milliseconds = Int64(minute.value) * 60_000
    }
    if separator != 0x68, cursor.peek == separator {
      cursor.skip()
      guard let second = cursor.digits(), second.count == 2, second.value < 60 else { return nil }
      milliseconds += Int64(second.value) * 1_000
      if cursor.peek == 0x2E || cursor.peek == 0x2C {
        cursor.skip()
        guard let fraction = cursor.fraction() else { return nil }
        milliseconds += fraction
      }
    }
  }
  var hours = hour.value
  switch cursor.meridiem() {
  case .some(let isAfternoon):
    guard (1...12).contains(hours) else { return nil }
    hours = hours % 12 + (isAfternoon ? 12 : 0)
  case nil:
    let hasWord = cursor.skipHourWord()
    let isParted = separator == 0x3A || !isISO && (separator == 0x2E || separator == 0x68)
    guard hours < 24, isParted || hasWord else { return nil }
  }
  return milliseconds + Int64(hours) * 3_600_000
}

/// `Z`, `+02:00`, `+0200` or `+02`, perhaps after a space; minutes east of UTC, at most 18 hours.
private func parseOffset(_ cursor: inout Cursor) -> Int? {
  if cursor.peek == 0x20 { cursor.skip() }
  guard let sign = cursor.next() else { return nil }
  if sign == 0x5A || sign == 0x7A { return 0 }
  guard sign == 0x2B || sign == 0x2D, let first = cursor.digits() else { return nil }
  var minutes = 0
  switch first.count {
  case 4: minutes = first.value / 100 * 60 + first.value % 100
  case 2:
    minutes = first.value * 60
    if cursor.peek == 0x3A {
      cursor.skip()
      guard let rest = cursor.digits(), rest.count == 2, rest.value < 60 else { return nil }
      minutes += rest.value
    }
  default: return nil
  }
  guard minutes <= 18 * 60, first.count == 2 || first.value % 100 < 60 else { return nil }
  return sign == 0x2D ? -minutes : minutes
}

/// A position in bytes.
private struct Cursor {
  let bytes: Bytes
  var index = 0

  init(_ bytes: Bytes) { self.bytes = bytes }

  var atEnd: Bool { index == bytes.count }
  var peek: UInt8? { index < bytes.count ? bytes[index] : nil }
  mutating func skip() { index += 1 }

  mutating func next() -> UInt8? {
    guard index < bytes.count else { return nil }
    index += 1
    return bytes[index - 1]
  }

  /// One to nine digits.
  mutating func digits() -> (value: Int, count: Int)? {
    let start = index
    var value = 0
    while index < bytes.count, bytes[index] &- 0x30 <= 9, index - start < 9 {
      value = value * 10 + Int(bytes[index] - 0x30)
      index += 1
    }
    return index > start ? (value, index - start) : nil
  }

  /// Letters from here on, those beyond ASCII too.
  mutating func letters() -> [UInt8] {
    let start = index
    while index < bytes.count,
      (lowercased(bytes[index]) >= 0x61 && lowercased(bytes[index]) <= 0x7A) || bytes[index] >= 0x80
    { index += 1 }
    return Array(bytes[start..<index])
  }

  mutating func skipSpaces() { while peek == 0x20 { index += 1 } }

  mutating func stepBack() { index -= 1 }

  /// Passes over `st`, `nd`, `rd`, `th` or `er` behind the number of a day, and joints.
  mutating func skipOrdinal() {
    let start = index
    let word = letters()
    if !["st", "nd", "rd", "th", "er"].contains(where: { word.elementsEqual($0.utf8) }) {
      index = start
    }
    skipJoints()
  }

  /// Passes over the word behind a clock's reading in German.
  mutating func skipHourWord() -> Bool {
    let start = index
    skipSpaces()
    if letters().map(lowercased).elementsEqual("uhr".utf8), atEnd { return true }
    index = start
    return false
  }

  /// Passes over what may stand between the parts of a written date, at most three characters.
  mutating func skipJoints() {
    let end = min(bytes.count, index + 3)
    while index < end, [0x20, 0x2E, 0x2C, 0x2D, 0x2F].contains(bytes[index]) { index += 1 }
  }

  /// Decimals of a second, as milliseconds; further digits are cut.
  mutating func fraction() -> Int64? {
    var value: Int64 = 0
    var count = 0
    while index < bytes.count, bytes[index] &- 0x30 <= 9 {
      if count < 3 { value = value * 10 + Int64(bytes[index] - 0x30) }
      count += 1
      index += 1
    }
    guard count > 0 else { return nil }
    while count < 3 {
      value *= 10
      count += 1
    }
    return value
  }

  /// True for pm, false for am, nil when neither follows; `p.m.` and `p. m.` as well.
  mutating func meridiem() -> Bool? {
    var word = String(decoding: bytes[index...].map(lowercased), as: UTF8.self)
    if word.first == " " { word.removeFirst() }
    let isAfternoon: Bool
    switch word {
    case "am", "a.m.", "a. m.", "a m": isAfternoon = false
    case "pm", "p.m.", "p. m.", "p m": isAfternoon = true
    default: return nil
    }
    index = bytes.count
    return isAfternoon
  }
}

/// A date as spreadsheets count it: days since 1899-12-30, with the time as a fraction.
///
/// - Returns: nil for what is no number of a day from 2000 to 2099.
func parseSerial(_ bytes: Bytes) -> ParsedTime? {
  guard case .value(let serial) = parseNumber(bytes), serialDays.contains(serial) else {
    return nil
  }
  // 1970-01-01 is day 25,569.
  let day = Day(number: Int32(serial) - 25_569)
  let part = serial - serial.rounded(.down)
  guard part > 0 else { return ParsedTime(day: day) }
  return ParsedTime(day: day, milliseconds: Int64((part * 86_400).rounded()) * 1_000)
}

/// The numbers of the days from 2000-01-01 to 2099-12-31.
private let serialDays: ClosedRange<Double> = 36_526...73_050.999_999
