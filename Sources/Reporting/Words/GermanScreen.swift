extension ScreenPhrase {
  /// The phrase in German.
  var german: String {
    switch self {
    case .numbersOf: "Die Zahlen: {1}"
    case .doneOfDue: "des Geplanten; {1} von {2} Tagen haben einen Eintrag"
    case .lowerBetter: "niedriger ist besser"
    case .higherBetter: "höher ist besser"
    case .testFromTo: "Tests um mehr als ihren Messfehler besser. {1}: {2} auf {3} {4}; {5}."
    case .testFromToPlain: "Tests um mehr als ihren Messfehler besser."
    case .painFromTo: "von 10; niedriger ist besser; {1}."
    case .safetyHeading: "Wann zum Arzt"
    case .safetyLines:
      "Sofort: neue Taubheit oder Schwäche, oder Störungen von Blase oder Darm.|Bald: "
        + "Rückenschmerz nach einem Sturz oder Unfall.|Bald: Rückenschmerz mit Fieber oder "
        + "Krankheitsgefühl.|Bald: Rückenschmerz nach einer Krebserkrankung oder bei "
        + "Gewichtsverlust ohne Grund."
    case .painBand: "weniger als eine wichtige Änderung"
    case .testBand: "Messfehler des Tests"
    case .sessionDays: "Tag mit Übungen"
    case .cohortOrders: "Dringendes zuerst|Nach Namen|Nach Anteil"
    case .peopleColumns: "Wer|Geübt|Anteil|Beweglicher|Schmerz|Mittel|Was zusammenhängt|Je Woche"
    case .painByWeek: "Schmerz je Woche: {1}"
    case .moreFiles: "{1} und {2} weitere"
    case .doneColumns: "Übung|Geübt|Alle Tage"
    case .doneTables: "Was Sie vom Geplanten geübt haben|Dasselbe für jede Übung"
    case .testColumns: "Test|Erster|Letzter|Änderung|±|Also"
    case .workedOutHeading: "Wie gerechnet wurde"
    case .workedOut:
      "Geübt ist, was Sie vom Geplanten getan haben, Woche für Woche. Mehr als geplant "
        + "zählt nicht doppelt.|Tage ohne Eintrag bleiben außen vor. Alle Tage zählt sie "
        + "als versäumt.|Ein Test ist besser oder schlechter, wenn er sich um mehr als "
        + "seinen üblichen Fehler geändert hat.|Der Schmerz ist das Mittel der ersten Tage "
        + "gegen das Mittel der letzten.|Eine Änderung wird genannt, wenn sie groß genug "
        + "ist und größer als Ihr übliches Auf und Ab.|Was zusammenhängt, vergleicht Ihre "
        + "eigenen Tage mit und ohne Übung im ganzen Tagebuch.|Geprüft wird nur nach "
        + "festen Zahlen von Tagen, damit Zufall nicht als Fund gilt.|Der Bericht sagt, "
        + "was zusammengeht, nicht warum. Er stellt keine Diagnose und gibt keinen Rat."
    case .ownNotes: "Aus dem Tagebuch"
    case .earlierNotes: "Frühere Notizen in der Arbeitsmappe: {1}."
    }
  }
}
