import Records

extension Words {
  /// What the column of a field is headed by, where a kind has no table of its own making.
  func heading(of field: Field) -> String {
    Words.headings[language]?[field]
      ?? Words.capital(field.name.split(separator: "_").joined(separator: " "))
  }

  /// What the table of a kind is called, where it has none of its own making.
  func title(of kind: any Row.Type) -> String {
    Words.kinds[language]?[kind.kind] ?? "\(kind.declaration.plural)"
  }

  private static let headings: [Language: [Field: String]] = [
    .german: [
      .exercise: "Übung", .component: "Baustein", .sets: "Sätze", .reps: "Wiederholungen",
      .holdSeconds: "Halten (s)", .minutes: "Minuten", .rpe: "Anstrengung", .completed: "Erledigt",
      .notes: "Notizen", .side: "Seite", .score: "Wert", .kind: "Art", .location: "Ort",
      .scale: "Skala", .flare: "Schub", .measure: "Messung", .value: "Wert", .unit: "Einheit",
      .rater: "Prüfer", .device: "Gerät", .trial: "Versuch", .status: "Status", .hours: "Stunden",
      .reason: "Grund", .factor: "Einfluss", .instrument: "Fragebogen", .items: "Antworten",
    ],
    .spanish: [
      .exercise: "Ejercicio", .component: "Componente", .sets: "Series", .reps: "Repeticiones",
      .holdSeconds: "Mantener (s)", .minutes: "Minutos", .rpe: "Esfuerzo",
      .completed: "Completado", .notes: "Notas", .side: "Lado", .score: "Valor", .kind: "Tipo",
      .location: "Lugar", .scale: "Escala", .flare: "Crisis", .measure: "Medición",
      .value: "Valor", .unit: "Unidad", .rater: "Evaluador", .device: "Aparato",
      .trial: "Intento", .status: "Estado", .hours: "Horas", .reason: "Motivo",
      .factor: "Factor", .instrument: "Cuestionario", .items: "Respuestas",
    ],
    .french: [
      .exercise: "Exercice", .component: "Composante", .sets: "Séries", .reps: "Répétitions",
      .holdSeconds: "Tenue (s)", .minutes: "Minutes", .rpe: "Effort", .completed: "Terminé",
      .notes: "Notes", .side: "Côté", .score: "Valeur", .kind: "Type", .location: "Lieu",
      .scale: "Échelle", .flare: "Crise", .measure: "Mesure", .value: "Valeur", .unit: "Unité",
      .rater: "Évaluateur", .device: "Appareil", .trial: "Essai", .status: "État",
      .hours: "Heures", .reason: "Motif", .factor: "Facteur", .instrument: "Questionnaire",
      .items: "Réponses",
    ],
  ]

  private static let kinds: [Language: [Kind: String]] = [
    .german: [.questionnaires: "Fragebögen", .factors: "Einflüsse"],
    .spanish: [.questionnaires: "Cuestionarios", .factors: "Factores"],
    .french: [.questionnaires: "Questionnaires", .factors: "Facteurs"],
  ]
}
