/// Every fixed phrase of the reports, in each language beside the other.
///
/// `{1}` is the first gap to fill. A bar parts the one from the many, yes from no, or the members of a
/// list, as the name tells.
enum Phrase: String, CaseIterable, Sendable {
  // Nouns: the one and the many.
  case day, loggedDay, pairedDay, session, week, test, question, link, programLine, rowWas, patient
  case dayOfFlare, dayOfBedRest, person
  // Names of months and weekdays.
  case months, weekdays
  // Periods.
  case periodOfDay, periodInMonth, periodInYear, periodOverYears, dayOfMonth
  // The page.
  case reportTitle, cohortTitle, daysLogged, didIDoIt, amIMoreFlexible, isPainChanging, whatGoesWith
  case needsAttention, nothingStandsOut, stillMissing, nothing, sourcesLine, none, safety
  case adherenceHeading, painHeading, linksHeading, bedRestHeading, flexibilityHeading
  case programme, all, mean, highest, noMDC, better, worse
  // Did I do it?
  case noProgramme, nothingWasDue, dose, doseGood, doseModerate, dosePoor, doseUnsure, doseAllDays
  // Am I more flexible?
  case oneMeasurement, noPublishedError, withinErrorOnly, moreFlexible, stifferOnly, stiffer
  case beyondError, more, someWithinError, shortBetter, shortWorse, shortMixed
  // Is the pain changing?
  case noPain, tooEarly, noScaleThreshold, painHardly, painALittle, painImportant, lessPain
  case shortPain, sizeOfChange, slope, slopeWithInterval
  // The registry of thresholds
  case registryTerms
  // What goes with what?
  case noPairs, nothingBeyondChance, noClearLinks, allWithoutLink, noneStoodOut, linksOfQuestions,
    earlySign
  case worth, painBeforeActivity, otherPain, shift, slopePerTen, shortShift, shortSlope, lower,
    higher
  case fewerOrMore, badDays, sameDay, nextDay, daysLater
  case activeMinutes, aSession, withSession, bedRest, pain, minutesOf
  case restTooEarly, restSame, restDiffers, restCompared
  // Verdicts and reasons.
  case goesWithLessPain, goesWithMorePain, goesWithLess, goesWithMore, noClearLink, cannotTell
  case tooFewIndependent, haveNeed, noData, reasonNothingDue, tooManyUnknown, tooFewInARow
  case tooLittleVariation, windowsOverlap, noThreshold, tooFewFlares, notReached
  case improved, worsened, detectablyBetter, detectablyWorse, withinError
  case substantialBetter, moderateBetter, minimalBetter, minimalWorse, moderateWorse
  case substantialWorse
  case good, moderate, poor, lowConfidence, notPrescribed, bothSides, left, right
  // Components and tests.
  case warmUp, backStretch, mobility, gluteStretch, hamstringStretch, strengthening, inversion
  case coolDown, aerobic, other
  case sitAndReach, fingertipToFloor, modifiedSchober, straightLegRaise, activeKneeExtension
  case hipInternalRotation, hipExternalRotation, backExtensorHold
  // Pain kinds and places.
  case now, average, worst, least, before, after, lowerBack
  // Needs attention and still missing.
  case painRose, painCameBack, flareDays, noSessionFor, uncertain, lessThanModerate, componentDose
  case measureWorse, sidesDiffer, noWarmUpFirst, noCoolDownLast, tooMuchLoad, tooMuchPain
  case tooMuchInversion, noRecord, changeOfPain, linksMissing, weakLinks, refusedRows
  // Rules, dated.
  case ruleWarmUp, ruleCoolDown, ruleSlowly, ruleCeiling, ruleInversion, ruleBedRest,
    ruleMaintenance
  case detailNoWarmUp, detailBeforeWarmUp, detailNoCoolDown, detailAfterCoolDown, detailPainFrom
  case detailPainTo, detailAngle, detailMinutes, detailLoad, detailRatedLoad, detailDayInBed
  case detailDaysInBed, detailMaintenance
  case flare, flareDefined, flareReported, recurrence, recurrenceDetail, lastingImprovement
  case improvementDetail, programmeChanged, programmeChangedDetail, roughLevel
  // Sheets.
  case sheetSummary, sheetAdherence, sheetPain, sheetFlexibility, sheetExercises, sheetAssociations
  case sheetFindings, sheetData, sheetNotes, sheetToCall, sheetPatients, sheetOverview
  // Summary sheet.
  case inFigures, figureColumns, daysAndLines, doseDone, testsBetter, testsOf, painChangeFigure
  case painMeanFigure, sessionsFigure, linksFigure, pleaseNote, noMeasurement
  // Tables: title, then headers parted by bars.
  case adherenceTable, adherenceColumns, programmeRow, exerciseTable, exerciseColumns, weekTable
  case weekColumns, gridTable, gridColumns, gridLetters
  case painDayTable, painDayColumns, painWeekTable, painWeekColumns, painChangeTable
  case painChangeColumns, flexibilityTable, flexibilityColumns, measurementColumns
  case associationTable, associationColumns, lagTable, lagColumns, scatterTitle
  case datedTable, datedColumns, loadTable, loadColumns, exerciseWeekTable, exerciseWeekHead
  case inversionTable, inversionColumns, thresholdTable, thresholdColumns, fileTable, fileColumns
  case refusedTable, refusedColumns
  case sessionsTable, sessionsColumns, painTable, painColumns, measurementsTable,
    measurementsColumns
  case daysTable, daysColumns, programTable, programColumns, yesNo
  // Charts: title, axes, what it shows.
  case weekChart, weekChartAxes, weekChartText, painChart, painChartAxes, painChartText
  case measureChartAxes, measureChanged, measureOnce, lagChart, lagChartAxes, lagChartText
  case scatterText, loadChart, loadChartAxes, loadChartText, inversionChart, inversionChartAxes
  case inversionChartText
  // Introductions and notes.
  case exercisesNote, findingsNote, noFindings, dataNote, dataCut, painSeries, associationsNote
  case noExercises, writtenBy, notesLeftOut
  case definitionAdherence, definitionUnknown, definitionBands, definitionPain,
    definitionFlexibility
  case definitionLoad, definitionAssociations, definitionPurpose
  // Cohort.
  case cohortSummary, noAdherenceFigure, medianDose, toCall, toCallTable, toCallColumns, nobody
  case memberTable, memberColumns, memberHeading, memberLine, distributionTable, distributionColumns
  case adherenceWord, painWord, absent, withinPeople, betweenPeople, signConflict, tooLittleData
  case ofTests, range, thresholdsLine
  case callStoppedLogging, callNoSession, callDoseFell, callFalling, callNewFlare, callPainUp
  case callRefused
}

extension Phrase {
  /// The phrase in English and in German.
  var texts: (english: String, german: String) {
    switch self {
    case .day: ("day|days", "Tag|Tage")
    case .loggedDay: ("logged day|logged days", "Tag mit Eintrag|Tage mit Eintrag")
    case .pairedDay: ("paired day|paired days", "Tagespaar|Tagespaare")
    case .session: ("session|sessions", "Einheit|Einheiten")
    case .week: ("week|weeks", "Woche|Wochen")
    case .test: ("test|tests", "Test|Tests")
    case .question: ("question|questions", "Frage|Fragen")
    case .link: ("link|links", "Zusammenhang|Zusammenhänge")
    case .programLine: ("line|lines", "Zeile|Zeilen")
    case .rowWas: ("row was|rows were", "Zeile wurde|Zeilen wurden")
    case .patient: ("patient|patients", "Person|Personen")
    case .person: ("person|people", "Person|Personen")
    case .dayOfFlare: ("day of flare|days of flare", "Tag mit Schub|Tage mit Schub")
    case .dayOfBedRest: ("day of bed rest|days of bed rest", "Tag Bettruhe|Tage Bettruhe")
    case .months:
      (
        "January|February|March|April|May|June|July|August|September|October|November|December",
        "Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
      )
    case .weekdays: ("Mon|Tue|Wed|Thu|Fri|Sat|Sun", "Mo|Di|Mi|Do|Fr|Sa|So")
    case .periodOfDay: ("{1} {2} {3}", "{1}. {2} {3}")
    case .periodInMonth: ("{1} to {2} {3} {4}", "{1}. bis {2}. {3} {4}")
    case .periodInYear: ("{1} {2} to {3} {4} {5}", "{1}. {2} bis {3}. {4} {5}")
    case .periodOverYears: ("{1} {2} {3} to {4} {5} {6}", "{1}. {2} {3} bis {4}. {5} {6}")
    case .dayOfMonth: ("{1} {2}", "{1}. {2}")

    case .reportTitle: ("Back exercise report", "Bericht zum Rückentraining")
    case .cohortTitle: ("Cohort report", "Gruppenbericht")
    case .daysLogged: ("{1} of {2} days logged", "{1} von {2} Tagen mit Eintrag")
    case .didIDoIt: ("Did I do it?", "Habe ich geübt?")
    case .amIMoreFlexible: ("Am I more flexible?", "Bin ich beweglicher?")
    case .isPainChanging: ("Is the pain changing?", "Weniger Schmerz?")
    case .whatGoesWith: ("What goes with what?", "Was hängt zusammen?")
    case .needsAttention: ("Needs attention", "Zu beachten")
    case .nothingStandsOut: ("Nothing stands out.", "Nichts fällt auf.")
    case .stillMissing: ("Still missing", "Was noch fehlt")
    case .nothing: ("Nothing.", "Nichts.")
    case .sourcesLine: ("Sources: {1}. Thresholds {2}.", "Quellen: {1}. Schwellenwerte {2}.")
    case .none: ("none", "keine")
    case .safety:
      (
        "See a doctor at once for new numbness, weakness, or trouble with bladder or bowel.",
        "Bei neuer Taubheit, Schwäche oder Störung von Blase oder Darm sofort zum Arzt."
      )
    case .adherenceHeading:
      (
        "Adherence (share of the prescribed dose; all = unlogged days count as missed)",
        "Übungstreue (Anteil der verordneten Menge; alle = auch Tage ohne Eintrag)"
      )
    case .painHeading:
      ("Pain ({1}, {2}, 0 to 10, by week)", "Schmerz ({1}, {2}, 0 bis 10, je Woche)")
    case .linksHeading:
      ("What goes with what (associations, not causes)", "Was zusammenhängt (nicht: was bewirkt)")
    case .bedRestHeading: ("Bed rest", "Bettruhe")
    case .flexibilityHeading:
      (
        "Flexibility (MDC = the smallest change that is not measurement error)",
        "Beweglichkeit (MDC = kleinste Änderung, die kein Messfehler ist)"
      )
    case .programme: ("Programme", "Programm")
    case .all: ("all {1}", "alle {1}")
    case .mean: ("mean", "Mittel")
    case .highest: ("highest", "höchster")
    case .noMDC: ("no MDC", "ohne MDC")
    case .better: ("better", "besser")
    case .worse: ("worse", "schlechter")

    case .noProgramme:
      (
        "Nobody can say yet: no programme was imported.",
        "Noch nicht zu sagen: Es wurde kein Programm eingelesen."
      )
    case .nothingWasDue:
      (
        "Nobody can say yet: nothing was due on the days that were logged.",
        "Noch nicht zu sagen: An den Tagen mit Eintrag war nichts fällig."
      )
    case .dose:
      (
        "{1} of the prescribed dose on the days logged",
        "{1} der verordneten Menge an den Tagen mit Eintrag"
      )
    case .doseGood: ("Yes: {1}", "Ja: {1}")
    case .doseModerate: ("Mostly: {1}", "Größtenteils: {1}")
    case .dosePoor: ("Less than planned: {1}", "Weniger als geplant: {1}")
    case .doseUnsure:
      (
        "Hard to say: {1}, but {2} of the days hold no record",
        "Schwer zu sagen: {1}, aber {2} der Tage sind ohne Eintrag"
      )
    case .doseAllDays:
      (
        "{1}; {2} when days without a record count as missed.",
        "{1}; {2}, wenn Tage ohne Eintrag als versäumt zählen."
      )

    case .oneMeasurement:
      (
        "Nobody can say yet: it takes two measurement days of the same test.",
        "Noch nicht zu sagen: Es braucht zwei Messtage desselben Tests."
      )
    case .noPublishedError:
      (
        "There are figures, but no published error to judge them by.",
        "Es gibt Werte, aber keinen veröffentlichten Messfehler dazu."
      )
    case .withinErrorOnly:
      (
        "No change that can be told from measurement error ({1}).",
        "Keine Änderung, die größer ist als der Messfehler ({1})."
      )
    case .moreFlexible: ("Yes", "Ja")
    case .stifferOnly: ("No, stiffer", "Nein, steifer")
    case .stiffer: ("stiffer", "steifer")
    case .beyondError:
      ("{1}: {2}, more than measurement error", "{1}: {2}, mehr als der Messfehler")
    case .more: ("and {1} more", "und {1} mehr")
    case .someWithinError: ("{1} within measurement error", "{1} im Messfehler")
    case .shortBetter:
      (
        "Yes: {1} of {2} tests better by more than their error.",
        "Ja: {1} von {2} Tests besser als ihr Messfehler."
      )
    case .shortWorse:
      (
        "No: {1} of {2} tests stiffer by more than their error.",
        "Nein: {1} von {2} Tests steifer als ihr Messfehler."
      )
    case .shortMixed:
      (
        "In part: {1} of {2} tests better, {3} stiffer.",
        "Teils: {1} von {2} Tests besser, {3} steifer."
      )

    case .noPain:
      (
        "Nobody can say yet: no pain was logged.",
        "Noch nicht zu sagen: Es wurde kein Schmerz eingetragen."
      )
    case .tooEarly: ("Too early to tell: {1}.", "Noch zu früh: {1}.")
    case .noScaleThreshold:
      (
        "It went from {1} to {2} ({3}); this scale has no published threshold.",
        "Von {1} auf {2} ({3}); für diese Skala gibt es keinen Schwellenwert."
      )
    case .painHardly:
      (
        "Hardly: it went from {1} to {2} of 10, less than people notice ({3}).",
        "Kaum: von {1} auf {2} von 10, weniger als man merkt ({3})."
      )
    case .painALittle:
      (
        "A little {1}: from {2} to {3} of 10, a change of {4} points, below what most people call "
          + "important ({5}).",
        "Etwas {1}: von {2} auf {3} von 10, um {4} Punkte, weniger als die meisten wichtig nennen "
          + "({5})."
      )
    case .painImportant:
      (
        "Yes, {1} pain: from {2} to {3} of 10, a {6} change of {4} points ({5}).",
        "{1} Schmerz: von {2} auf {3} von 10, eine {6} Änderung um {4} Punkte ({5})."
      )
    case .lessPain: ("less|more", "weniger|mehr")
    case .shortPain: ("From {1} to {2} of 10: {3} ({4}).", "Von {1} auf {2} von 10: {3} ({4}).")
    case .sizeOfChange: ("substantial|clinically important", "erhebliche|klinisch bedeutsame")
    case .slope: ("Median slope {1} points a week.", "Mittlere Steigung {1} Punkte je Woche.")
    case .slopeWithInterval:
      (
        "Median slope {1} points a week (95 % interval {2} to {3}, p {4}).",
        "Mittlere Steigung {1} Punkte je Woche (95-%-Intervall {2} bis {3}, p {4})."
      )

    case .registryTerms:
      (
        "share|share of baseline|point NRS|points NRS|days|days of 28|deg|degrees|times|"
          + "times the mean of 4 weeks|points of 10|points of 24|points of 100|cm|s|home exercise|"
          + "diaries|chronic pain|chronic and low back pain|low back pain|"
          + "low back pain, same rater|low back pain, two raters|exercise with pain|training|"
          + "inversion table|lumbar's own rule|lumbar's own rule, to be verified|"
          + "weak evidence; Impellizzeri 2020|Costa 2021; window of 28 days lumbar's own|"
          + "Latimer 1999, from SEM 11.6|Ostelo 2008; EARS: published MDC",
        "Anteil|Anteil am Ausgangswert|Punkt NRS|Punkte NRS|Tage|Tage von 28|Grad|Grad|Mal|"
          + "Mal das Mittel aus 4 Wochen|Punkte von 10|Punkte von 24|Punkte von 100|cm|s|"
          + "Üben zu Hause|Tagebücher|chronischer Schmerz|chronischer Schmerz und Rückenschmerz|"
          + "Rückenschmerz|Rückenschmerz, gleiche Messende|Rückenschmerz, zwei Messende|"
          + "Üben mit Schmerz|Training|Inversionsbank|eigene Regel von lumbar|"
          + "eigene Regel von lumbar, noch zu prüfen|schwache Belege; Impellizzeri 2020|"
          + "Costa 2021; Fenster von 28 Tagen von lumbar|Latimer 1999, aus SEM 11,6|"
          + "Ostelo 2008; EARS: veröffentlichte MDC"
      )
    case .noPairs:
      (
        "Nobody can say yet: it takes days with both a pain score and a log of exercise.",
        "Noch nicht zu sagen: Es braucht Tage mit Schmerzwert und Übungseintrag."
      )
    case .nothingBeyondChance:
      (
        "Nothing that goes beyond chance: of {1} asked, {2} ({3}).",
        "Nichts, was über den Zufall hinausgeht: von {1} {2} ({3})."
      )
    case .noClearLinks:
      (
        "{1} show no clear link, the others cannot be told",
        "{1} ohne klaren Zusammenhang, die übrigen offen"
      )
    case .allWithoutLink: ("none shows a clear link", "keine mit klarem Zusammenhang")
    case .noneStoodOut: ("none stood out", "fiel keine auf")
    case .linksOfQuestions: ("{1} of {2} asked.", "{1} bei {2}.")
    case .earlySign: ("An early sign: ", "Ein frühes Zeichen: ")
    case .worth: ("{1}, worth about {2} independent ones", "{1}, so viel wie etwa {2} unabhängige")
    case .painBeforeActivity:
      (
        "{1}days after more pain tended to have {2} active minutes ({3}).",
        "{1}Tage nach mehr Schmerz hatten eher {2} aktive Minuten ({3})."
      )
    case .otherPain:
      (
        "{1}{2} went with other pain {3} ({4}).",
        "{1}{2} ging mit anderem Schmerz {3} einher ({4})."
      )
    case .shift:
      (
        "{1}on days with {2}, pain {3} was typically {4} {5} (likely range {6} to {7}; {8}).",
        "{1}an Tagen mit {2} war der Schmerz {3} meist um {4} {5} (wahrscheinlich {6} bis {7}; {8})."
      )
    case .slopePerTen:
      (
        "{1}ten more {2} went with pain {4} {5} {3} (likely range {6} to {7}; {8}).",
        "{1}zehn {2} mehr gingen mit {3} um {4} {5}em Schmerz einher (wahrscheinlich {6} bis {7}; {8})."
      )
    case .shortShift:
      (
        "{1}pain {3} was {4} {5} on days with {2} ({6} to {7}; {8}).",
        "{1}Schmerz {3} um {4} {5} an Tagen mit {2} ({6} bis {7}; {8})."
      )
    case .shortSlope:
      (
        "{1}ten more {2} went with pain {4} {5} {3} ({6} to {7}; {8}).",
        "{1}zehn {2} mehr, Schmerz {3} um {4} {5} ({6} bis {7}; {8})."
      )
    case .lower: ("lower", "niedriger")
    case .higher: ("higher", "höher")
    case .fewerOrMore: ("fewer|more", "weniger|mehr")
    case .badDays: (" People exercise less on bad days.", " An schlechten Tagen übt man weniger.")
    case .sameDay: ("the same day", "am selben Tag")
    case .nextDay: ("the next day", "am nächsten Tag")
    case .daysLater: ("{1} days later", "{1} Tage später")
    case .activeMinutes: ("active minutes", "aktive Minuten")
    case .aSession: ("a session", "Übungseinheit")
    case .withSession: ("a session", "einer Übungseinheit")
    case .bedRest: ("bed rest", "Bettruhe")
    case .pain: ("pain", "Schmerz")
    case .minutesOf: ("minutes of {1}", "Minuten {1}")
    case .restTooEarly:
      (
        "{1} ({2} a week). Too early to compare the day after with that after sessions: {3}.",
        "{1} ({2} je Woche). Zu früh, um den Tag danach mit dem nach Übungen zu vergleichen: {3}."
      )
    case .restSame: ("the same as", "gleich dem")
    case .restDiffers: ("{1} {2} than", "um {1} {2} als der")
    case .restCompared:
      (
        "{1} ({2} a week). Pain the day after was typically {3} the day after a session (likely "
          + "range {4} to {5}; {6} and {7} days).",
        "{1} ({2} je Woche). Der Schmerz am Tag danach war meist {3} am Tag nach einer Übungseinheit "
          + "(wahrscheinlich {4} bis {5}; {6} und {7} Tage)."
      )

    case .goesWithLessPain: ("goes with less pain", "mit weniger Schmerz")
    case .goesWithMorePain: ("goes with more pain", "mit mehr Schmerz")
    case .goesWithLess: ("goes with less", "mit weniger")
    case .goesWithMore: ("goes with more", "mit mehr")
    case .noClearLink: ("no clear link", "kein klarer Zusammenhang")
    case .cannotTell: ("cannot tell", "offen")
    case .tooFewIndependent: ("too few independent days", "zu wenige unabhängige Tage")
    case .haveNeed: ("have {1}, need {2}", "vorhanden {1}, nötig {2}")
    case .noData: ("no data", "keine Daten")
    case .reasonNothingDue: ("nothing was due", "nichts war fällig")
    case .tooManyUnknown: ("too many days without a record", "zu viele Tage ohne Eintrag")
    case .tooFewInARow: ("too few days in a row", "zu wenige Tage in Folge")
    case .tooLittleVariation: ("too little variation", "zu wenig Unterschiede")
    case .windowsOverlap:
      (
        "the first and the last week of the diary overlap",
        "erste und letzte Woche des Tagebuchs überlappen sich"
      )
    case .noThreshold: ("no published threshold", "kein veröffentlichter Schwellenwert")
    case .tooFewFlares: ("too few flares", "zu wenige Schübe")
    case .notReached: ("not reached", "nicht erreicht")
    case .improved: ("improved", "verbessert")
    case .worsened: ("worsened", "verschlechtert")
    case .detectablyBetter: ("better", "besser")
    case .detectablyWorse: ("worse", "schlechter")
    case .withinError: ("within error", "Messfehler")
    case .substantialBetter: ("substantial better", "erheblich besser")
    case .moderateBetter: ("moderate better", "deutlich besser")
    case .minimalBetter: ("minimal better", "etwas besser")
    case .minimalWorse: ("minimal worse", "etwas schlechter")
    case .moderateWorse: ("moderate worse", "deutlich schlechter")
    case .substantialWorse: ("substantial worse", "erheblich schlechter")
    case .good: ("good", "gut")
    case .moderate: ("moderate", "mäßig")
    case .poor: ("poor", "gering")
    case .lowConfidence: ("low confidence", "unsicher")
    case .notPrescribed: ("not prescribed", "nicht verordnet")
    case .bothSides: ("both", "beide")
    case .left: ("left", "links")
    case .right: ("right", "rechts")

    case .warmUp: ("Warm up", "Aufwärmen")
    case .backStretch: ("Back stretch", "Rücken dehnen")
    case .mobility: ("Mobility", "Beweglichkeit")
    case .gluteStretch: ("Glute stretch", "Gesäß dehnen")
    case .hamstringStretch: ("Hamstring stretch", "Beinrückseite")
    case .strengthening: ("Strengthening", "Kräftigung")
    case .inversion: ("Inversion", "Inversionsbank")
    case .coolDown: ("Cool down", "Ausklang")
    case .aerobic: ("Aerobic", "Ausdauer")
    case .other: ("Other", "Sonstiges")
    case .sitAndReach: ("Sit and reach", "Sitzen und Reichen")
    case .fingertipToFloor: ("Fingertip to floor", "Finger-Boden-Abstand")
    case .modifiedSchober: ("Modified Schober", "Schober (modifiziert)")
    case .straightLegRaise: ("Straight leg raise", "Beinhebetest")
    case .activeKneeExtension: ("Active knee extension", "Aktive Kniestreckung")
    case .hipInternalRotation: ("Hip internal rotation", "Hüftinnenrotation")
    case .hipExternalRotation: ("Hip external rotation", "Hüftaußenrotation")
    case .backExtensorHold: ("Back extensor hold", "Rückenstrecker halten")
    case .now: ("now", "jetzt")
    case .average: ("average", "Durchschnitt")
    case .worst: ("worst", "stärkster")
    case .least: ("least", "schwächster")
    case .before: ("before", "vorher")
    case .after: ("after", "nachher")
    case .lowerBack: ("lower back", "unterer Rücken")

    case .painRose:
      (
        "Pain rose by {1} points, a clinically important change.",
        "Der Schmerz stieg um {1} Punkte, klinisch bedeutsam."
      )
    case .painCameBack:
      (
        "Pain came back on {1} after 30 pain-free days.",
        "Der Schmerz kam am {1} nach 30 schmerzfreien Tagen wieder."
      )
    case .flareDays:
      (
        "{1}, 2 points above the usual level or called a flare.",
        "{1}, 2 Punkte über dem Üblichen oder als Schub eingetragen."
      )
    case .noSessionFor:
      ("No session was logged for {1} days.", "Seit {1} Tagen ist keine Einheit eingetragen.")
    case .uncertain:
      (
        "{1} of the days hold no record: adherence is uncertain.",
        "{1} der Tage sind ohne Eintrag: Die Übungstreue ist unsicher."
      )
    case .lessThanModerate:
      (
        "Less than 70 % of the prescribed dose was done.",
        "Weniger als 70 % der verordneten Menge wurde geübt."
      )
    case .componentDose: ("{1}: {2} of the prescribed dose.", "{1}: {2} der verordneten Menge.")
    case .measureWorse:
      (
        "{1} got worse by more than measurement error.",
        "{1} wurde um mehr als den Messfehler schlechter."
      )
    case .sidesDiffer:
      (
        "{1}: left and right differ by {2} {3}, more than measurement error.",
        "{1}: Links und rechts unterscheiden sich um {2} {3}, mehr als der Messfehler."
      )
    case .noWarmUpFirst:
      ("{1} without a warm-up first.", "{1} ohne Aufwärmen am Anfang.")
    case .noCoolDownLast: ("{1} without a cool-down last.", "{1} ohne Ausklang am Ende.")
    case .tooMuchLoad:
      (
        "{1} with over 10 % more load than before (weak evidence).",
        "{1} mit über 10 % mehr Belastung als zuvor (schwache Belege)."
      )
    case .tooMuchPain:
      ("{1} with too much pain over an exercise.", "{1} mit zu viel Schmerz beim Üben.")
    case .tooMuchInversion:
      (
        "{1} with clearly more inversion than the time before; it raises the pressure in the eyes "
          + "and the blood.",
        "{1} mit deutlich mehr Inversion als zuvor; sie erhöht Augendruck und Blutdruck."
      )
    case .noRecord: ("{1} of {2} without any record.", "{1} von {2} ohne jeden Eintrag.")
    case .changeOfPain: ("Change of pain: {1}.", "Änderung des Schmerzes: {1}.")
    case .linksMissing: ("What goes with what: {1}.", "Was zusammenhängt: {1}.")
    case .weakLinks:
      (
        "What goes with what: below 60 days links weaker than about 0.5 are usually missed.",
        "Was zusammenhängt: Unter 60 Tagen bleiben Zusammenhänge unter etwa 0.5 meist unerkannt."
      )
    case .refusedRows:
      (
        "{1} refused in these files; `lumbar rejections` lists them.",
        "{1} in diesen Dateien abgelehnt; `lumbar rejections` zeigt sie."
      )

    case .ruleWarmUp: ("Warm up first", "Erst aufwärmen")
    case .ruleCoolDown: ("Cool down last", "Zuletzt ausklingen")
    case .ruleSlowly: ("Go slowly", "Langsam steigern")
    case .ruleCeiling: ("Pain ceiling", "Schmerzgrenze")
    case .ruleInversion: ("Inversion ramp", "Inversion schrittweise")
    case .ruleBedRest: ("Bed rest", "Bettruhe")
    case .ruleMaintenance: ("Maintenance", "Erhaltung")
    case .detailNoWarmUp: ("no warm-up", "kein Aufwärmen")
    case .detailBeforeWarmUp: ("{1} before the warm-up", "{1} vor dem Aufwärmen")
    case .detailNoCoolDown: ("no cool-down", "kein Ausklang")
    case .detailAfterCoolDown: ("{1} after the cool-down", "{1} nach dem Ausklang")
    case .detailPainFrom: ("pain from {1} to {2} of 10", "Schmerz von {1} auf {2} von 10")
    case .detailPainTo: ("pain to {1} of 10", "Schmerz auf {1} von 10")
    case .detailAngle: ("angle from {1} to {2} degrees", "Winkel von {1} auf {2} Grad")
    case .detailMinutes: ("from {1} to {2} minutes", "von {1} auf {2} Minuten")
    case .detailLoad:
      (
        "{1} minutes in the week, {2} a week in the four before (weak evidence)",
        "{1} Minuten in der Woche, {2} je Woche in den vier davor (schwache Belege)"
      )
    case .detailRatedLoad:
      (
        "{1} minutes × exertion in the week, {2} a week in the four before (weak evidence)",
        "{1} Minuten × Anstrengung in der Woche, {2} je Woche in den vier davor (schwache Belege)"
      )
    case .detailDayInBed: ("a day in bed", "ein Tag im Bett")
    case .detailDaysInBed: ("{1} days in bed in the week", "{1} Tage der Woche im Bett")
    case .detailMaintenance:
      (
        "{1} pain-free days: maintenance, the programme still counts",
        "{1} schmerzfreie Tage: Erhaltung, das Programm zählt weiter"
      )
    case .flare: ("Flare", "Schub")
    case .flareDefined: ("2 points above the 28 days before", "2 Punkte über den 28 Tagen davor")
    case .flareReported: ("called a flare in the diary", "im Tagebuch Schub genannt")
    case .recurrence: ("Recurrence", "Rückfall")
    case .recurrenceDetail:
      ("pain of 2 or more after 30 pain-free days", "Schmerz ab 2 nach 30 schmerzfreien Tagen")
    case .lastingImprovement: ("Lasting improvement", "Dauerhafte Besserung")
    case .improvementDetail:
      (
        "30 % better than the first week from here on",
        "ab hier 30 % besser als in der ersten Woche"
      )
    case .programmeChanged: ("Programme changed", "Programm geändert")
    case .programmeChangedDetail: ("a line begins or has ended", "eine Zeile beginnt oder endete")
    case .roughLevel:
      ("; pain {1} points on the day (rough)", "; Schmerz {1} Punkte an diesem Tag (grob)")

    case .sheetSummary: ("Summary", "Überblick")
    case .sheetAdherence: ("Adherence", "Übungstreue")
    case .sheetPain: ("Pain", "Schmerz")
    case .sheetFlexibility: ("Flexibility", "Beweglichkeit")
    case .sheetExercises: ("Exercises", "Übungen")
    case .sheetAssociations: ("Pain and exercise", "Schmerz und Übung")
    case .sheetFindings: ("Findings", "Befunde")
    case .sheetData: ("Data", "Daten")
    case .sheetNotes: ("Notes", "Hinweise")
    case .sheetToCall: ("To call", "Anrufen")
    case .sheetPatients: ("Patients", "Personen")
    case .sheetOverview: ("Overview", "Verteilung")

    case .inFigures: ("In figures", "In Zahlen")
    case .figureColumns:
      (
        "Question|Figure|Value|Period before|From|Answer",
        "Frage|Kennzahl|Wert|Zeitraum davor|Aus|Antwort"
      )
    case .daysAndLines:
      (
        "{1} of {2} days logged; programme of {3}.",
        "{1} von {2} Tagen mit Eintrag; Programm mit {3}."
      )
    case .doseDone: ("Dose done of due", "Geübt von verordnet")
    case .testsBetter: ("Tests better than their error", "Tests besser als ihr Messfehler")
    case .testsOf: ("{1} of {2}", "{1} von {2}")
    case .painChangeFigure: ("Change, points of 10", "Änderung, Punkte von 10")
    case .painMeanFigure: ("Mean pain, of 10", "Schmerz im Mittel, von 10")
    case .sessionsFigure: ("Sessions held", "Übungseinheiten")
    case .linksFigure: ("Links beyond chance", "Zusammenhänge über Zufall")
    case .pleaseNote: ("Please note", "Bitte beachten")
    case .noMeasurement: ("no measurement", "keine Messung")

    case .adherenceTable: ("Adherence by component", "Übungstreue je Bereich")
    case .adherenceColumns:
      (
        "Component|Dose|Done of due|All days|Sessions|Unknown|Band",
        "Bereich|Menge|Geübt von fällig|Alle Tage|Einheiten|Unbekannt|Stufe"
      )
    case .programmeRow:
      ("Programme (without warm-up, cool-down)", "Programm (ohne Aufwärmen, Ausklang)")
    case .exerciseTable: ("Adherence by exercise", "Übungstreue je Übung")
    case .exerciseColumns:
      (
        "Exercise|Side|Component|Dose|All days|Sessions|Assumed doses|Extra rows",
        "Übung|Seite|Bereich|Menge|Alle Tage|Einheiten|Angenommen|Zusätzlich"
      )
    case .weekTable:
      (
        "Planned and done by week (session-equivalents)",
        "Geplant und geübt je Woche (Einheiten)"
      )
    case .weekColumns: ("Week|Planned|Done|Share", "Woche|Geplant|Geübt|Anteil")
    case .gridTable:
      (
        "Week by day: D done, P partial, M missed, E excused, ? unknown, · not due",
        "Woche und Tag: G geübt, T teilweise, V versäumt, E entschuldigt, ? unbekannt, · nicht fällig"
      )
    case .gridColumns: ("Component|Week", "Bereich|Woche")
    case .gridLetters: ("D|P|M|E|?|·", "G|T|V|E|?|·")
    case .painDayTable: ("Pain by day", "Schmerz je Tag")
    case .painDayColumns:
      ("Day|Pain ({1})|7-day mean|Flare|Worst", "Tag|Schmerz ({1})|7-Tage-Mittel|Schub|Stärkster")
    case .painWeekTable: ("Pain by week", "Schmerz je Woche")
    case .painWeekColumns: ("Week|Days|Mean|Highest|Worst", "Woche|Tage|Mittel|Höchster|Stärkster")
    case .painChangeTable:
      (
        "Change of pain (means of 7 days, 0-10)",
        "Änderung des Schmerzes (Mittel aus 7 Tagen, 0-10)"
      )
    case .painChangeColumns:
      (
        "Baseline|Latest|Change|Share|Verdict|Mean|Pain-free days",
        "Anfang|Zuletzt|Änderung|Anteil|Urteil|Mittel|Schmerzfreie Tage"
      )
    case .flexibilityTable: ("Flexibility", "Beweglichkeit")
    case .flexibilityColumns:
      (
        "Test|Side|Unit|Days|First|Latest|Change|MDC|A week|Low|High|p|Verdict",
        "Test|Seite|Einheit|Tage|Erster|Letzter|Änderung|MDC|Je Woche|Von|Bis|p|Urteil"
      )
    case .measurementColumns: ("Day|{1}|Trend", "Tag|{1}|Trend")
    case .associationTable:
      ("Questions asked (adjusted for {1})", "Gestellte Fragen (angepasst für {1})")
    case .associationColumns:
      (
        "Exposure|Outcome|Lag (days)|Days|Worth|rho|Low|High|Adjusted p|Points|Low (points)"
          + "|High (points)|Verdict",
        "Einfluss|Ergebnis|Abstand (Tage)|Tage|Wert|rho|Von|Bis|Angepasstes p|Punkte|Von (Punkte)"
          + "|Bis (Punkte)|Urteil"
      )
    case .lagTable:
      (
        "Active minutes and pain by lag (described, not tested)",
        "Aktive Minuten und Schmerz je Abstand (beschrieben, nicht geprüft)"
      )
    case .lagColumns: ("Lag (days)|rho|Days", "Abstand (Tage)|rho|Tage")
    case .scatterTitle: ("{1} and pain of {2}", "{1} und Schmerz {2}")
    case .datedTable: ("Dated findings", "Befunde nach Tag")
    case .datedColumns: ("Day|Finding|What|Session", "Tag|Befund|Was|Einheit")
    case .loadTable: ("Load by week", "Belastung je Woche")
    case .loadColumns:
      (
        "Week|Days logged|Sessions|Active minutes|Minutes × exertion",
        "Woche|Tage mit Eintrag|Einheiten|Aktive Minuten|Minuten × Anstrengung"
      )
    case .exerciseWeekTable:
      ("Active minutes by exercise and week", "Aktive Minuten je Übung und Woche")
    case .exerciseWeekHead: ("Exercise|Component|Sessions", "Übung|Bereich|Einheiten")
    case .inversionTable: ("Inversion by session", "Inversion je Einheit")
    case .inversionColumns:
      ("Day|Angle (deg)|Minutes|Degrees × minutes", "Tag|Winkel (Grad)|Minuten|Grad × Minuten")
    case .thresholdTable: ("Thresholds, version {1}", "Schwellenwerte, Fassung {1}")
    case .thresholdColumns: ("Name|Value|Unit|For whom|Source", "Name|Wert|Einheit|Für wen|Quelle")
    case .fileTable: ("Files", "Dateien")
    case .fileColumns: ("File|Rows used|SHA-256", "Datei|Zeilen|SHA-256")
    case .refusedTable: ("Refused rows of these files", "Abgelehnte Zeilen dieser Dateien")
    case .refusedColumns: ("Reason|Rows", "Grund|Zeilen")
    case .sessionsTable: ("Sessions", "Übungen")
    case .sessionsColumns:
      (
        "Day|Time|Exercise|Component|Side|Sets|Reps|Hold (s)|Minutes|RPE|Load (kg)|Angle (deg)"
          + "|Pain before|Pain after|Completed|Notes|File|Line",
        "Tag|Zeit|Übung|Bereich|Seite|Sätze|Wdh.|Halten (s)|Minuten|RPE|Last (kg)|Winkel (Grad)"
          + "|Schmerz vorher|Schmerz nachher|Erledigt|Notizen|Datei|Zeile"
      )
    case .painTable: ("Pain diary", "Schmerztagebuch")
    case .painColumns:
      (
        "Day|Time|Score|Kind|Location|Scale|Flare|Notes|File|Line",
        "Tag|Zeit|Wert|Art|Ort|Skala|Schub|Notizen|Datei|Zeile"
      )
    case .measurementsTable: ("Measurements", "Messungen")
    case .measurementsColumns:
      (
        "Day|Measure|Side|Value|Unit|Trial|Rater|File|Line",
        "Tag|Messung|Seite|Wert|Einheit|Versuch|Prüfer|Datei|Zeile"
      )
    case .daysTable: ("Day statuses", "Tagesangaben")
    case .daysColumns: ("Day|Status|Hours|Reason|File|Line", "Tag|Status|Stunden|Grund|Datei|Zeile")
    case .programTable: ("Programme", "Programm")
    case .programColumns:
      (
        "Exercise|Component|Side|A week|Weekdays|Sets|Reps|Hold (s)|Minutes|From|To|File|Line",
        "Übung|Bereich|Seite|Je Woche|Wochentage|Sätze|Wdh.|Halten (s)|Minuten|Von|Bis|Datei|Zeile"
      )
    case .yesNo: ("yes|no", "ja|nein")

    case .weekChart: ("Sessions planned and done by week", "Geplante und geübte Einheiten je Woche")
    case .weekChartAxes: ("ISO week|session-equivalents", "Kalenderwoche|Einheiten")
    case .weekChartText:
      (
        "Planned and done session-equivalents in {1}; in the last week {2} were done.",
        "Geplante und geübte Einheiten in {1}; in der letzten Woche {2}."
      )
    case .painChart: ("Pain by day and its 7-day mean", "Schmerz je Tag und 7-Tage-Mittel")
    case .painChartAxes: ("day|pain (0 to 10)", "Tag|Schmerz (0 bis 10)")
    case .painChartText:
      (
        "Daily pain, its 7-day mean and flares. {1}",
        "Schmerz je Tag, 7-Tage-Mittel und Schübe. {1}"
      )
    case .measureChartAxes: ("day|value", "Tag|Wert")
    case .measureChanged: ("{1}: changed by {2} {3}, {4}.", "{1}: Änderung {2} {3}, {4}.")
    case .measureOnce: ("{1}: one measurement.", "{1}: eine Messung.")
    case .lagChart: ("Active minutes and pain by lag", "Aktive Minuten und Schmerz je Abstand")
    case .lagChartAxes: ("days later|rho", "Tage später|rho")
    case .lagChartText:
      (
        "Rank correlation of active minutes with pain up to seven days later; the largest is {1}.",
        "Rangkorrelation aktiver Minuten mit Schmerz bis sieben Tage danach; die größte ist {1}."
      )
    case .scatterText:
      (
        "Each day's {1} against its pain, {2}.", "Je Tag {1} gegen den Schmerz, {2}."
      )
    case .loadChart: ("Active minutes by week", "Aktive Minuten je Woche")
    case .loadChartAxes: ("ISO week|minutes", "Kalenderwoche|Minuten")
    case .loadChartText:
      (
        "Active minutes in {1}; in the last week {2}.",
        "Aktive Minuten in {1}; in der letzten Woche {2}."
      )
    case .inversionChart: ("Inversion by session", "Inversion je Einheit")
    case .inversionChartAxes: ("day|degrees × minutes", "Tag|Grad × Minuten")
    case .inversionChartText:
      (
        "Angle times minutes of {1}, from {2} to {3}.",
        "Winkel mal Minuten von {1}, von {2} bis {3}."
      )

    case .exercisesNote:
      (
        "What was done, whatever was prescribed. Active minutes are those logged, else sets × "
          + "repetitions × seconds held, else 3 seconds a repetition.",
        "Was geübt wurde, gleich was verordnet war. Aktive Minuten sind die eingetragenen, sonst "
          + "Sätze × Wiederholungen × Haltesekunden, sonst 3 Sekunden je Wiederholung."
      )
    case .findingsNote:
      (
        "Rules of the programme are watched, not prescribed: each line says what the log holds.",
        "Die Regeln des Programms werden beobachtet, nicht verordnet: Jede Zeile sagt, was "
          + "eingetragen ist."
      )
    case .noFindings:
      ("Nothing was found in the period.", "Im Zeitraum wurde nichts gefunden.")
    case .dataNote:
      (
        "The rows of the period as they were read, with the file and line of each.",
        "Die Zeilen des Zeitraums, wie sie gelesen wurden, je mit Datei und Zeile."
      )
    case .dataCut:
      (
        "{1}: the first {2} of {3} rows; `lumbar export` writes them all.",
        "{1}: die ersten {2} von {3} Zeilen; `lumbar export` schreibt alle."
      )
    case .painSeries: ("Series: {1}, {2}, scale {3}.", "Reihe: {1}, {2}, Skala {3}.")
    case .associationsNote:
      (
        "Associations say what went together, not why. Lag 0 compares the same day; a later lag is "
          + "no proof of direction either.",
        "Zusammenhänge sagen, was miteinander ging, nicht warum. Abstand 0 vergleicht denselben Tag; "
          + "auch ein späterer beweist keine Richtung."
      )
    case .noExercises:
      ("No exercise was logged in the period.", "Im Zeitraum ist keine Übung eingetragen.")
    case .writtenBy: ("Written by lumbar {1}. {2}", "Geschrieben von lumbar {1}. {2}")
    case .notesLeftOut:
      ("Notes are left out of this report.", "Notizen sind in diesem Bericht weggelassen.")
    case .definitionAdherence:
      (
        "Adherence: dose done of dose due, week by week, never more than due in a week (capped). A "
          + "row counts in the most specific unit prescribed: minutes, seconds held, repetitions, "
          + "sessions.",
        "Übungstreue: geübte von fälliger Menge, Woche für Woche, nie mehr als in der Woche fällig "
          + "(gedeckelt). Eine Zeile zählt in der genauesten verordneten Einheit: Minuten, "
          + "Haltesekunden, Wiederholungen, Einheiten."
      )
    case .definitionUnknown:
      (
        "Days without any record are unknown: they are left out of the figure, and counted as missed "
          + "in the one named all days. Above 20 % unknown there is no band.",
        "Tage ohne jeden Eintrag sind unbekannt: Sie bleiben außen vor und zählen nur in der Zahl "
          + "für alle Tage als versäumt. Über 20 % unbekannt gibt es keine Stufe."
      )
    case .definitionBands:
      (
        "Bands on the dose: good from 90 %, moderate from 70 %, poor below. The programme is the mean "
          + "of all exercises but warm-up and cool-down.",
        "Stufen der Menge: gut ab 90 %, mäßig ab 70 %, darunter gering. Das Programm ist das Mittel "
          + "aller Übungen außer Aufwärmen und Ausklang."
      )
    case .definitionPain:
      (
        "Pain: one kind, place and scale; a day's value is the mean of its entries. Baseline: first 7 "
          + "days with at least 3 values; latest: last 7 days of the period. Clinically important: "
          + "2 points, or 30 % and at least 1 point. A flare is 2 points above the mean of the 28 "
          + "days before.",
        "Schmerz: eine Art, ein Ort, eine Skala; der Tageswert ist das Mittel der Einträge. Anfang: "
          + "die ersten 7 Tage mit mindestens 3 Werten; zuletzt: die letzten 7 Tage des Zeitraums. "
          + "Klinisch bedeutsam: 2 Punkte, oder 30 % und mindestens 1 Punkt. Ein Schub liegt 2 Punkte "
          + "über dem Mittel der 28 Tage davor."
      )
    case .definitionFlexibility:
      (
        "Flexibility: a day's value is the mean of its trials. MDC is the minimal detectable change; "
          + "a change within it cannot be told from measurement error.",
        "Beweglichkeit: Der Tageswert ist das Mittel der Versuche. MDC ist die kleinste erkennbare "
          + "Änderung; was darunter liegt, kann Messfehler sein."
      )
    case .definitionLoad:
      (
        "Load of a week: active minutes times the exertion (RPE, 0 to 10) where every row has one.",
        "Belastung einer Woche: aktive Minuten mal Anstrengung (RPE, 0 bis 10), wo jede Zeile eine "
          + "hat."
      )
    case .definitionAssociations:
      (
        "Pain and exercise: rank correlation with the course of time taken out, days that carry over "
          + "counted for less, all questions adjusted together (Benjamini and Hochberg).",
        "Schmerz und Übung: Rangkorrelation ohne den zeitlichen Verlauf; Tage, die aufeinander "
          + "nachwirken, zählen weniger; alle Fragen gemeinsam angepasst (Benjamini und Hochberg)."
      )
    case .definitionPurpose:
      (
        "The report shows associations and published thresholds. It gives no diagnosis and no advice.",
        "Der Bericht zeigt Zusammenhänge und veröffentlichte Schwellenwerte. Er gibt keine Diagnose "
          + "und keinen Rat."
      )

    case .cohortSummary:
      (
        "{1}, {2}; pain clinically better in {3} of {4} with enough data; {5} to call.",
        "{1}, {2}; Schmerz klinisch besser bei {3} von {4} mit genug Daten; {5} anzurufen."
      )
    case .noAdherenceFigure: ("no adherence figure", "keine Angabe zur Übungstreue")
    case .medianDose: ("median dose {1}", "Menge im Median {1}")
    case .toCall: ("To call", "Anrufen")
    case .toCallTable: ("To call", "Anrufen")
    case .toCallColumns: ("Patient|Name|Why", "Person|Name|Warum")
    case .nobody: ("Nobody.", "Niemanden.")
    case .memberTable: ("Patients", "Personen")
    case .memberColumns:
      (
        "Patient|Name|Days logged|Dose|All days|Sessions|Unknown|Band|Pain mean|Pain change"
          + "|Pain verdict|Tests better|Tests worse|Days since session|Last entry",
        "Person|Name|Tage mit Eintrag|Menge|Alle Tage|Einheiten|Unbekannt|Stufe|Schmerz im Mittel"
          + "|Änderung|Urteil|Tests besser|Tests schlechter|Tage seit Einheit|Letzter Eintrag"
      )
    case .memberHeading:
      (
        "Patients (dose done of due; pain change in points, minus is less pain)",
        "Personen (Menge geübt von fällig; Änderung in Punkten, minus ist weniger)"
      )
    case .memberLine:
      (
        "Patient|Dose|Logged|Pain|Change|Tests better",
        "Person|Menge|Tage|Schmerz|Änd.|Tests besser"
      )
    case .distributionTable: ("Distributions", "Verteilungen")
    case .distributionColumns: ("Figure|Group|People", "Kennzahl|Gruppe|Personen")
    case .adherenceWord: ("adherence", "Übungstreue")
    case .painWord: ("pain", "Schmerz")
    case .absent: ("absent", "keine Angabe")
    case .withinPeople:
      (
        "Within people, days with more active minutes and pain of the same day correlate at "
          + "{1}{2}, {3} of {4}.",
        "Innerhalb der Personen korrelieren aktive Minuten und Schmerz desselben Tages mit {1}{2}, "
          + "{3} von {4}."
      )
    case .betweenPeople:
      (
        "Between people, mean active minutes and mean pain correlate at {1}{2}, {3} people.",
        "Zwischen Personen korrelieren mittlere aktive Minuten und mittlerer Schmerz mit {1}{2}, "
          + "{3} Personen."
      )
    case .signConflict:
      (
        "The two point in opposite directions: who exercises more differs from what happens on days "
          + "with more exercise. Only the first speaks of days.",
        "Beide zeigen in verschiedene Richtungen: Wer mehr übt, ist etwas anderes als Tage, an denen "
          + "mehr geübt wird. Nur die erste spricht von Tagen."
      )
    case .tooLittleData: ("Too little data.", "Zu wenige Daten.")
    case .ofTests: ("{1} of {2}", "{1} von {2}")
    case .range: (" ({1} to {2})", " ({1} bis {2})")
    case .thresholdsLine:
      ("Thresholds {1}. Written by lumbar {2}.", "Schwellenwerte {1}. Geschrieben von lumbar {2}.")
    case .callStoppedLogging:
      (
        "stopped logging: no record for {1} days",
        "trägt nichts mehr ein: seit {1} Tagen kein Eintrag"
      )
    case .callNoSession: ("no session for {1} days", "seit {1} Tagen keine Einheit")
    case .callDoseFell: ("adherence fell from {1} to {2}", "Übungstreue fiel von {1} auf {2}")
    case .callFalling: ("adherence falling week by week", "Übungstreue fällt von Woche zu Woche")
    case .callNewFlare: ("new flare on {1}", "neuer Schub am {1}")
    case .callPainUp: ("pain up by {1} points", "Schmerz um {1} Punkte gestiegen")
    case .callRefused: ("{1} refused", "{1} abgelehnt")
    }
  }
}
