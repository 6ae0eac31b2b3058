extension Row {
  /// The digest of the row's natural key within its patient and day. O(fields).
  public func keyDigest(names: NamePool) -> UInt64 {
    var digester = RowDigester(names: names, texts: nil)
    return digester.digests(of: self).key
  }

  /// The digest that the row is stored under: see `RowDigester.digest(of:)`. O(fields and text).
  public func digest(names: NamePool, texts: TextArena) -> UInt64 {
    var digester = RowDigester(names: names, texts: texts)
    return digester.digest(of: self)
  }
}

/// Works out the digests of rows, one after the other.
///
/// The content's digest takes all fields but patient, day and position, each under the number of
/// its column, with names by their own digests; the key's takes those of the natural key, each
/// under its number among them. Numbers are stored within digests: fields are only ever added
/// behind the others.
struct RowDigester: ColumnVisitor {
  typealias Failure = Never
  private var key = Digest(seed: 0)
  private var keyTag: UInt64 = 0
  private var content = Digest(seed: 0)
  private var tag: UInt64 = 0
  /// Whether the content has the fields of the key already.
  private var contentHasKey = false
  private let names: NamePool
  private let texts: TextArena?
  /// The seed of keys, of every kind.
  private static let keySeed: UInt64 = 5

  /// - Parameters:
  ///   - names: those that rows refer to.
  ///   - texts: those that rows refer to; nil where keys alone are asked for.
  init(names: NamePool, texts: TextArena?) {
    self.names = names
    self.texts = texts
  }

  /// 24 bits of the key's digest, then 40 bits of the content's: in the order of digests rows with
  /// equal keys lie side by side, and equal digests within a patient's day mean equal rows.
  ///
  /// Rows of other keys differ in 64 bits, rows of one key in 40: forty million such pairs meet
  /// falsely with a chance of 4e-5.
  @inline(__always)
  mutating func digest<R: Row>(of row: R) -> UInt64 {
    let (key, content) = digests(of: row)
    return (key & 0xFFFF_FF00_0000_0000) | (content >> 24)
  }

  /// The digests of a row's key and content.
  @inline(__always)
  mutating func digests<R: Row>(of row: R) -> (key: UInt64, content: UInt64) {
    var row = row
    begin(R.declaration.digestSeed)
    row.visit(&self)
    guard R.declaration.digestsKeyFirst else { return (key.value, content.value) }
    let key = key.value
    begin(R.declaration.digestSeed)
    tag = 1
    content.add(tag, key)
    contentHasKey = true
    row.visit(&self)
    return (key, content.value)
  }

  @inline(__always)
  private mutating func begin(_ seed: UInt64) {
    key = Digest(seed: RowDigester.keySeed)
    keyTag = 0
    content = Digest(seed: seed)
    tag = 0
    contentHasKey = false
  }

  @inline(__always)
  private mutating func add(_ word: UInt64?, _ use: FieldUse) {
    if use.traits.contains(.key) {
      keyTag += 1
      key.add(keyTag, word)
      if contentHasKey { return }
    }
    tag += 1
    content.add(tag, word)
  }

  /// A clock's offset counts where there is a time and the source wrote one, and in no key. A time
  /// without an offset is known by its digits, whatever zone they are read in.
  @inline(__always)
  mutating func time(_ value: inout Timestamp, _ use: FieldUse) {
    let isWhole = value.written == .offset || value.written == .utc
    let clock = isWhole ? value.milliseconds : value.writtenClock
    let at = clock.map { UInt64(bitPattern: $0) }
    add(at, use)
    let offset = Int64(value.offsetMinutes)
    // No offset is as large as the numbers that stand for none and for UTC.
    let said: Int64 = value.written == .offset ? offset : value.written == .utc ? 8_192 : 4_096
    add(at.map { _ in UInt64(bitPattern: said) }, FieldUse(use.field, ""))
  }

  @inline(__always)
  mutating func whole(_ value: inout Int64?, _ range: ClosedRange<Int64>, _ use: FieldUse) {
    add(value.map { UInt64(bitPattern: $0) }, use)
  }

  /// No days are as none that were given.
  @inline(__always)
  mutating func weekdays(_ value: inout UInt8, _ use: FieldUse) {
    add(value == 0 ? nil : UInt64(value), use)
  }

  /// -0 counts as 0.
  @inline(__always)
  mutating func number(_ value: inout Double?, _ range: ClosedRange<Double>, _ use: FieldUse) {
    add(value.map { ($0 == 0 ? 0.0 : $0).bitPattern }, use)
  }

  @inline(__always)
  mutating func name(_ value: inout NameID?, _ use: FieldUse) {
    add(value.map(names.digest), use)
  }

  @inline(__always)
  mutating func text(_ value: inout TextRange?, _ use: FieldUse) {
    add(texts?.digest(value), use)
  }
}
