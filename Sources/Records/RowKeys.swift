/// What tells the rows of a batch apart, and the order in which they are written.
public struct RowKeys: Sendable {
  /// The digest of each row, in the order of the batch.
  public private(set) var digests: [UInt64] = []
  /// The places of the rows in the batch, by day, patient (as names come up in the file) and
  /// digest; equal rows in the order of the file.
  public private(set) var order: [Int32] = []

  /// Keys of no rows.
  public init() {}

  /// Keys of some rows. O(n log n).
  public init(_ rows: [some DatedRow], names: NamePool, texts: TextArena) {
    find(rows, names, texts)
  }

  private struct Entry {
    var day: Int64
    var digest: Int64
    var index: Int32
  }

  /// Takes the keys of other rows, in the memory of those before.
  mutating func find(_ rows: [some DatedRow], _ names: NamePool, _ texts: TextArena) {
    removeAll()
    digests.reserveCapacity(rows.count)
    order.reserveCapacity(rows.count)
    var entries: [Entry] = []
    entries.reserveCapacity(rows.count)
    var digester = RowDigester(names: names, texts: texts)
    for row in rows {
      let digest = digester.digest(of: row)
      digests.append(digest)
      entries.append(
        Entry(
          day: Int64(row.ownDay.number) << 32 | Int64(row.patient.index),
          digest: Int64(bitPattern: digest), index: Int32(entries.count)))
    }
    entries.sort {
      if $0.day != $1.day { return $0.day < $1.day }
      if $0.digest != $1.digest { return $0.digest < $1.digest }
      return $0.index < $1.index
    }
    for entry in entries { order.append(entry.index) }
  }

  /// Keeps the keys of some of the rows.
  ///
  /// - Parameter kept: places of rows, ascending; they count anew from 0.
  mutating func keep(_ kept: [Int]) {
    guard !digests.isEmpty else { return }
    var places = [Int32](repeating: -1, count: digests.count)
    for (place, index) in kept.enumerated() { places[index] = Int32(place) }
    digests = kept.map { digests[$0] }
    order = order.map { places[Int($0)] }.filter { $0 >= 0 }
  }

  /// Forgets all keys and keeps their memory.
  mutating func removeAll() {
    digests.removeAll(keepingCapacity: true)
    order.removeAll(keepingCapacity: true)
  }
}
