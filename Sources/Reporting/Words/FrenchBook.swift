extension BookPhrase {
  /// The phrase in French.
  var french: String {
    switch self {
    case .shortMonths: "janv.|févr.|mars|avr.|mai|juin|juil.|août|sept.|oct.|nov.|déc."
    case .shortDate: "{1} {2}"
    case .monthAndYear: "{1} {2}"
    case .dayAxis: "[$-40C]d mmm"
    case .monthAxis: "[$-40C]mmm yyyy"
    case .monthColumn: "Mois"
    case .sessionMark: "Séance"
    case .painMonthTable: "Douleur par mois"
    case .painSpanChart:
      "Douleur moyenne et maximale par semaine|Douleur moyenne et maximale par mois"
    case .painSpanText:
      "Douleur moyenne et maximale sur {1} périodes\u{A0}; la moyenne va de {2} à {3}."
    case .weekMonthTable:
      "Prévu et fait par mois (équivalents de séance\u{A0}; chaque semaine selon son jeudi)"
    case .weekMonthChart: "Séances prévues et faites par mois"
    case .loadMonthTable: "Charge par mois (chaque semaine selon son jeudi)"
    case .loadMonthChart: "Minutes actives par mois"
    case .exerciseMonthTable:
      "Minutes actives par exercice et par mois (chaque semaine selon son jeudi)"
    case .exerciseSpanNote: "Les colonnes portent le jour où commence leur semaine, ou leur mois."
    case .higherIsBetter: "{1}\u{A0}: plus, c’est mieux"
    case .lowerIsBetter: "{1}\u{A0}: moins, c’est mieux"
    case .errorColumns: "Première valeur moins MDC|Première valeur plus MDC"
    case .errorNote:
      "Lignes fines\u{A0}: la première valeur, moins et plus le MDC. Une valeur entre elles "
        + "peut être une erreur de mesure."
    case .scoreColumns: "Jour|Score|Moins ce qui compte|Plus ce qui compte"
    case .scoreNote: "Lignes fines\u{A0}: le premier score, moins et plus le changement qui compte."
    case .scoreText: "{1}\u{A0}: de {2} à {3}, {4}."
    case .linkShareTitle:
      "Douleur les jours sans et avec séance|Douleur les jours après des jours sans et "
        + "avec séance|Douleur selon les minutes d’exercice du jour|Douleur selon les "
        + "minutes d’exercice de la veille"
    case .linkShareAxes: "douleur du jour (0 à 10)|part des jours"
    case .linkShareGroups:
      "Sans séance ({1})|Avec séance ({1})|Aucune minute ({1})|Jusqu’à {2} minutes "
        + "({1})|Plus de {2} minutes ({1})"
    case .linkShareText: "Combien de jours sur cent ont chaque score de douleur\u{A0}: {1}. {2}"
    case .linkShareNote:
      "L’image montre les jours tels qu’ils étaient. La réponse enlève aussi ce qui "
        + "passe d’un jour à l’autre, le rythme de la semaine et les lentes variations."
    case .printHint:
      "Non imprimé avec le rapport. Pour imprimer cette feuille\u{A0}: dans Excel, «\u{A0}"
        + "Ignorer la zone d’impression\u{A0}»\u{A0}; dans LibreOffice, supprimer la zone "
        + "d’impression."
    case .sheetDescription: "Description"
    case .testsBetterOf: "Tests meilleurs que leur erreur, sur {1}"
    case .painKindColumn: "Type de douleur"
    case .answersChart: "Personnes par réponse\u{A0}: {1}"
    }
  }
}
