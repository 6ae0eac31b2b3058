extension CohortPhrase {
  /// The phrase in German.
  var german: String {
    switch self {
    case .sinceStart: "erste {1} jedes Programms ({2})"
    case .withoutProgramme: "Nicht dabei: {1} ohne Programm."
    case .cohortSummary:
      "{1}, {2}; weniger Schmerz ist bei {3} von {4} mit genug Daten gezeigt; {5} anzurufen."
    case .noAdherenceFigure: "keine Angabe zur Übungstreue"
    case .medianDose: "Menge im Median {1}"
    case .toCall: "Anrufen"
    case .toCallTable: "Anrufen"
    case .nobody: "Niemanden."
    case .memberTable: "Personen"
    case .memberColumns:
      "Person|Name|Tage mit Eintrag|Menge|Alle Tage|Einheiten|Unbekannt|Stufe|Schmerz im "
        + "Mittel|Änderung|Antwort|Tests besser|Tests schlechter|Tage seit Einheit|Letzter Eintrag"
    case .memberHeading: "Personen (Menge geübt von fällig; Änderung in Punkten, minus ist weniger)"
    case .memberLine: "Person|Menge|Tage|Schmerz|Änd.|Tests besser"
    case .distributionTable: "Verteilungen"
    case .distributionColumns: "Kennzahl|Gruppe|Personen"
    case .pooledLink:
      "Über {1} zusammen: An Tagen mit Übung war der Schmerz um {2} {3} als an Tagen ohne ({4})."
    case .pooledNone:
      "Über {1} zusammen gibt es keinen klaren Zusammenhang: An Tagen mit Übung war der Schmerz um "
        + "{2} {3} als an Tagen ohne ({4})."
    case .pooledDiffers: " Von Person zu Person verschieden um etwa {1} (Standardabweichung)."
    case .ownLinks: "Eigener Zusammenhang: {1} von {2} mit Prüfung; angepasst bleiben {3}."
    case .linksLeftOut: "Nicht dabei: {1}; zu wenige oder zu gleiche Tage, anderer Schmerzwert."
    case .linkTable: "Schmerz an Tagen mit Übung gegen Tage ohne, nach Person"
    case .linkColumns:
      "Patient|Punkte|Von|Bis|Zu allen gezogen|Von|Bis|Eigene Antwort|Bleibt nach Anpassung"
    case .answerNames: "Gemacht|Beweglichkeit|Schmerz|Zusammenhänge"
    case .tooLittleData: "Zu wenige Daten."
    case .ofTests: "{1} von {2}"
    case .range: " ({1} bis {2})"
    case .thresholdsLine: "Schwellenwerte {1}. Geschrieben von lumbar {2}."
    case .callStoppedLogging: "trägt nichts mehr ein: seit {1} Tagen kein Eintrag"
    case .callNoSession: "seit {1} Tagen keine Einheit"
    case .callDoseFell: "Übungstreue fiel von {1} auf {2}"
    case .callFalling: "Übungstreue fällt von Woche zu Woche"
    case .callNewFlare: "neuer Schub am {1}"
    case .callPainUp: "Schmerz in den letzten 7 Tagen um {1} Punkte höher"
    case .callPainMaybe:
      "Schmerz in den letzten 7 Tagen um {1} Punkte höher, vielleicht nur ein Schwanken"
    case .callRefused: "{1} abgelehnt"
    case .callNew: "NEU {1}"
    case .callNewCell: "neu"
    case .callColumns: "Person|Name|Warum|Auf der Liste seit"
    case .awayHeading: "Nicht auf der Liste"
    case .awaySnoozed: "{1}: zurückgestellt bis {2}"
    case .awayDischarged: "{1}: entlassen am {2}"
    case .awayEarlier: "{1} früher entlassen"
    case .problemsHeading: "Mängel der Daten, für die Betreuung von lumbar"
    case .sheetProblems: "Datenmängel"
    case .problemNobody: "{1} abgelehnt, ohne eine bekannte Person"
    case .problemUnread: "{1} war nicht zu lesen; lumbar status sagt, warum"
    case .problemAlike: "{1} sieht aus wie {2}; ist es eine Person, verbindet sie lumbar merge"
    case .andMore: "und {1} weitere"
    }
  }
}
