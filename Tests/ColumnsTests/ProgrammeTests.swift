import Columns
import Records
import TestSupport
import Testing

@Suite("Programme")
struct ProgrammeTests {
  private func table(_ from: Int, _ to: Int, _ builder: LogBuilder) -> PatientTable {
    PatientTable(
      builder.log, period: Period(from: LogBuilder.october(from), to: LogBuilder.october(to)),
      asOf: LogBuilder.october(to))
  }

  @Test("every performed row of the period is a prescribed exercise's or unprescribed, none both")
  func partition() {
    for seed in 1...60 as ClosedRange<UInt64> {
      var random = SeededGenerator(seed: seed)
      let names = ["plank", "Plank ", "bridge", "walk", "cat camel", "yoga"]
      var builder = LogBuilder()
      for name in names.prefix(random.below(5)) {
        let side = random.pick([nil, PrescribedSide.left, .right, .both])
        builder.line(name, .backStretch, perWeek: 3) { $0.side = side }
      }
      for day in 1...20 {
        for _ in 0..<random.below(4) {
          let side = random.pick([nil, Side.left, .right])
          builder.set(day, random.pick(names)) {
            $0.side = side
            $0.completed = random.below(5) > 0
          }
        }
      }
      let from = 1 + random.below(10)
      let table = table(from, from + random.below(10), builder)
      let log = table.log
      let inPeriod = log.sets.indices.filter {
        log.sets[$0].isPerformed && table.period.contains(log.sets[$0].started.day)
      }
      let taken = Set(table.programme.exercises.flatMap { table.performed($0) })
      let free = table.unprescribed.flatMap(\.rows)
      #expect(taken.union(free) == Set(inPeriod))
      #expect(taken.isDisjoint(with: free))
      #expect(Set(free).count == free.count)
      for exercise in table.programme.exercises {
        let rows = table.performed(exercise)
        #expect(rows == rows.sorted())
        #expect(rows.allSatisfy { exercise.takes(log.sets[$0].side) })
      }
      let all = table.performed
      #expect(all.flatMap(\.rows).sorted() == inPeriod)
      #expect(all.map(\.name) == Set(all.map(\.name)).sorted())
    }
  }

  @Test("an exercise of one side leaves the rows of the other one unprescribed")
  func otherSide() {
    var builder = LogBuilder()
    builder.line("bridge", .strengthening, perWeek: 3) { $0.side = .left }
    builder.set(1, "bridge") { $0.side = .left }
    builder.set(1, "bridge") { $0.side = .right }
    builder.set(2, "bridge") { $0.side = nil }
    builder.set(3, "walk") { _ in }
    let table = table(1, 3, builder)
    #expect(table.performed(table.programme.exercises[0]) == [0, 2])
    #expect(table.unprescribed.map(\.name) == ["bridge", "walk"])
    #expect(table.unprescribed.map(\.rows) == [[1], [3]])
    #expect(self.table(2, 2, builder).unprescribed.isEmpty)
  }

  @Test("a row without a component takes that of its line, before the catalogue's")
  func components() {
    var builder = LogBuilder()
    builder.line("Zed march", .warmUp, perWeek: 7)
    builder.line("bridge", .coolDown, perWeek: 7) { $0.endOn = LogBuilder.october(9) }
    builder.line("bridge", .mobility, perWeek: 7) { $0.startOn = LogBuilder.october(10) }
    builder.set(5, "zed march")
    builder.set(5, "bridge")
    builder.set(12, "Bridge")
    builder.set(12, "bridge") { $0.component = .strengthening }
    builder.set(12, "plank")
    builder.set(12, "something")
    let period = Period(from: LogBuilder.october(1), to: LogBuilder.october(31))
    let table = PatientTable(builder.log, period: period, asOf: period.to)
    #expect(
      table.log.sets.map(\.component) == [
        .warmUp, .coolDown, .mobility, .strengthening, .strengthening, nil,
      ])
  }
}
