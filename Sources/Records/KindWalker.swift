/// Does something with every kind of row, one after the other, without naming any.
///
/// The compiler makes a function of each walker and kind.
public protocol KindWalker {
  /// What it may throw.
  associatedtype Failure: Error
  /// A kind of any sort.
  mutating func visit<R: Row>(_ kind: R.Type) throws(Failure)
  /// A kind whose rows belong to days; as any other, unless the walker says.
  mutating func visit<R: DatedRow>(dated kind: R.Type) throws(Failure)
  /// A kind with one row a key; as any other, unless the walker says.
  mutating func visit<R: KeyedRow>(keyed kind: R.Type) throws(Failure)
}

extension KindWalker {
  /// As any kind.
  @inlinable @inline(__always)
  public mutating func visit<R: DatedRow>(dated kind: R.Type) throws(Failure) { try visit(kind) }

  /// As any kind.
  @inlinable @inline(__always)
  public mutating func visit<R: KeyedRow>(keyed kind: R.Type) throws(Failure) { try visit(kind) }
}

extension Kind {
  /// The rows of every kind, in the order of the walk; a function that takes one of them as a type
  /// is called for each. For what happens seldom: nothing of it is specialised.
  public static let rowTypes: [any Row.Type] = {
    var collector = Collector()
    walk(&collector)
    return collector.types
  }()

  /// Its rows.
  public var rowType: any Row.Type { Kind.typeOf[self] ?? Patient.self }

  private static let typeOf = Dictionary(uniqueKeysWithValues: rowTypes.map { ($0.kind, $0) })

  private struct Collector: KindWalker {
    typealias Failure = Never
    var types: [any Row.Type] = []
    mutating func visit<R: Row>(_ kind: R.Type) { types.append(kind) }
  }
}

extension RecordSet {
  /// How many rows it holds, of all kinds.
  public var count: Int { Kind.rowTypes.reduce(0) { $0 + count(of: $1) } }

  /// How many rows of a kind it holds.
  public func count(of kind: any Row.Type) -> Int {
    func count<R: Row>(_: R.Type) -> Int { self[keyPath: R.rows].count }
    return count(kind)
  }

  /// Drops all rows and keeps the memory.
  public mutating func removeAll() {
    func clear<R: Row>(_: R.Type, _ set: inout RecordSet) {
      set[keyPath: R.rows].removeAll(keepingCapacity: true)
    }
    for kind in Kind.rowTypes { clear(kind, &self) }
  }

  /// Drops rows of days behind one; what holds over days stays.
  public mutating func removeAll(behind last: Day) {
    func remove<R: Row>(_: R.Type, _ set: inout RecordSet) {
      set[keyPath: R.rows].removeAll { row in row.belongsTo.map { $0 > last } ?? false }
    }
    for kind in Kind.rowTypes { remove(kind, &self) }
  }

  /// How many rows come from each file, by the file's number.
  public var countsByFile: [Int64: Int] {
    var counts: [Int64: Int] = [:]
    func count<R: Row>(_: R.Type) {
      for row in self[keyPath: R.rows] { counts[row.position.file, default: 0] += 1 }
    }
    for kind in Kind.rowTypes { count(kind) }
    return counts
  }

  /// Calls a closure with every row, kind by kind.
  public func each(_ body: (any Row) -> Void) {
    func each<R: Row>(_: R.Type) { self[keyPath: R.rows].forEach { body($0) } }
    for kind in Kind.rowTypes { each(kind) }
  }
}
