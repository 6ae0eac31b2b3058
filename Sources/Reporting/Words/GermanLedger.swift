import Analysis

extension LedgerSentence {
  /// The sentence in German.
  var german: String {
    switch self {
    case .sessions: "eins für jede Einheit mit einer ausgeführten Zeile"
    case .performedRows: "ausgeführte Zeilen des Zeitraums"
    case .weekMinutes: "aktive Minuten der Zeilen der Woche"
    case .weekRated: "aktive Minuten mal Anstrengung"
    case .weekRows: "Zeilen der Woche"
    case .exerciseRows: "Zeilen der Übung"
    case .exerciseMinutes: "aktive Minuten der Übung in der Woche"
    case .inversionRows: "Zeilen der Inversion der Einheit"
    case .unprescribed: "eins für jede ausgeführte Zeile, die nicht verordnet ist"
    case .assumedDoses: "eins für jede Zeile, deren Menge als die verordnete gilt"
    case .outOfForce: "eins für jede Zeile, für die keine Verordnung galt"
    case .weekDose:
      "getan, höchstens was fällig war, durch fällig; das Mittel über Übungen und Seiten"
    case .weekSum: "die Summe über die Zeilen des Bausteins"
    case .streak: "Wochen bis zum Ende des Zeitraums mit mindestens 80 % der fälligen Einheiten"
    case .gap: "die längste Folge von Tagen des Zeitraums ohne eine davon"
    case .sinceLast: "Tage von dieser Einheit bis zum Stichtag"
    case .trajectory: "der Verlauf der Menge je Woche"
    case .painDays: "eins für jeden Tag mit einem Wert"
    case .painMean: "Mittel der Tageswerte, jeder das Mittel seiner Einträge"
    case .painBaseline: "Mittel der ersten Tage mit Schmerz"
    case .painLatest: "Mittel der letzten Tage"
    case .painChange: "die letzten Tage weniger die ersten"
    case .painChangeShare: "die Änderung als Anteil am Ausgangswert"
    case .painFreeDays: "eins für jeden schmerzfreien Tag"
    case .painEntries: "die Einträge des Zeitraums; das Verfahren steht bei den Hinweisen"
    case .recurrence: "der erste Tag mit 2 oder mehr nach 30 schmerzfreien Tagen"
    case .improvedSince:
      "von diesem Tag an bleibt jedes Mittel über 7 Tage 30 % unter dem Ausgangswert"
    case .triggers: "Schübe, die auf drei Tage ohne Schub folgen"
    case .flares: "eins für jeden Tag und jede Art eines Schubs"
    case .definedFlare: "der Tageswert liegt 2 Punkte über dem Mittel der 28 Tage davor"
    case .reportedFlare: "das Tagebuch nennt den Tag einen Schub"
    case .measurements: "jede Messung des Zeitraums"
    case .firstTrials: "Mittel der Versuche des ersten Tages"
    case .lastTrials: "Mittel der Versuche des letzten Tages"
    case .measureChange: "das Mittel des letzten Tages weniger das des ersten"
    case .measureDays: "eins für jeden Messtag"
    case .measureMethod: "die Tagesmittel dieser Zeilen; das Verfahren steht bei den Hinweisen"
    case .questionnaires: "jeder ausgewertete Fragebogen"
    case .firstScore: "der früheste Wert"
    case .lastScore: "der letzte Wert"
    case .scoreChange: "der letzte Wert weniger der erste"
    case .scores: "die Werte des Zeitraums"
    case .lags: "Paare aus aktiven Minuten und Schmerz nach Abstand"
    case .lag: "aktive Minuten eines Tages und der Schmerz so viele Tage später"
    case .questions: "eins für jede Frage mit einer Antwort"
    case .painBefore: "Schmerz eines Tages und aktive Minuten des nächsten"
    case .exposure: "der Einfluss eines Tages und der Schmerz so viele Tage später"
    case .daysInBed: "eins für jeden Tag im Bett"
    case .daysInBedPerWeek: "Tage im Bett durch die Wochen des Zeitraums"
    case .dayAfterBed:
      "Schmerz am Tag nach einem Tag im Bett (1) und nach einem Tag mit einer Einheit (0)"
    case .ruleFindings: "eins für jeden Befund"
    case .programmeChangeDays:
      "die ersten Tage der Zeilen des Programms und die Tage nach ihren letzten"
    case .programmeChange:
      "eine Gerade mit einem Bruch in Höhe und Steigung durch die 14 Tage auf beiden Seiten "
        + "der Änderung"
    case .periodBefore: "so viele Tage wie der Zeitraum, unmittelbar davor"
    case .coveredDays: "eins für jeden Tag mit einem Eintrag; seine erste Zeile"
    case .unknownDays: "eins für jeden Tag ohne Eintrag"
    case .property: "eine Eigenschaft des Berichts selbst"
    case .absent: "nicht vorhanden; der Grund steht daneben"
    case .rowsByFile: "Zeilen der Person nach Datei"
    case .refusedByReason: "abgelehnte Zeilen in den Dateien der Person nach Grund"
    case .leftOut: "ausgelassene Zeilen der Dateien der Person"
    case .painSwing: "die Änderung gegen das, was dieses Tagebuch von selbst schwankt"
    case .painWindows: "das Mittel der letzten Tage weniger das der ersten"
    case .testsBetter: "eins für jeden Test, der um mehr als seinen Fehler besser ist"
    case .testsWorse: "eins für jeden Test, der um mehr als seinen Fehler schlechter ist"
    case .testsJudged: "eins für jeden Test mit veröffentlichtem Fehler"
    case .linkLook: "die Tage der letzten Prüfung mit dem Rest, dann jede Spalte des Modells"
    }
  }
}

extension AdherenceShare {
  /// What is divided, in German.
  var german: String {
    switch self {
    case .capped: "getan, höchstens was in der Woche fällig war, durch fällig"
    case .uncapped: "getan durch fällig"
    case .allDays:
      "getan, höchstens was in der Woche fällig war, durch fällig samt Tagen ohne Eintrag"
    case .sessions: "Einheiten, höchstens was in der Woche fällig war, durch fällig"
    case .unknown: "Tage ohne Eintrag durch Tage mit Verordnung, die nicht entschuldigt sind"
    }
  }
}

extension AdherenceWhole {
  /// What it is taken of, in German; {1} is a component.
  var german: String {
    switch self {
    case .programme: "das Mittel über die Übungen ohne Aufwärmen und Abwärmen"
    case .component: "das Mittel über die Übungen des Bausteins {1}"
    case .allLines: "jede Zeile"
    case .line: "diese Zeile"
    }
  }
}

extension Definition {
  /// The definition in German.
  var german: String {
    switch self {
    case .adherence:
      "Übungstreue: geübte von fälliger Menge, Woche für Woche, nie mehr als in der Woche fällig "
        + "(gedeckelt). Eine Zeile zählt in der genauesten verordneten Einheit: Minuten, "
        + "Haltesekunden, Wiederholungen, Einheiten."
    case .unknown:
      "Tage ohne jeden Eintrag sind unbekannt: Sie bleiben außen vor und zählen nur in der Zahl "
        + "für alle Tage als versäumt. Über 20 % unbekannt gibt es keine Stufe."
    case .bands:
      "Stufen der Menge: gut ab 90 %, mäßig ab 70 %, darunter gering. Das Programm ist das Mittel "
        + "aller Übungen außer Aufwärmen und Abwärmen."
    case .pain:
      "Schmerz: eine Art, ein Ort, eine Skala für das ganze Tagebuch; der Tageswert ist das Mittel "
        + "der Einträge, beim stärksten Schmerz der höchste. Erste Tage gegen letzte Tage: 7, "
        + "später 14 und 28. Bedeutsam: 2 Punkte, oder 30 % und mindestens 1 Punkt. Gesagt wird "
        + "es, wenn es bedeutsam ist und mehr, als das Tagebuch von selbst schwankt, bei Prüfungen "
        + "nach 30, 60, 120, … Tagen mit Schmerzwert. Ein Schub liegt 2 Punkte über dem Mittel der "
        + "28 Tage davor."
    case .flexibility:
      "Beweglichkeit: Der Tageswert ist das Mittel der Versuche. MDC ist die kleinste erkennbare "
        + "Änderung; was darunter liegt, kann Messfehler sein."
    case .load:
      "Belastung einer Woche: aktive Minuten mal Anstrengung (RPE, 0 bis 10), wo jede Zeile eine "
        + "hat."
    case .associations:
      "Was zusammenhängt: eine Frage an das ganze Tagebuch, bei Prüfungen nach 42, 84, 168, 252, "
        + "504, … Tagen mit Schmerzwert; Schmerz gegen das Üben des Tages und des Vortags, ohne "
        + "früheren Schmerz, Wochentage und langsame Wellen."
    case .purpose:
      "Der Bericht zeigt Zusammenhänge und veröffentlichte Schwellenwerte. Er gibt keine Diagnose "
        + "und keinen Rat."
    }
  }
}

extension Words {
  /// Keys of a ledger's items, and the codes that stand beside them, in German.
  static let germanLedgerTerms = [
    "exercise": "Übung", "component": "Baustein", "side": "Seite", "state": "Zustand",
    "due": "fällig", "done": "getan", "assumed": "angenommen", "score": "Wert", "value": "Wert",
    "exposure": "Einfluss", "outcome": "Wirkung", "lag_days": "Tage später", "file": "Datei",
    "partial": "zum Teil", "excused": "entschuldigt", "unknown": "ohne Eintrag",
    "missed": "ausgelassen", "not-due": "nicht fällig", "session": "Einheit", "flare": "Schub",
    "pain-defined": "nach Schmerz", "self-reported": "eingetragen", "bed-rest": "Bettruhe",
    "sick": "krank", "travel": "auf Reisen", "left": "links", "right": "rechts",
    "measure": "Test", "change": "Änderung", "residual": "Rest", "rest": "Ruhetag",
    "column": "Spalte", "coefficient": "Koeffizient", "standard_error": "Standardfehler",
  ]
}
