import Analysis
import Columns
import Records
import TestSupport
import Testing

@testable import Reporting

@Suite("The page of text")
struct TextReportTests {
  private func page(_ to: Int = 31, ascii: Bool = false, _ build: (inout LogBuilder) -> Void)
    -> String
  {
    var builder = LogBuilder("P1")
    build(&builder)
    let period = Period(from: LogBuilder.october(1), to: LogBuilder.october(to))
    let findings = analyze(PatientTable(builder.log, period: period, asOf: period.to))
    return PatientReport(findings, refused: [1: ["not-a-date": 2]], version: "test").text(
      ascii: ascii)
  }

  /// The page without line breaks, so that a sentence is found wherever it was wrapped.
  private func flowing(_ page: String) -> String {
    page.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  private func steady(_ builder: inout LogBuilder) {
    builder.line("bridge", .strengthening, perWeek: 3)
    for day in 1...31 { builder.pain(day, day < 15 ? 6 : 3) }
    for day in stride(from: 1, through: 31, by: 2) { builder.set(day, "bridge") }
  }

  @Test("answers the four questions first")
  func fourQuestions() {
    let page = page { steady(&$0) }
    let head = page.split(separator: "\n").prefix(12).joined(separator: " ")
    for question in ["Did I do it?", "Am I more flexible?", "Is the pain changing?", "What goes"] {
      #expect(head.contains(question))
    }
    let text = flowing(page)
    #expect(text.contains("Yes: 100 % of the planned exercise on the days logged."))
    #expect(
      text.contains(
        "Perhaps less: 6.0 of 10 in the first days, 3.0 in the last. That is 3.0 lower (could be ")
    )
  }

  @Test("says who, which period, how many days, the thresholds and the standing line")
  func frame() {
    let text = flowing(page { steady(&$0) })
    for part in [
      "1 to 31 October 2026", "31 of 31 days logged", "P1", "Thresholds", "by-hand.csv",
      "See a doctor at once for new numbness, weakness, or trouble with bladder or bowel.",
    ] { #expect(text.contains(part), "\(part)") }
  }

  @Test("ASCII is ASCII")
  func ascii() {
    let page = page(ascii: true) { steady(&$0) }
    #expect(page.unicodeScalars.allSatisfy { $0.value < 0x80 })
    #expect(page.contains("####"))
  }

  @Test("18 days say too early, with what they have and need")
  func tooEarly() {
    let page = page {
      for day in 1...18 {
        $0.pain(day, Double(day % 4))
        $0.set(day, "walk") { $0.minutes = 10 }
      }
    }
    #expect(
      flowing(page).contains("the first look comes after 42 days with pain logged; 18 so far."))
  }

  @Test("many unknown days take the verdict away")
  func unknownDays() {
    let text = flowing(
      page {
        $0.line("bridge", .strengthening, perWeek: 3)
        for day in [1, 2, 5] { $0.set(day, "bridge") }
      })
    #expect(text.contains("Hard to say"))
    #expect(
      text.contains("of the days on which something was due: how much was done is uncertain."))
    #expect(text.contains("No session was logged for 26 days."))
  }

  @Test("more pain needs attention")
  func morePain() {
    let text = flowing(
      page {
        for day in -60...31 {
          $0.pain(day, (day < -20 ? 2 : 7) + [0, 1, -1, 0, -1, 1][abs(day) % 6])
        }
      })
    #expect(
      text.contains(
        "More pain: 2.1 of 10 in the first days, 7.0 in the last. That is 5.0 higher (could be "),
      "\(text)"
    )
    #expect(text.contains("more than the usual ups and downs."))
    #expect(text.contains("Pain rose by 5.0 points, a clinically important change."))
  }

  @Test("nothing logged is said, not guessed")
  func nothing() {
    let text = flowing(page { _ in })
    #expect(text.contains("no programme was imported"))
    #expect(text.contains("no pain was logged"))
    #expect(!text.contains("100 %"))
  }

  @Test("refused rows of the files used are counted")
  func refusedRows() {
    #expect(flowing(page { steady(&$0) }).contains("2 rows were refused in these files"))
  }

  @Test("never says what it cannot know")
  func words() {
    let text = flowing(page { steady(&$0) }).lowercased()
    for word in ["caused", "significant", "works", "helped", "reduced"] {
      #expect(!text.contains(word), "\(word)")
    }
  }
}

@Suite("The cohort")
struct CohortReportTests {
  private func cohort(
    _ people: [(String, (inout LogBuilder) -> Void)],
    with analyses: [any Analysis] = patientAnalyses
  ) -> CohortReport {
    let period = Period(from: LogBuilder.october(1), to: LogBuilder.october(31))
    var cohort = CohortFindings(period: period, asOf: period.to)
    for (code, build) in people {
      var builder = LogBuilder(code)
      build(&builder)
      cohort.add(
        analyze(PatientTable(builder.log, period: period, asOf: period.to), with: analyses))
    }
    return CohortReport(cohort, version: "test")
  }

  private func expectSame(_ whole: CohortFindings, _ part: CohortFindings) {
    let (whole, part) = (CohortReport(whole, version: "test"), CohortReport(part, version: "test"))
    #expect(whole.json == part.json)
    #expect(whole.text() == part.text())
  }

  @Test("says the same when only the analyses that it needs were run")
  func fewerAnalyses() {
    var people: [(String, (inout LogBuilder) -> Void)] = []
    for person in 0..<12 {
      people.append(
        (
          "p\(person)",
          { log in
            log.line("walk", .aerobic, perWeek: 5)
            for day in -30...31 where day % 3 != person % 3 && (person > 2 || day < 12) {
              log.set(day, "walk") { $0.minutes = Double(1 + (day + 60) * person % 17) }
              log.pain(day, Double((day + 60) * (person + 3) % 11))
              if day > 20, person % 2 == 0 { log.day(day + 1, .bedRest) }
            }
            log.measure(2, "sit_and_reach", 12)
            log.measure(28, "sit_and_reach", Double(person) * 3)
          }
        ))
    }
    let all = cohort(people)
    let needed = cohort(people, with: cohortAnalyses)
    #expect(all.json == needed.json)
    #expect(all.text() == needed.text())
    #expect(all.text().contains("- p0: "))
  }

  @Test(
    "says the same of people who logged nothing new from their last days and what is known of before",
    arguments: 1...60 as ClosedRange<UInt64>)
  func pasts(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    // One night notes what is known of before; a later one finds the same rows.
    let noted = Period(from: LogBuilder.october(-28), to: LogBuilder.october(1))
    let later = random.pick([0, 1, 2, 9, 14, 30, 90])
    let period = Period(from: noted.from + later, to: noted.to + later)
    let first = try #require(firstDay(of: noted, for: cohortAnalyses))
    let firstLater = try #require(firstDay(of: period, for: cohortAnalyses))
    #expect(firstDay(of: period, for: patientAnalyses) == nil)
    var whole = CohortFindings(period: period, asOf: period.to)
    var part = whole
    var enough = 0
    for person in 0..<15 {
      let log = randomDiary("p\(person)", &random)
      let night = PatientTable(log, period: noted, asOf: noted.to)
      var past = night.past(before: first)
      var noting = CohortFindings(period: noted, asOf: noted.to)
      past.answers = noting.add(analyze(night, with: cohortAnalyses))
      let all = PatientTable(log, period: period, asOf: period.to)
      whole.add(analyze(all))
      let cut = past.serving(from: firstLater).map {
        PatientTable(log.behind($0), period: period, asOf: period.to)
      }
      if let cut, cut.isPastEnough {
        enough += 1
        part.add(analyze(cut, with: cohortAnalyses))
      } else {
        part.add(analyze(all, with: cohortAnalyses))
      }
    }
    expectSame(whole, part)
    #expect(enough > (later > 14 ? 0 : 7))
  }

  /// A diary of up to 200 days, with breaks, of several places, kinds and scales.
  private func randomDiary(_ code: String, _ random: inout SeededGenerator) -> PatientLog {
    var builder = LogBuilder(code)
    let names = ["walk", "plank", "bridge"]
    for name in names.prefix(random.below(4)) {
      builder.line(name, .strengthening, perWeek: Double(1 + random.below(7))) {
        if random.below(2) == 0 { $0.startOn = LogBuilder.october(-random.below(150)) }
      }
    }
    let start = random.pick([-199, -120, -70, -60, -40, -2])
    let end = random.pick([start + 3, -100, -60, -20, -5, 1])
    let places = random.pick([["lower back"], ["lower back", "lumbar", "knee"], ["knee", "hip"]])
    let kinds = random.pick([[PainKind.average], [.average, .worst, .now], [.now, .before]])
    let scales = random.pick([[nil], [nil, "VAS 0-100"], ["VAS 0-100", "smiley 0-10"]])
    // Some log pain once a week or begin late.
    let every = random.pick([1, 1, 2, 7])
    let firstPain = random.pick([start, start, -70, -63, -58, -30])
    // Of some the pain falls or rises, and some have less of it on days with a session.
    let slope = random.pick([0.0, 0, -0.06, 0.06])
    let effect = random.pick([0.0, 0, -3])
    var day = start
    while day <= max(start, end) {
      defer { day += 1 }
      if random.below(60) == 0 { day += random.below(40) }
      guard day <= 1, random.below(4) > 0 else { continue }
      let isHeld = random.below(3) > 0
      if isHeld {
        builder.set(day, random.pick(names)) {
          $0.minutes = random.below(5) == 0 ? nil : Double(random.below(30))
          $0.completed = random.pick([nil, true, false])
        }
      }
      if day >= firstPain, day % every == 0 {
        builder.pain(
          day, pain(slope * Double(day + 60) + (isHeld ? effect : 0), &random),
          kind: random.pick(kinds), at: random.pick(places),
          scale: random.pick(scales))
      }
      if random.below(12) == 0 { builder.measure(day, "sit_and_reach", Double(random.below(30))) }
      if random.below(20) == 0 { builder.day(day, random.pick([.sick, .bedRest])) }
    }
    return builder.log
  }

  /// A score about 5, moved so far; any score at all where nothing moves it.
  private func pain(_ moved: Double, _ random: inout SeededGenerator) -> Double {
    moved == 0 ? Double(random.below(11)) : min(10, max(0, (5 + moved + random.normal()).rounded()))
  }

  @Test("lists who to call, and why, first")
  func triage() {
    let cohort = cohort([
      ("well", { for day in 1...31 { $0.set(day, "walk"); $0.pain(day, 3) } }),
      ("stopped", { for day in 1...20 { $0.set(day, "walk") } }),
      ("worse", { for day in 1...31 { $0.set(day, "walk"); $0.pain(day, day < 15 ? 3 : 6) } }),
    ])
    let text = cohort.text()
    #expect(text.contains("- stopped: stopped logging: no record for 11 days"))
    // Wrapped at the width of a page.
    let unwrapped = text.replacing("\n  ", with: " ")
    #expect(
      unwrapped.contains(
        "- worse: pain up by 3.0 points in the last 7 days, which may be a swing"))
    #expect(!text.contains("- well:"))
    #expect(cohort.json.contains("\"triage\""))
    #expect(text.split(separator: "\n").allSatisfy { displayWidth(String($0)) <= 80 })
  }

  @Test("who logs another scale than 0-10 stands beside the others, and in none of their figures")
  func scales() {
    func person(_ scale: String?, _ factor: Double) -> (inout LogBuilder) -> Void {
      {
        for day in 1...31 {
          $0.set(day, "walk") { $0.minutes = Double(10 + day * 7 % 20) }
          $0.pain(day, factor * Double(4 + day * 5 % 3 + (day > 28 ? 3 : 0)), scale: scale)
        }
      }
    }
    let ten = [("a", person(nil, 1)), ("b", person(nil, 1.2))]
    let alone = cohort(ten)
    let mixed = cohort(ten + [("c", person("vas100", 9))])
    let people = alone.figures["associations.people"].map { "\($0)" }
    #expect(mixed.figures["associations.people"].map { "\($0)" } == people)
    #expect(mixed.text().contains("- a: new flare"))
    #expect(!mixed.text().contains("- c: "))
    guard case .absent(let why) = mixed.figures["patients[2].pain.mean"] else {
      Issue.record("a mean of another scale")
      return
    }
    #expect(why.code == .noThreshold)
    #expect(mixed.csv.contains("pain_kind"))
  }

  @Test("an empty cohort is a report too")
  func empty() {
    let cohort = cohort([])
    #expect(cohort.text().contains("0 patients"))
    #expect(cohort.json.contains("\"patients\": []"))
  }
}
