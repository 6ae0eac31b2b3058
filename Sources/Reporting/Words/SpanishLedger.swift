import Analysis

extension LedgerSentence {
  /// The sentence in Spanish.
  var spanish: String {
    switch self {
    case .sessions: "uno por cada sesión con una fila realizada"
    case .performedRows: "filas realizadas del periodo"
    case .weekMinutes: "minutos activos de las filas de la semana"
    case .weekRated: "minutos activos por esfuerzo"
    case .weekRows: "filas de la semana"
    case .exerciseRows: "filas del ejercicio"
    case .exerciseMinutes: "minutos activos del ejercicio en la semana"
    case .inversionRows: "filas de la inversión de la sesión"
    case .unprescribed: "uno por cada fila realizada que ninguna línea prescribe"
    case .assumedDoses: "uno por cada fila cuya dosis se tomó como la prescrita"
    case .outOfForce: "uno por cada fila para la que no regía ninguna línea"
    case .weekDose:
      "hecho, como máximo lo previsto, entre lo previsto; la media de ejercicios y lados"
    case .weekSum: "la suma de las líneas del componente"
    case .streak:
      "semanas hasta el final del periodo con al menos el 80 % de las sesiones previstas"
    case .gap: "la serie más larga de días del periodo sin ninguna de estas"
    case .sinceLast: "días desde esta sesión hasta la fecha del informe"
    case .trajectory: "la tendencia de la dosis semanal"
    case .painDays: "uno por cada día con un valor"
    case .painMean: "media de los valores diarios, cada uno la media de sus anotaciones"
    case .painBaseline: "media de los primeros días con dolor"
    case .painLatest: "media de los últimos días"
    case .painChange: "los últimos días menos los primeros"
    case .painChangeShare: "el cambio como proporción del valor inicial"
    case .painFreeDays: "uno por cada día sin dolor"
    case .painEntries: "las anotaciones del periodo; el método está en las notas"
    case .recurrence: "el primer día de 2 o más tras 30 días sin dolor"
    case .improvedSince:
      "desde este día toda media de 7 días queda un 30 % por debajo del valor inicial"
    case .triggers: "crisis que siguen a tres días sin crisis"
    case .flares: "uno por cada día y tipo de crisis"
    case .definedFlare:
      "el valor del día está 2 puntos por encima de la media de los 28 días anteriores"
    case .reportedFlare: "el diario llama crisis al día"
    case .measurements: "todas las mediciones del periodo"
    case .firstTrials: "media de los intentos del primer día"
    case .lastTrials: "media de los intentos del último día"
    case .measureChange: "la media del último día menos la del primero"
    case .measureDays: "uno por cada día de medición"
    case .measureMethod: "las medias diarias de estas filas; el método está en las notas"
    case .questionnaires: "todos los cuestionarios puntuados"
    case .firstScore: "la primera puntuación"
    case .lastScore: "la última puntuación"
    case .scoreChange: "la última puntuación menos la primera"
    case .scores: "las puntuaciones del periodo"
    case .lags: "pares de minutos activos y dolor según el desfase"
    case .lag: "minutos activos de un día y el dolor tantos días después"
    case .questions: "uno por cada pregunta con respuesta"
    case .painBefore: "dolor de un día y minutos activos del siguiente"
    case .exposure: "la exposición de un día y el dolor tantos días después"
    case .daysInBed: "uno por cada día en cama"
    case .daysInBedPerWeek: "días en cama entre las semanas del periodo"
    case .dayAfterBed:
      "dolor el día después de un día en cama (1) y después de un día con sesión (0)"
    case .ruleFindings: "uno por cada hallazgo"
    case .programmeChangeDays:
      "los primeros días de las líneas del programa y los días después de los últimos"
    case .programmeChange:
      "una recta con un salto de nivel y de pendiente por los 14 días a cada lado del cambio"
    case .periodBefore: "tantos días como el periodo, justo antes"
    case .coveredDays: "uno por cada día con algún registro; su primera fila"
    case .unknownDays: "uno por cada día sin registro"
    case .property: "una propiedad del propio informe"
    case .absent: "ausente; el motivo está al lado"
    case .rowsByFile: "filas de la persona por archivo"
    case .refusedByReason: "filas rechazadas en los archivos de la persona por motivo"
    case .leftOut: "filas omitidas de los archivos de la persona"
    case .painSwing: "el cambio frente a lo que este diario oscila por sí solo"
    case .painWindows: "la media de los últimos días menos la de los primeros"
    case .testsBetter: "uno por cada prueba que mejora más que su error"
    case .testsWorse: "uno por cada prueba que empeora más que su error"
    case .testsJudged: "uno por cada prueba con un error publicado"
    case .linkLook: "los días del último cálculo con lo que quedó, después cada columna del modelo"
    }
  }
}

extension AdherenceShare {
  /// What is divided, in Spanish.
  var spanish: String {
    switch self {
    case .capped: "hecho, como máximo lo previsto en la semana, entre lo previsto"
    case .uncapped: "hecho entre previsto"
    case .allDays:
      "hecho, como máximo lo previsto en la semana, entre lo previsto con los días sin registro"
    case .sessions: "sesiones, como máximo las previstas en la semana, entre las previstas"
    case .unknown: "días sin registro entre días en vigor no justificados"
    }
  }
}

extension AdherenceWhole {
  /// What it is taken of, in Spanish; {1} is a component.
  var spanish: String {
    switch self {
    case .programme: "la media de los ejercicios menos calentamiento y vuelta a la calma"
    case .component: "la media de los ejercicios del componente {1}"
    case .allLines: "todas las líneas"
    case .line: "esta línea"
    }
  }
}

extension Definition {
  /// The definition in Spanish.
  var spanish: String {
    switch self {
    case .adherence:
      "Adherencia: dosis hecha de la prevista, semana a semana, nunca más de lo previsto en la "
        + "semana (con tope). Una fila cuenta en la unidad prescrita más precisa: minutos, "
        + "segundos mantenidos, repeticiones, sesiones."
    case .unknown:
      "Los días sin ningún registro son desconocidos: no entran en la cifra y solo cuentan como no "
        + "hechos en la llamada de todos los días. Con más del 20 % desconocido no hay nivel."
    case .bands:
      "Niveles de la dosis: bueno desde el 90 %, medio desde el 70 %, por debajo bajo. El programa "
        + "es la media de todos los ejercicios menos calentamiento y vuelta a la calma."
    case .pain:
      "Dolor: un tipo, un lugar y una escala para todo el diario; el valor de un día es la media "
        + "de sus anotaciones, en el peor dolor la más alta. Primeros días frente a últimos días: "
        + "7, después 14 y 28. Importante: 2 puntos, o un 30 % y al menos 1 punto. Se dice cuando "
        + "es importante y mayor que los vaivenes del propio diario, en cálculos tras 30, 60, 120, "
        + "… días con dolor anotado. Una crisis está 2 puntos por encima de la media de los 28 "
        + "días anteriores."
    case .flexibility:
      "Flexibilidad: el valor de un día es la media de sus intentos. MDC es el cambio mínimo "
        + "detectable; un cambio menor no se distingue del error de medición."
    case .load:
      "Carga de una semana: minutos activos por el esfuerzo (RPE, de 0 a 10) cuando todas las "
        + "filas lo tienen."
    case .associations:
      "Qué va con qué: una pregunta a todo el diario, en cálculos tras 42, 84, 168, 252, 504, … "
        + "días con dolor anotado; dolor frente al ejercicio del día y del anterior, sin el dolor "
        + "previo, los días de la semana ni las ondas lentas."
    case .purpose:
      "El informe muestra asociaciones y umbrales publicados. No da diagnóstico ni consejo."
    }
  }
}

extension Words {
  /// Keys of a ledger's items, and the codes that stand beside them, in Spanish.
  static let spanishLedgerTerms = [
    "exercise": "ejercicio", "component": "componente", "side": "lado", "state": "estado",
    "due": "previsto", "done": "hecho", "assumed": "supuesto", "score": "valor", "value": "valor",
    "exposure": "exposición", "outcome": "resultado", "lag_days": "días después", "file": "archivo",
    "partial": "parcial", "excused": "justificado", "unknown": "sin registro", "missed": "no hecho",
    "not-due": "nada previsto", "session": "sesión", "flare": "crisis",
    "pain-defined": "según el dolor", "self-reported": "anotado", "bed-rest": "reposo en cama",
    "sick": "enfermo", "travel": "de viaje", "left": "izquierda", "right": "derecha",
    "measure": "prueba", "change": "cambio", "residual": "resto", "rest": "descanso",
    "column": "columna", "coefficient": "coeficiente", "standard_error": "error estándar",
  ]
}
