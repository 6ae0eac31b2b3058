extension CohortPhrase {
  /// The phrase in French.
  var french: String {
    switch self {
    case .sinceStart: "{1} du début de chaque programme ({2})"
    case .withoutProgramme: "Laissés de côté\u{A0}: {1} sans programme."
    case .cohortSummary:
      "{1}, {2}\u{A0}; moins de douleur est démontré chez {3} sur {4} avec assez de données\u{A0}; "
        + "à appeler\u{A0}: {5}."
    case .noAdherenceFigure: "pas de chiffre d'assiduité"
    case .medianDose: "dose médiane {1}"
    case .toCall: "À appeler"
    case .toCallTable: "À appeler"
    case .nobody: "Personne."
    case .memberTable: "Patients"
    case .memberColumns:
      "Patient|Nom|Jours renseignés|Dose|Tous les jours|Séances|Inconnu|Niveau|Douleur "
        + "moyenne|Changement de la douleur|Réponse sur la douleur|Tests mieux|Tests moins "
        + "bons|Jours depuis la séance|Dernière donnée"
    case .memberHeading:
      "Patients (dose faite sur prévue\u{A0}; écart en points, négatif = moins de douleur)"
    case .memberLine: "Patient|Dose|Jours|Douleur|Écart|Tests mieux"
    case .distributionTable: "Répartitions"
    case .distributionColumns: "Chiffre|Groupe|Personnes"
    case .pooledLink:
      "Sur {1}\u{A0}: les jours avec une séance, la douleur était {3} de {2} que les jours sans "
        + "séance ({4})."
    case .pooledNone:
      "Sur {1}, pas de lien clair\u{A0}: les jours avec une séance, la douleur était {3} de {2} "
        + "que les jours sans séance ({4})."
    case .pooledDiffers: " D'une personne à l'autre, cela varie d'environ {1} (écart-type)."
    case .ownLinks:
      "Liens propres\u{A0}: {1} sur {2} avec calcul\u{A0}; {3} tiennent quand tous sont ajustés."
    case .linksLeftOut:
      "Laissés de côté\u{A0}: {1}, avec trop peu de jours, des jours trop semblables ou un autre "
        + "type de douleur."
    case .linkTable: "Douleur les jours avec séance face aux jours sans séance, par personne"
    case .linkColumns:
      "Patient|Points|De|À|Rapproché de tous|De|À|Réponse propre|Tient après ajustement"
    case .answerNames: "Fait|Souplesse|Douleur|Liens"
    case .tooLittleData: "Trop peu de données."
    case .ofTests: "{1} sur {2}"
    case .range: " ({1} à {2})"
    case .thresholdsLine: "Seuils {1}. Écrit par lumbar {2}."
    case .callStoppedLogging: "ne note plus rien\u{A0}: aucune donnée depuis {1} jours"
    case .callNoSession: "aucune séance depuis {1} jours"
    case .callDoseFell: "l'assiduité est passée de {1} à {2}"
    case .callFalling: "l'assiduité baisse de semaine en semaine"
    case .callNewFlare: "nouvelle crise le {1}"
    case .callPainUp: "douleur en hausse de {1} points"
    case .callPainMaybe: "douleur en hausse de {1} points, peut-être une simple variation"
    case .callRefused: "{1}"
    case .callNew: "NOUVEAU {1}"
    case .callNewCell: "nouveau"
    case .callColumns: "Patient|Nom|Pourquoi|Sur la liste depuis"
    case .awayHeading: "Hors de la liste"
    case .awaySnoozed: "{1}\u{A0}: reporté jusqu’au {2}"
    case .awayDischarged: "{1}\u{A0}: sortie le {2}"
    case .awayEarlier: "{1} avec une sortie antérieure"
    case .problemsHeading: "Problèmes de données, pour qui gère lumbar"
    case .sheetProblems: "Problèmes de données"
    case .problemNobody: "{1} sans nommer personne de connu"
    case .problemUnread: "{1} n’a pas pu être lu\u{A0}; lumbar status dit pourquoi"
    case .problemAlike:
      "{1} ressemble à {2}\u{A0}; si c’est la même personne, lumbar merge les réunit"
    case .andMore: "et {1} de plus"
    }
  }
}
