import Analysis
import Columns
import Records
import TestSupport
import Testing

@Suite("Findings")
struct FindingTests {
  @Test("every analysis has a section of its own")
  func keys() {
    let period = Period(from: LogBuilder.october(1), to: LogBuilder.october(31))
    let findings = analyze(PatientTable(LogBuilder().log, period: period, asOf: period.to))
    let keys = findings.findings.map { type(of: $0).key }
    #expect(Set(keys).count == keys.count)
    #expect(keys.contains("adherence") && keys.contains("pain") && keys.contains("associations"))
    #expect(findings.finding(PainFinding.self)?.days == 0)
  }

  @Test("a path leads to a figure through records and lists")
  func paths() throws {
    let figure = Figure.record([
      ("a", .list([.record([("b", .number(2.5))]), .count(7)])), ("c", .text("x")),
    ])
    guard case .number(let value) = try #require(figure["a[0].b"]) else {
      Issue.record("a[0].b must be a number")
      return
    }
    #expect(value == 2.5)
    #expect(figure["a[2]"] == nil)
    #expect(figure["c.d"] == nil)
    #expect(figure["nothing"] == nil)
  }

  @Test(
    "an analysis of a cohort finds the same behind the days that it says it does not look at",
    arguments: 1...30 as ClosedRange<UInt64>)
  func firstDay(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var builder = LogBuilder()
    let names = ["walk", "plank", "bridge"]
    for name in names.prefix(random.below(4)) {
      builder.line(name, .strengthening, perWeek: Double(1 + random.below(7)))
    }
    for day in -random.below(300)...120 where random.below(25) > 0 {
      builder.set(day, random.pick(names)) {
        $0.component = .strengthening
        $0.minutes = Double(random.below(30))
        $0.completed = random.pick([nil, true, false])
      }
      // Flares enough for their triggers, one of them on the second day of the longest period.
      builder.pain(day, day % 8 == 2 ? 9 : Double(1 + random.below(3)))
      if random.below(9) == 0 { builder.day(day, random.pick([.bedRest, .sick])) }
      if random.below(9) == 0 { builder.measure(day, "sit_and_reach", Double(random.below(30))) }
    }
    let to = random.pick([20, 120])
    let from = to - random.pick([0, 6, 19, 119])
    let period = Period(from: LogBuilder.october(from), to: LogBuilder.october(to))
    let whole = PatientTable(builder.log, period: period, asOf: period.to)
    for analysis in cohortAnalyses {
      let first = try #require(analysis.firstDay(of: period))
      let past = whole.past(before: first)
      let part = PatientTable(builder.log.behind(past), period: period, asOf: period.to)
      #expect(part.isPastEnough)
      let (left, right) = (analysis.find(in: whole).figures, analysis.find(in: part).figures)
      #expect("\(left)" == "\(right)", "\(type(of: analysis)), \(period)")
    }
  }

  @Test("a series that begins behind the past has its baseline from its own first day on")
  func seriesBehindThePast() {
    var builder = LogBuilder()
    for day in -90...1 { builder.pain(day, Double(day & 7), kind: day < -45 ? .now : .average) }
    let period = Period(from: LogBuilder.october(-28), to: LogBuilder.october(1))
    let whole = PatientTable(builder.log, period: period, asOf: period.to)
    let past = whole.past(before: LogBuilder.october(-48))
    #expect(past.pain.hasEntries && past.pain.firstDay == nil && past.pain.firstValues.isEmpty)
    let part = PatientTable(builder.log.behind(past), period: period, asOf: period.to)
    #expect(part.isPastEnough)
    let finding = PainAnalysis(.mainFigures).find(in: part)
    #expect(finding.windows?.baselineWindow.from == LogBuilder.october(-45))
    #expect(finding.baseline == PainAnalysis().find(in: whole).baseline)
  }

  @Test("another headline series than the one that is known of needs the whole diary")
  func pastOfAnotherSeries() {
    var builder = LogBuilder()
    for day in -120...1 { builder.pain(day, Double(day & 3), kind: day < -40 ? .now : .average) }
    func table(_ log: PatientLog, to day: Int) -> PatientTable {
      let to = LogBuilder.october(day)
      return PatientTable(log, period: Period(from: to - 29, to: to), asOf: to)
    }
    let night = table(builder.log, to: 1)
    #expect(night.pain?.kind == .now)
    let past = night.past(before: LogBuilder.october(-58))
    #expect(past.pain.series == PainSeriesName(scale: nil, location: nil, kind: .now))
    #expect(past.pain.firstDay == LogBuilder.october(-120))
    #expect(past.pain.firstValues.map(\.day) == Array(0..<28))
    // The rows from then on, or from earlier on, would make another series, or the same.
    #expect(table(builder.log.behind(past), to: 20).pain?.kind == .average)
    let isEnough = [-58, -100].map { before in
      let log = builder.log.behind(night.past(before: LogBuilder.october(before)))
      return table(log, to: 20).isPastEnough
    }
    #expect(isEnough == [false, true])
    // Without any entry in the rows that are held, nothing of the series is asked.
    let silent = table(
      builder.log.behind(night.past(before: LogBuilder.october(10))), to: 60)
    let isSilent = silent.pain == nil
    #expect(isSilent && silent.isPastEnough)
    let absence = PainAnalysis(.mainFigures).find(in: silent).changeAbsence
    #expect(absence == Absence(.tooEarly, have: 0, need: 12))
    #expect(absence == PainAnalysis().find(in: table(builder.log, to: 60)).changeAbsence)
  }

  @Test("18 paired days say how many it takes")
  func tooEarly() {
    var builder = LogBuilder()
    for day in 1...18 {
      builder.pain(day, Double(day % 5))
      builder.set(day, "walk") { $0.minutes = 10 }
    }
    let period = Period(from: LogBuilder.october(1), to: LogBuilder.october(31))
    let table = PatientTable(builder.log, period: period, asOf: period.to)
    let finding = AssociationAnalysis().find(in: table)
    #expect(finding.pairs == 18)
    #expect(finding.absence == Absence(.tooEarly, have: 18, need: 21))
  }

  @Test("thresholds have names of their own, values above zero and sources")
  func thresholds() {
    let all = Thresholds.standard.all
    #expect(Set(all.map(\.name)).count == all.count)
    for threshold in all {
      #expect(threshold.value > 0)
      #expect(!threshold.source.isEmpty, "\(threshold.name)")
      #expect(!threshold.unit.isEmpty, "\(threshold.name)")
    }
  }
}
