import Analysis
import Columns
import Foundation
import Records
import TestSupport
import Testing

@testable import Reporting

@Suite("The ledger behind a figure")
struct FigureLedgerTests {
  /// Four months of a person who logs most kinds of row, with every awkward case of the
  /// definitions.
  private static let report = report(in: .english)

  private static func report(in language: Language) -> PatientReport {
    var builder = LogBuilder()
    var random = SeededGenerator(seed: 3)
    builder.line("march", .warmUp, perWeek: 3)
    builder.line("bridge", .strengthening, perWeek: 3) {
      $0.sets = 3
      $0.reps = 10
      $0.startOn = LogBuilder.october(-60)
    }
    builder.line("plank", .strengthening, perWeek: nil) {
      $0.weekdays = 0b0010101
      $0.holdSeconds = 30
      $0.startOn = LogBuilder.october(12)
    }
    for side in [PrescribedSide.left, .right] {
      builder.line("hamstring stretch", .hamstringStretch, perWeek: 5) {
        $0.side = side
        $0.sets = 2
        $0.holdSeconds = 30
      }
    }
    builder.line("table", .inversion, perWeek: 2) { $0.minutes = 3 }
    builder.line("never done", .mobility, perWeek: 1)
    for day in -80...31 where random.share() < 0.85 {
      builder.pain(day, Double(random.below(5)) + (day < -60 ? 4 : day == 20 ? 6 : 0))
      if random.share() < 0.2 { builder.pain(day, 7) }
      guard random.share() < 0.7 else {
        if random.share() < 0.3 { builder.day(day, random.share() < 0.5 ? .bedRest : .sick) }
        continue
      }
      if random.share() < 0.8 {
        builder.set(day, "march", minute: 420) {
          $0.component = .warmUp
          $0.minutes = 5
        }
      }
      builder.set(day, "Bridge", minute: 425) {
        $0.component = .strengthening
        if random.share() < 0.7 { ($0.sets, $0.reps) = (3, 8) }
        $0.painBefore = 2
        $0.painAfter = Double(random.below(6))
      }
      builder.set(day, "hamstring stretch", minute: 430) {
        $0.component = .hamstringStretch
        $0.side = random.share() < 0.5 ? .left : nil
        $0.holdSeconds = 30
        $0.sets = Double(1 + random.below(3))
      }
      builder.set(day, "table", minute: 440) {
        $0.component = .inversion
        $0.minutes = Double(1 + random.below(8))
        $0.angleDegrees = Double(20 + 10 * random.below(4))
      }
      if random.share() < 0.3 { builder.set(day, "swimming", minute: 900) { $0.minutes = 20 } }
    }
    for day in [-70, 2, 2, 9, 16, 16, 16, 30] {
      builder.measure(day, "straight_leg_raise", 50 + Double(random.below(20)), side: .left)
      builder.measure(day, "finger_wave", Double(random.below(20)))
    }
    for day in 1...9 { builder.factor(day, "sleep_hours", 7, unit: "h") }
    builder.questionnaire(3, .odi, 30)
    builder.questionnaire(28, .odi, 18)
    builder.questionnaire(28, .rmdq, nil)
    var log = builder.log
    log.pain[log.pain.count - 2].flare = true
    let period = Period(from: LogBuilder.october(1), to: LogBuilder.october(31))
    var style = ReportStyle()
    style.language = language
    return PatientReport(
      analyze(PatientTable(log, period: period, asOf: period.to)),
      refused: [1: ["not-a-number": 2, "out-of-range": 1]], version: "test", style: style)
  }

  /// Every path of a figure and of the structures above it.
  private func paths(_ figure: Figure, _ path: String = "") -> [(path: String, figure: Figure)] {
    var found = path.isEmpty ? [] : [(path, figure)]
    switch figure {
    case .record(let members):
      for member in members {
        found += paths(member.value, path.isEmpty ? member.key : "\(path).\(member.key)")
      }
    case .list(let elements):
      for (index, element) in elements.enumerated() {
        found += paths(element, "\(path)[\(index)]")
      }
    default: break
    }
    return found
  }

  @Test("every figure has a ledger, and parts add up to their figure")
  func sums() throws {
    let report = Self.report
    var summed: [String] = []
    var checked = 0
    for (path, figure) in paths(report.figures) where !path.hasPrefix("reasons") {
      let ledger = try #require(report.ledger(of: path), "\(path)")
      checked += 1
      let value: Double
      switch figure {
      case .number(let number): value = number
      case .count(let count): value = Double(count)
      case .absent:
        #expect(ledger.explanation.items.isEmpty, "\(path)")
        continue
      default: continue
      }
      guard let sum = ledger.sum else { continue }
      summed.append(path)
      #expect(abs(sum - value) <= 1e-9 * max(1, abs(value)), "\(path): \(sum), not \(value)")
    }
    #expect(checked > 500)
    #expect(summed.count > 150, "\(summed.count)")
    for path in [
      "adherence.program.dose_capped", "adherence.program.dose_uncapped",
      "adherence.program.dose_all_days", "adherence.program.sessions",
      "adherence.program.unknown_share", "adherence.components[1].dose_capped",
      "adherence.weeks[3].due", "adherence.weeks[3].done", "adherence.weeks[3].dose_capped",
      "pain.mean", "pain.days", "pain.baseline", "pain.latest", "pain.change",
      "pain.change_share", "pain.pain_free_days", "flexibility[0].change",
      "questionnaires[0].change", "associations.m", "associations.tests[0].n", "lag_profile[2].n",
      "bed_rest.days", "bed_rest.days_per_week", "before.adherence.program.dose_capped",
      "before.pain.mean", "before.sessions", "before.days_covered", "quality.days_covered",
      "quality.days_unknown", "quality.rows_used", "quality.rows_refused",
    ] { #expect(summed.contains(path), "\(path) has no sum") }
  }

  @Test("every section of an analysis has a case of its own")
  func sections() {
    let report = Self.report
    let explained = paths(report.figures).map(\.path).filter { path in
      report.ledger(of: path).map { $0.explanation.rule != .sentence(.property) } ?? false
    }
    for finding in report.findings.findings {
      let key = type(of: finding).key
      let isExplained = explained.contains { $0.split(separator: ".")[0].hasPrefix(key) }
      #expect(isExplained, "\(key) has no case in Explanation.swift")
    }
  }

  @Test("rows name their file and line, and a due day without a row its programme line")
  func positions() throws {
    let ledger = try #require(Self.report.ledger(of: "adherence.program.dose_capped"))
    #expect(ledger.explanation.items.allSatisfy { $0.position != nil && $0.day != nil })
    let lines = ledger.text.split(separator: "\n")
    #expect(lines.first?.hasPrefix("adherence.program.dose_capped = 0.") == true)
    #expect(lines.contains { $0.contains("state done") && $0.contains("by-hand.csv, line ") })
    #expect(lines.last?.hasPrefix("Sum of the parts: 0.") == true)
    #expect(ledger.json.contains("\"line\": "))
  }

  @Test("reads in the report's language, and the JSON in English")
  func german() throws {
    let report = Self.report(in: .german)
    let figure = "adherence.components[0].dose_capped"
    let ledger = try #require(report.ledger(of: figure))
    let lines = ledger.text.split(separator: "\n")
    #expect(
      lines[1] == "getan, höchstens was in der Woche fällig war, durch fällig; "
        + "das Mittel über die Übungen des Bausteins Aufwärmen")
    #expect(
      lines.contains {
        $0.hasPrefix("2026-10-01  Übung march  Zustand ") && $0.contains("(by-hand.csv, Zeile ")
      }, "\(lines.prefix(6))")
    #expect(lines.last?.hasPrefix("Summe der Teile: ") == true)
    #expect(ledger.json == Self.report.ledger(of: figure)?.json)
    let absent = try #require(report.ledger(of: "pain.triggers")?.text)
    #expect(absent.contains("nicht vorhanden: ") && absent.contains("Dahinter steht keine Zeile."))
  }

  @Test(
    "a component stands in a Spanish and French sentence without an article that it could break",
    arguments: [
      (Language.spanish, "la media de los ejercicios del componente Tabla de inversión"),
      (.french, "la moyenne des exercices de la composante Table d'inversion"),
    ])
  func component(_ language: Language, _ words: String) {
    let sentence = Sentences(language).sentence(.share(.capped, of: .component(.inversion)))
    #expect(sentence.hasSuffix("; " + words), "\(sentence)")
    #expect(sentence.contains("\u{A0};") == (language == .french), "\(sentence)")
  }

  @Test("keys and codes of a ledger have words in every language but English")
  func terms() {
    let keys = Set(Words.germanLedgerTerms.keys)
    #expect(keys == Set(Words.spanishLedgerTerms.keys) && keys == Set(Words.frenchLedgerTerms.keys))
    #expect(Words(.spanish).ledgerTerm("not-due") == "nada previsto")
    #expect(Words(.french).ledgerTerm("lag_days") == "jours plus tard")
    #expect(Words(.english).ledgerTerm("lag_days") == "lag_days")
    let rule = ProgrammeRule.warmUpFirst.rawValue
    #expect(Sentences(.french).ledgerText(rule, of: "state") == "D'abord s'échauffer")
    #expect(Sentences(.spanish).ledgerText("bed-rest", of: "state") == "reposo en cama")
    #expect(Sentences(.english).ledgerText(rule, of: "state") == rule)
  }

  @Test("every sentence has its own words in each language")
  func sentences() {
    for language in Language.allCases {
      let words = LedgerSentence.allCases.map { Sentences(language).sentence(.sentence($0)) }
      #expect(Set(words).count == words.count && !words.contains(""))
      let shares = AdherenceShare.allCases.map {
        Sentences(language).sentence(.share($0, of: .component(.inversion)))
      }
      #expect(Set(shares).count == shares.count)
    }
    for sentence in LedgerSentence.allCases {
      let own = Set(Language.allCases.map { sentence.text(in: $0) })
      #expect(own.count == Language.allCases.count, "\(sentence)")
    }
  }

  @Test("a path that leads nowhere has no ledger, an absent figure has no rows")
  func nowhere() throws {
    for path in ["", "pain.nothing", "adherence.weeks[99].due", "rules[99]", "pain.mean.x"] {
      #expect(Self.report.ledger(of: path) == nil, "\(path)")
    }
    let absent = try #require(Self.report.ledger(of: "pain.triggers"))
    #expect(absent.explanation.items.isEmpty)
    #expect(absent.text.contains("absent: too few") || absent.text.contains("absent: have"))
  }
}
