import Columns
import Records
import TestSupport
import Testing

@testable import Analysis

@Suite("Cohort: within people and between them")
struct CohortTests {
  /// A month of a person: minutes about a level, pain by a line within the person.
  private func person(
    _ code: String, level: Double, pain: Double, slope: Double, seed: UInt64
  ) -> PatientFindings {
    var random = SeededGenerator(seed: seed)
    var builder = LogBuilder(code)
    for day in 1...31 {
      let minutes = (max(1, level + 6 * random.normal()) * 10).rounded() / 10
      builder.set(day, "walk") { $0.minutes = minutes }
      let score = pain + slope * (minutes - level) + 0.3 * random.normal()
      builder.pain(day, min(10, max(0, score)))
    }
    let period = Period(from: LogBuilder.october(1), to: LogBuilder.october(31))
    return analyze(PatientTable(builder.log, period: period, asOf: period.to))
  }

  private func cohort(_ count: Int, slope: Double, levelSlope: Double) -> CohortAssociations {
    CohortAssociations(
      (0..<count).compactMap { index in
        let level = 20 + 2 * Double(index)
        return PersonSums(
          person(
            "P\(index)", level: level, pain: 5 + levelSlope * (level - 40), slope: slope,
            seed: UInt64(index + 1)))
      })
  }

  @Test("more on a day goes with less pain, more in a person with more: the conflict is said")
  func simpson() throws {
    let found = cohort(20, slope: -0.08, levelSlope: 0.1)
    let within = try #require(found.within)
    let between = try #require(found.between)
    #expect(within.rho < -0.5 && between.rho > 0.9)
    #expect(within.n == 20 * 31 && between.n == 20)
    #expect(found.signConflict == true)
    let interval = try #require(within.interval)
    #expect(interval.low < within.rho && within.rho < interval.high)
  }

  @Test("both pointing the same way is no conflict, nor is what may be chance")
  func noConflict() {
    #expect(cohort(20, slope: -0.08, levelSlope: -0.1).signConflict == false)
    #expect(cohort(20, slope: -0.08, levelSlope: 0).signConflict == false)
  }

  @Test("nine people say nothing about the difference between people")
  func fewPeople() {
    let found = cohort(9, slope: -0.08, levelSlope: 0.1)
    #expect(found.within != nil && found.between == nil && found.signConflict == nil)
    guard case .absent(let absence) = found.figures["between"] else {
      Issue.record("between people is absent")
      return
    }
    #expect(absence == Absence(.tooEarly, have: 9, need: 10))
    #expect(CohortAssociations([]).within == nil)
  }

  @Test("days without any link: the interval within people holds zero about as often as it should")
  func null() {
    var held = 0
    for run in 0..<60 {
      let people = (0..<5).compactMap { index in
        PersonSums(
          person("P", level: 30, pain: 5, slope: 0, seed: UInt64(run * 10 + index + 1)))
      }
      if let interval = CohortAssociations(people).within?.interval, interval.low <= 0,
        interval.high >= 0
      {
        held += 1
      }
    }
    #expect(held >= 53, "\(held) of 60")
  }
}

@Suite("The period before")
struct BeforeTests {
  private func finding(_ builder: LogBuilder, from: Int = 1, to: Int = 31) -> BeforeFinding {
    let period = Period(from: LogBuilder.october(from), to: LogBuilder.october(to))
    return BeforeAnalysis().find(in: PatientTable(builder.log, period: period, asOf: period.to))
  }

  @Test("as many days as the period, right before it")
  func figures() throws {
    var builder = LogBuilder()
    builder.line("bridge", .strengthening, perWeek: 7)
    for day in -30...0 {
      builder.pain(day, 6)
      if day % 2 == 0 { builder.set(day, "bridge") { $0.component = .strengthening } }
    }
    for day in 1...31 { builder.pain(day, 4) }
    let found = finding(builder)
    #expect(found.period == Period(from: LogBuilder.october(-30), to: LogBuilder.october(0)))
    let main = try #require(found.findings)
    #expect(main.covered == 31 && main.sessions == 16)
    #expect(main.painMean == 6 && main.painDays == 31)
    let dose = try #require(main.adherence.doseCapped)
    #expect(abs(dose - 16.0 / 31) < 1e-12)
  }

  @Test("nothing logged before is absent")
  func nothing() {
    var builder = LogBuilder()
    for day in 1...31 { builder.pain(day, 4) }
    let found = finding(builder)
    #expect(found.findings == nil)
    guard case .absent(let absence) = found.figures else {
      Issue.record("there is nothing before")
      return
    }
    #expect(absence.code == .noData)
  }

  @Test("a change of the programme: a step of pain of 2 is found, and marked rough")
  func programmeChange() throws {
    var builder = LogBuilder()
    builder.line("bridge", .strengthening, perWeek: 3) { $0.startOn = LogBuilder.october(-30) }
    builder.line("plank", .strengthening, perWeek: 3) { $0.startOn = LogBuilder.october(15) }
    for day in -30...31 { builder.pain(day, day < 15 ? 6 : 4) }
    let change = try #require(finding(builder).changes.first)
    #expect(finding(builder).changes.count == 1)
    #expect(change.day == LogBuilder.october(15) && change.before == 14 && change.after == 14)
    #expect(abs((change.level ?? 0) + 2) < 1e-9 && abs(change.slopePerWeek ?? 1) < 1e-9)
    guard case .flag(true) = finding(builder).figures["programme_changes[0].rough"] else {
      Issue.record("the estimate is marked rough")
      return
    }
    // Thirteen days after it are too few.
    #expect(finding(builder, to: 27).changes.first?.level == nil)
  }
}
