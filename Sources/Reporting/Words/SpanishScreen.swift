extension ScreenPhrase {
  /// The phrase in Spanish.
  var spanish: String {
    switch self {
    case .numbersOf: "Los números: {1}"
    case .doneOfDue: "de lo previsto; {1} de {2} días tienen un registro"
    case .lowerBetter: "más bajo es mejor"
    case .higherBetter: "más alto es mejor"
    case .testFromTo: "pruebas mejoran más que su error. {1}: de {2} a {3} {4}; {5}."
    case .testFromToPlain: "pruebas mejoran más que su error."
    case .painFromTo: "de 10; más bajo es mejor; {1}."
    case .safetyHeading: "Cuándo ir al médico"
    case .safetyLines:
      "De inmediato: nueva falta de sensibilidad o de fuerza, o problemas para orinar "
        + "o defecar.|Pronto: dolor de espalda tras una caída o un accidente.|Pronto: "
        + "dolor de espalda con fiebre o malestar general.|Pronto: dolor de espalda si ha "
        + "tenido cáncer o pierde peso sin motivo."
    case .painBand: "menos que un cambio importante"
    case .testBand: "error de la prueba"
    case .sessionDays: "día con sesión"
    case .cohortOrders: "Lo más urgente primero|Por nombre|Por parte hecha"
    case .peopleColumns:
      "Quién|Lo hizo|Hecho|Más flexible|Dolor|Media|Qué va con el dolor|Por semana"
    case .painByWeek: "Dolor por semana: {1}"
    case .moreFiles: "{1} y {2} más"
    case .doneColumns: "Ejercicio|Hecho|Todos los días"
    case .doneTables: "Lo que hizo de lo previsto|Lo mismo para cada ejercicio"
    case .testColumns: "Prueba|Primera|Última|Cambio|±|Así que"
    case .workedOutHeading: "Cómo se calculó"
    case .workedOut:
      "Hecho es lo que hizo de lo previsto, semana a semana. Más de lo previsto no "
        + "cuenta dos veces.|Los días sin registro quedan fuera. Todos los días los cuenta "
        + "como no hechos.|Una prueba está mejor o peor si cambió más que su error "
        + "habitual.|El dolor es la media de los primeros días frente a la de los últimos.|"
        + "Un cambio se dice cuando es lo bastante grande y mayor que sus altibajos de "
        + "siempre.|Qué va con qué compara sus propios días con y sin ejercicio en todo el "
        + "diario.|Solo se mira tras ciertos números de días, para no dar el azar por "
        + "hallazgo.|El informe dice qué va junto, no por qué. No da diagnóstico ni "
        + "consejo."
    case .ownNotes: "Del diario"
    case .earlierNotes: "Notas anteriores en el libro de cálculo: {1}."
    }
  }
}
