import Records
import TestSupport
import Testing

@testable import Exporting

@Suite("Taking out who it is about")
struct DeidentificationTests {
  private let rule = Deidentification(
    key: [1, 2, 3, 4], exported: Day(year: 2027, month: 1, day: 31))

  private func log() -> PatientLog {
    var builder = LogBuilder("anna-1970")
    builder.set(5, "Bridge") {
      $0.minutes = 4
      $0.completed = true
    }
    builder.note("met Dr Smith")
    builder.session("anna-s1", order: 2)
    builder.set(6, "Anna's own twist")
    builder.pain(5, 4, at: "lower back")
    builder.pain(6, 5, at: "scar of 1998")
    builder.measure(7, "sit_and_reach", 12, unit: "cm", rater: "Dr Smith")
    builder.measure(7, "anna test", 3, unit: "annas")
    builder.line("Bridge", .strengthening, perWeek: 3)
    builder.day(8, .sick)
    return builder.log
  }

  private func words(_ log: PatientLog) -> String {
    Kind.allCases.flatMap { log.rows(of: $0) }.flatMap { $0 }.map(\.text).joined(separator: "\n")
  }

  @Test("no id, name, note or date of the log is left")
  func nothingLeft() {
    let text = words(rule.masked(log()))
    for secret in ["anna", "Anna", "Smith", "2026-10-0", "1998", "scar", "twist"] {
      #expect(!text.contains(secret), "\(secret)")
    }
  }

  @Test("figures stay, in the same number of rows")
  func figures() {
    let before = log()
    let after = rule.masked(before)
    for kind in Kind.allCases where kind != .patients {
      #expect(after.rows(of: kind).count == before.rows(of: kind).count)
    }
    #expect(after.pain.map(\.score) == before.pain.map(\.score))
    #expect(after.sets.map(\.minutes) == before.sets.map(\.minutes))
    #expect(after.sets.map(\.order) == before.sets.map(\.order))
  }

  @Test("days move back by whole weeks, so weekdays and distances stay")
  func shift() {
    let before = log()
    let after = rule.masked(before)
    let shifts = zip(before.pain, after.pain).map { $0.recorded.day - $1.recorded.day }
    #expect(Set(shifts).count == 1)
    #expect(shifts[0] > 0 && shifts[0] <= 357 && shifts[0] % 7 == 0)
    #expect(before.days[0].day - after.days[0].day == shifts[0])
    #expect(before.measurements[0].day - after.measurements[0].day == shifts[0])
    let clocks = [before, after].map { $0.sets.map(\.started.clock) }
    #expect(clocks[0] == clocks[1])
    #expect(after.sets.allSatisfy { ($0.started.milliseconds ?? 0) % 900_000 == 0 })
  }

  @Test("people move by weeks of their own")
  func ownWeeks() {
    let weeks = Set((0..<200).map { rule.weeks(of: "P\($0)") })
    #expect(weeks.count > 40 && weeks.allSatisfy { (1...51).contains($0) })
  }

  @Test("rows of the last one to four weeks before the export are left out, of each person as many")
  func lastWeeks() {
    for person in 0..<40 {
      var builder = LogBuilder("P\(person)")
      for day in 1...31 { builder.pain(day, 4) }
      builder.line("Bridge", .strengthening, perWeek: 3)
      let log = builder.log
      let exported = log.pain[30].recorded.day
      let rule = Deidentification(key: [7], exported: exported)
      let weeks = rule.weeksLeftOut(of: log.code)
      #expect((1...4).contains(weeks))
      let kept = rule.withoutLastWeeks(log)
      #expect(kept.pain.count == 31 - 7 * weeks && kept.program.count == 1)
      #expect(rule.masked(log).pain.count == kept.pain.count)
      #expect(Deidentification(key: [7], exported: nil).withoutLastWeeks(log).pain.count == 31)
    }
  }

  @Test("what the day of export shows leaves every number of weeks as likely as the others")
  func exportDay() {
    var seen: [Int: [Int: Int]] = [:]
    for person in 0..<48_000 {
      let code = "P\(person)"
      seen[rule.weeks(of: code) + rule.weeksLeftOut(of: code), default: [:]][
        rule.weeks(of: code), default: 0] += 1
    }
    #expect(seen.count == 48 && seen.keys.min() == 5 && seen.keys.max() == 52)
    for (sum, shifts) in seen {
      #expect(Set(shifts.keys) == Set(sum - 4...sum - 1))
      // Of about 1,000 people 250 each: beyond six standard deviations of 14 the draw is not even.
      #expect(shifts.values.allSatisfy { (165...335).contains($0) }, "\(sum): \(shifts)")
    }
  }

  @Test(
    "times that an app writes in UTC stand on the person's own clock, so that no change of clocks shows"
  )
  func ownClock() throws {
    let zone = ZoneRules(name: "A", base: 7_200, transitions: [(1_792_890_000, 3_600)])
    var log = LogBuilder("a").log
    for day in [Day(year: 2026, month: 10, day: 24), Day(year: 2026, month: 10, day: 26)] {
      let day = try #require(day)
      let hour: Int64 = day.number == Day(year: 2026, month: 10, day: 24)?.number ? 5 : 6
      var builder = LogBuilder("a")
      builder.pain(5, 4)
      var entry = builder.log.pain[0]
      entry.recorded = Timestamp(
        day: day, milliseconds: Int64(day.number) * 86_400_000 + hour * 3_600_000)
      log.names = builder.log.names
      log.pain.append(entry)
    }
    #expect(rule.masked(log, in: zone).pain.map(\.recorded.clock) == ["07:00", "07:00"])
    #expect(rule.masked(log).pain.map(\.recorded.clock) == ["05:00", "06:00"])
    // Without a zone they were written as they stand: the own clock would show the change.
    let late = Int64(log.pain[1].recorded.day.number) * 86_400_000 + 5 * 3_600_000
    log.pain[1].recorded.milliseconds = late
    #expect(rule.masked(log, in: zone).pain.map(\.recorded.clock) == ["05:00", "05:00"])
  }

  @Test("times are to the quarter of an hour, on the same wall clock")
  func quarters() {
    for exported in [nil, Day(year: 2027, month: 1, day: 31)] {
      var log = log()
      log.pain[0].recorded.milliseconds =
        Int64(log.pain[0].recorded.day.number) * 86_400_000
        + (23 * 60 + 59) * 60_000 - 5_400_000
      log.pain[0].recorded.offsetMinutes = 90
      #expect(log.pain[0].recorded.clock == "23:59")
      let masked = Deidentification(key: [3], exported: exported).masked(log)
      #expect(masked.pain[0].recorded.clock == "23:45")
      #expect(masked.pain[0].recorded.offsetMinutes == (exported == nil ? 90 : 0))
    }
  }

  @Test("words of the registries stay, others are coded, the same each time")
  func words() {
    let masked = rule.masked(log())
    let names = masked.sets.map { masked.names[$0.exercise] }
    #expect(names.contains { $0.lowercased().contains("bridge") })
    #expect(names.contains { $0.hasPrefix("exercise-") })
    let again = rule.masked(log())
    #expect(again.sets.map { again.names[$0.exercise] } == names)
    #expect(
      masked.pain.map { $0.location.map { String(masked.names[$0].prefix(6)) } } == [
        "lower ", "place-",
      ])
    #expect(masked.measurements.contains { masked.names[$0.measure] == "sit_and_reach" })
  }

  @Test("without a shift dates stay, and still nobody is named by id, exercise, place or file")
  func pseudonymous() {
    var log = log()
    log.sources = [0: SourceFile(name: "anna.csv", sha256: String(repeating: "a", count: 64))]
    let masked = Deidentification(key: [9], exported: nil).masked(log)
    let text = words(masked)
    #expect(text.contains("2026-10-05") && text.contains("exercise-") && text.contains("place-"))
    for word in ["anna", "Anna", "Smith", "1998"] { #expect(!text.contains(word)) }
    #expect(masked.sources[0]?.name.hasPrefix("file-") == true)
    #expect(masked.sources[0]?.sha256.count == 64 && masked.sources[0]?.sha256.first != "a")
  }

  @Test(
    "names of one exercise of the catalogue stay two within a report, and are one word in a study")
  func aliases() {
    var builder = LogBuilder("a")
    for name in ["Bridge", "glute  BRIDGE", "My twist", "my  TWIST"] { builder.set(5, name) }
    let report = Deidentification(key: [9], exported: nil).masked(builder.log)
    let names = report.sets.map { report.names[$0.exercise] }
    #expect(names[0] == "bridge" && names[1] == "glute bridge" && names[2] == names[3])
    let study = rule.masked(builder.log)
    let words = study.sets.map { study.names[$0.exercise] }
    #expect(words[0] == ExerciseCatalogue.entry(of: "Bridge")?.name && words[2] == words[3])
  }

  @Test("values that fewer than five people share are not told")
  func smallCells() {
    var common = CommonValues()
    var people: [PatientLog] = []
    for index in 0..<9 {
      var log = PatientLog(code: "P\(index)")
      log.sex = index < 5 ? "female" : "male"
      log.language = index == 0 ? "fi" : "en"
      common.count(log)
      people.append(log)
    }
    let kept = people.map { common.kept(in: $0) }
    #expect(kept.filter { $0.sex == "female" }.count == 5)
    #expect(kept.allSatisfy { $0.sex != "male" && $0.language != "fi" })
  }
}
