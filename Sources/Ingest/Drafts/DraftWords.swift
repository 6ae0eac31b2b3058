/// The words by which the columns of unknown tables speak, in English, German, Spanish, French,
/// Italian, Portuguese and Dutch; folded as `ColumnLook.fold` folds names.
enum DraftWords {
  // MARK: Pain

  static let pain: Set<String> = [
    "pain", "pains", "nrs", "vas", "backache", "backpain", "dolor", "dolores", "douleur",
    "douleurs", "dolore", "dor", "dores", "pijn", "rugpijn", "lumbalgia", "lumbago", "nprs", "eva",
    "hurt", "hurts", "duele", "duelen", "dolido", "dolio",
    "doi", "doem", "weh",
  ]
  /// Within compounds: Rückenschmerz, Schmerzstärke.
  static let painStems = ["schmerz", "pijnscore"]
  /// Words that pain stands beside when the column is about something else.
  static let notPain: Set<String> = [
    "relief", "relieved", "free", "freedom", "improvement", "improved", "reduction", "reduced",
    "decrease", "episodes", "besserung", "mejora", "amelioration", "reduktion", "killer", "killers",
    "painkiller", "painkillers", "medication",
    "medications", "medicine", "meds", "drug", "drugs", "tablet", "tablets", "pill", "pills",
    "no", "not", "without", "days", "hours", "hour", "duration", "minutes", "count",
    "number", "frequency", "times", "type", "quality", "kind", "location", "site", "where", "area",
    "region", "place", "trigger", "triggers", "cause", "reason", "comment", "comments", "note",
    "notes", "description", "interference", "interfere", "interferes", "interfered", "affect",
    "affects", "affected", "limit", "limits", "limited", "because", "due", "catastrophizing",
    "catastrophising", "efficacy", "expectation", "expected", "acceptance", "acceptable", "fear",
    "avoidance", "goal", "target", "threshold", "tolerance", "onset", "since", "weeks", "months",
    "years", "history", "group", "clinic", "change", "difference", "percent", "complete",
    "completed", "cope", "coping", "control", "doctor", "cream", "gel", "patch", "ibuprofen",
    "frei", "mittel", "medikament", "medikamente", "tablette", "tabletten", "ohne", "kein",
    "keine", "tage", "stunden", "dauer", "anzahl", "haufigkeit", "ort", "stelle", "wo", "art",
    "ausloser", "ursache", "grund", "notiz", "bemerkung", "wegen", "seit", "schmerzmittel",
    "schmerzfrei", "schmerzfreie", "schmerztablette", "schmerztabletten", "schmerzort",
    "schmerzmedikament", "schmerzmedikamente", "schmerzlinderung", "schmerzart", "schmerztage",
    "schmerzdauer", "linderung", "schmerzstelle", "schmerzursache", "schmerzgel", "schmerzpflaster",
    "sin", "dias", "horas", "duracion", "alivio", "medicacion", "medicamento",
    "medicamentos", "pastilla", "pastillas", "analgesico", "analgesicos", "calmante", "calmantes",
    "lugar", "zona", "donde", "tipo", "causa", "motivo", "frecuencia",
    "sans", "jours", "heures", "duree", "soulagement", "medicament", "medicaments",
    "cat", "total", "sum", "summe", "index", "subscale", "antidouleur", "antidouleurs",
    "analgesique", "comprime", "comprimes", "lieu", "endroit", "ou",
    "localisation", "cause", "frequence", "nombre", "humeur", "senza", "giorni", "sollievo",
    "farmaco", "farmaci", "sem", "alivio", "remedio", "zonder", "dagen", "pijnstiller",
    "pijnstillers", "pijnvrij", "locatie", "mood", "animo",
  ]
  /// What a column of pain may be called that does not say so; taken where nothing else is meant.
  static let intensity: Set<String> = [
    "intensity", "intensitat", "intensidad", "intensite", "intensita", "intensidade",
    "intensiteit",
  ]
  /// What may be pain and may be anything.
  static let rating: Set<String> = [
    "score", "rating", "severity", "level", "starke", "niveau", "nivel", "stufe", "wert", "punkte",
  ]
  static let average: Set<String> = [
    "average", "avg", "mean", "usual", "durchschnitt", "durchschnittlich", "durchschnittliche",
    "mittlerer", "mittel", "promedio", "medio", "moyenne", "moyen", "media", "overall", "typical",
    "gemiddeld",
  ]
  static let worst: Set<String> = [
    "worst", "max", "maximum", "strongest", "highest", "peak", "starkster", "starkste", "maximal",
    "schlimmster", "schlimmste", "starksten", "forte", "fuerte", "peor", "maximo", "maxima", "pire",
    "peggiore", "massimo", "pior",
    "ergste",
  ]
  static let least: Set<String> = [
    "least", "min", "minimum", "lowest", "best", "geringster", "geringste", "minimal", "minimo",
    "menor", "moindre", "minore",
  ]
  static let now: Set<String> = [
    "now", "current", "currently", "jetzt", "aktuell", "aktueller", "momentan", "ahora", "actual",
    "maintenant", "actuelle", "adesso", "attuale", "agora", "atual", "nu", "huidige",
  ]
  static let before: Set<String> = [
    "before", "pre", "vorher", "vor", "davor", "antes", "avant", "prima", "voor",
  ]
  static let after: Set<String> = [
    "after", "post", "afterwards", "nachher", "nach", "danach", "despues", "apres", "dopo",
    "depois", "na",
  ]
  /// Parts of a day; a score of one stands beside those of others.
  static let partOfDay: Set<String> = [
    "morning", "am", "noon", "midday", "afternoon", "evening", "pm", "night", "bedtime", "waking",
    "morgen", "morgens", "fruh", "mittag", "mittags", "nachmittag", "nachmittags", "abend",
    "abends", "nacht", "nachts", "manana", "mediodia", "tarde", "noche", "matin", "midi", "soir",
    "nuit", "mattina", "mattino", "pomeriggio", "sera", "notte", "manha", "noite", "ochtend",
    "middag", "avond", "aufwachen", "aufstehen", "schlafengehen", "reveil", "lever", "coucher",
    "levantarse", "levantar", "despertar", "acostarse", "wake", "risveglio", "bed",
  ]
  /// Places of pain beside the back, which needs no name.
  static let places: Set<String> = [
    "neck", "nacken", "hals", "cuello", "nuque", "cou", "cervical", "collo", "pescoco", "nek",
    "shoulder", "shoulders", "schulter", "schultern", "hombro", "epaule", "spalla", "ombro",
    "knee", "knees", "knie", "rodilla", "genou", "ginocchio", "joelho", "hip", "hips", "hufte",
    "cadera", "hanche", "anca", "quadril", "heup", "leg", "legs", "bein", "beine", "pierna",
    "jambe", "gamba", "perna", "been", "head", "kopf", "cabeza", "tete", "testa", "cabeca",
    "hoofd", "foot", "feet", "fuss", "pie", "pied", "arm", "arms", "brazo", "bras", "hand",
    "wrist", "elbow", "ankle", "chest", "belly", "stomach", "buttock", "gesass", "glute", "groin",
    "ischias", "sciatica", "ciatica", "sciatique",
  ]
  /// How words for pain of other places begin.
  static let otherPains = [
    "kopfschmerz", "zahnschmerz", "bauchschmerz", "regelschmerz", "knieschmerz", "nackenschmerz",
    "schulterschmerz", "halsschmerz", "gelenkschmerz", "huftschmerz", "beinschmerz", "migra",
    "menstru", "headache", "toothache", "cefalea", "jaqueca",
  ]
  /// The back by name.
  static let back: Set<String> = [
    "back", "lower", "low", "lumbar", "rucken", "kreuz", "lws", "espalda", "dos", "lombaire",
    "lombaires", "schiena", "costas", "rug", "onderrug", "lumbago", "lumbalgia",
  ]
  static let location: Set<String> = [
    "location", "locations", "site", "where", "area", "region", "place", "part", "ort", "stelle",
    "wo", "korperteil", "lugar", "zona", "donde", "lieu", "endroit", "localisation", "locatie",
    "schmerzort", "schmerzstelle", "luogo",
  ]
  static let flare: Set<String> = [
    "flare", "flareup", "schub", "brote", "poussee", "crise", "recidiva",
  ]

  // MARK: Who and when

  static let person: Set<String> = [
    "patient", "participant", "subject", "person", "proband", "probandin", "patientin",
    "teilnehmer", "teilnehmerin", "paciente", "participante", "sujeto", "persona", "sujet",
    "paziente", "partecipante", "deelnemer", "pid", "patientid", "patientnr", "client", "klient",
    "pat", "pt", "cliente", "subj",
  ]
  /// Words beside which a person's word says something else.
  static let notPerson: Set<String> = [
    "is", "ist", "es", "est", "age", "alter", "edad", "sex", "gender", "group", "gruppe", "count",
    "number", "satisfaction", "reported", "global", "impression", "status", "name", "initials",
    "health", "type", "care", "education", "contact", "weight", "height", "goal", "notes",
  ]
  static let id: Set<String> = ["id", "nr", "no", "code", "number", "nummer", "kennung", "codigo"]
  static let recordID: Set<String> = ["record", "study", "studien", "estudio"]
  /// What a clinic calls the number of a person.
  static let file: Set<String> = [
    "historia", "dossier", "akte", "mrn", "fallnr", "fall", "hc", "nhc", "case", "expediente",
    "chart", "fallnummer", "aktenzeichen",
    "cartella", "prontuario",
  ]
  /// A person's own name, or address.
  static let personName: Set<String> = [
    "name", "nombre", "nom", "nome", "naam", "vorname", "prenom", "initials", "initialen", "email",
    "mail", "correo", "login", "user", "username",
  ]
  /// What describes people in surveys.
  static let age: Set<String> = ["age", "alter", "edad", "eta", "idade", "leeftijd"]
  static let sex: Set<String> = [
    "sex", "gender", "geschlecht", "sexo", "sexe", "sesso", "geslacht",
  ]
  /// How words for a booking begin.
  static let bookings = [
    "cancel", "booked", "waitlist", "no-show", "noshow", "storniert", "gebucht", "abgesagt",
    "reserv", "annul", "prenotat",
  ]
  /// What tables about work, sales and lessons speak of.
  static let business: Set<String> = [
    "meeting", "call", "project", "task", "customer", "customers", "squad", "ticket", "sprint",
    "invoice", "invoices", "revenue",
    "sales", "grant", "shares", "strike", "incasso", "coperti", "umsatz", "kunde", "kunden",
    "invendus", "ventes", "ventas", "tempo", "piece", "chapter", "marks", "homework", "grade",
    "price", "preis", "precio", "prix", "kilometer", "einsatz", "leitung",
  ]
  static let date: Set<String> = [
    "date", "datum", "fecha", "data", "day", "tag", "dia", "jour", "giorno", "dag", "when",
    "wann", "cuando", "quand", "timestamp", "zeitstempel", "horodateur", "started", "start",
    "recorded", "datetime", "zeitpunkt", "submitted", "moment", "ts",
  ]
  /// Dates that are none of a day of the diary.
  static let notDate: Set<String> = [
    "birth", "dob", "born", "geburt", "geburtsdatum", "geburtstag", "nacimiento", "naissance",
    "nascita", "nascimento", "end", "ended", "ende", "bis", "fin", "until", "due", "next",
    "nachster", "proxima", "surgery", "operation", "op", "updated", "modified", "changed",
    "created", "onset", "exported", "deadline", "expiry", "enrolment", "enrollment", "consent",
    "finish", "finished", "completed", "dose", "appointment", "termin", "cita", "menstruation",
    "period",
  ]
  static let time: Set<String> = [
    "time", "uhrzeit", "zeit", "hora", "heure", "ora", "tijd", "clock", "uhr", "at", "um",
    "beginn", "start", "started",
  ]
  static let year: Set<String> = ["year", "jahr", "ano", "annee", "anno", "jaar", "yyyy"]
  static let month: Set<String> = ["month", "monat", "mes", "mois", "mese", "maand", "mm"]
  static let dayOfMonth: Set<String> = ["day", "tag", "dia", "jour", "giorno", "dag", "dd"]

  // MARK: What was done

  static let exercise: Set<String> = [
    "exercise", "exercises", "exercice", "exercices", "ejercicio", "ejercicios", "ubung",
    "ubungen", "esercizio", "esercizi", "exercicio", "exercicios", "oefening", "oefeningen",
    "exercised", "physioubungen", "ubungsname", "gymnastik", "ruckenubungen", "ruckenubung",
    "ruckengymnastik", "exo", "exos",
  ]
  /// Words that say exercise where a column is of yes and no.
  static let therapy: Set<String> = [
    "physio", "physiotherapy", "krankengymnastik", "fisio", "fisioterapia", "kine", "stretch",
    "stretched", "stretching", "training", "trainiert", "workout", "programm", "program",
    "programme", "programa", "rutina", "routine", "gedehnt", "gedehnt", "trained",
  ]
  /// How the words of an exercise begin.
  static let exerciseStems = [
    "stretch", "dehn", "gedehn", "estir", "etire", "plank", "planch", "squat", "sentadilla",
    "kniebeug", "brucke", "beckenk", "crunch", "lunge", "zancada", "cobra", "kobra", "katze",
    "vierfuss", "superman", "clam", "piriform", "hamstring", "isquio", "ischio", "psoas", "pilates",
    "walking", "spazier", "camin", "marcher", "swim", "schwimm", "natacion",
    "natation", "cycling", "radfahr", "inversion", "fortalec", "renforcement", "movilidad",
    "mobilisation", "mobility", "mobilite", "aufwarm", "calentamiento", "echauffement", "jogg",
    "gymnast", "kindhalt", "unterarmst", "seitst", "ruckenstreck", "gainage", "allungament",
    "alongament", "camminata", "caminhada", "wandel", "zwem", "rekken", "beinheb", "krafttrain",
    "faszien",
  ]
  /// Words that are an exercise alone.
  static let exerciseWords: Set<String> = [
    "walk", "walked", "walks", "swim", "yoga", "bridge", "bridges", "puente", "pont", "curl",
    "curls", "cat", "gato", "chat", "gatto", "bird", "bug", "pelvic", "marche", "jog", "run",
    "running", "lauf", "laufen", "gehen", "rad", "bike", "bici", "velo", "row", "rowing",
    "warmup", "cooldown", "strengthening", "strength", "kraft", "hang", "hanging", "paseo",
    "nadar", "correr", "courir", "nager", "natura", "twist", "child", "lasegue",
  ]
  /// Whether a folded word is an exercise, or begins like one.
  static func isExercise(_ word: String) -> Bool {
    exerciseWords.contains(word) || exerciseStems.contains(where: word.hasPrefix)
  }
  /// What is ticked beside exercises and is none.
  static let habits: Set<String> = [
    "sleep", "slept", "schlaf", "water", "wasser", "agua", "eau", "acqua", "alcohol", "alkohol",
    "medication", "meds", "tablet", "tabletten", "pastilla", "vitamin", "vitamins", "work",
    "office", "arbeit", "buro", "trabajo", "travail", "sick", "krank", "ok", "meditation",
    "smoking", "coffee", "kaffee", "fruit", "obst", "ibuprofen", "paracetamol",
  ]
  static let negation: Set<String> = [
    "no", "not", "without", "avoid", "avoided", "quit", "less", "kein", "keine", "ohne", "sin",
    "sans", "nicht", "senza", "sem", "geen", "skip", "skipped",
  ]
  static let rater: Set<String> = [
    "rater", "examiner", "therapist", "physio", "untersucher", "untersucherin", "therapeut",
    "therapeutin", "kine", "fisio", "evaluador", "examinateur", "behandler",
  ]
  /// What may be exercise and may be anything.
  static let activity: Set<String> = [
    "activity", "activities", "gerat", "machine", "maquina", "workout", "workouts", "training",
    "sport", "habit", "habits",
    "title", "titel", "aktivitat", "aktivitaten", "gemacht", "done", "actividad", "actividades",
    "activite", "activites", "movement", "entreno", "entrenamiento", "attivita", "atividade",
    "activiteit", "programm", "routine", "what", "was", "name", "session", "bewegung", "hecho",
    "fait", "treino", "allenamento", "seance", "sesion", "einheit", "sessione", "sessao",
  ]
  /// What stands in the place of an exercise that was not done.
  static let notDone: Set<String> = [
    "skipped", "skip", "rest", "rest day", "day off", "off", "none", "nothing", "missed", "no",
    "not done", "sick", "ruhetag", "pause", "nichts", "ausgefallen", "krank", "keine", "kein",
    "frei", "nein", "descanso", "nada", "ninguno", "repos", "rien", "aucun", "aucune", "non",
    "absent", "riposo", "niente", "descanso", "rust", "urlaub", "vacaciones", "vacances",
  ]
  /// What a survey's own columns are called.
  static let survey: Set<String> = [
    "startdate", "start date", "enddate", "end date", "status", "response type", "progress",
    "duration (in seconds)", "finished", "recordeddate", "recorded date", "ipaddress",
    "ip address", "distributionchannel", "distribution channel", "userlanguage", "user language",
  ]
  static let completed: Set<String> = [
    "completed", "done", "did", "erledigt", "gemacht", "geschafft", "hecho", "hiciste", "fait",
    "faits", "fatto", "feito", "gedaan", "absolviert", "complete",
  ]
  /// A week, and words beside it that make it a frequency.
  static let week: Set<String> = ["week", "woche", "semana", "semaine", "settimana", "wk"]
  static let times: Set<String> = [
    "per", "pro", "por", "par", "a", "x", "mal", "times", "fois", "veces", "volte", "vezes", "je",
    "frequency", "sessions", "days", "tage", "sesiones",
  ]
  static let weekly: Set<String> = [
    "weekly", "wochentlich", "semanal", "hebdomadaire", "settimanale",
  ]
  static let sets: Set<String> = ["sets", "set", "satze", "series", "serie", "sate", "reeksen"]
  static let reps: Set<String> = [
    "reps", "rep", "repetitions", "wdh", "wiederholungen", "repeticiones", "repetitions",
    "ripetizioni", "repeticoes", "herhalingen", "x",
  ]
  static let hold: Set<String> = [
    "hold", "held", "holding", "haltezeit", "gehalten", "halten", "mantener", "tenue", "maintien",
    "vasthouden",
  ]
  static let duration: Set<String> = [
    "duration", "dauer", "zeit", "duree", "duracion", "durata", "duracao", "duur", "elapsed",
    "length", "long", "lange", "time", "trainingsdauer", "ubungsdauer", "tiempo", "temps",
  ]
  static let minutes: Set<String> = [
    "min", "mins", "minutes", "minute", "minuten", "minutos", "minuti", "minuut", "mn",
    "ubungsminuten", "trainingsminuten",
  ]
  static let seconds: Set<String> = [
    "s", "sec", "secs", "second", "seconds", "sek", "sekunden", "segundos", "secondes", "secondi",
    "seconden",
  ]
  static let load: Set<String> = [
    "weight", "load", "gewicht", "peso", "poids", "carga", "charge", "kg", "lbs", "lb", "carico",
  ]
  static let effort: Set<String> = [
    "rpe", "effort", "anstrengung", "exertion", "borg", "esfuerzo", "sforzo", "esforco",
  ]
  static let side: Set<String> = ["side", "seite", "lado", "cote", "lato", "zijde", "kant"]
  static let notes: Set<String> = [
    "notes", "note", "comment", "comments", "notiz", "notizen", "bemerkung", "bemerkungen",
    "kommentar", "kommentare", "nota", "notas", "comentario", "comentarios", "commentaire",
    "commentaires", "remarque", "remarques", "remarks", "anmerkung", "anmerkungen", "opmerking",
    "observaciones", "osservazioni", "observacoes", "remark", "sonstiges",
  ]

  // MARK: Measurements, factors, questionnaires, days

  static let value: Set<String> = [
    "value", "result", "wert", "ergebnis", "valor", "resultado", "valeur", "resultat", "valore",
    "risultato", "waarde",
  ]
  static let unit: Set<String> = [
    "unit", "units", "einheit", "unidad", "unite", "unita", "eenheid",
  ]
  static let status: Set<String> = ["status", "zustand", "estado", "statut", "stato"]
  /// Factors that are kept beside pain or exercise, each with the words for it.
  static let factors: [(name: String, words: Set<String>)] = [
    (
      "sleep",
      [
        "sleep", "slept", "schlaf", "geschlafen", "schlafdauer", "schlafstunden", "sueno",
        "dormi", "sommeil", "sonno", "sono", "slaap",
      ]
    ),
    ("steps", ["steps", "schritte", "pasos", "pas", "passi", "passos", "stappen"]),
    ("stress", ["stress", "estres", "stresslevel"]),
    (
      "sitting",
      ["sitting", "sat", "sitzen", "gesessen", "sitzstunden", "sentado", "assis", "seduto"]
    ),
  ]
  static let hours: Set<String> = [
    "h", "hours", "hrs", "hour", "stunden", "std", "horas", "heures",
  ]
}
