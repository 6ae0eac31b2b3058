import Analysis

extension LedgerSentence {
  /// The sentence in English.
  var english: String {
    switch self {
    case .sessions: "one for each session with a performed row"
    case .performedRows: "performed rows of the period"
    case .weekMinutes: "active minutes of the week's rows"
    case .weekRated: "active minutes times exertion"
    case .weekRows: "rows of the week"
    case .exerciseRows: "rows of the exercise"
    case .exerciseMinutes: "active minutes of the exercise in the week"
    case .inversionRows: "rows of the session's inversion"
    case .unprescribed: "one for each performed row that no line prescribes"
    case .assumedDoses: "one for each row whose dose was taken to be the prescribed one"
    case .outOfForce: "one for each row that no line was in force for"
    case .weekDose: "done, at most what was due, over due; the mean over exercises and sides"
    case .weekSum: "the sum over the lines of the component"
    case .streak: "weeks to the end of the period with at least 80 % of the sessions due"
    case .gap: "the longest run of days of the period without one of these"
    case .sinceLast: "days from this session to the as-of day"
    case .trajectory: "the trend of the weekly dose"
    case .painDays: "one for each day with a value"
    case .painMean: "mean of the day values, each the mean of its entries"
    case .painBaseline: "mean of the first days with pain"
    case .painLatest: "mean of the last days"
    case .painChange: "the last days less the first"
    case .painChangeShare: "the change as a share of the baseline"
    case .painFreeDays: "one for each pain-free day"
    case .painEntries: "the entries of the period; see Notes for the method"
    case .recurrence: "the first day of 2 or more after 30 pain-free days"
    case .improvedSince: "from this day on every 7-day mean stays 30 % below the baseline"
    case .triggers: "flares that follow three flare-free days"
    case .flares: "one for each flare day and kind"
    case .definedFlare: "the day's value lies 2 points above the mean of the 28 days before"
    case .reportedFlare: "the diary calls the day a flare"
    case .measurements: "every measurement of the period"
    case .firstTrials: "mean of the first day's trials"
    case .lastTrials: "mean of the last day's trials"
    case .measureChange: "the last day's mean less the first day's"
    case .measureDays: "one for each measurement day"
    case .measureMethod: "the daily means of these rows; see Notes for the method"
    case .questionnaires: "every scored questionnaire"
    case .firstScore: "the earliest score"
    case .lastScore: "the last score"
    case .scoreChange: "the last score less the first"
    case .scores: "the scores of the period"
    case .lags: "pairs of active minutes and pain by lag"
    case .lag: "active minutes of a day and the pain so many days later"
    case .questions: "one for each question with an answer"
    case .painBefore: "pain of a day and active minutes of the next"
    case .exposure: "the exposure of a day and the pain so many days later"
    case .daysInBed: "one for each day in bed"
    case .daysInBedPerWeek: "days in bed over the weeks of the period"
    case .dayAfterBed: "pain the day after a day in bed (1) and after a day with a session (0)"
    case .ruleFindings: "one for each finding"
    case .programmeChangeDays:
      "the first days of lines of the programme and the days after their last ones"
    case .programmeChange:
      "a line with a break of level and slope through the 14 days on each side of the change"
    case .periodBefore: "as many days as the period, right before it"
    case .coveredDays: "one for each day with any record; its first row"
    case .unknownDays: "one for each day without one"
    case .property: "a property of the report itself"
    case .absent: "absent; its reason stands beside it"
    case .rowsByFile: "rows of the patient by file"
    case .refusedByReason: "rows refused in the patient's files by reason"
    case .leftOut: "rows left out of the patient's files"
    case .painSwing: "the change against how much this diary swings by itself"
    case .painWindows: "the mean of the last days less that of the first"
    case .testsBetter: "one for each test that is better by more than its error"
    case .testsWorse: "one for each test that is worse by more than its error"
    case .testsJudged: "one for each test with a published error"
    case .linkLook: "the days of the last look with what was left, then each column of the model"
    }
  }
}

extension AdherenceShare {
  /// What is divided, in English.
  var english: String {
    switch self {
    case .capped: "done, at most what was due in a week, over due"
    case .uncapped: "done over due"
    case .allDays: "done, at most what was due in a week, over due with unknown days"
    case .sessions: "sessions, at most what was due in a week, over due"
    case .unknown: "unknown days over days in force that were not excused"
    }
  }
}

extension AdherenceWhole {
  /// What it is taken of, in English; {1} is a component.
  var english: String {
    switch self {
    case .programme: "the mean over exercises but warm-up and cool-down"
    case .component: "the mean over the exercises of {1}"
    case .allLines: "every line"
    case .line: "this line"
    }
  }
}

extension Definition {
  /// The definition in English.
  var english: String {
    switch self {
    case .adherence:
      "Adherence: dose done of dose due, week by week, never more than due in a week (capped). A "
        + "row counts in the most specific unit prescribed: minutes, seconds held, repetitions, "
        + "sessions."
    case .unknown:
      "Days without any record are unknown: they are left out of the figure, and counted as missed "
        + "in the one named all days. Above 20 % unknown there is no band."
    case .bands:
      "Bands on the dose: good from 90 %, moderate from 70 %, poor below. The programme is the "
        + "mean of all exercises but warm-up and cool-down."
    case .pain:
      "Pain: one kind, place and scale for the whole diary; a day's value is the mean of its "
        + "entries, of worst pain the highest. First days against last days: 7, later 14 and 28. "
        + "Important: 2 points, or 30 % and at least 1 point. It is told when it is important and "
        + "more than the diary swings by itself, at looks after 30, 60, 120, … days with pain "
        + "logged. A flare is 2 points above the mean of the 28 days before."
    case .flexibility:
      "Flexibility: a day's value is the mean of its trials. MDC is the minimal detectable change; "
        + "a change within it cannot be told from measurement error."
    case .load:
      "Load of a week: active minutes times the exertion (RPE, 0 to 10) where every row has one."
    case .associations:
      "What goes with what: one question to the whole diary, at looks after 42, 84, 168, 252, 504, "
        + "… days with pain logged; pain against exercise of the day and the day before, with "
        + "earlier pain, weekdays and slow waves taken out."
    case .purpose:
      "The report shows associations and published thresholds. It gives no diagnosis and no advice."
    }
  }
}
