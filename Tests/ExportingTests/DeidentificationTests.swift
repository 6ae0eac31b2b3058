import Records
import TestSupport
import Testing

@testable import Exporting

@Suite("Taking out who it is about")
struct DeidentificationTests {
  private let rule = Deidentification(key: [1, 2, 3, 4])

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
    var before = log()
    before.earlierDays = [EarlierDay(day: before.days[0].day, isPerformed: true)]
    let after = rule.masked(before)
    #expect(after.earlierDays == [EarlierDay(day: after.days[0].day, isPerformed: true)])
    let shifts = zip(before.pain, after.pain).map { $0.recorded.day - $1.recorded.day }
    #expect(Set(shifts).count == 1)
    #expect(shifts[0] > 0 && shifts[0] <= 364 && shifts[0] % 7 == 0)
    #expect(before.days[0].day - after.days[0].day == shifts[0])
    #expect(before.measurements[0].day - after.measurements[0].day == shifts[0])
    let clocks = [before, after].map { $0.sets.map(\.started.clock) }
    #expect(clocks[0] == clocks[1])
  }

  @Test("people move by weeks of their own")
  func ownWeeks() {
    let weeks = Set((0..<200).map { rule.weeks(of: "P\($0)") })
    #expect(weeks.count > 40 && weeks.allSatisfy { (1...52).contains($0) })
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
      Set(masked.pain.compactMap { $0.location.map { masked.names[$0] } }) == [
        "lower back", "elsewhere",
      ])
    #expect(masked.measurements.contains { masked.names[$0.measure] == "sit_and_reach" })
  }

  @Test("without a shift dates and exercises stay, and still nobody is named")
  func pseudonymous() {
    let masked = Deidentification(key: [9], shiftsDates: false).masked(log())
    let text = words(masked)
    #expect(text.contains("2026-10-05") && text.contains("Anna's own twist"))
    #expect(!text.contains("anna-1970") && !text.contains("Smith"))
    #expect(masked.sources.values.allSatisfy { $0.name.hasPrefix("file-") })
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
