import Columns
import Records
import Statistics
import TestSupport
import Testing

@testable import Analysis

@Suite("Cohort: links of everybody taken together")
struct CohortTests {
  /// Some weeks of a person: a session on about half of the days, `effect` points of pain with it.
  private func person(
    _ code: String, days: Int = 60, effect: Double, seed: UInt64, kind: PainKind = .average,
    sessions: Double = 0.5
  ) -> PatientLog {
    var random = SeededGenerator(seed: seed)
    var builder = LogBuilder(code)
    for day in 1...days {
      let isHeld = random.share() < sessions
      if isHeld { builder.set(day, "walk") { $0.minutes = 20 } }
      let score = 5 + (isHeld ? effect : 0) + 1.2 * random.normal()
      builder.pain(day, min(10, max(0, score.rounded())), kind: kind)
    }
    return builder.log
  }

  private func cohort(_ logs: [PatientLog], to: Int = 60) -> CohortFindings {
    let period = Period(from: LogBuilder.october(1), to: LogBuilder.october(to))
    var group = CohortFindings(period: period, asOf: period.to)
    for log in logs {
      group.add(
        analyze(PatientTable(log, period: period, asOf: period.to), with: cohortAnalyses))
    }
    return group
  }

  @Test("a planted effect is found, its interval holds it, and everybody is drawn towards the mean")
  func planted() throws {
    let links = cohort((1...20).map { person("P\($0)", effect: -1, seed: UInt64($0)) }).links
    let pooled = try #require(links.pooled)
    let interval = try #require(links.interval)
    #expect(abs(pooled.mean + 1) < 0.25)
    #expect(interval.low < -1 && -1 < interval.high && interval.high < 0)
    #expect(links.people.map(\.patient) == (1...20).map { "P\($0)" })
    for person in links.people {
      #expect(abs(person.drawn - pooled.mean) < abs(person.points - pooled.mean) + 1e-12)
      #expect(person.interval.low < person.points && person.points < person.interval.high)
      #expect(person.drawnInterval.high - person.drawnInterval.low < 6)
    }
    #expect(links.leftOut == 0 && links.kind == .average && links.asked == 20)
  }

  @Test("a person's own points are those of the model of links with all days")
  func own() throws {
    let log = person("P", effect: -1, seed: 5)
    let group = cohort([log, person("Q", effect: 0, seed: 6)])
    let period = group.period
    let table = PatientTable(log, period: period, asOf: period.to)
    let daily = try #require(table.daily)
    let series = try #require(table.pain)
    let look = LinkLook(LinkDiary(daily, series, table), .session, share: 1)
    let fit = try #require(look.model.fit(yesterdayOnly: false))
    #expect(group.links.people[0].points == fit.squares.coefficients[0])
    let t = try #require(
      studentQuantile(0.975, df: Double(fit.squares.degreesOfFreedom)))
    let width = t * fit.squares.standardError(0)
    #expect(
      abs(group.links.people[0].interval.high - fit.squares.coefficients[0] - width) < 1e-12)
  }

  @Test("nobody's link: the pooled interval holds zero about as often as it should")
  func null() {
    var held = 0
    for run in 0..<40 {
      let people = (0..<6).map { person("P\($0)", effect: 0, seed: UInt64(run * 10 + $0 + 1)) }
      if let interval = cohort(people).links.interval, interval.low <= 0, interval.high >= 0 {
        held += 1
      }
    }
    #expect(held >= 35, "\(held) of 40")
  }

  @Test("left out and counted: another kind of pain, hardly any session, a session every day")
  func leftOut() {
    let group = cohort(
      [
        person("A", effect: -1, seed: 1), person("B", effect: -1, seed: 2),
        person("C", effect: -1, seed: 3, kind: .worst),
        person("D", effect: 0, seed: 4, sessions: 0.02),
        person("E", effect: 0, seed: 5, sessions: 1),
      ])
    #expect(group.links.people.map(\.patient) == ["A", "B"])
    #expect(group.links.leftOut == 3 && group.links.kind == .average)
  }

  @Test("one person is no cohort")
  func alone() {
    let links = cohort([person("A", effect: -1, seed: 1)]).links
    #expect(links.pooled == nil && links.people.isEmpty && links.leftOut == 1)
    guard case .absent(let absence) = links.figures["pooled"] else {
      Issue.record("nothing is pooled")
      return
    }
    #expect(absence == Absence(.tooEarly, have: 1, need: 2))
  }

  @Test("a link of one's own stands where the adjusted p of everybody asked is at most .05")
  func adjusted() throws {
    let logs = (1...30).map {
      person("P\($0)", days: 90, effect: $0 <= 3 ? -2 : 0, seed: UInt64(100 + $0))
    }
    let group = cohort(logs, to: 90)
    let p = group.members.map(\.link.p)
    #expect(p.allSatisfy { $0 != nil } && group.links.asked == 30)
    let adjusted = benjaminiHochberg(p)
    for (person, own) in zip(group.links.people, adjusted) {
      #expect(person.stands == (person.isLink && (own ?? 1) <= 0.05), "\(person.patient)")
    }
    #expect(group.links.people[..<3].allSatisfy { $0.isLink && $0.stands })
    #expect(group.links.ownLinks >= 3 && group.links.standing == 3)
  }

  @Test("since the start of the programme everybody has days of their own")
  func sinceStart() throws {
    func log(_ code: String, start: Int?, first: Int) -> PatientLog {
      var builder = LogBuilder(code)
      builder.line("bridge", .strengthening, perWeek: 7) {
        $0.startOn = start.map(LogBuilder.october)
      }
      for day in first...60 { builder.set(day, "bridge") }
      return builder.log
    }
    var without = LogBuilder("C")
    for day in 1...60 { without.set(day, "bridge") }
    let days = ReportedDays.sinceStart(days: 14)
    let asOf = LogBuilder.october(60)
    let a = try #require(days.days(of: log("A", start: 8, first: 1), asOf: asOf))
    #expect(a.period == Period(from: LogBuilder.october(8), to: LogBuilder.october(21)))
    #expect(a.asOf == LogBuilder.october(21))
    // Without a first day the line is in force from the first record on.
    let b = try #require(days.days(of: log("B", start: nil, first: 50), asOf: asOf))
    #expect(b.period == Period(from: LogBuilder.october(50), to: asOf) && b.asOf == asOf)
    #expect(days.days(of: without.log, asOf: asOf) == nil)
    #expect(days.days(of: log("D", start: 61, first: 1), asOf: asOf) == nil)
    var group = CohortFindings(days: days, asOf: asOf)
    for (log, own) in [(log("A", start: 8, first: 1), a), (log("B", start: nil, first: 50), b)] {
      group.add(
        analyze(PatientTable(log, period: own.period, asOf: own.asOf), with: cohortAnalyses))
    }
    group.leaveOut()
    #expect(group.period == Period(from: LogBuilder.october(8), to: asOf))
    #expect(group.members.map(\.covered) == [14, 11] && group.withoutProgramme == 1)
    // The same in parts, as several threads make them.
    var whole = CohortFindings(days: days, asOf: asOf)
    let parts = [(log("A", start: 8, first: 1), a), (log("B", start: nil, first: 50), b)]
      .enumerated().map { place, person in
        var part = CohortFindings(days: days, asOf: asOf)
        let (log, own) = person
        part.add(
          analyze(PatientTable(log, period: own.period, asOf: own.asOf), with: cohortAnalyses),
          at: place)
        part.leaveOut()
        return part
      }
    whole.append(parts)
    #expect(whole.period == group.period && whole.withoutProgramme == 2)
    #expect(whole.members.map(\.patient) == ["A", "B"])
  }

  @Test("the codes of everybody's answers are those of their own reports")
  func codes() throws {
    for log in (1...12).map({ person("P\($0)", days: 90, effect: -1.5, seed: UInt64($0)) }) {
      let group = cohort([log], to: 90)
      let table = PatientTable(log, period: group.period, asOf: group.period.to)
      let answers = analyze(table).answers
      let member = try #require(group.members.first)
      #expect(member.answers.pain == answers.pain.code)
      #expect(member.answers.links == answers.links.code)
      #expect(member.answers.didIt == answers.adherence.code)
      #expect(member.answers.flexible == answers.flexibility.code)
    }
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
