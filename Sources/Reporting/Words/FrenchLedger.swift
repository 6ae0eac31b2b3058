import Analysis

extension LedgerSentence {
  /// The sentence in French.
  var french: String {
    switch self {
    case .sessions: "un pour chaque séance avec une ligne faite"
    case .performedRows: "lignes faites de la période"
    case .weekMinutes: "minutes actives des lignes de la semaine"
    case .weekRated: "minutes actives fois effort"
    case .weekRows: "lignes de la semaine"
    case .exerciseRows: "lignes de l'exercice"
    case .exerciseMinutes: "minutes actives de l'exercice dans la semaine"
    case .inversionRows: "lignes de l'inversion de la séance"
    case .unprescribed: "un pour chaque ligne faite qu'aucune ligne du programme ne prescrit"
    case .assumedDoses: "un pour chaque ligne dont la dose a été prise pour celle prescrite"
    case .outOfForce: "un pour chaque ligne pour laquelle rien n'était en vigueur"
    case .weekDose:
      "fait, au plus ce qui était prévu, sur prévu\u{A0}; la moyenne des exercices et des côtés"
    case .weekSum: "la somme des lignes de la composante"
    case .streak: "semaines jusqu'à la fin de la période avec au moins 80 % des séances prévues"
    case .gap: "la plus longue suite de jours de la période sans aucune d'elles"
    case .sinceLast: "jours de cette séance à la date du rapport"
    case .trajectory: "la tendance de la dose de chaque semaine"
    case .painDays: "un pour chaque jour avec une valeur"
    case .painMean: "moyenne des valeurs des jours, chacune la moyenne de ses notes"
    case .painBaseline: "moyenne des premiers jours avec douleur"
    case .painLatest: "moyenne des derniers jours"
    case .painChange: "les derniers jours moins les premiers"
    case .painChangeShare: "le changement en part de la valeur de départ"
    case .painFreeDays: "un pour chaque jour sans douleur"
    case .painEntries: "les notes de la période\u{A0}; la méthode est dans les notes du rapport"
    case .recurrence: "le premier jour à 2 ou plus après 30 jours sans douleur"
    case .improvedSince:
      "à partir de ce jour chaque moyenne sur 7 jours reste 30 % sous la valeur de départ"
    case .triggers: "crises qui suivent trois jours sans crise"
    case .flares: "un pour chaque jour et type de crise"
    case .definedFlare:
      "la valeur du jour est 2 points au-dessus de la moyenne des 28 jours d'avant"
    case .reportedFlare: "le journal appelle ce jour une crise"
    case .measurements: "chaque mesure de la période"
    case .firstTrials: "moyenne des essais du premier jour"
    case .lastTrials: "moyenne des essais du dernier jour"
    case .measureChange: "la moyenne du dernier jour moins celle du premier"
    case .measureDays: "un pour chaque jour de mesure"
    case .measureMethod:
      "les moyennes par jour de ces lignes\u{A0}; la méthode est dans les notes du rapport"
    case .questionnaires: "chaque questionnaire évalué"
    case .firstScore: "le premier score"
    case .lastScore: "le dernier score"
    case .scoreChange: "le dernier score moins le premier"
    case .scores: "les scores de la période"
    case .lags: "paires de minutes actives et de douleur selon le décalage"
    case .lag: "minutes actives d'un jour et douleur autant de jours plus tard"
    case .questions: "un pour chaque question avec une réponse"
    case .painBefore: "douleur d'un jour et minutes actives du lendemain"
    case .exposure: "l'exposition d'un jour et la douleur autant de jours plus tard"
    case .daysInBed: "un pour chaque jour au lit"
    case .daysInBedPerWeek: "jours au lit sur les semaines de la période"
    case .dayAfterBed:
      "douleur le lendemain d'un jour au lit (1) et le lendemain d'un jour avec séance (0)"
    case .ruleFindings: "un pour chaque constat"
    case .programmeChangeDays:
      "les premiers jours des lignes du programme et les jours après leurs derniers"
    case .programmeChange:
      "une droite avec une rupture de niveau et de pente par les 14 jours de chaque côté du "
        + "changement"
    case .periodBefore: "autant de jours que la période, juste avant elle"
    case .coveredDays: "un pour chaque jour avec une donnée\u{A0}; sa première ligne"
    case .unknownDays: "un pour chaque jour sans donnée"
    case .property: "une propriété du rapport lui-même"
    case .absent: "absent\u{A0}; le motif est à côté"
    case .rowsByFile: "lignes de la personne par fichier"
    case .refusedByReason: "lignes refusées dans les fichiers de la personne par motif"
    case .leftOut: "lignes laissées de côté dans les fichiers de la personne"
    case .painSwing: "le changement face à ce que ce journal varie de lui-même"
    case .painWindows: "la moyenne des derniers jours moins celle des premiers"
    case .testsBetter: "un pour chaque test en progrès de plus que son erreur"
    case .testsWorse: "un pour chaque test en recul de plus que son erreur"
    case .testsJudged: "un pour chaque test avec une erreur publiée"
    case .linkLook: "les jours du dernier calcul avec ce qui restait, puis chaque colonne du modèle"
    }
  }
}

extension AdherenceShare {
  /// What is divided, in French.
  var french: String {
    switch self {
    case .capped: "fait, au plus ce qui était prévu dans la semaine, sur prévu"
    case .uncapped: "fait sur prévu"
    case .allDays:
      "fait, au plus ce qui était prévu dans la semaine, sur prévu avec les jours non renseignés"
    case .sessions: "séances, au plus celles prévues dans la semaine, sur prévues"
    case .unknown: "jours non renseignés sur jours en vigueur non excusés"
    }
  }
}

extension AdherenceWhole {
  /// What it is taken of, in French; {1} is a component.
  var french: String {
    switch self {
    case .programme: "la moyenne des exercices sauf l'échauffement et le retour au calme"
    case .component: "la moyenne des exercices de la composante {1}"
    case .allLines: "toutes les lignes"
    case .line: "cette ligne"
    }
  }
}

extension Definition {
  /// The definition in French.
  var french: String {
    switch self {
    case .adherence:
      "Assiduité\u{A0}: dose faite sur dose prévue, semaine par semaine, jamais plus que le prévu "
        + "de la semaine (plafonné). Une ligne compte dans l'unité prescrite la plus "
        + "précise\u{A0}: minutes, secondes tenues, répétitions, séances."
    case .unknown:
      "Les jours sans aucune donnée sont inconnus\u{A0}: ils ne comptent pas dans le chiffre, et "
        + "comptent comme manqués dans celui de tous les jours. Au-delà de 20 % d'inconnu il n'y a "
        + "pas de niveau."
    case .bands:
      "Niveaux de la dose\u{A0}: bon à partir de 90 %, moyen à partir de 70 %, faible en dessous. "
        + "Le programme est la moyenne de tous les exercices sauf l'échauffement et le retour au "
        + "calme."
    case .pain:
      "Douleur\u{A0}: un type, un lieu et une échelle pour tout le journal\u{A0}; la valeur d'un "
        + "jour est la moyenne de ses notes, pour la pire douleur la plus haute. Premiers jours "
        + "face aux derniers\u{A0}: 7, puis 14 et 28. Important\u{A0}: 2 points, ou 30 % et au "
        + "moins 1 point. C'est dit quand c'est important et plus que les variations propres du "
        + "journal, lors de calculs après 30, 60, 120, … jours avec douleur notée. Une crise est 2 "
        + "points au-dessus de la moyenne des 28 jours d'avant."
    case .flexibility:
      "Souplesse\u{A0}: la valeur d'un jour est la moyenne de ses essais. MDC est le changement "
        + "minimal détectable\u{A0}; un changement plus petit ne se distingue pas de l'erreur de "
        + "mesure."
    case .load:
      "Charge d'une semaine\u{A0}: minutes actives fois l'effort (RPE, de 0 à 10) quand chaque "
        + "ligne en a un."
    case .associations:
      "Quels liens\u{A0}: une question à tout le journal, lors de calculs après 42, 84, 168, 252, "
        + "504, … jours avec douleur notée\u{A0}; la douleur face à l'exercice du jour et de la "
        + "veille, sans la douleur d'avant, les jours de la semaine et les vagues lentes."
    case .purpose:
      "Le rapport montre des associations et des seuils publiés. Il ne donne ni diagnostic ni "
        + "conseil."
    }
  }
}

extension Words {
  /// Keys of a ledger's items, and the codes that stand beside them, in French.
  static let frenchLedgerTerms = [
    "exercise": "exercice", "component": "composante", "side": "côté", "state": "état",
    "due": "prévu", "done": "fait", "assumed": "supposé", "score": "valeur", "value": "valeur",
    "exposure": "exposition", "outcome": "résultat", "lag_days": "jours plus tard",
    "file": "fichier", "partial": "partiel", "excused": "excusé", "unknown": "non renseigné",
    "missed": "manqué", "not-due": "rien de prévu", "session": "séance", "flare": "crise",
    "pain-defined": "selon la douleur", "self-reported": "noté", "bed-rest": "repos au lit",
    "sick": "malade", "travel": "en voyage", "left": "à gauche", "right": "à droite",
    "measure": "test", "change": "changement", "residual": "reste", "rest": "repos",
    "column": "colonne", "coefficient": "coefficient", "standard_error": "erreur type",
  ]
}
