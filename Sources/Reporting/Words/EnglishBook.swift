extension BookPhrase {
  /// The phrase in English.
  var english: String {
    switch self {
    case .shortMonths: "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
    case .shortDate: "{1} {2}"
    case .monthAndYear: "{1} {2}"
    case .dayAxis: "[$-809]d mmm"
    case .monthAxis: "[$-809]mmm yyyy"
    case .monthColumn: "Month"
    case .sessionMark: "Session"
    case .painMonthTable: "Pain by month"
    case .painSpanChart: "Mean and highest pain by week|Mean and highest pain by month"
    case .painSpanText:
      "Mean and highest pain in {1} spans of time, from {2} to {3} on the average."
    case .weekMonthTable: "Planned and done by month (session-equivalents; weeks by their Thursday)"
    case .weekMonthChart: "Sessions planned and done by month"
    case .loadMonthTable: "Load by month (weeks by their Thursday)"
    case .loadMonthChart: "Active minutes by month"
    case .exerciseMonthTable: "Active minutes by exercise and month (weeks by their Thursday)"
    case .exerciseSpanNote:
      "Columns are named by the day that their week begins on, or by their month."
    case .higherIsBetter: "{1}: higher is better"
    case .lowerIsBetter: "{1}: lower is better"
    case .errorColumns: "First less MDC|First plus MDC"
    case .errorNote:
      "Thin lines: the first value, less and plus the MDC. A value between them may be "
        + "measurement error."
    case .scoreColumns: "Day|Score|Less what matters|Plus what matters"
    case .scoreNote: "Thin lines: the first score, less and plus the change that matters."
    case .scoreText: "{1}: from {2} to {3}, {4}."
    case .linkShareTitle:
      "Pain on days without and with a session|Pain on days after days without and with a "
        + "session|Pain by minutes of exercise on the day|Pain by minutes of exercise on the day "
        + "before"
    case .linkShareAxes: "pain of the day (0 to 10)|share of the days"
    case .linkShareGroups:
      "Without a session ({1})|With a session ({1})|No minutes ({1})|Up to {2} minutes "
        + "({1})|Over {2} minutes ({1})"
    case .linkShareText: "How many in a hundred days have each pain score: {1}. {2}"
    case .linkShareNote:
      "The picture shows the days as they were. The answer also takes out what carries over "
        + "from day to day, the routine of the week and slow ups and downs."
    case .printHint:
      "Not printed with the report. To print this sheet: in Excel choose “Ignore Print Area” "
        + "in the print settings, in LibreOffice clear the print range."
    case .sheetDescription: "Description"
    case .testsBetterOf: "Tests better than their error, of {1}"
    case .painKindColumn: "Kind of pain"
    case .answersChart: "People by answer: {1}"
    }
  }
}
