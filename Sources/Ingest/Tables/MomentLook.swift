/// A date, a time of day, both, or a duration as it is written: its form, not its value.
struct MomentLook {
  /// The order of a date's parts.
  enum Order: UInt8 { case none, yearFirst, dayFirst, monthFirst, dayOrMonth, named, monthNamed }

  var kind = CellKind.time
  var order = Order.none
  var separator: UInt8 = 0
  var shortYear = false
  /// "T" or a blank between date and time.
  var joint: UInt8 = 0
  var hasSeconds = false

  /// Nil if the text is none of these. Time O(cell).
  init?(_ bytes: [UInt8], _ start: Int, _ end: Int) {
    var cursor = MomentCursor(bytes: bytes, index: start, end: end)
    if let isDuration = cursor.time(&hasSeconds) {
      kind = isDuration ? .duration : .time
      guard cursor.index == end else { return nil }
      return
    }
    cursor.index = start
    guard date(&cursor) else { return nil }
    kind = .date
    if cursor.index == end { return }
    joint = cursor.byte
    guard joint == 32 || joint == 0x54 || joint == 0x74 || joint == 0x3A || joint == 0x2C else {
      return nil
    }
    cursor.index += 1
    while cursor.byte == 32 { cursor.index += 1 }
    guard cursor.time(&hasSeconds) == false, cursor.index == end else { return nil }
    kind = .datetime
  }

  private mutating func date(_ cursor: inout MomentCursor) -> Bool {
    if CellKind.isLetter(cursor.byte) {
      guard cursor.month(), cursor.skip([32, 0x2E, 0x2D]), let day = cursor.number(2), day <= 31,
        cursor.skip([32, 0x2C, 0x2D]), let year = cursor.number(4), year >= 1000
      else { return false }
      order = .monthNamed
      return true
    }
    guard let first = cursor.number(4) else { return false }
    let firstDigits = cursor.digits
    separator = cursor.byte
    guard separator == 0x2D || separator == 0x2F || separator == 0x2E || separator == 32 else {
      return false
    }
    cursor.index += 1
    if CellKind.isLetter(cursor.byte) || separator == 32 {
      guard first <= 31, cursor.month(), cursor.skip([32, 0x2E, 0x2D, 0x2F, 0x2C]),
        let year = cursor.number(4)
      else { return false }
      shortYear = year < 100
      order = .named
      return true
    }
    guard let second = cursor.number(2), cursor.byte == separator else { return false }
    cursor.index += 1
    guard let third = cursor.number(4) else { return false }
    if firstDigits == 4 {
      order = .yearFirst
      // Day and month are now and then swapped in generated files; that is still a date's form.
      return third <= 31 && second <= 31 && cursor.digits <= 2 && second + third > 0
    }
    guard firstDigits <= 2, cursor.digits == 4 || cursor.digits == 2, first <= 31, second <= 31,
      min(first, second) <= 12, first > 0, second > 0
    else { return false }
    shortYear = cursor.digits == 2
    order = first > 12 ? .dayFirst : second > 12 ? .monthFirst : .dayOrMonth
    return true
  }

  /// The form in words such as "yyyy-mm-dd" or "dd.mm.yyyy hh:mm"; `order` settles what a single
  /// cell leaves open.
  func format(_ order: Order) -> String {
    let mark = String(decoding: [separator], as: UTF8.self)
    let year = shortYear ? "yy" : "yyyy"
    let date =
      switch order {
      case .none: ""
      case .yearFirst: ["yyyy", "mm", "dd"].joined(separator: mark)
      case .monthFirst: ["mm", "dd", year].joined(separator: mark)
      case .named: ["dd", "mmm", year].joined(separator: mark)
      case .monthNamed: "mmm dd yyyy"
      case .dayFirst, .dayOrMonth: ["dd", "mm", year].joined(separator: mark)
      }
    let clock = hasSeconds ? "hh:mm:ss" : "hh:mm"
    switch kind {
    case .date: return date
    case .datetime: return date + (joint == 0x54 || joint == 0x74 ? "T" : " ") + clock
    default: return clock
    }
  }
}

/// Reads the parts of dates and times.
private struct MomentCursor {
  let bytes: [UInt8]
  var index: Int
  let end: Int
  var digits = 0

  var byte: UInt8 { index < end ? bytes[index] : 0 }

  mutating func number(_ most: Int) -> Int? {
    var value = 0
    digits = 0
    while index < end, digits < most, CellKind.isDigit(bytes[index]) {
      value = value * 10 + Int(bytes[index] - 0x30)
      digits += 1
      index += 1
    }
    return digits > 0 && !CellKind.isDigit(byte) ? value : nil
  }

  mutating func skip(_ marks: [UInt8]) -> Bool {
    let start = index
    while index < end, marks.contains(bytes[index]) { index += 1 }
    return index > start
  }

  /// An English, German, French or Spanish month name, told by its beginning.
  mutating func month() -> Bool {
    let start = index
    while index < end, CellKind.isLetter(bytes[index]) { index += 1 }
    guard index - start >= 3, index - start <= 10 else { return false }
    let name = String(decoding: bytes[start..<start + 3], as: UTF8.self).lowercased()
    return [
      "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "mai",
      "okt", "dez", "ene", "abr", "ago", "dic", "avr", "jui",
    ].contains(name)
  }

  /// Reads a time of day or a duration; true for a duration, nil for neither.
  mutating func time(_ hasSeconds: inout Bool) -> Bool? {
    if byte == 0x2D { index += 1 }
    guard let hours = number(4), byte == 0x3A else { return nil }
    let long = digits > 2 || hours > 24
    index += 1
    guard let minutes = number(2), digits == 2, minutes < 60 else { return nil }
    if byte == 0x3A {
      index += 1
      guard let seconds = number(2), digits == 2, seconds <= 60 else { return nil }
      hasSeconds = true
    }
    if hasSeconds || long, byte == 0x2E || byte == 0x2C {
      index += 1
      guard number(9) != nil else { return nil }
    }
    while byte == 32 { index += 1 }
    if byte | 0x20 == 0x61 || byte | 0x20 == 0x70, index + 1 < end, bytes[index + 1] | 0x20 == 0x6D
    {
      index += 2
    }
    while byte == 32 { index += 1 }
    if byte == 0x5A {
      index += 1
    } else if byte == 0x2B || byte == 0x2D {
      index += 1
      guard number(4) != nil else { return nil }
      if byte == 0x3A {
        index += 1
        guard number(2) != nil else { return nil }
      }
    } else if index + 3 <= end, bytes[index..<index + 3].elementsEqual([0x55, 0x54, 0x43]) {
      index += 3
    }
    return long
  }
}
