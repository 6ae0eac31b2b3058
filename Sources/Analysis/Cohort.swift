import Columns
import Records
import Statistics

/// What was found about all patients of a period: a row of main figures each.
public struct CohortFindings: Sendable {
  /// One patient's main figures.
  public struct Member: Sendable {
    /// Where it stands among the others.
    let place: Int
    /// Code of the patient, as files name the person.
    public let patient: String
    /// Name for people to read; nil when none was imported.
    public let name: String?
    /// Days of the period with any record.
    public let covered: Int
    /// Adherence to the programme as a whole.
    public let adherence: AdherenceFigures
    /// Nil where the analysis of pain did not run.
    public let pain: Pain?
    /// The codes of the four answers.
    public let answers: AnswerCodes
    /// Tests of flexibility that changed for the better by more than their error.
    public let testsBetter: Int
    /// Those that changed for the worse.
    public let testsWorse: Int
    /// Those with a verdict.
    public let testsJudged: Int
    /// Days from the last session to the as-of day; nil without one.
    public let daysSinceLast: Int?
    /// The last day of the diary with a record; nil without one.
    public let lastRecord: Day?
    /// Why the patient should be called, as the list gives it; none where nothing calls for it.
    public let calls: [Call]
    /// What the next list is to know of these reasons and of those that it knows already.
    let notes: [CallNote]
    /// The person's part in the links of all.
    let link: PersonLink
  }

  /// What the four answers of one person are.
  public struct AnswerCodes: Sendable {
    /// Did I do it?
    public let didIt: AdherenceAnswer.Code
    /// Am I more flexible?
    public let flexible: FlexibilityAnswer.Code
    /// Is the pain changing?
    public let pain: PainAnswer.Code
    /// What goes with what?
    public let links: LinkAnswer.Code
  }

  /// What a cohort keeps of a patient's pain: the series stays behind, so that memory does not grow
  /// with the diaries.
  public struct Pain: Sendable {
    /// What its values speak of; nil without any.
    public let kind: PainKind?
    /// Where it is; nil without any.
    public let location: String?
    /// Mean of the period's day values; nil without one, and on a scale that is not 0-10.
    public let mean: Double?
    /// Latest week less the baseline: negative is better; nil where either is missing.
    public let change: Double?
    /// Why there is no change.
    public let changeAbsence: Absence
    /// Means of the weeks of the period; none on a scale that is not 0-10.
    public let weeks: [Double?]

    init(_ finding: PainFinding) {
      kind = finding.name?.kind
      location = finding.name.map { $0.location ?? PainSeries.back }
      // Figures of another scale would stand among those of 0-10 as if they were some.
      let isOther = finding.name.map { !$0.isTenPointScale } ?? false
      mean = isOther ? nil : finding.mean
      weeks = isOther ? [] : finding.weekly.map(\.mean)
      change = isOther ? nil : finding.change
      changeAbsence = isOther ? Absence(.noThreshold) : finding.changeAbsence
    }
  }

  /// The days reported on; of each person's first days the earliest and the last of all.
  public private(set) var period: Period
  /// Days from everybody's own first day of the programme on; nil where all have the same days.
  public let sinceStart: Int?
  /// People left out since they have no programme.
  public private(set) var withoutProgramme = 0
  /// The last day that any analysis looks at.
  public let asOf: Day
  /// What verdicts rest on.
  public let thresholds: Thresholds
  /// In the order of their places.
  public private(set) var members: [Member] = []
  /// What lists before this one noted, and who is on none.
  public let book: CallBook
  /// What is wrong with the data, for whoever runs the program.
  public var problems = DataProblems()

  /// A cohort of a period, without anybody yet.
  public init(
    period: Period, asOf: Day, thresholds: Thresholds = .standard, book: CallBook? = nil
  ) {
    self.init(days: .period(period), asOf: asOf, thresholds: thresholds, book: book)
  }

  /// A cohort of some days, without anybody yet.
  public init(
    days: ReportedDays, asOf: Day, thresholds: Thresholds = .standard, book: CallBook? = nil
  ) {
    self.book = book ?? CallBook(today: asOf)
    switch days {
    case .period(let period): (self.period, sinceStart) = (period, nil)
    case .sinceStart(let days): (period, sinceStart) = (Period(from: asOf, to: asOf), days)
    }
    self.asOf = asOf
    self.thresholds = thresholds
  }

  /// Leaves somebody out who has no programme.
  public mutating func leaveOut() { withoutProgramme += 1 }

  /// Takes the patients of other parts of the cohort, each to its place.
  public mutating func append(_ others: [CohortFindings]) {
    for other in others {
      if !other.members.isEmpty { reach(other.period) }
      withoutProgramme += other.withoutProgramme
      members += other.members
    }
    members.sort { $0.place < $1.place }
  }

  /// Of everybody's own days the earliest and the last.
  private mutating func reach(_ own: Period) {
    guard sinceStart != nil else { return }
    period =
      members.isEmpty
      ? own : Period(from: min(period.from, own.from), to: max(period.to, own.to))
  }

  /// Adds a patient; of the findings only the main figures are kept.
  ///
  /// - Parameter place: where the patient stands among those of all parts; behind the others by
  ///   default.
  /// - Returns: what the next night may keep of the answers.
  @discardableResult
  public mutating func add(
    _ findings: PatientFindings, at place: Int? = nil
  ) -> KeptAnswers {
    let adherence = findings.finding(AdherenceFinding.self)
    let flexibility = findings.finding(FlexibilityFinding.self)
    reach(findings.period)
    let kept = findings.keptAnswers
    let answers = AnswerCodes(
      didIt: AdherenceAnswer(
        adherence, days: findings.table.coveredDays, by: thresholds,
        isPrescribed: !findings.table.programme.exercises.isEmpty
      ).code,
      flexible: FlexibilityAnswer(flexibility).code, pain: findings.painCode(kept),
      links: LinkAnswer.Code(rawValue: kept.link.code) ?? .noData)
    let (calls, notes) = book.judged(
      CallReason.all(findings, pain: answers.pain), of: findings.patient,
      asOf: findings.asOf)
    members.append(
      Member(
        place: place ?? members.count, patient: findings.patient, name: findings.name,
        covered: findings.table.coveredDays,
        adherence: adherence?.program ?? AdherenceFigures(),
        pain: findings.finding(PainFinding.self).map(Pain.init), answers: answers,
        testsBetter: flexibility?.better.count ?? 0, testsWorse: flexibility?.worse.count ?? 0,
        testsJudged: flexibility?.judged ?? 0,
        daysSinceLast: adherence?.continuity.daysSinceLast,
        lastRecord: findings.table.lastRecord,
        calls: calls, notes: notes, link: kept.link))
    return kept
  }

  /// How pain goes with sessions, everybody taken together.
  public var links: CohortLinks { CohortLinks(members) }

  /// The middle of the doses of the programme; nil where nobody has one.
  public var medianDose: Double? { median(members.compactMap(\.adherence.doseCapped)) }

  /// People who are told of less pain.
  public var painBetter: Int { members.count { $0.answers.pain == .less } }

  /// People whose change of pain was judged.
  public var painJudged: Int {
    members.count { ![.tooEarly, .noThreshold, .noData].contains($0.answers.pain) }
  }

  /// How many people have each code of each answer, in the order of the vocabularies.
  public var distributions: [(answer: String, groups: [(code: String, count: Int)])] {
    func counts<Code: CaseIterable & RawRepresentable>(_ code: KeyPath<AnswerCodes, Code>)
      -> [(code: String, count: Int)] where Code.RawValue == String
    {
      var counts: [String: Int] = [:]
      for member in members { counts[member.answers[keyPath: code].rawValue, default: 0] += 1 }
      return Code.allCases.map { ($0.rawValue, counts[$0.rawValue] ?? 0) }
    }
    return [
      ("did_it", counts(\.didIt)), ("flexible", counts(\.flexible)), ("pain", counts(\.pain)),
      ("links", counts(\.links)),
    ]
  }
}

extension PatientFindings {
  /// What a cohort's report says of the answers and takes the whole diary to work out: carried on
  /// from what an earlier night kept, where the rows before some day are not held.
  var keptAnswers: KeptAnswers {
    let diary = PainDiary(table)
    let asOf = table.asOf - diary.first
    guard var kept = table.log.past?.answers else {
      let told =
        table.pain?.isTenPointScale == true
        ? PainAnswer.told(diary, asOf: asOf, by: thresholds) : nil
      return KeptAnswers(
        asOf: table.asOf, thresholds: thresholds.version, isLessPainTold: told?.isLess,
        link: PersonLink(table))
    }
    let from = Day(number: kept.asOf) - diary.first
    if let isLess = kept.isLessPainTold,
      !PainAnswer.Told(day: from, isLess: isLess).stands(
        from...max(from, asOf), in: diary, by: thresholds)
    {
      kept.isLessPainTold = nil
    }
    kept.asOf = table.asOf.number
    return kept
  }

  /// The code of the answer about pain.
  fileprivate func painCode(_ kept: KeptAnswers) -> PainAnswer.Code {
    guard let finding = finding(PainFinding.self), let name = finding.name else { return .noData }
    guard let change = finding.windows else {
      return finding.ends == nil ? .noData : .tooEarly
    }
    guard name.isTenPointScale else { return .noThreshold }
    return PainAnswer.code(of: change, isTold: kept.isLessPainTold != nil, by: thresholds)
  }
}

extension CohortFindings.Member {
  /// The figures of the JSON report.
  var figures: Figure {
    let nothing = Absence(.noData)
    let why = pain?.changeAbsence ?? nothing
    return .record([
      ("patient", .text(patient)), ("days_covered", .count(covered)),
      (
        "answers",
        .record([
          ("did_it", .text(answers.didIt.rawValue)), ("flexible", .text(answers.flexible.rawValue)),
          ("pain", .text(answers.pain.rawValue)), ("links", .text(answers.links.rawValue)),
        ])
      ), ("adherence", .record(adherence.members)),
      (
        "pain",
        .record([
          ("kind", Figure(pain?.kind?.word, else: nothing)),
          ("location", Figure(pain?.location, else: nothing)),
          ("mean", Figure(pain?.mean, else: why.code == .noThreshold ? why : nothing)),
          ("change", Figure(pain?.change, else: why)),
        ])
      ),
      (
        "flexibility",
        .record([
          ("better", .count(testsBetter)), ("worse", .count(testsWorse)),
          ("judged", .count(testsJudged)),
        ])
      ), ("days_since_last", Figure(daysSinceLast, else: nothing)),
    ])
  }
}

extension CohortFindings {
  /// Figures of every patient, in the order of the members.
  public var memberFigures: Figure { .list(members.map(\.figures)) }

  /// Counts by answer and code.
  public var distributionFigures: Figure {
    .record(
      distributions.map { answer, groups in
        (answer, .record(groups.map { ($0.code, .count($0.count)) }))
      })
  }
}
