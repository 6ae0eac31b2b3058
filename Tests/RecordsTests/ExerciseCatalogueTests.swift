import Records
import Testing

@Suite("The exercise catalogue")
struct ExerciseCatalogueTests {
  @Test(
    "usual names in English and German have their component",
    arguments: [
      ("Bird Dog", .strengthening), ("bird-dog", .strengthening), ("Child's pose", .backStretch),
      ("Child\u{2019}s Pose", .backStretch), ("Kindhaltung", .backStretch),
      ("cat-cow", .mobility), ("Katze-Kuh", .mobility), ("HAMSTRING STRETCH", .hamstringStretch),
      ("Piriformis stretch", .gluteStretch), ("Brücke", .strengthening),
      ("inversion table", .inversion), ("Aushängen", .inversion), ("Cool-down", .coolDown),
      ("warm up", .warmUp), ("Schwimmen", .aerobic), ("walking", .aerobic),
      ("Unterarmstütz", .strengthening), ("Beckenkippen", .mobility),
      ("Lat Pulldown (Machine)", .strengthening),
    ] as [(String, Component)])
  func names(name: String, component: Component) {
    #expect(ExerciseCatalogue.entry(of: name)?.component == component)
  }

  @Test("synonyms are one exercise, different exercises are not")
  func synonyms() {
    func name(_ text: String) -> String? { ExerciseCatalogue.entry(of: text)?.name }
    #expect(name("glute bridge") == name("Beckenheben") && name("bridge") == "bridge")
    #expect(name("side bridge") == name("Seitstütz") && name("side bridge") != name("bridge"))
    #expect(name("Hamstring curl") == nil && name("") == nil && name("()") == nil)
  }

  @Test("some hundred and fifty exercises, of every component")
  func size() {
    #expect((140...180).contains(ExerciseCatalogue.count))
    let components = Set(
      [
        "march in place", "child's pose", "cat cow", "piriformis stretch", "hamstring stretch",
        "bird dog", "inversion table", "cool down", "walk", "physio",
      ].compactMap {
        ExerciseCatalogue.entry(of: $0)?.component
      })
    #expect(components == Set(Component.allCases))
  }

  @Test(
    "a habit is an exercise by its name in four languages, beside words of everyday too",
    arguments: [
      ("Stretching", .mobility), ("Yoga", .mobility), ("Dehnen", .mobility),
      ("Estiramientos", .mobility), ("Étirements", .mobility), ("Pilates class", .mobility),
      ("Physio", .other), ("Krankengymnastik", .other), ("Kiné", .other), ("gym", .other),
      ("Go to the gym", .other), ("Ir al gimnasio", .other), ("Morning walk", .aerobic),
      ("Walk minutes", .aerobic), ("Run 5 km", .aerobic), ("20 min swimming", .aerobic),
      ("30 push ups", .strengthening), ("Pushups", .strengthening), ("Plank (sec)", .strengthening),
      ("Täglich dehnen", .mobility), ("Yoga with Ann", .mobility), ("Cat Cow", .mobility),
      ("Faire du vélo", .aerobic), ("Montar en bici", .aerobic), ("Walk the dog", .aerobic),
      ("Rückenübungen morgens", .strengthening), ("Stretching the hips", .mobility),
      ("Hip flexor stretch left", .backStretch), ("ran", .aerobic), ("🧘 Yoga", .mobility),
    ] as [(String, Component)])
  func activities(name: String, component: Component) {
    #expect(ExerciseCatalogue.activity(named: name)?.component == component)
  }

  @Test(
    "other habits are none, nor is what is to be avoided, nor parts of words",
    arguments: [
      "No smoking", "Read a book", "Meditate", "Wake up early", "Früh ins Bett gehen", "No running",
      "Avoid stairs", "Quit the gym", "Skip breakfast", "Kein Sport", "Sin azúcar", "Pas de sucre",
      "Read about yoga", "Brain training app", "Steps", "10000 steps", "Sleep 8 hours", "Weight",
      "Outstretching", "Rowing up debts", "Drink water", "", "8", "Morning", "Arrêter le sport",
    ])
  func others(name: String) {
    #expect(ExerciseCatalogue.activity(named: name) == nil)
  }

  @Test("a name says what its amounts count, or nothing")
  func units() {
    #expect(ExerciseCatalogue.unit(in: "Walk minutes") == .minutes)
    #expect(ExerciseCatalogue.unit(in: "Plank (sec)") == .seconds)
    #expect(ExerciseCatalogue.unit(in: "Laufen Minuten") == .minutes)
    #expect(ExerciseCatalogue.unit(in: "Squat reps") == .repetitions)
    #expect(ExerciseCatalogue.unit(in: "Caminar horas") == .hours)
    #expect(ExerciseCatalogue.unit(in: "Walk km") == .other)
    #expect(ExerciseCatalogue.unit(in: "Plank minutes reps") == .other)
    #expect(ExerciseCatalogue.unit(in: "Pushups") == nil)
  }
}
