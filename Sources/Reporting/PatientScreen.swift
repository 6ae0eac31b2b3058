import Analysis
import Columns
import Records

// The page for a screen of one patient's report.
extension PatientReport {
  /// Files that the foot names one by one.
  private static let mostFiles = 3

  /// Four cards, what needs attention, and behind them every part that was chosen.
  public var screen: Screen {
    let parts = patientParts.filter { style.sections.contains($0.section) }.map { $0.init(self) }
    var screen = Screen(
      language: words.language, title: words[.reportTitle],
      about: "\(who), \(sentences.period(findings.period))",
      safety: (words[.safetyHeading], words.list(.safetyLines)),
      numbersOf: words[.numbersOf])
    if style.sections.contains(.summary) {
      screen.cards = cards
      screen.notes = [
        .list(words[.needsAttention], attention), .list(words[.stillMissing], gaps),
      ]
    }
    screen.further = parts.filter(\.isPresent).compactMap { part in
      let blocks = part.further
      return blocks.isEmpty ? nil : Section(name: part.screenName, blocks: blocks)
    }
    if style.showsNotes, style.sections.contains(.data), let notes = ownNotes {
      screen.further.insert(notes, at: max(0, screen.further.count - 1))
    }
    screen.printsFurther = style.sections.count < ReportSection.allCases.count
    let names = sources.map { visible($0.file.name) }
    let shown = names.prefix(PatientReport.mostFiles).joined(separator: ", ")
    let left = names.count - PatientReport.mostFiles
    screen.sources = [
      words(
        .sourcesLine,
        names.isEmpty ? words[.none] : left > 0 ? words(.moreFiles, shown, String(left)) : shown,
        findings.thresholds.version)
    ]
    return screen
  }

  /// Notes of the diary that a page shows, the latest of the period.
  private static let mostNotes = 20
  /// Characters of a note that it shows.
  private static let mostOfNote = 280

  /// What the person wrote, by day; nil where nothing.
  private var ownNotes: Section? {
    let log = findings.table.log
    var notes: [(day: Day, text: String)] = []
    func add(_ day: Day, _ note: TextRange?) {
      guard let note, findings.period.contains(day) else { return }
      // Every set of a session may carry the session's note.
      let text = visible(log.texts[note])
      if notes.last.map({ $0.day == day && $0.text == text }) != true { notes.append((day, text)) }
    }
    for row in log.sets { add(row.started.day, row.notes) }
    for row in log.pain { add(row.recorded.day, row.notes) }
    guard !notes.isEmpty else { return nil }
    let ordered = notes.enumerated().sorted {
      ($0.element.day, $0.offset) < ($1.element.day, $1.offset)
    }.map(\.element)
    let shown = ordered.suffix(PatientReport.mostNotes).map { day, text in
      words(
        .labelled, sentences.shortDay(day),
        text.count > PatientReport.mostOfNote
          ? text.prefix(PatientReport.mostOfNote - 1) + "…" : text)
    }
    let left = ordered.count - shown.count
    return Section(
      name: words[.ownNotes],
      blocks: shown.map { .paragraph($0) }
        + (left > 0 ? [.paragraph(words(.earlierNotes, String(left)))] : []))
  }

  private var cards: [Card] {
    let adherence = findings.finding(AdherenceFinding.self)
    let flexibility = findings.finding(FlexibilityFinding.self)
    return [
      Card(
        question: words[.didIDoIt], answer: sentences.answer(answers.adherence, adherence),
        number: answers.adherence.doseCapped.map(Format.percent),
        meaning: answers.adherence.doseCapped == nil
          ? ""
          : words(
            .doneOfDue, String(findings.table.coveredDays), String(findings.period.count)),
        picture: AdherencePart(self).picture),
      flexibilityCard(flexibility),
      painCard,
      linksCard,
    ]
  }

  private func flexibilityCard(_ finding: FlexibilityFinding?) -> Card {
    let part = FlexibilityPart(self)
    let judged = answers.flexibility.judged
    var card = Card(
      question: words[.amIMoreFlexible], answer: sentences.flexibility(finding),
      number: judged > 0
        ? words(.testsOf, String(answers.flexibility.better), String(judged)) : nil,
      meaning: judged > 0 ? words[.testFromToPlain] : "", picture: nil)
    guard let measure = part.mostChanged else { return card }
    card.picture = part.picture(of: measure)
    if judged > 0, let first = measure.first, let latest = measure.latest {
      card.meaning = words(
        .testFromTo, sentences.measureTitle(measure), Format.decimal(first),
        Format.decimal(latest), visible(measure.unit ?? ""),
        words[measure.higherIsBetter == true ? ScreenPhrase.higherBetter : .lowerBetter])
    }
    return card
  }

  private var painCard: Card {
    var card = Card(
      question: words[.isPainChanging], answer: sentences.answer(answers.pain), number: nil,
      meaning: "", picture: PainPart(self).picture)
    guard let change = answers.pain.change, let interval = answers.pain.interval else {
      return card
    }
    card.number = "\(Format.decimal(change.baseline)) → \(Format.decimal(change.latest))"
    if findings.finding(PainFinding.self)?.series?.isTenPointScale == true {
      card.meaning = words(.painFromTo, sentences.range(interval))
    }
    return card
  }

  private var linksCard: Card {
    let links = answers.links
    var card = Card(
      question: words[.whatGoesWith], answer: sentences.answer(links), number: nil, meaning: "",
      picture: AssociationsPart(self).plot)
    if let shown = links.shown, let interval = links.interval {
      card.number =
        "\(Format.decimal(abs(shown.points))) \(words[shown.points < 0 ? .lower : .higher])"
      card.meaning = Words.capital(sentences.range(interval)) + "."
    }
    return card
  }
}
