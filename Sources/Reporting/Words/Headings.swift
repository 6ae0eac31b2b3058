import Records

extension Words {
  /// What the column of a field is headed by, where a kind has no table of its own making.
  func heading(of field: Field) -> String {
    let name = field.name.split(separator: "_").joined(separator: " ")
    return language == .english ? Words.capital(name) : Words.german[field] ?? Words.capital(name)
  }

  /// What the table of a kind is called, where it has none of its own making.
  func title(of kind: any Row.Type) -> String {
    language == .english
      ? "\(kind.declaration.plural)" : Words.germanKinds[kind.kind] ?? "\(kind.declaration.plural)"
  }

  private static let german: [Field: String] = [
    .exercise: "Übung", .component: "Baustein", .sets: "Sätze", .reps: "Wiederholungen",
    .holdSeconds: "Halten (s)", .minutes: "Minuten", .rpe: "Anstrengung", .completed: "Erledigt",
    .notes: "Notizen", .side: "Seite", .score: "Wert", .kind: "Art", .location: "Ort",
    .scale: "Skala", .flare: "Schub", .measure: "Messung", .value: "Wert", .unit: "Einheit",
    .rater: "Prüfer", .device: "Gerät", .trial: "Versuch", .status: "Status", .hours: "Stunden",
    .reason: "Grund", .factor: "Einfluss", .instrument: "Fragebogen", .items: "Antworten",
  ]

  private static let germanKinds: [Kind: String] = [
    .questionnaires: "Fragebögen", .factors: "Einflüsse",
  ]
}
