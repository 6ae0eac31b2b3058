/// What a cell looks like, told from its bytes alone.
enum CellKind: UInt8 {
  case empty, missing, integer, number, date, time, datetime, duration, boolean, reference
  case word, text, mixed, odd

  /// Numbers, dates, addresses: what hardly comes about by cutting text in the wrong places.
  var isTyped: Bool {
    rawValue >= CellKind.integer.rawValue && rawValue <= CellKind.reference.rawValue
  }

  /// How well a cell of this kind speaks for the delimiters around it.
  var worth: Double {
    switch self {
    case .empty: 0.5
    case .missing: 0.8
    case .word: 0.9
    case .text: 0.72
    case .mixed: 0.45
    case .odd: 0.25
    default: 1
    }
  }

  /// The kind of the text in a range of bytes. Time O(cell), no memory.
  init(_ bytes: [UInt8], _ from: Int, _ to: Int) {
    var (start, end) = (from, to)
    while start < end, bytes[start] <= 32 { start += 1 }
    while end > start, bytes[end - 1] <= 32 { end -= 1 }
    guard start < end else {
      self = .empty
      return
    }
    if end - start <= 40, let kind = CellKind.short(bytes, start, end) {
      self = kind
    } else {
      self = CellKind.wording(bytes, start, end)
    }
  }

  private static func short(_ bytes: [UInt8], _ start: Int, _ end: Int) -> CellKind? {
    let first = bytes[start]
    if let number = NumberLook(bytes, start, end) { return number.isInteger ? .integer : .number }
    if isDigit(first) || first == 0x2D || first == 0x5B {
      if let moment = MomentLook(bytes, start, end) { return moment.kind }
    } else if isLetter(first), end - start >= 6, isDigit(bytes[end - 1]),
      let moment = MomentLook(bytes, start, end)
    {
      return moment.kind
    }
    guard end - start <= 8 else { return nil }
    let word = String(decoding: bytes[start..<end], as: UTF8.self).lowercased()
    if ["true", "false", "yes", "no", "ja", "nein", "wahr", "falsch"].contains(word) {
      return .boolean
    }
    let missing = ["na", "n/a", "nan", "null", "none", "nil", "-", "--", ".", "?", "\\n", "#n/a"]
    return missing.contains(word) ? .missing : nil
  }

  private static func wording(_ bytes: [UInt8], _ start: Int, _ end: Int) -> CellKind {
    if isReference(bytes, start, end) { return .reference }
    var (isWord, mixed, depth, quotes) = (true, false, 0, 0)
    var index = start
    while index < end {
      let byte = bytes[index]
      if isLetter(byte) || isDigit(byte) || byte == 0x5F || byte == 0x2D || byte == 0x2E {
        index += 1
        continue
      }
      isWord = false
      let next = index + 1 < end ? bytes[index + 1] : 32
      switch byte {
      case 0x28, 0x5B, 0x7B: depth += 1
      case 0x29, 0x5D, 0x7D:
        depth -= 1
        if depth < 0 { return .odd }
      case 0x22: quotes += 1
      case 0x2C, 0x3B: if next != 32 { mixed = true }
      case 0x7C, 0x7E, 0x5E, 0x3D, 0x09: mixed = true
      case 0..<32: if byte != 10 && byte != 13 { mixed = true }
      default: break
      }
      index += 1
    }
    // What is a whole in brackets (JSON, a list) is meant as one cell, whatever it has inside.
    if depth == 0, bytes[start] == 0x7B || bytes[start] == 0x5B, bytes[end - 1] == bytes[start] + 2
    {
      return .word
    }
    if depth != 0 || quotes & 1 == 1 { return .odd }
    if quotes > 0 { mixed = true }
    if end - start == 1, !isWord { return .odd }
    switch bytes[start] {
    case 0x2C, 0x3B, 0x3A, 0x7C, 0x29, 0x3D, 0x26: return .odd
    default: break
    }
    switch bytes[end - 1] {
    case 0x2C, 0x3B, 0x7C, 0x3D, 0x26: return .odd
    case 0x3A: return .mixed
    default: return isWord ? .word : mixed ? .mixed : .text
    }
  }

  /// An address: of the web, of mail, of a machine, or of a file.
  private static func isReference(_ bytes: [UInt8], _ start: Int, _ end: Int) -> Bool {
    var (dots, digits, at, spaces, colon) = (0, 0, 0, 0, -1)
    for index in start..<end {
      switch bytes[index] {
      case 0x2E: dots += 1
      case 0x30...0x39: digits += 1
      case 0x40: at += 1
      case 32: spaces += 1
      case 0x22, 0x7C, 0x09: return false
      case 0x3A where colon < 0: colon = index
      default: break
      }
    }
    if spaces > 0 { return false }
    if dots == 3, digits + dots == end - start, digits >= 4 { return true }
    if at == 1, dots > 0, colon < 0 {
      for index in start..<end where bytes[index] == 0x2C || bytes[index] == 0x3B { return false }
      return true
    }
    guard colon > start + 1, colon + 2 < end else { return false }
    for index in start..<colon where !isLetter(bytes[index]) { return false }
    return bytes[colon + 1] == 0x2F && bytes[colon + 2] == 0x2F
  }

  static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

  static func isLetter(_ byte: UInt8) -> Bool {
    byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A || byte >= 0x80
  }
}

/// A number as it is written: its marks, not its value.
struct NumberLook {
  var isInteger = true
  /// The mark that can only be a decimal one here: "." or ",", or 0.
  var decimal: UInt8 = 0
  /// The mark that can only part thousands here, or 0.
  var grouping: UInt8 = 0
  /// One mark with three digits after it: thousands or decimals, not to be told from this cell.
  var doubtful: UInt8 = 0
  var hasUnit = false

  /// Nil if the text is no number. Signs, currency signs, a percent sign, an exponent and parted
  /// thousands are read. Time O(cell).
  init?(_ bytes: [UInt8], _ from: Int, _ to: Int) {
    var (start, end) = (from, to)
    if end - start > 1, bytes[end - 1] == 0x25 {
      hasUnit = true
      end -= 1
      if end > start, bytes[end - 1] == 32 { end -= 1 }
    }
    for _ in 0..<2 where start < end {
      if bytes[start] == 0x2B || bytes[start] == 0x2D {
        start += 1
      } else if bytes[start] == 0x24 {
        (start, hasUnit) = (start + 1, true)
      } else if start + 2 < end, bytes[start] == 0xC2, bytes[start + 1] == 0xA3 {
        (start, hasUnit) = (start + 2, true)  // the pound sign
      } else if start + 3 < end, bytes[start] == 0xE2, bytes[start + 1] == 0x82 {
        (start, hasUnit) = (start + 3, true)  // the euro sign and its neighbours
      }
    }
    if end - start > 3, bytes[end - 3] == 0xE2, bytes[end - 2] == 0x82 {
      (end, hasUnit) = (end - 3, true)
      if bytes[end - 1] == 32 { end -= 1 }
    }
    guard start < end else { return nil }
    var marks: [(byte: UInt8, at: Int)] = []
    var (digits, index, run) = (0, start, 0)
    while index < end {
      let byte = bytes[index]
      if CellKind.isDigit(byte) {
        digits += 1
        run += 1
      } else if byte == 0x2E || byte == 0x2C || byte == 32 || byte == 0x27 {
        if marks.count > 8 || (byte != 0x2E && byte != 0x2C && digits == 0) { return nil }
        marks.append((byte, index))
        run = 0
      } else if byte | 0x20 == 0x65, digits > 0, index + 1 < end {
        var exponent = index + 1
        if bytes[exponent] == 0x2B || bytes[exponent] == 0x2D { exponent += 1 }
        guard exponent < end, end - exponent <= 4 else { return nil }
        for place in exponent..<end where !CellKind.isDigit(bytes[place]) { return nil }
        isInteger = false
        end = index
        break
      } else {
        return nil
      }
      index += 1
    }
    guard digits > 0 else { return nil }
    guard let last = marks.last else { return }
    let tail = end - last.at - 1
    if marks.count == 1 {
      if last.byte == 32 || last.byte == 0x27 {
        guard tail == 3, last.at - start <= 3 else { return nil }
        grouping = last.byte
      } else if tail == 3, last.at > start, last.at - start <= 3, bytes[start] != 0x30 {
        doubtful = last.byte
        isInteger = false
      } else {
        decimal = last.byte
        isInteger = false
      }
      return
    }
    let separator = marks[0].byte
    guard marks[0].at - start <= 3, marks[0].at > start else { return nil }
    for (place, mark) in marks.enumerated().dropFirst() {
      guard mark.at - marks[place - 1].at == 4 else { return nil }
      if mark.byte != separator, place != marks.count - 1 { return nil }
    }
    if last.byte == separator {
      guard tail == 3 else { return nil }
    } else {
      guard last.byte == 0x2E || last.byte == 0x2C else { return nil }
      decimal = last.byte
      isInteger = false
    }
    grouping = separator
  }
}
