import Records

/// Reads flat objects whose bytes are all at hand: strings without escapes, numbers and words, in
/// one pass and without a copy.
///
/// Objects of one file mostly name the same keys in the same order, so each key is first compared
/// with the one that stood there before. Whatever is not plain (escapes, inner objects and arrays,
/// line ends, errors) is left to `JSONReader`, which begins at the same place; nothing has been
/// taken then.
struct JSONQuickObject {
  /// A member of the object, its value as a stretch of the window's bytes.
  struct Member {
    /// The key as a stretch of `keyBytes`.
    fileprivate var key: Range<Int>
    /// The field's raw value; -1 for a key that means none.
    var field: Int
    /// From the window's first byte; empty for null.
    var start = 0
    var count = 0
    fileprivate(set) var word = Word.none
  }

  /// A value that is written out in other bytes than its own.
  enum Word { case none, yes, no }

  private(set) var members: [Member] = []
  private var keyBytes: [UInt8] = []
  /// Whether an object has named other keys, or in another order, since this was set to false.
  var hasChanged = true
  private let longestText: Int

  init(longestText: Int) { self.longestText = longestText }

  /// Reads an object behind its opening brace.
  ///
  /// - Parameters:
  ///   - bytes: what is at hand from there on.
  ///   - isLine: whether the object has to end its line.
  ///   - field: what a key means; called for keys that stand at a place for the first time.
  /// - Returns: the place behind the closing brace; nil when the object is not plain.
  mutating func read(_ bytes: Bytes, isLine: Bool, field: (Bytes) -> Int) -> Int? {
    var position = 0
    var index = 0
    let end = bytes.count
    while true {
      Self.skipBlanks(bytes, &position)
      guard position < end, bytes[position] == 0x22 else { return nil }
      position += 1
      if !matches(index, bytes, &position) {
        guard learn(index, bytes, &position, field) else { return nil }
      }
      Self.skipBlanks(bytes, &position)
      guard position < end, bytes[position] == 0x3A else { return nil }
      position += 1
      Self.skipBlanks(bytes, &position)
      guard position < end, Self.value(bytes, &position, &members[index], longestText) else {
        return nil
      }
      Self.skipBlanks(bytes, &position)
      guard position < end else { return nil }
      index += 1
      let joint = bytes[position]
      position += 1
      if joint == 0x2C { continue }
      guard joint == 0x7D else { return nil }
      break
    }
    if index != members.count {
      hasChanged = true
      members.removeLast(members.count - index)
      keyBytes.removeLast(keyBytes.count - (members.last?.key.upperBound ?? 0))
    }
    if isLine, !Self.endsLine(bytes, position) { return nil }
    return position
  }

  /// The key of a member.
  func name(of member: Member) -> String { String(decoding: keyBytes[member.key], as: UTF8.self) }

  @inline(__always)
  private static func skipBlanks(_ bytes: Bytes, _ position: inout Int) {
    while position < bytes.count, bytes[position] == 0x20 { position += 1 }
  }

  private static func endsLine(_ bytes: Bytes, _ start: Int) -> Bool {
    var position = start
    while position < bytes.count {
      if bytes[position] == 0x0A { return true }
      guard bytes[position] == 0x20 || bytes[position] == 0x0D else { return false }
      position += 1
    }
    return false
  }

  /// Whether the key is the one that stood there before; moves behind its closing quote.
  @inline(__always)
  private func matches(_ index: Int, _ bytes: Bytes, _ position: inout Int) -> Bool {
    guard index < members.count else { return false }
    let key = members[index].key
    guard position + key.count < bytes.count, bytes[position + key.count] == 0x22 else {
      return false
    }
    for offset in 0..<key.count where bytes[position + offset] != keyBytes[key.lowerBound + offset]
    {
      return false
    }
    position += key.count + 1
    return true
  }

  /// Takes a key that did not stand there before; false when it is not plain or comes twice.
  private mutating func learn(
    _ index: Int, _ bytes: Bytes, _ position: inout Int, _ field: (Bytes) -> Int
  ) -> Bool {
    hasChanged = true
    members.removeLast(members.count - index)
    keyBytes.removeLast(keyBytes.count - (members.last?.key.upperBound ?? 0))
    let start = position
    while position < bytes.count, bytes[position] != 0x22 {
      // Keys beyond ASCII, and odd ones, are looked at more closely.
      guard bytes[position] >= 0x20, bytes[position] < 0x80, bytes[position] != 0x5C else {
        return false
      }
      position += 1
    }
    guard position < bytes.count, index < 64 else { return false }
    let key = Bytes(rebasing: bytes[start..<position])
    let meaning = field(key)
    for member in members
    where member.field == meaning && (meaning >= 0 || keyBytes[member.key].elementsEqual(key)) {
      return false
    }
    let first = keyBytes.count
    keyBytes.append(contentsOf: key)
    members.append(Member(key: first..<keyBytes.count, field: meaning))
    position += 1
    return true
  }

  // What reads a value is static: a method would hold on to the members while one of them is
  // written, and each would be copied.

  @inline(__always)
  private static func value(
    _ bytes: Bytes, _ position: inout Int, _ member: inout Member, _ longestText: Int
  )
    -> Bool
  {
    member.word = .none
    switch bytes[position] {
    case 0x22: return string(bytes, &position, &member, longestText)
    case 0x2D, 0x30...0x39: return number(bytes, &position, &member, longestText)
    case 0x6E:
      member.count = 0
      return word("null", bytes, &position)
    case 0x74:
      member.word = .yes
      return word("true", bytes, &position)
    case 0x66:
      member.word = .no
      return word("false", bytes, &position)
    default: return false
    }
  }

  @inline(__always)
  private static func string(
    _ bytes: Bytes, _ position: inout Int, _ member: inout Member, _ longestText: Int
  ) -> Bool {
    position += 1
    let start = position
    var any: UInt8 = 0
    let end = bytes.count
    while position < end {
      let byte = bytes[position]
      if byte == 0x22 { break }
      guard byte >= 0x20, byte != 0x5C else { return false }
      any |= byte
      position += 1
    }
    guard position < end, position - start <= longestText else { return false }
    if any >= 0x80, firstInvalidUTF8(Bytes(rebasing: bytes[start..<position])) != nil {
      return false
    }
    member.start = start
    member.count = position - start
    position += 1
    return true
  }

  /// A number by the grammar of RFC 8259, but for those with an exponent.
  @inline(__always)
  private static func number(
    _ bytes: Bytes, _ position: inout Int, _ member: inout Member, _ longestText: Int
  ) -> Bool {
    let start = position
    let end = bytes.count
    func digits(_ position: inout Int) -> Int {
      let first = position
      while position < end, bytes[position] &- 0x30 <= 9 { position += 1 }
      return position - first
    }
    if bytes[position] == 0x2D { position += 1 }
    let first = position
    let count = digits(&position)
    guard count == 1 || count > 1 && bytes[first] != 0x30 else { return false }
    if position < end, bytes[position] == 0x2E {
      position += 1
      guard digits(&position) > 0 else { return false }
    }
    // What follows decides whether it was a whole number: a letter is none of the joints.
    guard position < end, position - start <= longestText else { return false }
    member.start = start
    member.count = position - start
    return true
  }

  @inline(__always)
  private static func word(_ word: StaticString, _ bytes: Bytes, _ position: inout Int) -> Bool {
    let count = word.utf8CodeUnitCount
    guard position + count <= bytes.count else { return false }
    for offset in 0..<count where bytes[position + offset] != word.utf8Start[offset] {
      return false
    }
    position += count
    return true
  }
}
