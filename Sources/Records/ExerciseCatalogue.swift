/// Usual back exercises by name, with the part of the programme each belongs to.
///
/// Names are looked up without regard to case, hyphens and other punctuation, in English and
/// German, usual activities in Spanish and French too.
public enum ExerciseCatalogue {
  /// One exercise.
  public struct Entry: Sendable {
    /// The name that stands for all its synonyms.
    public let name: String
    /// Its part of the programme.
    public let component: Component
  }

  /// The exercise of a name, nil for one that is not in the catalogue. Amortized O(length).
  ///
  /// What stands in brackets behind a name, as in `Lat Pulldown (Machine)`, is looked past.
  public static func entry(of name: String) -> Entry? {
    if let known = entries[folded(name)] { return known }
    guard name.hasSuffix(")"), let open = name.lastIndex(of: "(") else { return nil }
    return entries[folded(String(name[..<open]))]
  }

  /// How many exercises it holds, each with its synonyms once.
  public static var count: Int { lists.reduce(0) { $0 + lines($1.names).count } }

  /// Lower case, with one space for anything that is neither letter nor digit.
  public static func folded(_ name: String) -> String {
    if let plain = foldedLetters(name) { return plain }
    var folded = ""
    var isPending = false
    for scalar in name.lowercased().unicodeScalars {
      // An apostrophe is no border: child's and childs are one.
      if scalar == "'" || scalar == "\u{2019}" { continue }
      guard scalar.properties.isAlphabetic || scalar.properties.numericType != nil else {
        isPending = !folded.isEmpty
        continue
      }
      if isPending { folded += " " }
      isPending = false
      folded.unicodeScalars.append(scalar)
    }
    return folded
  }

  /// The same for names of ASCII, which need no look at Unicode's tables; nil for others.
  private static func foldedLetters(_ name: String) -> String? {
    var folded: [UInt8] = []
    folded.reserveCapacity(name.utf8.count)
    var isPending = false
    for byte in name.utf8 {
      switch byte {
      case 0x80...: return nil
      case 0x27: continue
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A:
        if isPending { folded.append(0x20) }
        isPending = false
        folded.append(byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte)
      default: isPending = !folded.isEmpty
      }
    }
    return String(decoding: folded, as: UTF8.self)
  }

  private static let entries: [String: Entry] = {
    var entries: [String: Entry] = [:]
    for list in lists {
      for line in lines(list.names) {
        let names = line.split(separator: ",").map { String($0.drop { $0 == " " }) }
        guard let first = names.first else { continue }
        for name in names {
          entries[folded(name)] = Entry(name: first, component: list.component)
        }
      }
    }
    return entries
  }()

  private static func lines(_ names: String) -> [Substring] { names.split(separator: "\n") }

  /// One exercise a line, its name first, synonyms behind it.
  private static let lists: [(component: Component, names: String)] = [
    (
      .warmUp,
      """
      march in place, marching in place, marching, marschieren auf der stelle
      warm up, warm-up, warmup, aufwärmen
      arm circles, armkreisen, arm swings
      shoulder rolls, schulterkreisen
      hip circles, hüftkreisen
      leg swings, beinpendel, beinschwingen
      torso twists, standing twists, oberkörperdrehen
      ankle circles, fußkreisen
      step touch, side steps
      """
    ),
    (
      .backStretch,
      """
      child's pose, childs pose, kindhaltung, stellung des kindes, balasana
      knee to chest, knees to chest, single knee to chest, knie zur brust, knie zur brust ziehen
      double knee to chest, both knees to chest, päckchen, beide knie zur brust
      cat stretch, katzenbuckel dehnung
      lower back stretch, low back stretch, back stretch, rückendehnung, rücken dehnen
      seated forward fold, seated forward bend, forward fold, sitzende vorbeuge, vorbeuge
      supine twist, lying twist, spinal twist, supine spinal twist, liegende drehdehnung, \
      drehdehnung
      seated twist, seated spinal twist, drehsitz
      press up, press-up, prone press up, mckenzie press up, mckenzie extension, kobra, cobra, \
      cobra stretch
      sphinx, prone on elbows, sphinx pose, unterarmstütz rückenstreckung
      standing back extension, standing extension, rückbeuge im stehen
      quadratus lumborum stretch, ql stretch, side bend, side stretch, seitneigung, seitdehnung
      happy baby, happy baby pose, glückliches baby
      lat stretch, latissimus stretch, latdehnung
      thoracic extension, foam roller extension, brustwirbelsäule strecken
      hip flexor stretch, kneeling hip flexor stretch, psoas stretch, hüftbeuger dehnen, \
      hüftbeugerdehnung
      quad stretch, quadriceps stretch, oberschenkel dehnen
      adductor stretch, groin stretch, butterfly stretch, adduktoren dehnen, schmetterling
      calf stretch, wadendehnung, waden dehnen
      doorway stretch, chest stretch, brustdehnung
      """
    ),
    (
      .mobility,
      """
      cat cow, cat-cow, cat camel, cat and cow, katze kuh, katze-kuh, katzenbuckel, gato vaca, \
      gato camello, chat vache
      pelvic tilt, pelvic tilts, posterior pelvic tilt, beckenkippen, beckenkippung
      pelvic clock, beckenuhr
      trunk rotation, lower trunk rotation, knee rolls, knee rocks, knierollen, rumpfrotation, \
      rumpfdrehen
      thread the needle, nadelöhr
      open book, thoracic rotation, brustwirbelsäulenrotation, offenes buch
      hip hinge, hip hinge drill, hüftbeuge
      windshield wipers, scheibenwischer
      nerve glide, sciatic nerve glide, sciatic nerve floss, nerve flossing, nervengleiten
      spinal roll down, roll down, abrollen
      prayer stretch rocking, quadruped rocking, rock backs
      wall slides, wandgleiten
      stretching, stretch, stretches, stretched, stretching exercises, dehnen, dehnung, \
      dehnübungen, estiramientos, estiramiento, estirar, estirarse, étirements, étirement, s'étirer
      yoga, hatha yoga, yin yoga, vinyasa yoga
      sun salutation, sonnengruß, saludo al sol, salutation au soleil
      pilates, mat pilates
      mobility, mobility exercises, mobility work, mobility training, mobilisation, mobilization, \
      beweglichkeit, beweglichkeitstraining, movilidad, mobilité, flexibility, flexibility training
      gymnastik, gymnastique douce, gimnasia suave
      foam rolling, foam roll, foam roller, faszienrolle, faszientraining, blackroll
      tai chi, taichi
      qigong, qi gong
      """
    ),
    (
      .gluteStretch,
      """
      piriformis stretch, figure four stretch, figure 4 stretch, figure four, piriformis dehnung, \
      piriformisdehnung, vierer dehnung
      glute stretch, gluteal stretch, gesäßdehnung, gesäss dehnen, po dehnen
      pigeon pose, pigeon, taube, taubenhaltung
      seated piriformis stretch, seated figure four, piriformis dehnung im sitzen
      cross body glute stretch, knee to opposite shoulder, knie zur gegenseitigen schulter
      it band stretch, iliotibial band stretch, tractus dehnung
      """
    ),
    (
      .hamstringStretch,
      """
      hamstring stretch, hamstrings stretch, oberschenkelrückseite dehnen, beinbeuger dehnen, \
      hamstring dehnung
      supine hamstring stretch, lying hamstring stretch, strap hamstring stretch, hamstring \
      stretch with strap, beinrückseite im liegen dehnen
      standing hamstring stretch, beinrückseite im stehen dehnen
      seated hamstring stretch, towel hamstring stretch, beinrückseite im sitzen dehnen
      wall hamstring stretch, doorway hamstring stretch, beinrückseite an der wand dehnen
      downward dog, downward facing dog, herabschauender hund
      toe touch, toe touches, rumpfbeuge
      """
    ),
    (
      .strengthening,
      """
      bird dog, bird-dog, birddog, vierfüßlerstand diagonal, diagonaler vierfüßlerstand, vierfüßler
      bridge, glute bridge, glute bridges, bridging, bridges, hip bridge, brücke, beckenheben, \
      schulterbrücke, puente de glúteos, pont fessier
      single leg bridge, one leg bridge, single-leg glute bridge, einbeinige brücke
      plank, planks, front plank, forearm plank, unterarmstütz, brett, plancha, planche
      side plank, side bridge, seitstütz, seitlicher unterarmstütz
      dead bug, deadbug, toter käfer, käfer
      curl up, mcgill curl up, modified curl up, curl-up, mcgill crunch
      crunch, crunches, abdominal crunch, bauchpresse
      superman, supermans, prone superman, rückenstrecker in bauchlage
      back extension, back extensions, hyperextension, roman chair, hyperextensions, \
      rückenstrecker, rückenstrecken
      reverse hyperextension, reverse hyper
      abdominal bracing, ab brace, bauchspannung, bauch anspannen
      abdominal drawing in, drawing in, transversus activation, bauch einziehen
      clamshell, clam shell, clamshells, clams, muschel
      hip abduction, side lying leg raise, side leg raise, lateral leg raise, beinabspreizen, \
      seitliches beinheben
      hip extension, prone hip extension, prone leg raise, hüftstreckung
      donkey kick, donkey kicks, fire hydrant, fire hydrants
      straight leg raise exercise, leg raise, leg raises, beinheben
      squat, squats, wall squat, bodyweight squat, kniebeuge, kniebeugen, \
      sentadilla, sentadillas
      wall sit, wandsitz
      lunge, lunges, ausfallschritt, ausfallschritte, zancadas, fentes
      step up, step ups, step-up, aufsteigen
      deadlift, romanian deadlift, kettlebell deadlift, kreuzheben
      good morning, good mornings
      kettlebell swing, kettlebell swings
      pallof press, pallof
      farmer's walk, farmers walk, farmer carry, farmers carry, suitcase carry
      row, seated row, band row, dumbbell row, rudern am kabel, rudern
      lat pulldown, latzug, lat pull down
      push up, push ups, push-up, pushup, pushups, press ups, liegestütz, liegestütze, flexiones, \
      pompes
      pull up, pull ups, pull-up, pullup, pullups, klimmzug, klimmzüge, dominadas, tractions
      swiss ball bridge, stability ball bridge, ball bridge, brücke auf dem gymnastikball
      stir the pot
      bear crawl, bear hold
      hip thrust, hip thrusts
      multifidus activation, multifidus
      sit up, sit ups, sit-up, situp, situps, abdominales, abdominaux
      heel slides, heel slide, fersengleiten
      strength training, strength exercises, weight training, weightlifting, weight lifting, \
      weights, lifting weights, krafttraining, kraftübungen, musculation, entrenamiento de fuerza, \
      ejercicios de fuerza, pesas, renforcement musculaire
      core, core training, core exercises, core workout, core strength, rumpftraining, \
      rumpfstabilisation, rumpfübungen, gainage
      back exercises, back exercise, back strengthening, rückenübungen, rückentraining, \
      rückengymnastik, rückenschule, ejercicios de espalda, exercices de dos, exercices du dos
      abs, ab workout, bauchmuskeltraining, bauchübungen
      """
    ),
    (
      .inversion,
      """
      inversion table, inversion, inversion hang, inversion therapy, inversionsbank, \
      inversionstisch, schwerkrafttrainer
      gravity boots, inversion boots
      dead hang, bar hang, hanging, hang, aushängen, hängen an der stange
      """
    ),
    (
      .coolDown,
      """
      cool down, cool-down, cooldown, abwärmen, auslaufen
      slow walk, easy walk down, langsam auslaufen
      deep breathing, breathing, diaphragmatic breathing, belly breathing, bauchatmung, atemübung
      relaxation, progressive muscle relaxation, savasana, corpse pose, entspannung
      """
    ),
    (
      .aerobic,
      """
      walk, walking, walks, walked, easy walk, brisk walk, brisk walking, spaziergang, \
      spazieren, gehen, spazierengehen, spazieren gehen, caminar, caminata, andar, pasear, \
      paseo, marche, marcher, marche à pied, promenade
      walk the dog, walking the dog, dog walk, dog walking, gassi gehen, gassi, hund ausführen, \
      pasear al perro, promener le chien
      treadmill, treadmill walk, treadmill running, running machine, laufband, laufbandtraining, \
      cinta de correr, tapis de course
      nordic walking
      run, running, ran, jogging, jog, jogged, laufen, joggen, lauf, correr, carrera, trotar, \
      courir, course à pied, footing
      trail run, trail running, traillauf
      swim, swimming, swims, swam, pool swim, lap swimming, open water swimming, schwimmen, nadar, \
      natación, nager, natation
      backstroke, rückenschwimmen
      aqua jogging, water walking, aquajogging, wassergymnastik, aquafit
      cycling, cycled, cycle, bike, biking, ride, bike ride, radfahren, rad fahren, \
      fahrradfahren, fahrrad fahren, fahrrad, radeln, radfahrt, radtour, ciclismo, bicicleta, \
      montar en bici, andar en bici, vélo, cyclisme, faire du vélo, sortie à vélo
      virtual ride
      e-bike ride, e-bike
      mountain biking, mountainbiken
      stationary bike, exercise bike, recumbent bike, indoor cycling, spinning, heimtrainer, \
      ergometer, indoor-radfahren, bicicleta estática, vélo d'appartement
      elliptical, cross trainer, elliptical trainer, crosstrainer, elíptica, vélo elliptique
      rowing machine, rowing, rudergerät, rudermaschine
      hike, hiking, hiked, wandern, wanderung, senderismo, randonnée
      dancing, dance, tanzen, bailar, baile, danser, danse
      zumba
      stairs, stair climbing, treppensteigen, subir escaleras, monter les escaliers
      stepper, stair machine, stair stepper, stairmaster
      cardio, cardio training, cardiotraining, aerobics, aerobic
      water aerobics, aqua aerobics, aquagym, aquagymnastik
      hiit, circuit training, zirkeltraining
      cross country skiing, nordic ski, langlauf, skilanglauf
      skipping rope, jump rope, rope skipping, seilspringen
      kayaking, kajak
      skating, inline skating, inlineskaten
      """
    ),
    (
      .other,
      """
      physiotherapy, physio, physio exercises, physiotherapy exercises, physical therapy, physical \
      therapy exercises, pt exercises, physiotherapie, krankengymnastik, physioübungen, \
      heilgymnastik, fisioterapia, fisio, ejercicios de fisioterapia, kiné, kinésithérapie, séance \
      de kiné, exercices de kiné
      rehab, rehab exercises, reha, rehasport, rehabilitación, rééducation
      gym, fitnessstudio, fitness studio, gimnasio, salle de sport
      exercise, exercises, exercising, workout, work out, working out, training, fitness, turnen, \
      übungen, ejercicio, ejercicios, entrenamiento, entrenar, exercice, exercices, entraînement
      sport, sports, deporte
      climbing, bouldering, klettern, bouldern
      tennis
      football, soccer, fußball, fútbol
      basketball
      volleyball
      badminton
      golf
      """
    ),
  ]
}
