extension BookPhrase {
  /// The phrase in Spanish.
  var spanish: String {
    switch self {
    case .shortMonths: "ene|feb|mar|abr|may|jun|jul|ago|sept|oct|nov|dic"
    case .shortDate: "{1} {2}"
    case .monthAndYear: "{1} {2}"
    case .dayAxis: "[$-C0A]d mmm"
    case .monthAxis: "[$-C0A]mmm yyyy"
    case .monthColumn: "Mes"
    case .sessionMark: "Sesión"
    case .painMonthTable: "Dolor por mes"
    case .painSpanChart: "Dolor medio y máximo por semana|Dolor medio y máximo por mes"
    case .painSpanText: "Dolor medio y máximo en {1} periodos; la media va de {2} a {3}."
    case .weekMonthTable:
      "Previsto y hecho por mes (equivalentes de sesión; cada semana según su jueves)"
    case .weekMonthChart: "Sesiones previstas y hechas por mes"
    case .loadMonthTable: "Carga por mes (cada semana según su jueves)"
    case .loadMonthChart: "Minutos activos por mes"
    case .exerciseMonthTable: "Minutos activos por ejercicio y mes (cada semana según su jueves)"
    case .exerciseSpanNote: "Las columnas llevan el día en que empieza su semana, o su mes."
    case .higherIsBetter: "{1}: más es mejor"
    case .lowerIsBetter: "{1}: menos es mejor"
    case .errorColumns: "Primer valor menos MDC|Primer valor más MDC"
    case .errorNote:
      "Líneas finas: el primer valor, menos y más el MDC. Un valor entre ellas puede "
        + "ser error de medida."
    case .scoreColumns: "Día|Puntos|Menos lo que importa|Más lo que importa"
    case .scoreNote: "Líneas finas: los primeros puntos, menos y más el cambio que importa."
    case .scoreText: "{1}: de {2} a {3}, {4}."
    case .linkShareTitle:
      "Dolor en días sin y con sesión|Dolor en días tras días sin y con sesión|Dolor "
        + "según los minutos de ejercicio del día|Dolor según los minutos de ejercicio del "
        + "día anterior"
    case .linkShareAxes: "dolor del día (0 a 10)|parte de los días"
    case .linkShareGroups:
      "Sin sesión ({1})|Con sesión ({1})|Sin minutos ({1})|Hasta {2} minutos ({1})|Más "
        + "de {2} minutos ({1})"
    case .linkShareText: "Cuántos de cien días tienen cada puntuación de dolor: {1}. {2}"
    case .linkShareNote:
      "La imagen muestra los días como fueron. La respuesta descuenta además lo que "
        + "pasa de un día a otro, la rutina de la semana y los altibajos lentos."
    case .printHint:
      "No se imprime con el informe. Para imprimir esta hoja: en Excel elija «Omitir "
        + "el área de impresión» al imprimir; en LibreOffice borre el área de impresión."
    case .sheetDescription: "Descripción"
    case .testsBetterOf: "Pruebas mejores que su error, de {1}"
    case .painKindColumn: "Tipo de dolor"
    case .answersChart: "Personas por respuesta: {1}"
    }
  }
}
