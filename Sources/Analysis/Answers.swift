import Columns
import Records

/// The four answers of a person's report: what every output speaks from, and nothing contradicts.
public struct Answers: Sendable {
  /// Did I do it?
  public let adherence: AdherenceAnswer
  /// Am I more flexible?
  public let flexibility: FlexibilityAnswer
  /// Is the pain changing?
  public let pain: PainAnswer
  /// What goes with what?
  public let links: LinkAnswer

  init(
    _ findings: [any Finding], of table: PatientTable, by thresholds: Thresholds,
    factors: [String]
  ) {
    func finding<F: Finding>(_ type: F.Type) -> F? { findings.lazy.compactMap { $0 as? F }.first }
    adherence = AdherenceAnswer(
      finding(AdherenceFinding.self), days: table.coveredDays, by: thresholds,
      isPrescribed: !table.programme.exercises.isEmpty)
    flexibility = FlexibilityAnswer(finding(FlexibilityFinding.self))
    pain = PainAnswer(table, by: thresholds)
    var links = LinkAnswer(table)
    links.factors = LinkAnswer.factors(factors, in: table)
    self.links = links
  }

  /// The section `answers` of the JSON report.
  public var figures: Figure {
    .record([
      ("did_it", adherence.figures), ("flexible", flexibility.figures), ("pain", pain.figures),
      ("links", links.figures),
    ])
  }
}

/// Whether a person did what was prescribed.
public struct AdherenceAnswer: Sendable {
  /// What is said of the dose.
  public enum Code: String, CaseIterable, Sendable {
    case yes, mostly, partly, hardly
    /// Too many days are unknown.
    case cannotTell = "cannot-tell"
    case nothingDue = "nothing-due"
    /// No programme was imported.
    case noData = "no-data"
  }

  /// What was said.
  public let code: Code
  /// Of the programme; nil where nothing was due.
  public let doseCapped: Double?
  /// The same with unknown days due as well.
  public let doseAllDays: Double?
  /// Days of the period with any record.
  public let days: Int

  init(
    _ finding: AdherenceFinding?, days: Int, by thresholds: Thresholds, isPrescribed: Bool
  ) {
    self.days = days
    let program = finding?.program
    doseCapped = program?.doseCapped
    doseAllDays = program?.doseAllDays
    if !isPrescribed {
      code = .noData
    } else if let dose = program?.doseCapped, let band = program?.band {
      switch band {
      case "good": code = .yes
      case "moderate": code = .mostly
      default: code = dose >= thresholds[.partlyAdherence] - 1e-12 ? .partly : .hardly
      }
    } else {
      code = program?.doseCapped == nil ? .nothingDue : .cannotTell
    }
  }

  var figures: Figure {
    let absence = Absence(code == .noData ? .noData : .nothingDue)
    return .record([
      ("code", .text(code.rawValue)), ("dose_capped", Figure(doseCapped, else: absence)),
      ("dose_all_days", Figure(doseAllDays, else: absence)), ("days", .count(days)),
    ])
  }
}

/// Whether a person became more flexible.
public struct FlexibilityAnswer: Sendable {
  /// What is said of the tests.
  public enum Code: String, CaseIterable, Sendable {
    /// Some better by more than their error, none worse.
    case yes
    /// Some better and some worse.
    case mixed
    /// Some worse, none better.
    case worse
    case noChangeShown = "no-change-shown"
    /// No test was measured on two days.
    case tooEarly = "too-early"
    /// Nothing was measured, or nothing that has a published error.
    case noData = "no-data"
  }

  /// What was said.
  public let code: Code
  /// Tests better by more than their error.
  public let better: Int
  /// Tests worse by more than their error.
  public let worse: Int
  /// Tests with a verdict.
  public let judged: Int

  init(_ finding: FlexibilityFinding?) {
    let measures = finding?.measures ?? []
    better = finding?.better.count ?? 0
    worse = finding?.worse.count ?? 0
    judged = finding?.judged ?? 0
    if judged > 0 {
      code = better > 0 ? (worse > 0 ? .mixed : .yes) : worse > 0 ? .worse : .noChangeShown
    } else {
      code = measures.isEmpty || measures.contains { $0.count >= 2 } ? .noData : .tooEarly
    }
  }

  var figures: Figure {
    .record([
      ("code", .text(code.rawValue)), ("better", .count(better)), ("worse", .count(worse)),
      ("judged", .count(judged)),
    ])
  }
}

extension PainAnswer {
  /// The answer of a person's diary as of the table's last day.
  init(_ table: PatientTable, by thresholds: Thresholds) {
    guard let series = table.pain else {
      self.init(.noData, logged: 0)
      absence = Absence(.noData)
      return
    }
    let diary = PainDiary(table)
    self.init(
      diary, asOf: table.asOf - diary.first, isJudged: series.isTenPointScale, by: thresholds)
  }

  var figures: Figure {
    let why = absence ?? Absence(.noData)
    let unjudged = change == nil ? why : Absence(.noThreshold)
    return .record([
      ("code", .text(code.rawValue)), ("change", Figure(change?.points, else: why)),
      ("interval", Figure(interval, else: why)), ("days", .count(logged)),
      ("important", isImportant.map(Figure.flag) ?? .absent(unjudged)),
      (
        "looked_on",
        Figure(
          lookedOn?.description,
          else: Absence(.tooEarly, have: logged, need: LookPlan.pain.days(1)))
      ),
      ("next_look", .record([("days_logged", .count(nextLook))])),
    ])
  }
}

extension LinkAnswer {
  /// The answer of a person's whole diary up to the table's last day.
  init(_ table: PatientTable) {
    guard let series = table.pain, let daily = table.daily else {
      self.init(.noData, logged: 0)
      return
    }
    self.init(LinkDiary(daily, series, table))
  }

  /// Why there is no figure; nil where there are some.
  public var absence: Absence? {
    switch code {
    case .lessPain, .morePain, .noneShown: nil
    case .tooEarly:
      Absence(.tooEarly, have: logged, need: look == nil ? LookPlan.links.days(1) : nextLook)
    case .tooLittleVariation: Absence(.tooLittleVariation)
    case .noData: Absence(.noData)
    }
  }

  var figures: Figure {
    let why = absence ?? Absence(.constant)
    let early = Absence(.tooEarly, have: logged, need: LookPlan.links.days(1))
    let exposureWords: (name: String, unit: String)? = exposure.map {
      switch $0 {
      case .session: ("session", "session")
      case .activeMinutes: ("active_minutes", "10 min")
      }
    }
    return .record([
      ("code", .text(code.rawValue)), ("exposure", Figure(exposureWords?.name, else: why)),
      ("lag_days", Figure(shown?.lag, else: why)), ("points", Figure(shown?.points, else: why)),
      ("unit", Figure(exposureWords?.unit, else: why)),
      ("interval", Figure(interval, else: why)), ("p", Figure(shown?.p, else: why)),
      ("days", Figure(shown?.days, else: why)),
      ("looked_on", Figure(lookedOn?.description, else: logged == 0 ? why : early)),
      ("look", Figure(look, else: logged == 0 ? why : early)),
      ("next_look", .record([("days_logged", .count(nextLook))])),
      ("reverse", reverse.map(Figure.flag) ?? .absent(why)),
      ("direction", Figure(direction?.rawValue, else: why)),
      ("factors", .list(factors.map(\.figure))),
      ("asked", .count(asked)),
    ])
  }
}
