extension ScreenPhrase {
  /// The phrase in French.
  var french: String {
    switch self {
    case .numbersOf: "Les chiffres\u{A0}: {1}"
    case .doneOfDue: "de ce qui était prévu\u{A0}; {1} jours sur {2} ont une note"
    case .lowerBetter: "plus bas, c’est mieux"
    case .higherBetter: "plus haut, c’est mieux"
    case .testFromTo:
      "tests meilleurs au-delà de leur erreur. {1}\u{A0}: de {2} à {3} {4}\u{A0}; {5}."
    case .testFromToPlain: "tests meilleurs au-delà de leur erreur."
    case .painFromTo: "sur 10\u{A0}; plus bas, c’est mieux\u{A0}; {1}."
    case .safetyHeading: "Quand voir un médecin"
    case .safetyLines:
      "Tout de suite\u{A0}: perte nouvelle de sensibilité ou de force, ou troubles pour "
        + "uriner ou aller à la selle.|Bientôt\u{A0}: mal de dos après une chute ou un "
        + "accident.|Bientôt\u{A0}: mal de dos avec fièvre ou malaise.|Bientôt\u{A0}: mal de dos "
        + "après un cancer, ou avec une perte de poids sans raison."
    case .painBand: "moins qu’un changement important"
    case .testBand: "erreur du test"
    case .sessionDays: "jour avec une séance"
    case .cohortOrders: "Le plus urgent d’abord|Par nom|Par part faite"
    case .peopleColumns:
      "Qui|L’a fait|Fait|Plus souple|Douleur|Moyenne|Ce qui va avec la douleur|Par "
        + "semaine"
    case .painByWeek: "Douleur par semaine\u{A0}: {1}"
    case .moreFiles: "{1} et {2} autres"
    case .doneColumns: "Exercice|Fait|Tous les jours"
    case .doneTables: "Ce que vous avez fait du prévu|La même chose par exercice"
    case .testColumns: "Test|Premier|Dernier|Écart|±|Donc"
    case .workedOutHeading: "Comment c’est calculé"
    case .workedOut:
      "Fait, c’est ce que vous avez fait du prévu, semaine après semaine. Plus que "
        + "prévu ne compte pas deux fois.|Les jours sans note sont laissés de côté. Tous "
        + "les jours les compte comme manqués.|Un test va mieux ou moins bien s’il a "
        + "changé plus que son erreur habituelle.|La douleur, c’est la moyenne des "
        + "premiers jours face à celle des derniers.|Un changement est dit s’il est assez "
        + "grand et dépasse vos hauts et bas habituels.|Ce qui va avec la douleur compare "
        + "vos propres jours avec et sans exercice, dans tout le journal.|On ne regarde "
        + "qu’après certains nombres de jours, pour ne pas prendre le hasard pour un fait.|"
        + "Le rapport dit ce qui va ensemble, pas pourquoi. Il ne donne ni diagnostic ni "
        + "conseil."
    case .ownNotes: "Du journal"
    case .earlierNotes: "Notes antérieures dans le classeur\u{A0}: {1}."
    }
  }
}
