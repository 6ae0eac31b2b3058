// What people call habits and activities: exercises among words of everyday.
extension ExerciseCatalogue {
  /// The exercise that a habit or an activity is, nil for one that is none.
  ///
  /// A name of the catalogue is one, also beside words of everyday, numbers and units (`Morning
  /// walk`, `30 push ups`, `Go to the gym`), and so is a name that holds a word that stands for
  /// nothing else (`Yoga with Ann`). Words are compared whole, and a habit that is to be avoided
  /// (`No running`, `Skip the gym`) is none. O(length).
  public static func activity(named name: String) -> Entry? {
    let words = folded(name).split(separator: " ").map(String.init)
    guard !words.contains(where: negations.contains) else { return nil }
    if let known = entry(of: name) { return known }
    let telling = words.filter { !isEveryday($0) }
    if !telling.isEmpty, telling.count < words.count,
      let known = entry(of: telling.joined(separator: " "))
    {
      return known
    }
    guard !words.contains(where: beside.contains) else { return nil }
    for length in stride(from: min(longestTellingName, words.count), through: 1, by: -1) {
      for start in 0...(words.count - length) {
        let part = words[start..<(start + length)].joined(separator: " ")
        if unmistakable.contains(part), let known = entry(of: part) { return known }
      }
    }
    return nil
  }

  /// What the amounts of a habit count, as its name says.
  public enum AmountUnit: Sendable {
    /// Durations and repetitions.
    case hours, minutes, seconds, repetitions
    /// Something that no exercise row holds, such as kilometres and steps.
    case other
  }

  /// The unit that the name of a habit gives, as `Walk minutes` and `Plank (sec)` do; nil when it
  /// gives none, `other` when it gives several.
  public static func unit(in name: String) -> AmountUnit? {
    let found = folded(name).split(separator: " ").compactMap { units[String($0)] }
    guard let first = found.first else { return nil }
    return found.allSatisfy { $0 == first } ? first : .other
  }

  /// Whether a word says nothing about what is done: a number, a unit, a time of day.
  private static func isEveryday(_ word: String) -> Bool {
    if everyday.contains(word) || units[word] != nil { return true }
    return word.unicodeScalars.first.map { $0.properties.numericType != nil } ?? false
  }

  private static func set(_ words: String) -> Set<String> {
    Set(words.split(separator: " ").map(String.init))
  }

  private static let units: [String: AmountUnit] = {
    var units: [String: AmountUnit] = [:]
    let words: [(AmountUnit, String)] = [
      (.hours, "h hr hrs hour hours stunde stunden std hora horas heure heures"),
      (.minutes, "min mins minute minutes minuten minuto minutos minuti"),
      (
        .seconds, "s sec secs second seconds sek sekunde sekunden segundo segundos seconde secondes"
      ),
      (
        .repetitions,
        "rep reps repetition repetitions times x wiederholung wiederholungen wdh mal repeticiones "
          + "repetición répétitions répétition veces fois"
      ),
      (
        .other,
        "km kms mi mile miles m meter meters metre metres meilen kilometer kilometers kilometre "
          + "kilometres kilómetros kilomètres step steps schritte pasos pas laps bahnen calories "
          + "kcal cal kalorien sets sätze series séries kg lb lbs"
      ),
    ]
    for (unit, list) in words { for word in set(list) { units[word] = unit } }
    return units
  }()

  /// A habit with one of these is about not doing something.
  private static let negations = set(
    """
    no not don't dont never avoid avoiding quit stop stopped without less skip skipped skipping \
    missed limit reduce kein keine keinen nicht nie ohne weniger vermeiden aufhören verzicht sin \
    nunca evitar dejar menos ni pas sans jamais éviter arrêter arrête moins zéro zero
    """)

  /// Words beside an exercise that say when, how often and that something is done.
  private static let everyday = set(
    """
    a an the my of for at in on to do did done go going went get some more and with daily every \
    each day week weekly morning mornings evening evenings afternoon noon night nightly am pm \
    left right both sides links rechts beidseitig izquierda derecha gauche droite \
    before after bed work lunch session class lesson course time today short long quick easy \
    light brisk gentle slow outside outdoor indoor home routine per \
    der die das den dem ein eine einen mein meine zum zur zu im am beim ins machen täglich jeden \
    jede tag morgen morgens abend abends mittag mittags nachmittag kurz lange kurze langer \
    runde einheit stunde kurs woche \
    el la los las un una mi mis de del por para hacer ir al diario diaria cada día mañana tarde \
    noche clase sesión semana rato \
    le les du des au aux une mon ma mes faire aller chaque jour matin soir midi séance cours \
    petit petite quotidien quotidienne semaine
    """)

  /// Words of things about an exercise, which are none: a book about yoga.
  private static let beside = set(
    """
    read reading book books watch watching video videos buy plan planning wash clothes truth \
    research lesen buch bücher kaufen waschen schauen leer libro comprar ver lire livre acheter \
    laver regarder
    """)

  /// Names of the catalogue that mean an exercise wherever they stand.
  private static let unmistakable: Set<String> = Set(
    [
      "stretching", "stretches", "yoga", "pilates", "physio", "physiotherapy", "physical therapy",
      "pt exercises", "back exercises", "rehab exercises", "core exercises", "dehnen",
      "dehnübungen", "krankengymnastik", "physiotherapie", "rückenübungen", "rückengymnastik",
      "estiramientos", "fisioterapia", "étirements", "kiné", "kinésithérapie", "walking",
      "swimming",
      "cycling", "jogging", "schwimmen", "radfahren", "joggen", "krafttraining",
      "strength training",
      "cat cow", "bird dog", "dead bug", "glute bridge", "side plank", "plank", "pelvic tilt",
      "hamstring stretch", "piriformis stretch", "knee to chest", "child's pose", "push ups",
      "pushups", "pull ups", "squats", "inversion table", "natación", "natation",
    ].map(folded))
  private static let longestTellingName = 3
}
