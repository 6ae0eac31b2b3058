/// Why JSON could not be read, and on which line.
struct JSONProblem: Error {
  enum What: Error { case syntax(String), duplicateKey, tooDeep(Int), tooManyKeys, encoding }
  var what: What
  var line: Int

  var sentence: String {
    switch what {
    case .syntax(let text): text
    case .duplicateKey: "an object names the same key twice"
    case .tooDeep(let levels): "it is nested more than \(levels) levels deep"
    case .tooManyKeys: "an object has more than \(JSONReader.mostKeys) keys"
    case .encoding: "a string is not UTF-8"
    }
  }
}

/// Reads JSON (RFC 8259) as a stream of tokens, strictly: no trailing commas, no NaN, no comments,
/// no duplicate keys, no more levels than the limits allow. Memory holds one token and the keys of
/// the open objects.
final class JSONReader {
  enum Token: Equatable {
    case beginObject, endObject, beginArray, endArray, key, string, number, yes, no, null, end
  }

  static let mostKeys = 1024

  private enum Expectation {
    case value, firstValueOrEnd, firstKeyOrEnd, key, colon, commaOrEnd, end
  }

  private let window: Window
  private var expectation = Expectation.value
  /// Objects and arrays that are open.
  private(set) var depth = 0
  private var nesting = Nesting()
  /// The text of the last key, string or number, escapes resolved.
  private(set) var text: [UInt8] = []
  /// The line of the last token, from 1.
  private(set) var line = 1
  /// Whether a line end counts as the end of the text.
  private var isLineBound = false

  private let longestText: Int

  init(_ window: Window) {
    self.window = window
    longestText = window.limits.fieldBytes
  }

  /// Goes to the next line with anything on it, which is then read as a text of its own: nothing on
  /// it reaches over its end.
  ///
  /// - Returns: false at the end of the file.
  func beginLine() throws -> Bool {
    isLineBound = false
    expectation = .value
    if depth > 0 { nesting.removeAll() }
    depth = 0
    try skipSpace()
    guard try peek() != nil else { return false }
    isLineBound = true
    return true
  }

  /// Passes over what is left of the line.
  func endLine() throws {
    while try peek() != nil { window.start += 1 }
    isLineBound = false
  }

  /// The next token.
  func next() throws -> Token {
    try skipSpace()
    guard let byte = try peek() else {
      if expectation == .end { return .end }
      throw syntax("the text ends too early")
    }
    switch expectation {
    case .end: throw syntax("there is something behind the end")
    case .colon:
      guard byte == 0x3A else { throw syntax("a colon is missing") }
      window.start += 1
      expectation = .value
      return try next()
    case .commaOrEnd:
      if byte == 0x2C {
        window.start += 1
        expectation = nesting.isObject == true ? .key : .value
        return try next()
      }
      return try close(byte)
    case .firstKeyOrEnd, .key:
      if byte == 0x7D, expectation == .firstKeyOrEnd { return try close(byte) }
      guard byte == 0x22 else { throw syntax("a key in quotes is missing") }
      try readString()
      guard text.withUnsafeBufferPointer({ nesting.add($0) }) else {
        throw JSONProblem(what: .duplicateKey, line: line)
      }
      if nesting.keys > JSONReader.mostKeys {
        throw JSONProblem(what: .tooManyKeys, line: line)
      }
      expectation = .colon
      return .key
    case .firstValueOrEnd:
      if byte == 0x5D { return try close(byte) }
      return try value(byte)
    case .value: return try value(byte)
    }
  }

  /// Passes over the value that comes next.
  func skipValue() throws {
    let start = depth
    repeat { _ = try next() } while depth > start
  }

  /// What is at hand behind the last token.
  var atHand: Bytes { window.bytes(window.start..<window.end) }

  /// Passes over the rest of an object that was just opened and read by somebody else, with its
  /// brace.
  func passObject(_ count: Int) {
    window.start += count
    end()
    valueEnded()
  }

  /// Leaves the innermost object or array.
  private func end() {
    depth -= 1
    nesting.end()
  }

  private func value(_ byte: UInt8) throws -> Token {
    switch byte {
    case 0x7B, 0x5B:
      guard depth < window.limits.nesting else {
        throw JSONProblem(what: .tooDeep(window.limits.nesting), line: line)
      }
      window.start += 1
      depth += 1
      nesting.begin(isObject: byte == 0x7B)
      expectation = byte == 0x7B ? .firstKeyOrEnd : .firstValueOrEnd
      return byte == 0x7B ? .beginObject : .beginArray
    case 0x22:
      try readString()
      valueEnded()
      return .string
    case 0x74: return try word("true", .yes)
    case 0x66: return try word("false", .no)
    case 0x6E: return try word("null", .null)
    case 0x2D, 0x30...0x39:
      try readNumber()
      valueEnded()
      return .number
    default: throw syntax("a value is missing or misspelled")
    }
  }

  private func valueEnded() { expectation = depth == 0 ? .end : .commaOrEnd }

  private func close(_ byte: UInt8) throws -> Token {
    guard let isObject = nesting.isObject, byte == (isObject ? 0x7D : 0x5D) else {
      throw syntax("a comma or a closing bracket is missing")
    }
    window.start += 1
    end()
    valueEnded()
    return isObject ? .endObject : .endArray
  }

  private func word(_ word: StaticString, _ token: Token) throws -> Token {
    for index in 0..<word.utf8CodeUnitCount {
      guard try peek() == word.utf8Start[index] else {
        throw syntax("a value is missing or misspelled")
      }
      window.start += 1
    }
    valueEnded()
    return token
  }

  /// A number by the grammar of RFC 8259: no leading zeros or plus, digits on both sides of a
  /// point.
  private func readNumber() throws {
    text.removeAll(keepingCapacity: true)
    if try peek() == 0x2D { try take() }
    if try peek() == 0x30 {
      try take()
    } else {
      try takeDigits()
    }
    if try peek() == 0x2E {
      try take()
      try takeDigits()
    }
    if let byte = try peek(), byte == 0x45 || byte == 0x65 {
      try take()
      if let sign = try peek(), sign == 0x2B || sign == 0x2D { try take() }
      try takeDigits()
    }
  }

  private func take() throws {
    guard let byte = try peek() else { throw syntax("the text ends too early") }
    text.append(byte)
    window.start += 1
    if text.count > longestText { throw syntax("a value is longer than 1 MiB") }
  }

  private func takeDigits() throws {
    let count = text.count
    while let byte = try peek(), byte >= 0x30, byte <= 0x39 {
      var end = window.start
      while end < window.end, window.base[end] &- 0x30 <= 9 { end += 1 }
      text.append(contentsOf: window.bytes(window.start..<end))
      window.start = end
      if text.count > longestText { throw syntax("a value is longer than 1 MiB") }
    }
    if text.count == count { throw syntax("a number is malformed") }
  }

  private func readString() throws {
    text.removeAll(keepingCapacity: true)
    window.start += 1
    while true {
      guard let byte = try peek() else { throw syntax("a string is not closed") }
      if byte == 0x22 { break }
      if byte < 0x20 { throw syntax("a string holds a control character") }
      if byte == 0x5C {
        window.start += 1
        try readEscape()
        if text.count > longestText { throw syntax("a value is longer than 1 MiB") }
      } else {
        takePlain()
        if text.count > longestText { throw syntax("a value is longer than 1 MiB") }
      }
    }
    window.start += 1
    guard text.withUnsafeBufferPointer({ firstInvalidUTF8($0) }) == nil else {
      throw JSONProblem(what: .encoding, line: line)
    }
  }

  /// Takes the bytes of a string up to its next quote, escape or control character, as far as they
  /// are at hand.
  private func takePlain() {
    let start = window.start
    var end = start
    let base = window.base
    while end < window.end {
      let byte = base[end]
      if byte == 0x22 || byte == 0x5C || byte < 0x20 { break }
      end += 1
    }
    text.append(contentsOf: window.bytes(start..<end))
    window.start = end
  }

  private func readEscape() throws {
    guard let byte = try peek() else { throw syntax("a string is not closed") }
    window.start += 1
    switch byte {
    case 0x22, 0x5C, 0x2F: text.append(byte)
    case 0x62: text.append(0x08)
    case 0x66: text.append(0x0C)
    case 0x6E: text.append(0x0A)
    case 0x72: text.append(0x0D)
    case 0x74: text.append(0x09)
    case 0x75:
      var value = try hexadecimal()
      if value & 0xFC00 == 0xD800 {
        guard try peek() == 0x5C else { throw syntax("a surrogate stands alone") }
        window.start += 1
        guard try peek() == 0x75 else { throw syntax("a surrogate stands alone") }
        window.start += 1
        let low = try hexadecimal()
        guard low & 0xFC00 == 0xDC00 else { throw syntax("a surrogate stands alone") }
        value = 0x10000 + ((value & 0x3FF) << 10 | (low & 0x3FF))
      }
      guard let scalar = Unicode.Scalar(value) else { throw syntax("a surrogate stands alone") }
      text.append(contentsOf: UTF8.encode(scalar).map { Array($0) } ?? [])
    default: throw syntax("an escape in a string is not known")
    }
  }

  private func hexadecimal() throws -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = try peek(), let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
        throw syntax("an escape in a string is not known")
      }
      value = value << 4 | UInt32(digit)
      window.start += 1
    }
    return value
  }

  private func skipSpace() throws {
    while let byte = try peek() {
      if byte == 0x0A { line += 1 }
      guard byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D else { return }
      window.start += 1
    }
  }

  @inline(__always)
  private func peek() throws -> UInt8? {
    guard window.start < window.end else { return try peekFurther() }
    let byte = window.base[window.start]
    return byte == 0x0A && isLineBound ? nil : byte
  }

  private func peekFurther() throws -> UInt8? {
    while window.start >= window.end {
      guard try window.fill() != nil else { return nil }
    }
    let byte = window.base[window.start]
    return byte == 0x0A && isLineBound ? nil : byte
  }

  private func syntax(_ sentence: String) -> JSONProblem {
    JSONProblem(what: .syntax(sentence), line: line)
  }
}

/// What is open, and the keys of its objects, to find one that comes twice.
///
/// A few keys are compared one by one; from many on a set is kept, so that no object takes time
/// that grows with the square of its keys.
private struct Nesting {
  /// True for an open object, false for an open array.
  private var open: [Bool] = []
  private var bytes: [UInt8] = []
  private var ends: [Int] = []
  /// Where each open object's keys begin in `ends`, and its set once it has many.
  private var objects: [(first: Int, set: Set<[UInt8]>?)] = []
  private static let few = 32

  /// Whether the innermost is an object; nil when nothing is open.
  var isObject: Bool? { open.last }

  /// Keys of the innermost object.
  var keys: Int { ends.count - (objects.last?.first ?? 0) }

  mutating func removeAll() {
    open.removeAll(keepingCapacity: true)
    bytes.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    objects.removeAll(keepingCapacity: true)
  }

  mutating func begin(isObject: Bool) {
    open.append(isObject)
    if isObject { objects.append((ends.count, nil)) }
  }

  mutating func end() {
    guard open.removeLast(), let first = objects.popLast()?.first else { return }
    ends.removeLast(ends.count - first)
    bytes.removeLast(bytes.count - (ends.last ?? 0))
  }

  /// Adds a key to the innermost object; false when it has it already.
  mutating func add(_ key: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let object = objects.last else { return true }
    if object.set != nil {
      if objects[objects.count - 1].set?.insert(Array(key)).inserted == false { return false }
    } else {
      for index in object.first..<ends.count where range(index).count == key.count {
        if bytes[range(index)].elementsEqual(key) { return false }
      }
      if keys == Nesting.few {
        objects[objects.count - 1].set = Set(
          (object.first..<ends.count).map { Array(bytes[range($0)]) } + [Array(key)])
      }
    }
    bytes.append(contentsOf: key)
    ends.append(bytes.count)
    return true
  }

  private func range(_ index: Int) -> Range<Int> {
    (index == 0 ? 0 : ends[index - 1])..<ends[index]
  }
}
