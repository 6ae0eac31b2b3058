extension ScreenPhrase {
  /// The phrase in English.
  var english: String {
    switch self {
    case .numbersOf: "The numbers: {1}"
    case .doneOfDue: "of what was planned; {1} of {2} days have an entry"
    case .lowerBetter: "lower is better"
    case .higherBetter: "higher is better"
    case .testFromTo: "tests better by more than their error. {1}: {2} to {3} {4}; {5}."
    case .testFromToPlain: "tests better by more than their error."
    case .painFromTo: "of 10; lower is better; {1}."
    case .safetyHeading: "When to see a doctor"
    case .safetyLines:
      "At once: new numbness or weakness, or trouble with bladder or bowel.|Soon: back "
        + "pain after a fall or an accident.|Soon: back pain with fever, or when you feel "
        + "ill.|Soon: back pain if you have had cancer, or lose weight without a reason."
    case .painBand: "less than an important change"
    case .testBand: "error of the test"
    case .sessionDays: "day with a session"
    case .cohortOrders: "Most urgent first|By name|By share done"
    case .peopleColumns: "Who|Did it|Done|More flexible|Pain|Mean|What goes with pain|By week"
    case .painByWeek: "Pain by week: {1}"
    case .moreFiles: "{1} and {2} more"
    case .doneColumns: "Exercise|Done|All days"
    case .doneTables: "What you did of what was planned|The same for each exercise"
    case .testColumns: "Test|First|Latest|Change|±|So"
    case .workedOutHeading: "How it was worked out"
    case .workedOut:
      "Done is what you did of what was planned, week by week. More than planned does "
        + "not count twice.|Days without an entry are left out. All days counts them as "
        + "missed.|A test is better or worse when it changed by more than its usual error.|"
        + "Pain is the mean of the first days against the mean of the last days.|A change "
        + "of pain is told when it is large enough to matter and above your usual swings.|"
        + "What goes with what compares your own days with and without exercise, over the "
        + "whole diary.|It is only looked at after set numbers of days, so that chance is "
        + "not told as a finding.|The report says what goes together, not why. It gives no "
        + "diagnosis and no advice."
    case .ownNotes: "From the diary"
    case .earlierNotes: "Earlier notes in the workbook: {1}."
    }
  }
}
