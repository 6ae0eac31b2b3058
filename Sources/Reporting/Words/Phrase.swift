/// Every fixed phrase of the reports; each language has a file of its own.
///
/// `{1}` is the first gap to fill. A bar parts the one from the many, yes from no, or the members
/// of a list, as the name tells.
enum Phrase: String, CaseIterable, Sendable {
  // Nouns: the one and the many.
  case day, loggedDay, session, week, test, programLine, rowWas, patient
  case dayOfFlare, dayOfBedRest, person
  // Names of months and weekdays.
  case months, weekdays
  // Periods.
  case periodOfDay, periodInMonth, periodInYear, periodOverYears, dayOfMonth
  // The page.
  case reportTitle, cohortTitle, daysLogged, didIDoIt, amIMoreFlexible, isPainChanging, whatGoesWith
  case needsAttention, nothingStandsOut, stillMissing, nothing, sourcesLine, none, safety
  case adherenceHeading, painHeading, painHeadingOnScale, bedRestHeading, flexibilityHeading
  case questionnaireHeading
  case programme, all, mean, highest, better, worse
  // Did I do it?
  case noProgramme, nothingWasDue, dose, doseGood, doseModerate, dosePartly, doseHardly
  case doseUnsure, doseAllDays
  // Am I more flexible?
  case oneMeasurement, noPublishedError, withinErrorOnly, more, shortBetter, shortWorse, shortMixed
  // Is the pain changing?
  case noPain, tooEarly, noScaleThreshold, lessPain, slope, slopeWithInterval
  // The registry of thresholds
  case registryTerms
  // Pain and links, in words.
  case painTold, painToldBefore, painPerhaps, painUntilLook, painNoChange, painShort
  case painPerhapsShort, painLookShort, painCodes, didItCodes, flexibleCodes, linkCodes, rangeLower,
    rangeHigher, rangeBoth, lower, higher
  case nextLook, linkFirstLook, linkTooFew, linkVariation, linkNoSessions, linkNone, linkTold,
    linkUnknown
  case linkReverse, linkWhen, factorsAsked, factorTold, factorNone, factorUnasked, factorWhen
  // What goes with what?
  case noPairs, sameDay, nextDay, daysLater
  case activeMinutes, aSession, bedRest, pain, minutesOf
  case restTooEarly, restSame, restDiffers, restCompared
  // Verdicts and reasons.
  case tooFewIndependent, haveNeed, noData, reasonNothingDue, tooManyUnknown, tooFewInARow
  case tooLittleVariation, windowsOverlap, noThreshold, tooFewFlares, notReached
  case improved, worsened, detectablyBetter, detectablyWorse, withinError
  case good, moderate, poor, lowConfidence, notPrescribed, bothSides, left, right
  case belowThreshold
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
  case tooMuchInversion, noRecord, changeOfPain, linksMissing, refusedRows
  // Rules, dated.
  case ruleWarmUp, ruleCoolDown, ruleSlowly, ruleCeiling, ruleInversion, ruleBedRest,
    ruleMaintenance
  case detailNoWarmUp, detailBeforeWarmUp, detailNoCoolDown, detailAfterCoolDown, detailPainFrom
  case detailPainTo, detailAngle, detailMinutes, detailLoad, detailRatedLoad, detailDayInBed
  case detailDaysInBed, detailMaintenance, detailRepeated
  case flare, flareDefined, flareReported, recurrence, recurrenceDetail, lastingImprovement
  case improvementDetail, programmeChanged, programmeChangedDetail, roughLevel
  // Sheets.
  case sheetQuestionnaires, questionnaireTable, questionnaireColumns
  case sheetSummary, sheetAdherence, sheetPain, sheetFlexibility, sheetExercises, sheetAssociations
  case sheetFindings, sheetData, sheetNotes, sheetToCall, sheetPatients, sheetOverview
  // Summary sheet.
  case inFigures, figureColumns, daysAndLines, doseDone, testsBetter, testsOf, painChangeFigure
  case painMeanFigure, sessionsFigure, linksFigure, pleaseNote
  // Tables: title, then headers parted by bars.
  case adherenceTable, adherenceColumns, programmeRow, exerciseTable, exerciseColumns, weekTable
  case weekColumns, gridTable, gridColumns, gridLetters
  case painDayTable, painDayColumns, painWeekTable, painWeekColumns, painChangeTable
  case painChangeColumns, flexibilityTable, flexibilityColumns, measurementColumns
  case associationTable, associationColumns, lagTable, lagColumns
  case datedTable, datedColumns, loadTable, loadColumns, exerciseWeekTable, exerciseWeekHead
  case inversionTable, inversionColumns, thresholdTable, thresholdColumns, fileTable, fileColumns
  case refusedTable, refusedColumns
  case sessionsTable, sessionsColumns, painTable, painColumns, measurementsTable,
    measurementsColumns
  case daysTable, daysColumns, programTable, programColumns, yesNo
  // Charts: title, axes, what it shows.
  case weekChart, weekChartAxes, weekChartText, painChart, painChartAxes, painChartText
  case measureCapped, measureChartAxes, measureChanged, measureOnce, lagChart, lagChartAxes,
    lagChartText
  case loadChart, loadChartAxes, loadChartText, inversionChart, inversionChartAxes
  case inversionChartText
  // Introductions and notes.
  case exercisesNote, findingsNote, noFindings, dataNote, dataCut, painSeries, associationsNote
  case noExercises, writtenBy, notesLeftOut
  // The ledger behind a figure.
  case ledgerAbsent, ledgerEntries, ledgerFigures, ledgerRange, ledgerPart, ledgerPlace, ledgerSum
  case ledgerEmpty
  // Units, dates, which tests changed, and the signs between parts of a line.
  case degrees, firstOfMonth, changedBetter, changedWorse, labelled, partsParted
}

/// What the figures mean, a paragraph each, in the order in which they stand.
enum Definition: String, CaseIterable, Sendable {
  case adherence, unknown, bands, pain, flexibility, load, associations, purpose
}

/// Every fixed phrase of a cohort's report, as `Phrase` holds those of all reports.
enum CohortPhrase: String, CaseIterable, Sendable {
  case sinceStart, withoutProgramme, cohortSummary, noAdherenceFigure, medianDose, toCall,
    toCallTable, nobody
  case memberTable, memberColumns, memberHeading, memberLine, distributionTable, distributionColumns
  case pooledLink, pooledNone, pooledDiffers, ownLinks, linksLeftOut, linkTable, linkColumns
  case answerNames, tooLittleData
  case ofTests, range, thresholdsLine
  case callStoppedLogging, callNoSession, callDoseFell, callFalling, callNewFlare, callPainUp
  case callPainMaybe
  case callRefused
  case callNew, callNewCell, callColumns, awayHeading, awaySnoozed, awayDischarged, awayEarlier
  case problemsHeading, sheetProblems, problemNobody, problemUnread, problemAlike, andMore
}

/// The phrases that only a workbook says: months and short dates, its charts, how it is printed.
enum BookPhrase: String, CaseIterable, Sendable {
  case shortMonths, shortDate, monthAndYear, dayAxis, monthAxis, monthColumn, sessionMark
  case painMonthTable, painSpanChart, painSpanText, weekMonthTable, weekMonthChart
  case loadMonthTable, loadMonthChart, exerciseMonthTable, exerciseSpanNote, higherIsBetter
  case lowerIsBetter, errorColumns, errorNote, scoreColumns, scoreNote, scoreText
  case linkShareTitle, linkShareAxes, linkShareGroups, linkShareText, linkShareNote, printHint
  case sheetDescription, testsBetterOf, painKindColumn, answersChart
}

/// The phrases that only a page for a screen says.
enum ScreenPhrase: String, CaseIterable, Sendable {
  case numbersOf, doneOfDue, lowerBetter, higherBetter, testFromTo, testFromToPlain, painFromTo
  case safetyHeading, safetyLines, painBand, testBand, sessionDays, cohortOrders, peopleColumns
  case painByWeek, moreFiles, doneColumns, doneTables, testColumns, workedOutHeading, workedOut
  case ownNotes, earlierNotes
}
