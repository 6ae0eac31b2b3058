import Testing

@testable import Records

@Suite("RowKeys")
struct RowKeysTests {
  private let names: NamePool
  private let people: [NameID]

  init() {
    var names = NamePool()
    people = ["zoe", "anna"].map { names.intern($0) }
    self.names = names
  }

  private func entry(_ day: Int32, _ person: Int, _ score: Double) -> PainEntry {
    PainEntry(
      patient: people[person], recorded: Timestamp(day: Day(number: day)), score: score,
      position: SourcePosition(line: 2))
  }

  private func keys(_ rows: [PainEntry]) -> RowKeys {
    RowKeys(rows, names: names, texts: TextArena())
  }

  @Test("Rows lie by day, patient as they come up, digest, and equal rows in the order of the file")
  func order() {
    let rows = [
      entry(5, 0, 1), entry(-3, 1, 1), entry(5, 1, 4), entry(-3, 0, 9), entry(5, 0, 1),
      entry(6, 0, 2), entry(5, 1, 7), entry(5, 0, 3),
    ]
    let keys = keys(rows)
    #expect(keys.digests == rows.map { $0.digest(names: names, texts: TextArena()) })
    let ordered = keys.order.map { rows[Int($0)] }
    #expect(ordered.map { $0.recorded.day.number } == [-3, -3, 5, 5, 5, 5, 5, 6])
    #expect(ordered.map(\.patient) == [0, 1, 0, 0, 0, 1, 1, 0].map { people[$0] })
    #expect(Set(keys.order) == Set(0..<8))
    let places = keys.order.filter { [0, 4].contains($0) }
    #expect(places == [0, 4])
    for (left, right) in zip(keys.order, keys.order.dropFirst())
    where rows[Int(left)].patient == rows[Int(right)].patient
      && rows[Int(left)].ownDay == rows[Int(right)].ownDay
    {
      let digests = [left, right].map { Int64(bitPattern: keys.digests[Int($0)]) }
      #expect(digests[0] <= digests[1])
    }
  }

  @Test("Keys of kept rows are those that the kept rows have by themselves")
  func kept() {
    let rows = (0..<200).map { entry(Int32($0 * 7 % 11), $0 % 2, Double($0 * 3 % 10)) }
    for step in [1, 2, 3, 200] {
      let places = Array(stride(from: 0, to: rows.count, by: step))
      var some = keys(rows)
      some.keep(places)
      let alone = keys(places.map { rows[$0] })
      #expect(some.digests == alone.digests && some.order == alone.order)
    }
    var none = keys(rows)
    none.keep([])
    #expect(none.digests.isEmpty && none.order.isEmpty)
    var unknown = RowKeys()
    unknown.keep([0])
    #expect(unknown.order.isEmpty)
  }

  @Test("A batch finds the keys of each kind, and forgets them with its rows")
  func batch() {
    var batch = Batch()
    batch.names = names
    batch.pain = [entry(2, 0, 1), entry(1, 0, 1)]
    batch.sets = [
      ExerciseSet(
        patient: people[0], started: Timestamp(day: Day(number: 1)), exercise: people[1],
        position: SourcePosition(line: 2))
    ]
    batch.findKeys()
    #expect(batch.keys[.pain]?.order == [1, 0] && batch.keys[.sessions]?.order == [0])
    #expect(batch.keys[.flexibility] == nil)
    batch.removeRows()
    #expect(batch.keys.isEmpty)
  }
}
