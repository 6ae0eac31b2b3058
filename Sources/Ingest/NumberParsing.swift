/// A number as it stands in a file.
enum ParsedNumber: Equatable {
  case missing
  case value(Double)
  case invalid
}

/// Whether bytes stand for a missing value: nothing, NA, N/A, NaN, NULL, `--`, `-` or a point.
func isMissing(_ bytes: Bytes) -> Bool {
  switch bytes.count {
  case 0: true
  case 1: bytes[0] == 0x2D || bytes[0] == 0x2E
  case 2: bytes.equals("na") || bytes.equals("--")
  case 3: bytes.equals("n/a") || bytes.equals("nan")
  case 4: bytes.equals("null")
  default: false
  }
}

private let powersOfTen: [Double] = [
  1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
  1e18, 1e19, 1e20, 1e21, 1e22,
]

/// Reads a decimal number: sign, digits, decimal mark, digits, exponent; nothing else.
///
/// The result is the Double nearest to the text. Up to 15 digits and 22 decimals one exact division
/// gives it (Clinger 1990); longer ones go through the standard library. Infinity, NaN, hexadecimal
/// and lone points are invalid. O(length).
///
/// - Parameters:
///   - bytes: without surrounding spaces.
///   - decimalMark: the byte that stands for the decimal point.
///   - grouping: the byte that may part groups of three digits; nil when none may.
func parseNumber(_ bytes: Bytes, decimalMark: UInt8 = 0x2E, grouping: UInt8? = nil)
  -> ParsedNumber
{
  if isMissing(bytes) { return .missing }
  if let grouping, bytes.contains(grouping) {
    return parseGroupedNumber(bytes, decimalMark: decimalMark, grouping: grouping)
  }
  var index = 0
  let end = bytes.count
  let negative = bytes[0] == 0x2D
  if negative || bytes[0] == 0x2B { index = 1 }
  var mantissa: UInt64 = 0
  var digits = 0
  var decimals = 0
  var significant = 0
  var seenMark = false
  scan: while index < end {
    let byte = bytes[index]
    switch byte {
    case 0x30...0x39:
      digits += 1
      if significant > 0 || byte != 0x30 { significant += 1 }
      if significant <= 18 { mantissa = mantissa * 10 + UInt64(byte - 0x30) }
      if seenMark { decimals += 1 }
    case decimalMark where !seenMark: seenMark = true
    case 0x45, 0x65: break scan
    default: return .invalid
    }
    index += 1
  }
  guard digits > 0 else { return .invalid }
  if index == end, significant <= 15, decimals <= 22 {
    let value = Double(mantissa) / powersOfTen[decimals]
    return .value(negative ? -value : value)
  }
  return parseLongNumber(bytes, exponentAt: index, decimalMark: decimalMark)
}

/// Reads a number of at most eight digits, perhaps with a decimal mark among or behind them; nil
/// for anything else, `parseNumber` then decides. The same value as that gives.
@inline(__always)
func parseShortNumber(_ bytes: Bytes, decimalMark: UInt8) -> Double? {
  guard bytes.count <= 9, bytes.count > 0, bytes[0] &- 0x30 <= 9 else { return nil }
  if bytes.count == 1 { return Double(bytes[0] &- 0x30) }
  var mantissa: UInt32 = 0
  var digits = 0
  var whole: Int?
  for byte in bytes {
    let digit = byte &- 0x30
    if digit <= 9 {
      mantissa = mantissa &* 10 &+ UInt32(digit)
      digits += 1
    } else if byte == decimalMark, whole == nil {
      whole = digits
    } else {
      return nil
    }
  }
  guard digits <= 8 else { return nil }
  guard let whole, whole < digits else { return Double(mantissa) }
  return Double(mantissa) / powersOfTen[digits - whole]
}

/// A number with thousands marks: one to three digits, then groups of exactly three.
private func parseGroupedNumber(_ bytes: Bytes, decimalMark: UInt8, grouping: UInt8) -> ParsedNumber
{
  let whole = bytes.prefix { $0 != decimalMark }
  let digits = whole.first == 0x2D || whole.first == 0x2B ? whole.dropFirst() : whole
  let groups = digits.split(separator: grouping, omittingEmptySubsequences: false)
  let isRegular =
    (1...3).contains(groups[0].count) && groups.dropFirst().allSatisfy { $0.count == 3 }
  guard isRegular, !bytes.dropFirst(whole.count).contains(grouping) else { return .invalid }
  let plain = bytes.filter { $0 != grouping }
  return plain.withUnsafeBufferPointer { parseNumber($0, decimalMark: decimalMark) }
}

private func parseLongNumber(_ bytes: Bytes, exponentAt: Int, decimalMark: UInt8) -> ParsedNumber {
  var index = exponentAt
  if index < bytes.count {
    index += 1
    if index < bytes.count, bytes[index] == 0x2D || bytes[index] == 0x2B { index += 1 }
    guard index < bytes.count, bytes[index...].allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else {
      return .invalid
    }
  }
  let text = String(
    decoding: bytes.lazy.map { $0 == decimalMark ? 0x2E : $0 }, as: UTF8.self)
  guard let value = Double(text), value.isFinite else { return .invalid }
  return .value(value)
}

/// Reads what people write for a number in a diary: `4-5` and `4 – 5` as the middle of the two, and
/// `7/10` on a scale of ten as 7; nil for anything else.
///
/// - Parameter mayBeShare: whether the number is one of points from 0 to 10.
func parseWrittenNumber(_ bytes: Bytes, _ form: NumberForm, mayBeShare: Bool) -> Double? {
  func number(_ part: some Collection<UInt8>) -> Double? {
    let part = Array(part.drop { $0 == 0x20 }.reversed().drop { $0 == 0x20 }.reversed())
    guard let first = part.first, first &- 0x30 <= 9 else { return nil }
    let text = String(decoding: part, as: UTF8.self)
    let read = text.withBytes { parseNumber($0, decimalMark: form.mark, grouping: form.grouping) }
    if case .value(let value) = read { return value }
    return nil
  }
  if mayBeShare, let slash = bytes.firstIndex(of: 0x2F) {
    guard number(bytes[bytes.index(after: slash)...]) == 10 else { return nil }
    return number(bytes[..<slash])
  }
  // An en dash is three bytes.
  let dash: (start: Int, end: Int)
  if let plain = bytes.firstIndex(of: 0x2D) {
    dash = (plain, plain + 1)
  } else if let long = bytes.firstIndex(of: 0xE2), long + 3 <= bytes.count,
    bytes[long + 1] == 0x80, bytes[long + 2] == 0x93
  {
    dash = (long, long + 3)
  } else {
    return nil
  }
  guard let low = number(bytes[..<dash.start]), let high = number(bytes[dash.end...]), low < high
  else { return nil }
  return (low + high) / 2
}

/// What a word in a column of yes or no says, in English, German, French, Spanish, Italian,
/// Portuguese or Dutch, or as a tick; nil for any other word.
func parseYesOrNo(_ bytes: Bytes) -> Bool? {
  guard bytes.count <= 12 else { return nil }
  let word = bytes.text.lowercased()
  if yesWords.contains(word) { return true }
  return noWords.contains(word) ? false : nil
}

private let yesWords: Set<String> = [
  "1", "true", "yes", "y", "done", "x", "ja", "j", "wahr", "erledigt", "gemacht", "oui", "o",
  "vrai", "fait", "sí", "si", "s", "verdadero", "hecho", "sì", "sim", "fatto", "feito", "gedaan",
  "✓", "✔", "✔️", "☑", "☑️", "✅", "ok",
]

private let noWords: Set<String> = [
  "0", "false", "no", "n", "nein", "falsch", "non", "faux", "falso", "não", "nao", "nee", "✗",
  "✘", "✕", "❌", "☐", "not done",
]

/// Reads a whole number of 1 to 18 digits, perhaps with a sign; nil for anything else.
func parseInteger(_ bytes: Bytes) -> Int64? {
  var index = 0
  let negative = bytes.first == 0x2D
  if negative || bytes.first == 0x2B { index = 1 }
  guard bytes.count > index, bytes.count - index <= 18 else { return nil }
  var value: Int64 = 0
  while index < bytes.count {
    let digit = bytes[index] &- 0x30
    guard digit <= 9 else { return nil }
    value = value * 10 + Int64(digit)
    index += 1
  }
  return negative ? -value : value
}
