extension BookPhrase {
  /// The phrase in German.
  var german: String {
    switch self {
    case .shortMonths: "Jan.|Feb.|März|Apr.|Mai|Juni|Juli|Aug.|Sept.|Okt.|Nov.|Dez."
    case .shortDate: "{1}. {2}"
    case .monthAndYear: "{1} {2}"
    case .dayAxis: "[$-407]d. mmm"
    case .monthAxis: "[$-407]mmm yyyy"
    case .monthColumn: "Monat"
    case .sessionMark: "Einheit"
    case .painMonthTable: "Schmerz nach Monaten"
    case .painSpanChart:
      "Schmerz nach Wochen: Mittel und höchster|Schmerz nach Monaten: Mittel und höchster"
    case .painSpanText:
      "Mittlerer und höchster Schmerz in {1} Zeitabschnitten, im Mittel von {2} bis {3}."
    case .weekMonthTable:
      "Geplant und geübt nach Monaten (Einheiten-Äquivalente; Wochen nach ihrem Donnerstag)"
    case .weekMonthChart: "Geplante und geübte Einheiten nach Monaten"
    case .loadMonthTable: "Umfang nach Monaten (Wochen nach ihrem Donnerstag)"
    case .loadMonthChart: "Aktive Minuten nach Monaten"
    case .exerciseMonthTable: "Aktive Minuten nach Übung und Monat (Wochen nach ihrem Donnerstag)"
    case .exerciseSpanNote:
      "Spalten heißen nach dem Tag, an dem ihre Woche beginnt, oder nach ihrem Monat."
    case .higherIsBetter: "{1}: mehr ist besser"
    case .lowerIsBetter: "{1}: weniger ist besser"
    case .errorColumns: "Erster Wert minus MDC|Erster Wert plus MDC"
    case .errorNote:
      "Dünne Linien: der erste Wert, minus und plus MDC. Ein Wert dazwischen kann Messfehler "
        + "sein."
    case .scoreColumns: "Tag|Punkte|Minus was zählt|Plus was zählt"
    case .scoreNote: "Dünne Linien: die ersten Punkte, minus und plus die Änderung, die zählt."
    case .scoreText: "{1}: von {2} auf {3}, {4}."
    case .linkShareTitle:
      "Schmerz an Tagen ohne und mit Einheit|Schmerz an Tagen nach Tagen ohne und mit "
        + "Einheit|Schmerz nach Übungsminuten des Tages|Schmerz nach Übungsminuten des Vortages"
    case .linkShareAxes: "Schmerz des Tages (0 bis 10)|Anteil der Tage"
    case .linkShareGroups:
      "Ohne Einheit ({1})|Mit Einheit ({1})|Keine Minuten ({1})|Bis {2} Minuten ({1})|Über {2} "
        + "Minuten ({1})"
    case .linkShareText: "Wie viele von hundert Tagen welchen Schmerz haben: {1}. {2}"
    case .linkShareNote:
      "Das Bild zeigt die Tage, wie sie waren. Die Antwort rechnet außerdem heraus, was von "
        + "Tag zu Tag nachwirkt, den Ablauf der Woche und langsames Auf und Ab."
    case .printHint:
      "Wird nicht mit dem Bericht gedruckt. Um dieses Blatt zu drucken: in Excel in den "
        + "Druckeinstellungen „Druckbereich ignorieren“ wählen, in LibreOffice den Druckbereich "
        + "löschen."
    case .sheetDescription: "Beschreibung"
    case .testsBetterOf: "Tests über ihrem Messfehler besser, von {1}"
    case .painKindColumn: "Art des Schmerzes"
    case .answersChart: "Personen nach Antwort: {1}"
    }
  }
}
