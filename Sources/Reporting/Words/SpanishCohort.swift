extension CohortPhrase {
  /// The phrase in Spanish.
  var spanish: String {
    switch self {
    case .sinceStart: "primeros {1} de cada programa ({2})"
    case .withoutProgramme: "Fuera: {1} sin programa."
    case .cohortSummary:
      "{1}, {2}; se demuestra menos dolor en {3} de {4} con datos suficientes; por llamar: {5}."
    case .noAdherenceFigure: "sin cifra de adherencia"
    case .medianDose: "mediana de la dosis {1}"
    case .toCall: "Por llamar"
    case .toCallTable: "Por llamar"
    case .nobody: "Nadie."
    case .memberTable: "Pacientes"
    case .memberColumns:
      "Paciente|Nombre|Días con registro|Dosis|Todos los días|Sesiones|Desconocido|Nivel|Dolor "
        + "medio|Cambio del dolor|Respuesta del dolor|Pruebas mejores|Pruebas peores|Días desde la "
        + "sesión|Último registro"
    case .memberHeading:
      "Pacientes (dosis hecha de la prevista; cambio en puntos, negativo = menos dolor)"
    case .memberLine: "Paciente|Dosis|Días|Dolor|Cambio|Mejores"
    case .distributionTable: "Distribuciones"
    case .distributionColumns: "Cifra|Grupo|Personas"
    case .pooledLink:
      "En conjunto, {1}: en los días con sesión el dolor fue {2} puntos {3} que en los días sin "
        + "sesión ({4})."
    case .pooledNone:
      "En conjunto, {1}, sin relación clara: en los días con sesión el dolor fue {2} puntos {3} "
        + "que en los días sin sesión ({4})."
    case .pooledDiffers: " De una persona a otra varía en unos {1} (desviación estándar)."
    case .ownLinks:
      "Relaciones propias: {1} de {2} con cálculo; {3} se mantienen al ajustarlas todas."
    case .linksLeftOut:
      "Fuera: {1}, por muy pocos días, días demasiado iguales u otro tipo de valor de dolor."
    case .linkTable: "Dolor en los días con sesión frente a los días sin sesión, por persona"
    case .linkColumns:
      "Paciente|Puntos|Desde|Hasta|Acercado a todos|Desde|Hasta|Respuesta propia|Se mantiene "
        + "ajustada"
    case .answerNames: "Hecho|Flexibilidad|Dolor|Relaciones"
    case .tooLittleData: "Muy pocos datos."
    case .ofTests: "{1} de {2}"
    case .range: " (de {1} a {2})"
    case .thresholdsLine: "Umbrales {1}. Escrito por lumbar {2}."
    case .callStoppedLogging: "dejó de anotar: sin registro desde hace {1} días"
    case .callNoSession: "sin sesión desde hace {1} días"
    case .callDoseFell: "la adherencia bajó de {1} a {2}"
    case .callFalling: "la adherencia baja semana a semana"
    case .callNewFlare: "nueva crisis el {1}"
    case .callPainUp: "el dolor subió {1} puntos"
    case .callPainMaybe: "el dolor subió {1} puntos, que pueden ser un vaivén"
    case .callRefused: "{1}"
    case .callNew: "NUEVO {1}"
    case .callNewCell: "nuevo"
    case .callColumns: "Paciente|Nombre|Por qué|En la lista desde"
    case .awayHeading: "Fuera de la lista"
    case .awaySnoozed: "{1}: aplazado hasta el {2}"
    case .awayDischarged: "{1}: alta el {2}"
    case .awayEarlier: "{1} con alta anterior"
    case .problemsHeading: "Problemas con los datos, para quien maneja lumbar"
    case .sheetProblems: "Problemas de datos"
    case .problemNobody: "{1} sin nombrar a nadie conocido"
    case .problemUnread: "{1} no se pudo leer; lumbar status dice por qué"
    case .problemAlike: "{1} se parece a {2}; si son la misma persona, únalos con lumbar merge"
    case .andMore: "y {1} más"
    }
  }
}
