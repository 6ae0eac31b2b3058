extension CohortPhrase {
  /// The phrase in English.
  var english: String {
    switch self {
    case .sinceStart: "first {1} of each programme ({2})"
    case .withoutProgramme: "Left out: {1} without a programme."
    case .cohortSummary:
      "{1}, {2}; less pain is shown for {3} of {4} with enough data; {5} to call."
    case .noAdherenceFigure: "no adherence figure"
    case .medianDose: "median dose {1}"
    case .toCall: "To call"
    case .toCallTable: "To call"
    case .nobody: "Nobody."
    case .memberTable: "Patients"
    case .memberColumns:
      "Patient|Name|Days logged|Dose|All days|Sessions|Unknown|Band|Pain mean|Pain change|Pain "
        + "answer|Tests better|Tests worse|Days since session|Last entry"
    case .memberHeading: "Patients (dose done of due; pain change in points, minus is less pain)"
    case .memberLine: "Patient|Dose|Logged|Pain|Change|Tests better"
    case .distributionTable: "Distributions"
    case .distributionColumns: "Figure|Group|People"
    case .pooledLink:
      "Taken over {1}: on days with a session pain was {2} {3} than on days without ({4})."
    case .pooledNone:
      "Taken over {1} there is no clear link: on days with a session pain was {2} {3} than on days "
        + "without ({4})."
    case .pooledDiffers: " From person to person this differs by about {1} (standard deviation)."
    case .ownLinks: "Own links told: {1} of {2} with a look; {3} stand when all are adjusted."
    case .linksLeftOut:
      "Left out: {1}, with too few days, days too much alike, or another kind of pain score."
    case .linkTable: "Pain on days with a session against days without, by person"
    case .linkColumns:
      "Patient|Points|From|To|Drawn towards all|From|To|Own answer|Stands when adjusted"
    case .answerNames: "Done|Flexibility|Pain|Links"
    case .tooLittleData: "Too little data."
    case .ofTests: "{1} of {2}"
    case .range: " ({1} to {2})"
    case .thresholdsLine: "Thresholds {1}. Written by lumbar {2}."
    case .callStoppedLogging: "stopped logging: no record for {1} days"
    case .callNoSession: "no session for {1} days"
    case .callDoseFell: "adherence fell from {1} to {2}"
    case .callFalling: "adherence falling week by week"
    case .callNewFlare: "new flare on {1}"
    case .callPainUp: "pain up by {1} points in the last 7 days"
    case .callPainMaybe: "pain up by {1} points in the last 7 days, which may be a swing"
    case .callRefused: "{1} refused"
    case .callNew: "NEW {1}"
    case .callNewCell: "new"
    case .callColumns: "Patient|Name|Why|On the list since"
    case .awayHeading: "Not on the list"
    case .awaySnoozed: "{1}: snoozed until {2}"
    case .awayDischarged: "{1}: discharged on {2}"
    case .awayEarlier: "{1} discharged earlier"
    case .problemsHeading: "Data problems, for whoever runs lumbar"
    case .sheetProblems: "Data problems"
    case .problemNobody: "{1} refused, naming nobody who is known"
    case .problemUnread: "{1} could not be read; lumbar status says why"
    case .problemAlike: "{1} looks like {2}; if both are one person, join them with lumbar merge"
    case .andMore: "and {1} more"
    }
  }
}
