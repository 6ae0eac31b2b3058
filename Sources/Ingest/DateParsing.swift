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

/// Reads a date or a date and time from bytes, strictly: `2026-10-31`, `2026-10-31T07:15:30.250Z`,
/// `2026-10-31 07:15`, offsets `+02:00`, `+0200`, `+02`; with a known order also `31/10/2026`,
/// `31.10.2026` and two-digit years (2000-2099). 24:00, second 60 and dates that do not exist are
/// refused. Also `31 Oct 2026`, `Oct 31, 2026` and `31-Okt-26` with the month's name in English,
/// German or French. O(length); nothing is allocated for dates in digits.
func parseTime(_ bytes: Bytes, order: DateOrder?) -> Result<ParsedTime, DateProblem> {
  // A digit in the fourth place rules a month's name out.
  if bytes.count > 3, bytes[3] &- 0x30 > 9, hasMonthName(bytes) { return parseNamedMonth(bytes) }
  var cursor = Cursor(bytes)
  guard let first = cursor.digits(), let separator = cursor.next(),
    separator == 0x2D || separator == 0x2F || separator == 0x2E,
    let second = cursor.digits(), cursor.next() == separator, let third = cursor.digits(),
    second.count <= 2, first.count == 4 ? third.count <= 2 : true
  else { return .failure(.notADate) }
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

/// The time and the offset behind a date, if any.
private func parseRest(_ cursor: inout Cursor, of day: Day) -> Result<ParsedTime, DateProblem> {
  if cursor.atEnd { return .success(ParsedTime(day: day)) }
  guard let joint = cursor.next(), joint == 0x54 || joint == 0x74 || joint == 0x20 else {
    return .failure(.notADate)
  }
  guard let milliseconds = parseClock(&cursor) else { return .failure(.notADate) }
  var time = ParsedTime(day: day, milliseconds: milliseconds)
  if cursor.atEnd { return .success(time) }
  guard let offset = parseOffset(&cursor), cursor.atEnd else { return .failure(.notADate) }
  time.offsetMinutes = offset
  return .success(time)
}

/// Whether bytes hold three letters in a row, as only names of months do among dates.
func hasMonthName(_ bytes: Bytes) -> Bool {
  var letters = 0
  for byte in bytes {
    let isLetter = (lowercased(byte) >= 0x61 && lowercased(byte) <= 0x7A) || byte >= 0x80
    letters = isLetter ? letters + 1 : 0
    if letters == 3 { return true }
  }
  return false
}

/// `31 Oct 2026`, `31. Oktober 2026`, `31-oct-26`, `Oct 31, 2026`, each with a time behind it or
/// not.
private func parseNamedMonth(_ bytes: Bytes) -> Result<ParsedTime, DateProblem> {
  var cursor = Cursor(bytes)
  var day = cursor.digits()
  if day != nil { cursor.skipJoints() }
  guard let month = monthNumber(cursor.letters()) else { return .failure(.notADate) }
  cursor.skipJoints()
  if day == nil {
    day = cursor.digits()
    cursor.skipJoints()
  }
  guard let day, day.count <= 2, let year = cursor.digits(), year.count == 4 || year.count == 2,
    let found = Day(
      year: year.count == 2 ? 2000 + year.value : year.value, month: month, day: day.value)
  else { return .failure(.notADate) }
  if cursor.peek == 0x2C { cursor.skip() }
  return parseRest(&cursor, of: found)
}

/// The month that a word names in English, German or French, in full or cut to three letters or
/// more.
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
  ["january", "januar", "jänner", "janvier"], ["february", "februar", "février", "fevrier"],
  ["march", "märz", "maerz", "mrz", "mars"], ["april", "avril"], ["may", "mai"],
  ["june", "juni", "juin"], ["july", "juli", "juillet"], ["august", "août", "aout"],
  ["september", "sept", "septembre"], ["october", "oktober", "octobre"],
  ["november", "novembre"], ["december", "dezember", "décembre", "decembre"],
]

/// `7:15`, `07:15:30`, `07:15:30.250`, each also with `am` or `pm`; milliseconds of the day.
private func parseClock(_ cursor: inout Cursor) -> Int64? {
  guard let hour = cursor.digits(), hour.count <= 2, cursor.next() == 0x3A,
    let minute = cursor.digits(), minute.count == 2, minute.value < 60
  else { return nil }
  var milliseconds = Int64(minute.value) * 60_000
  if cursor.peek == 0x3A {
    cursor.skip()
    guard let second = cursor.digits(), second.count == 2, second.value < 60 else { return nil }
    milliseconds += Int64(second.value) * 1_000
    if cursor.peek == 0x2E || cursor.peek == 0x2C {
      cursor.skip()
      guard let fraction = cursor.fraction() else { return nil }
      milliseconds += fraction
    }
  }
  var hours = hour.value
  switch cursor.meridiem() {
  case .some(let isAfternoon):
    guard (1...12).contains(hours) else { return nil }
    hours = hours % 12 + (isAfternoon ? 12 : 0)
  case nil: guard hours < 24 else { return nil }
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

  /// True for pm, false for am, nil when neither follows.
  mutating func meridiem() -> Bool? {
    var probe = index
    if probe < bytes.count, bytes[probe] == 0x20 { probe += 1 }
    guard probe + 2 == bytes.count, lowercased(bytes[probe + 1]) == 0x6D else { return nil }
    let letter = lowercased(bytes[probe])
    guard letter == 0x61 || letter == 0x70 else { return nil }
    index = bytes.count
    return letter == 0x70
  }
}
