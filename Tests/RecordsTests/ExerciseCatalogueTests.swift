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

  @Test("about a hundred exercises, every component that is exercised among them")
  func size() {
    #expect((100...140).contains(ExerciseCatalogue.count))
    let components = Set(
      [
        "march in place", "child's pose", "cat cow", "piriformis stretch", "hamstring stretch",
        "bird dog", "inversion table", "cool down", "walk",
      ].compactMap {
        ExerciseCatalogue.entry(of: $0)?.component
      })
    #expect(components == Set(Component.allCases).subtracting([.other]))
  }
}
