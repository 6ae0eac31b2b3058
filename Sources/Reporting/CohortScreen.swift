import Analysis
import Records

// The page for a screen of a cohort's report.
extension CohortReport {
  /// People up to whom a page lists all in every order; of more only the urgent order is given, so
  /// that a page stays one that opens.
  private static let mostInEveryOrder = 500

  /// Whom to call first, then a row a person.
  public var screen: Screen {
    var screen = Screen(
      language: words.language, title: words[.cohortTitle], about: days,
      safety: (words[.safetyHeading], words.list(.safetyLines)),
      numbersOf: words[.numbersOf])
    screen.lead = summary
    screen.notes = callBlocks
    screen.people = people
    screen.painByWeek = words[.painByWeek]
    let said = linkSentences(findings.links)
    screen.further = [
      Section(
        name: words[.sheetOverview],
        blocks: [.table(distributionTable), .heading(words[.sheetAssociations])]
          + (said.isEmpty ? [words[.tooLittleData]] : said).map { .paragraph($0) })
    ]
    screen.sources = [words(.thresholdsLine, findings.thresholds.version, version)]
    return screen
  }

  private var callBlocks: [Block] {
    (callList { name(of: $0) } + problemList).compactMap { block in
      if case .list(let heading, let lines) = block { .list(heading, lines) } else { nil }
    }
  }

  private func name(of member: Member) -> String {
    member.name.map { "\(visible($0)) (\(visible(member.patient)))" } ?? visible(member.patient)
  }

  private var people: [PeopleList] {
    let titles = words.list(.cohortOrders)
    let members = findings.members
    let places = Dictionary(
      zip(findings.triage.map(\.patient), 0...), uniquingKeysWith: { first, _ in first })
    func urgency(_ member: Member) -> Int { places[member.patient] ?? places.count }
    func name(_ member: Member) -> String { (member.name ?? member.patient).lowercased() }
    func dose(_ member: Member) -> Double { member.adherence.doseCapped ?? 2 }
    var orders = [members.sorted { (urgency($0), dose($0)) < (urgency($1), dose($1)) }]
    if members.count <= CohortReport.mostInEveryOrder {
      orders.append(members.sorted { (name($0), $0.patient) < (name($1), $1.patient) })
      orders.append(members.sorted { (dose($0), name($0)) < (dose($1), name($1)) })
    }
    return zip(titles, orders).map { title, members in
      PeopleList(title: title, columns: words.list(.peopleColumns), rows: members.map(row))
    }
  }

  private func row(_ member: Member) -> PersonRow {
    PersonRow(
      name: name(of: member), page: pages[member.patient],
      cells: [
        sentences.code(member.answers.didIt, .didItCodes),
        Cell.percent(orAbsent: member.adherence.doseCapped).text,
        sentences.code(member.answers.flexible, .flexibleCodes),
        sentences.code(member.answers.pain, .painCodes),
        Cell.number(member.pain?.mean).text, sentences.code(member.answers.links, .linkCodes),
      ], marks: member.pain?.weeks ?? [])
  }
}
