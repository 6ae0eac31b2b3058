import Analysis
import Columns
import Foundation
import Records
import TestSupport
import Testing

@testable import Reporting

@Suite("The words of the reports")
struct WordsTests {
  private static func gaps(_ text: String) -> Set<Substring> {
    Set(text.matches(of: /\{[0-9]\}/).map(\.output))
  }

  /// Everything that has words in each language, by its name.
  private static let worded: [(name: String, what: any Worded)] =
    Phrase.allCases.map { ($0.rawValue, $0) } + CohortPhrase.allCases.map { ($0.rawValue, $0) }
    + BookPhrase.allCases.map { ($0.rawValue, $0) }
    + ScreenPhrase.allCases.map { ($0.rawValue, $0) }
    + Definition.allCases.map { ($0.rawValue, $0) }
    + LedgerSentence.allCases.map { ("\($0)", $0) } + AdherenceShare.allCases.map { ("\($0)", $0) }

  @Test("every phrase stands in every language, with its gaps and members", arguments: worded)
  func everyLanguage(_ name: String, _ what: any Worded) {
    let english = what.english
    for language in Language.allCases {
      let text = what.text(in: language)
      #expect(!text.isEmpty, "\(language)")
      #expect(WordsTests.gaps(text) == WordsTests.gaps(english), "gaps to fill in \(language)")
      #expect(
        text.count { $0 == "|" } == english.count { $0 == "|" }, "members in \(language)")
      #expect(!text.split(separator: "|", omittingEmptySubsequences: false).contains(""), "\(text)")
      #expect(text.hasPrefix(" ") == english.hasPrefix(" "), "\(text)")
      // The last member of a list may be short for a word, as of the months.
      if !text.contains("|") { #expect(text.hasSuffix(".") == english.hasSuffix("."), "\(text)") }
    }
  }

  /// Words that are the same as in English, which is right: signs, names and words of both.
  private static let same: [Language: Set<String>] = [
    .german: [
      "April", "August", "September", "November", "Test", "Name", "Status", "Trend", "Patient",
      "Min", "E", "MDC", "RPE", "rho", "p", "SHA-256", "cm", "s",
    ],
    .spanish: ["no", "P", "Min", "Reps", "MDC", "RPE", "rho", "p", "SHA-256", "cm", "s"],
    .french: [
      "test", "tests", "Test", "minutes", "Minutes", "Min", "Notes", "Programme", "Question",
      "Questionnaire", "Questionnaires", "Verdict", "Score", "Description", "Points", "Dose",
      "Source", "Patient",
      "Patients", "part {1}", "point NRS", "points NRS", "P", "M", "E", "MDC", "RPE", "rho", "p",
      "SHA-256", "cm", "s",
    ],
  ]

  @Test("no language falls back to English unnoticed", arguments: Language.allCases)
  func ownWords(_ language: Language) {
    guard language != .english else { return }
    func members(_ text: String) -> [Substring] { text.split(separator: "|") }
    let fallen = WordsTests.worded.flatMap { _, what in
      zip(members(what.text(in: language)), members(what.english)).filter { own, english in
        own == english && own.replacing(/\{[0-9]\}/, with: "").contains(where: \.isLetter)
      }.map { String($0.0) }
    }
    #expect(Set(fallen) == WordsTests.same[language], "\(Set(fallen).sorted())")
  }

  @Test("phrases are formatted alike: no double blanks, no doubled full stop")
  func tidy() {
    for text in WordsTests.worded.flatMap({ _, what in
      Language.allCases.map { what.text(in: $0) }
    }) {
      #expect(!text.contains("  ") && !text.contains("..") && !text.contains(" ."), "\(text)")
    }
  }

  @Test("French signs stand behind a blank that does not break; other languages have none")
  func frenchSigns() {
    // The legend of the grid has a question mark that is one of its signs.
    for (name, what) in WordsTests.worded where name != "gridTable" {
      #expect(!what.french.contains(/[ a-zé0-9)}][:;?!]/), "\(name)")
      for language in Language.allCases where language != .french {
        #expect(!what.text(in: language).contains(/[ \u{A0}][:;?!]/), "\(language) \(name)")
      }
    }
  }

  @Test("every letter of lumbar's own words has a form in ASCII", arguments: Language.allCases)
  func ascii(_ language: Language) {
    for (name, what) in WordsTests.worded {
      var page = TextPage(ascii: true)
      page.write(.paragraph(what.text(in: language)))
      page.write(.heading(what.text(in: language)))
      #expect(page.text.unicodeScalars.allSatisfy { $0.value < 0x80 }, "\(name): \(page.text)")
    }
  }

  @Test("French counts none as one, and the first of a month has its own number")
  func countsAndDays() {
    #expect(Words(.french).count(0, .day) == "0 jour" && Words(.french).count(2, .day) == "2 jours")
    #expect(Words(.spanish).count(0, .day) == "0 días" && Words(.spanish).count(1, .day) == "1 día")
    let month = Period(from: LogBuilder.october(1), to: LogBuilder.october(31))
    let over = Period(from: LogBuilder.october(-29), to: LogBuilder.october(1))
    let years = Period(from: LogBuilder.october(31), to: LogBuilder.october(93))
    let days: [(Language, [String])] = [
      (
        .english,
        [
          "1 to 31 October 2026", "1 September to 1 October 2026",
          "31 October 2026 to 1 January 2027",
        ]
      ),
      (
        .german,
        [
          "1. bis 31. Oktober 2026", "1. September bis 1. Oktober 2026",
          "31. Oktober 2026 bis 1. Januar 2027",
        ]
      ),
      (
        .spanish,
        [
          "del 1 al 31 de octubre de 2026", "del 1 de septiembre al 1 de octubre de 2026",
          "del 31 de octubre de 2026 al 1 de enero de 2027",
        ]
      ),
      (
        .french,
        [
          "du 1er au 31 octobre 2026", "du 1er septembre au 1er octobre 2026",
          "du 31 octobre 2026 au 1er janvier 2027",
        ]
      ),
    ]
    for (language, texts) in days {
      #expect([month, over, years].map(Sentences(language).period) == texts)
    }
    #expect(Sentences(.french).day(LogBuilder.october(1)) == "1er octobre")
    #expect(Sentences(.spanish).day(LogBuilder.october(26)) == "26 de octubre")
  }

  @Test("a name within a sentence begins small, but in German and where it is an abbreviation")
  func within() {
    #expect(Words(.english).within("Modified Schober") == "modified Schober")
    #expect(Words(.french).within("Échauffement") == "échauffement")
    #expect(Words(.german).within("Beinhebetest") == "Beinhebetest")
    #expect(Words(.spanish).within("FABER") == "FABER")
  }

  @Test(
    "gaps are filled in the order of their numbers",
    arguments: [(Phrase.daysLogged, "a of b days logged"), (.rangeLower, "could be a to b lower")])
  func gapsFilled(_ phrase: Phrase, _ text: String) {
    #expect(Words(.english)(phrase, "a", "b") == text)
  }

  @Test(
    "a language is known by code or name",
    arguments: [
      ("de", Language.german), ("DE-at", .german), ("Deutsch", .german), ("en_GB", .english),
      ("English", .english), ("es", .spanish), ("es-MX", .spanish), ("Español", .spanish),
      ("castellano", .spanish), ("spa", .spanish), ("fr", .french), ("fr_CA", .french),
      ("Français", .french), ("französisch", .french), ("fre", .french), ("it", nil), ("", nil),
      ("denmark", nil), ("frisian", nil), ("est", nil),
    ])
  func languages(_ code: String, _ language: Language?) {
    #expect(Language(code: code) == language)
  }

  @Test(
    "a rule's detail in words, and in the JSON the same in English",
    arguments: [
      (RuleDetail.noWarmUp, "no warm-up"), (.noCoolDown, "no cool-down"),
      (.pain(from: 2, to: 6.5), "pain from 2 to 6.5 of 10"),
      (.pain(from: nil, to: 6), "pain to 6 of 10"),
      (.angle(from: 20, to: 35), "angle from 20 to 35 degrees"),
      (.minutes(from: 2, to: 4.5), "from 2 to 4.5 minutes"),
      (
        .load(now: 120.4, before: 80, isRated: false),
        "120 minutes in the week, 80 a week in the four before (weak evidence)"
      ),
      (
        .load(now: 120, before: 80, isRated: true),
        "120 minutes × exertion in the week, 80 a week in the four before (weak evidence)"
      ),
      (.daysInBed(1), "a day in bed"), (.daysInBed(3), "3 days in bed in the week"),
      (.painFreeDays(30), "30 pain-free days: maintenance, the programme still counts"),
    ])
  func details(_ detail: RuleDetail, _ words: String) {
    #expect(Sentences(.english).detail(detail) == words)
    let own = Set(Language.allCases.map { Sentences($0).detail(detail) })
    #expect(own.count == Language.allCases.count && own.contains(words))
    #expect(jsonDocument(.detail(detail)) == "\"\(words)\"\n")
  }

  @Test("a component has its name for people in the report, its code in the JSON")
  func detailOfComponent() {
    let detail = RuleDetail.beforeWarmUp(.backStretch)
    #expect(Sentences(.english).detail(detail) == "Back stretch before the warm-up")
    #expect(jsonDocument(.detail(detail)) == "\"back-stretch before the warm-up\"\n")
  }

  @Test("every unit and group of the thresholds has its words in each language")
  func registryTerms() {
    let english = Words(.english).list(.registryTerms)
    let german = Words(.german).list(.registryTerms)
    #expect(english.count == german.count && Set(english).count == english.count)
    for threshold in Thresholds.standard.all {
      #expect(english.contains(threshold.unit), "\(threshold.unit)")
      #expect(english.contains(threshold.population), "\(threshold.population)")
      #expect(
        !threshold.source.contains("lumbar's") || english.contains(threshold.source),
        "\(threshold.source)")
    }
    #expect(Words(.german).registryTerm("share of baseline") == "Anteil am Ausgangswert")
    #expect(Words(.english).registryTerm("share of baseline") == "share of baseline")
    #expect(Words(.spanish).registryTerm("home exercise") == "ejercicio en casa")
    #expect(Words(.french).registryTerm("inversion table") == "table d'inversion")
    #expect(Words(.german).registryTerm("Stanton 2011") == "Stanton 2011")
  }

  @Test("sheet names are allowed in a workbook", arguments: Language.allCases)
  func sheetNames(_ language: Language) {
    let names: [Phrase] = [
      .sheetSummary, .sheetAdherence, .sheetPain, .sheetFlexibility, .sheetExercises,
      .sheetAssociations, .sheetFindings, .sheetData, .sheetNotes, .sheetToCall, .sheetPatients,
      .sheetOverview,
    ]
    let words = names.map { Words(language)[$0] } + [Words(language)[.sheetDescription]]
    #expect(Set(words).count == words.count)
    for name in words {
      #expect(name.count <= 31 && !name.contains(where: { "[]:*?/\\".contains($0) }))
    }
  }
}

@Suite("What a reader chooses of a report")
struct ReportStyleTests {
  private func report(
    _ style: ReportStyle = ReportStyle(), language: String? = nil,
    _ build: (inout LogBuilder) -> Void = { _ in }
  ) -> PatientReport {
    var builder = LogBuilder("P1")
    builder.line("bridge", .strengthening, perWeek: 3)
    for day in stride(from: 1, through: 31, by: 2) {
      builder.set(day, "bridge") { $0.minutes = Double(5 + day % 4) }
      builder.pain(day, Double(6 - day / 10))
    }
    for day in [1, 10, 20, 30] { builder.measure(day, "sit_and_reach", Double(10 + day / 3)) }
    build(&builder)
    builder.language(language)
    let period = Period(from: LogBuilder.october(1), to: LogBuilder.october(31))
    let findings = analyze(PatientTable(builder.log, period: period, asOf: period.to))
    return PatientReport(findings, refused: [:], version: "test", style: style)
  }

  private func style(_ change: (inout ReportStyle) -> Void) -> ReportStyle {
    var style = ReportStyle()
    change(&style)
    return style
  }

  @Test("the patient's language, unless another is asked for")
  func language() {
    #expect(report(language: "de").text().hasPrefix("BERICHT ZUM RÜCKENTRAINING"))
    #expect(report(language: "es").text().hasPrefix("EJERCICIOS DE ESPALDA"))
    #expect(report(language: "fr").text().hasPrefix("EXERCICES POUR LE DOS"))
    #expect(report(language: "it").text().hasPrefix("BACK EXERCISE REPORT"))
    let english = report(style { $0.language = .english }, language: "de")
    #expect(english.text().hasPrefix("BACK EXERCISE REPORT"))
    #expect(report(language: "de").sections.map(\.name).first == "Überblick")
  }

  @Test("figures and keys of the JSON do not depend on the language", arguments: Language.allCases)
  func sameFigures(_ language: Language) {
    #expect(report(language: language.rawValue).json == report(language: "en").json)
  }

  @Test(
    "a page in ASCII is ASCII",
    arguments: [
      (Language.english, "Is the pain changing?"), (.german, "Habe ich geuebt?"),
      (.spanish, "Cambia el dolor?"), (.french, "Suis-je plus souple ?"),
    ])
  func ascii(_ language: Language, _ words: String) {
    let report = report(language: language.rawValue) { builder in
      for day in [1, 15, 30] {
        builder.measure(day, "hip_internal_rotation", Double(20 + day), side: .left)
        builder.measure(day, "straight_leg_raise", Double(50 + day), side: .right)
      }
    }
    let text = report.text(ascii: true)
    #expect(text.unicodeScalars.allSatisfy { $0.value < 0x80 })
    #expect(text.contains(words))
    // Longer signs are laid out like other letters: columns stand below each other.
    let tests = text.split(separator: "\n").filter { $0.contains("+-") && $0.contains("->") }
    let places = Set(tests.map { $0.range(of: "+-")?.lowerBound.utf16Offset(in: $0) })
    #expect(tests.count >= 3 && places.count == 1, "\(tests)")
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
  }

  @Test("questionnaires stand in text and workbook, and leave no empty part")
  func questionnaires() throws {
    let filled = report(language: "en") {
      $0.questionnaire(3, .odi, 52)
      $0.questionnaire(28, .odi, 18)
      $0.questionnaire(28, .psfs, 4)
    }
    let lines = filled.text().split(separator: "\n").map(String.init)
    #expect(
      lines.contains("  Oswestry Disability Index          52.0 ->  18.0  -34.0  improved"),
      "\(lines)")
    #expect(
      lines.contains {
        $0.hasPrefix("  Patient-Specific Functional Scale") && $0.hasSuffix("need 2")
      })
    let sheet = try #require(filled.sections.first { $0.name == "Questionnaires" })
    let rows = sheet.blocks.compactMap(\.table).flatMap(\.rows).map { $0.map(\.text) }
    #expect(
      rows.first == [
        "Oswestry Disability Index", "2", "52.0", "18.0", "-34.0", "10.0", "points of 100",
        "improved",
      ])
    #expect(!report().sections.contains { $0.name == "Questionnaires" })
    #expect(!report().text().contains("QUESTIONNAIRES"))
  }

  @Test("each part alone, in text and workbook", arguments: ReportSection.allCases)
  func parts(_ section: ReportSection) {
    let report = report(style { $0.sections = [section] })
    #expect(report.sections.map(\.name).count == 1)
    let text = report.text()
    #expect(text.contains("Did I do it?") == (section == .summary))
    #expect(text.contains("EXERCISE DONE") == (section == .adherence))
    #expect(text.contains("FLEXIBILITY") == (section == .flexibility))
    #expect(text.contains("See a doctor at once"))
  }

  @Test(
    "the standing line is on some sheet whatever parts are chosen",
    arguments: ReportSection.allCases)
  func standingLine(_ section: ReportSection) {
    let workbook = report(style { $0.sections = [section] }).workbook
    let paragraphs = workbook.sheets.flatMap(\.blocks).compactMap { block in
      if case .paragraph(let text) = block { text } else { nil }
    }
    #expect(paragraphs.contains { $0.contains("See a doctor at once") })
  }

  @Test("free text is left out on demand, rows are not")
  func notes() {
    let build: (inout LogBuilder) -> Void = {
      $0.set(2, "bridge")
      $0.note("secret thoughts")
    }
    func rows(_ report: PatientReport) -> [[String]] {
      report.workbook.sheets.flatMap(\.blocks).flatMap { block -> [[String]] in
        if case .table(let table) = block { table.rows.map { $0.map(\.text) } } else { [] }
      }
    }
    let whole = rows(report(ReportStyle(), language: nil, build))
    let without = rows(report(style { $0.showsNotes = false }, language: nil, build))
    #expect(whole.joined().contains("secret thoughts"))
    #expect(!without.joined().contains("secret thoughts"))
    #expect(whole.count == without.count)
  }

  @Test("the four answers end by the tenth line", arguments: Language.allCases, [0, 1, 2, 3])
  func tenLines(_ language: Language, _ amount: Int) {
    let report = report(language: language.rawValue) { builder in
      if amount > 0 {
        for measure in ["modified_schober", "fingertip_to_floor", "straight_leg_raise"] {
          for day in [1, 10, 20, 30] { builder.measure(day, measure, Double(30 - day)) }
        }
      }
      if amount > 1 { for day in 32...90 { builder.pain(day, Double(day % 7)) } }
      if amount > 2 { for day in 1...31 { builder.set(day, "walk") { $0.minutes = Double(day) } } }
    }
    let head = report.text().split(separator: "\n", omittingEmptySubsequences: false).prefix(11)
    let words = Words(language)
    for phrase in [Phrase.didIDoIt, .amIMoreFlexible, .isPainChanging, .whatGoesWith] {
      #expect(head.contains { $0.hasPrefix(words[phrase]) }, "\(words[phrase])")
    }
    #expect(head.contains { $0.hasPrefix("───") }, "the answers end on line \(head.count)")
    #expect(report.text().split(separator: "\n").allSatisfy { displayWidth(String($0)) <= 80 })
  }
}
