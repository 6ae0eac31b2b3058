import Records

/// How the rows of a ledger make its figure. The words stand with those of the reports.
public enum LedgerRule: Equatable, Sendable {
  /// A sentence without gaps.
  case sentence(LedgerSentence)
  /// What the log holds where a rule of the programme was not kept.
  case detail(RuleDetail)
  /// A share of the prescribed dose or sessions.
  case share(AdherenceShare, of: AdherenceWhole)
}

/// The sentences about ledgers.
public enum LedgerSentence: CaseIterable, Sendable {
  // Adherence and load.
  case sessions, performedRows, weekMinutes, weekRated, weekRows, exerciseRows, exerciseMinutes,
    inversionRows, unprescribed, assumedDoses, outOfForce, weekDose, weekSum, streak, gap,
    sinceLast, trajectory
  // Pain.
  case painDays, painMean, painBaseline, painLatest, painChange, painChangeShare, painFreeDays,
    painEntries, painSwing, painWindows, recurrence, improvedSince, triggers, flares, definedFlare,
    reportedFlare
  // Flexibility and questionnaires.
  case measurements, firstTrials, lastTrials, measureChange, measureDays, measureMethod,
    questionnaires, firstScore, lastScore, scoreChange, scores, testsBetter, testsWorse,
    testsJudged
  // Links.
  case linkLook, lags, lag, questions, painBefore, exposure, daysInBed, daysInBedPerWeek,
    dayAfterBed
  // The programme and the period.
  case ruleFindings, programmeChangeDays, programmeChange, periodBefore, coveredDays, unknownDays
  // The report.
  case property, absent, rowsByFile, refusedByReason, leftOut
}

/// What is divided by what was due.
public enum AdherenceShare: CaseIterable, Sendable {
  /// What was done, at most what was due in a week.
  case capped
  /// What was done.
  case uncapped
  /// As `capped`, with unknown days due as well.
  case allDays
  /// Sessions, at most what was due in a week.
  case sessions
  /// Unknown days, by the days in force that were not excused.
  case unknown
}

/// What a share is taken of.
public enum AdherenceWhole: Equatable, Sendable {
  /// All exercises but warm-up and cool-down.
  case programme
  /// The exercises of a component.
  case component(Component)
  /// Every line of the programme.
  case allLines
  /// One line.
  case line
}
