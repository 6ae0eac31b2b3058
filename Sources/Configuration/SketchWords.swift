/// Words in the names of columns, the surest first; folded as the catalogue folds names.
enum SketchWords {
  static let patient = [
    "patient", "participant", "subject", "person", "proband", "patient id", "record id", "user",
    "id",
  ]
  static let date = [
    "date", "datum", "start time", "start", "recorded", "timestamp", "time", "when", "day", "tag",
    "zeit", "jour", "heure",
  ]
  static let pain = [
    "pain", "nrs", "vas", "schmerz", "schmerzen", "douleur", "intensity", "intensität", "score",
    "stärke", "rating", "level",
  ]
  static let painAfter = ["pain after", "schmerz danach", "schmerz nachher"]
  static let location = [
    "location", "region", "body part", "where", "ort", "körperteil", "place", "site", "lieu",
    "name",
  ]
  static let exercise = [
    "exercise name", "exercise", "übung", "exercice", "activity type", "activity", "aktivitätstyp",
    "aktivität", "workout", "sport", "habit", "title", "titel",
  ]
  static let sets = ["sets", "sätze", "set count", "séries"]
  static let reps = ["reps", "repetitions", "wiederholungen", "wdh", "répétitions"]
  static let hold = ["hold", "seconds", "haltezeit", "sekunden", "secondes"]
  static let minutes = ["minutes", "duration", "dauer", "zeit", "durée", "elapsed", "min"]
  static let load = ["weight", "load", "gewicht", "kg", "poids"]
  static let effort = ["rpe", "effort", "anstrengung", "exertion", "borg"]
  static let measure = ["measure", "test", "movement", "messung", "mesure"]
  static let value = ["value", "result", "angle", "wert", "ergebnis", "winkel", "valeur", "cm"]
  static let unit = ["unit", "einheit", "unité"]
  static let status = ["status", "state", "zustand"]
  static let side = ["side", "seite", "côté"]
  static let notes = ["notes", "note", "comment", "comments", "notiz", "bemerkung", "kommentar"]
}
