/// The identity of a name in a `NamePool`.
public struct NameID: Hashable, Sendable {
  /// Position in the pool, from 0.
  public let index: UInt32

  /// The name at a position of its pool.
  public init(index: UInt32) { self.index = index }
}

/// Names (patients, exercises, places …) kept once each, so that rows carry four bytes for a name.
///
/// Looking up a name costs one hash and one comparison of bytes; nothing is allocated for a name
/// that is already there.
public struct NamePool: Sendable {
  private var bytes: [UInt8] = []
  private var ends: [Int] = []
  private var hashes: [UInt64] = []
  private var table: [UInt32]

  /// An empty pool.
  public init() { table = [UInt32](repeating: .max, count: 64) }

  /// How many names it holds.
  public var count: Int { ends.count }

  /// The identity of a name, adding it when it is new. Amortized O(length).
  public mutating func intern(_ name: UnsafeBufferPointer<UInt8>) -> NameID {
    let hash = Digest.hash(name)
    var slot = Int(truncatingIfNeeded: hash) & (table.count - 1)
    while table[slot] != .max {
      let index = Int(table[slot])
      if hashes[index] == hash, equals(index, name) { return NameID(index: table[slot]) }
      slot = (slot + 1) & (table.count - 1)
    }
    let id = UInt32(ends.count)
    bytes.append(contentsOf: name)
    ends.append(bytes.count)
    hashes.append(hash)
    table[slot] = id
    if ends.count * 2 > table.count { grow() }
    return NameID(index: id)
  }

  /// The identity of a name given as text.
  public mutating func intern(_ name: String) -> NameID {
    var name = name
    return name.withUTF8 { intern($0) }
  }

  /// The name of an identity.
  public subscript(id: NameID) -> String {
    let range = range(Int(id.index))
    return String(decoding: bytes[range], as: UTF8.self)
  }

  /// The 64-bit digest of a name's bytes: the same for equal names in every pool.
  public func digest(_ id: NameID) -> UInt64 { hashes[Int(id.index)] }

  /// Calls a closure with the name's bytes.
  public func withBytes<R>(of id: NameID, _ body: (UnsafeBufferPointer<UInt8>) throws -> R)
    rethrows -> R
  {
    let range = range(Int(id.index))
    return try bytes.withUnsafeBufferPointer { try body(.init(rebasing: $0[range])) }
  }

  private func range(_ index: Int) -> Range<Int> {
    (index == 0 ? 0 : ends[index - 1])..<ends[index]
  }

  private func equals(_ index: Int, _ name: UnsafeBufferPointer<UInt8>) -> Bool {
    let range = range(index)
    guard range.count == name.count else { return false }
    return bytes.withUnsafeBufferPointer { stored in
      for offset in 0..<name.count where stored[range.lowerBound + offset] != name[offset] {
        return false
      }
      return true
    }
  }

  private mutating func grow() {
    table = [UInt32](repeating: .max, count: table.count * 2)
    for (index, hash) in hashes.enumerated() {
      var slot = Int(truncatingIfNeeded: hash) & (table.count - 1)
      while table[slot] != .max { slot = (slot + 1) & (table.count - 1) }
      table[slot] = UInt32(index)
    }
  }
}
