import Foundation

/// Made-up people whose diaries hold every kind of record, the same from the same seed: some
/// stopped long ago, some began late, some log on few days, use other scales, places, sides and
/// units.
public struct GeneratedPeople {
  private var random: SeededGenerator
  private var tables: [String: String] = [
    "patients": "patient_id,name,timezone,sex,language\n",
    "program":
      "patient_id,exercise,component,sessions_per_week,weekdays,sets,reps,hold_seconds,minutes,side,start_on,end_on\n",
    "sessions":
      "patient_id,started_at,exercise,component,sets,reps,hold_seconds,minutes,rpe,completed,notes,side,load_kg,angle_deg,pain_before,pain_after,session_id,order\n",
    "pain": "patient_id,recorded_at,score,kind,location,notes,scale,flare\n",
    "flexibility": "patient_id,measured_on,measure,value,unit,side,rater,trial\n",
    "days": "patient_id,date,status,hours,reason\n",
    "questionnaires": "patient_id,completed_on,instrument,score,items\n",
  ]
  private static let exercises = [
    ("Marching in place", "warm-up"), ("Knee-to-chest stretch", "back-stretch"),
    ("Cat-cow", "mobility"), ("Figure-four stretch", "glute-stretch"),
    ("Hamstring stretch", "hamstring-stretch"), ("Bird dog", "strengthening"),
    ("Inversion table", "inversion"), ("Slow walk", "cool-down"), ("Swimming", "aerobic"),
    ("Übung „Brücke“", ""),
  ]
  /// The first day of all diaries, 1 July 2026, as days since 1970.
  private static let firstDay = 20_635
  private static let days = 120

  /// Makes the people.
  public init(_ count: Int, seed: UInt64) {
    random = SeededGenerator(seed: seed)
    for person in 1...count { add("G" + String(String(1_000 + person).dropFirst()), person) }
  }

  /// Writes one CSV file a kind.
  public func write(to folder: URL) throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for (kind, text) in tables {
      try Data(text.utf8).write(to: folder.appendingPathComponent(kind + ".csv"))
    }
  }

  private mutating func write(_ kind: String, _ rows: String) { tables[kind, default: ""] += rows }

  private static func date(_ day: Int) -> String {
    let date = Date(timeIntervalSince1970: Double((firstDay + day) * 86_400))
    let parts = Calendar(identifier: .iso8601).dateComponents(
      in: TimeZone(identifier: "UTC") ?? .gmt, from: date)
    func two(_ number: Int?) -> String { String(String(100 + (number ?? 0)).dropFirst()) }
    return "\(parts.year ?? 0)-\(two(parts.month))-\(two(parts.day))"
  }

  private mutating func maybe(_ chance: Double, _ value: () -> String) -> String {
    random.share() < chance ? value() : ""
  }

  private mutating func add(_ id: String, _ person: Int) {
    let zones = ["Europe/Berlin", "America/New_York", "Asia/Kolkata", ""]
    let language = ["en", "de", "", "en"][person % 4]
    write(
      "patients",
      "\(id),\"Person \(person), née Ö\",\(random.pick(zones)),\(random.pick(["f", "m", ""])),\(language)\n"
    )
    let first = person % 5 == 0 ? random.below(60) : 0
    let last = person % 7 == 0 ? 40 + random.below(40) : GeneratedPeople.days
    let density = [0.95, 0.8, 0.5, 0.2][person % 4]
    let exercises = (0..<3 + random.below(6)).map { _ in
      random.pick(GeneratedPeople.exercises)
    }
    if person % 9 != 0 { addProgram(id, exercises, first) }
    var level = 4 + random.normal()
    var reach = 15 + 5 * random.normal()
    for day in first..<max(last, first + 1) {
      level = 0.8 * level + 0.2 * (4 - 0.02 * Double(day)) + 0.6 * random.normal()
      if random.share() < density { addSessions(id, person, day, exercises) }
      if random.share() < density { addPain(id, person, day, level) }
      if day % 10 == 0 {
        reach += 0.4 + random.normal()
        addMeasurements(id, day, reach)
      }
      if random.share() < 0.03 {
        let status = random.pick(["rest", "bed-rest", "sick", "travel", "excused"])
        let hours = status == "bed-rest" ? String(2 + random.below(15)) : ""
        write(
          "days",
          "\(id),\(GeneratedPeople.date(day)),\(status),\(hours),\n")
      }
      if day % 40 == 0, person % 3 == 0 {
        let score = max(0, min(100, Int(50 - Double(day) / 4 + 5 * random.normal())))
        write(
          "questionnaires",
          "\(id),\(GeneratedPeople.date(day)),odi,\(score),\n")
      }
    }
  }

  private mutating func addProgram(_ id: String, _ exercises: [(String, String)], _ first: Int) {
    for (index, (name, component)) in exercises.enumerated() where !component.isEmpty {
      let fixed = index % 3 == 2
      let start = index % 2 == 0 ? GeneratedPeople.date(first) : ""
      write(
        "program",
        "\(id),\(name),\(component),\(fixed ? "" : String(1 + random.below(7))),"
          + "\(fixed ? "Mon Wed Fri" : ""),\(maybe(0.5) { "2" }),\(maybe(0.5) { "10" }),"
          + "\(maybe(0.3) { "20" }),\(maybe(0.4) { "5" }),\(index % 4 == 3 ? "left" : ""),\(start),\n"
      )
    }
  }

  private mutating func addSessions(
    _ id: String, _ person: Int, _ day: Int, _ exercises: [(String, String)]
  ) {
    let date = GeneratedPeople.date(day)
    let hour = 6 + random.below(14)
    for (index, (name, component)) in exercises.enumerated() where random.share() < 0.75 {
      let clock =
        "T\(String(String(100 + hour).dropFirst())):\(String(String(100 + 4 * index).dropFirst()))"
      let time = person % 6 == 0 ? "" : clock + (person % 2 == 0 ? "+02:00" : "")
      let named = person % 8 == 0 ? "s\(day),\(index)" : ","
      let figures = [
        maybe(0.5) { String(1 + person % 3) }, maybe(0.5) { String(5 + day % 8) },
        maybe(0.3) { "20" }, maybe(0.6) { String(Double(20 + day % 50) / 10) },
        maybe(0.5) { String(1 + day % 9) },
      ].joined(separator: ",")
      let done = random.pick(["yes", "yes", "yes", "no", ""])
      let note = maybe(0.1) { "\"stiff, \"\"very\"\" — \(day)\"" }
      let side = name.contains("stretch") ? random.pick(["left", "right", ""]) : ""
      write(
        "sessions",
        "\(id),\(date)\(time),\(name),\(component),\(figures),\(done),\(note),\(side),"
          + "\(maybe(0.1) { "7.5" }),\(component == "inversion" ? "20" : ""),"
          + "\(maybe(0.2) { String(day % 9) }),\(maybe(0.2) { String(day % 8) }),\(named)\n")
    }
  }

  private mutating func addPain(_ id: String, _ person: Int, _ day: Int, _ level: Double) {
    let date = GeneratedPeople.date(day)
    let score = max(0, min(10, Int(level.rounded())))
    let note = maybe(0.1) { "\"rain; cold\"" }
    if person % 11 == 0 {
      write(
        "pain",
        "\(id),\(date),\(score * 10),average,lower back,\(note),VAS,\n")
      return
    }
    let flare = maybe(0.03) { "yes" }
    let location = person % 5 == 1 ? "" : "lower back"
    write(
      "pain",
      "\(id),\(date)T20:30:00,\(score),average,\(location),\(note),,\(flare)\n")
    if person % 3 == 0 {
      write(
        "pain",
        "\(id),\(date)T07:00:00,\(min(10, score + 1)),now,\(location),,,\n")
      write(
        "pain",
        "\(id),\(date)T20:31:00,\(max(0, score - 2)),average,left leg,,,\n")
    }
  }

  private mutating func addMeasurements(_ id: String, _ day: Int, _ reach: Double) {
    let date = GeneratedPeople.date(day)
    func value(_ number: Double) -> String { String((number * 2).rounded() / 2) }
    write(
      "flexibility",
      "\(id),\(date),sit_and_reach,\(value(reach)),cm,,self,1\n"
        + "\(id),\(date),sit_and_reach,\(value(reach + 0.5)),cm,,self,2\n"
        + "\(id),\(date),straight_leg_raise,\(value(50 + reach)),deg,left,self,\n"
        + "\(id),\(date),straight_leg_raise,\(value(52 + reach)),deg,right,self,\n"
        + "\(id),\(date),shoulder_reach,\(value(10 + reach / 2)),cm,,,\n")
  }
}
