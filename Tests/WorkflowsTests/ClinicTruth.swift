import Foundation
import TestSupport

/// A made-up clinic whose every day is known: what people log, and what a list must say of it by
/// rules that are written down here once more, without a line of the program's.
struct ClinicTruth {
  /// Days that are logged before the first night, counted from 0.
  static let history = 70
  /// Nights of four weeks, or of as many as `make clinic` asks for.
  static let nights =
    7 * (ProcessInfo.processInfo.environment["LUMBAR_CLINIC_WEEKS"].flatMap(Int.init) ?? 4)

  /// What somebody logs on a day.
  struct Entry: Equatable {
    var pain: Double?
    var isFlare = false
    var hasSession = true
  }

  /// One reason on the list.
  struct Reason: Equatable {
    var code: String
    var rank: Int
    var keys: [String]
  }

  /// One line of the list.
  struct Line: Equatable {
    var patient: String
    var codes: [String]
    var isNew: Bool
    var rank: Int
  }

  struct Note { var since, last: Int }

  /// By person and day, as the files of the mornings up to now say.
  private(set) var known: [String: [Int: Entry]] = [:]
  /// Ids that were joined with others.
  private var joined: [String: String] = [:]
  private var notes: [String: [String: Note]] = [:]
  private var lastList: Int?
  private var snoozed: [String: Int] = [:]
  private(set) var discharged: Set<String> = []

  /// What a file says of a day, under the id that it has.
  mutating func read(_ patient: String, _ day: Int, _ entry: Entry) {
    known[joined[patient] ?? patient, default: [:]][day] = entry
  }

  /// Somebody of whom nothing is known yet.
  mutating func meet(_ patient: String) { known[patient] = [:] }

  // MARK: What is said of people

  mutating func snooze(_ patient: String, until day: Int) {
    snoozed[patient] = day
    notes[patient] = nil
  }

  mutating func discharge(_ patient: String) {
    discharged.insert(patient)
    notes[patient] = nil
  }

  mutating func readmit(_ patient: String) {
    discharged.remove(patient)
    snoozed[patient] = nil
    notes[patient] = nil
  }

  mutating func merge(_ old: String, into new: String) {
    known[new, default: [:]].merge(known[old] ?? [:]) { own, _ in own }
    notes[new, default: [:]].merge(notes[old] ?? [:]) { own, _ in own }
    if let other = snoozed[old] { snoozed[new] = max(other, snoozed[new] ?? other) }
    known[old] = nil
    notes[old] = nil
    snoozed[old] = nil
    discharged.remove(old)
    joined[old] = new
  }

  // MARK: The list

  /// The list of a morning, by patient.
  ///
  /// - Parameters:
  ///   - asOf: the last day with a record.
  ///   - today: the day of the morning.
  ///   - told: of whom the answer says that pain is more.
  mutating func list(asOf: Int, today: Int, told: Set<String>) -> [String: Line] {
    var lines: [String: Line] = [:]
    for (patient, diary) in known {
      if discharged.contains(patient) || today < snoozed[patient] ?? 0 { continue }
      var own = notes[patient] ?? [:]
      var next: [String: Note] = [:]
      var (codes, isNew, rank) = ([String](), false, Int.max)
      for reason in reasons(diary, asOf: asOf, isTold: told.contains(patient)) {
        var isGiven = false
        for key in reason.keys {
          var note = Note(since: asOf, last: asOf)
          if let old = own[key], old.last == lastList || asOf - old.last <= 7 {
            note.since = old.since
          }
          next[key] = note
          let age = asOf - note.since
          if reason.code == "stopped-logging" ? age == 0 : age < 28 {
            isGiven = true
            if age == 0 { isNew = true }
          }
        }
        if isGiven {
          codes.append(reason.code)
          rank = min(rank, reason.rank)
        }
      }
      own.merge(next) { $1 }
      notes[patient] = own
      if !codes.isEmpty {
        lines[patient] = Line(patient: patient, codes: codes, isNew: isNew, rank: rank)
      }
    }
    lastList = asOf
    return lines
  }

  private func reasons(_ diary: [Int: Entry], asOf: Int, isTold: Bool) -> [Reason] {
    let diary = diary.filter { $0.key <= asOf }
    guard let last = diary.keys.max() else { return [] }
    let silence = asOf - last
    if silence >= 7 {
      let milestone = silence >= 28 ? 28 : silence >= 14 ? 14 : 7
      return silence >= 56
        ? [] : [Reason(code: "stopped-logging", rank: 3, keys: ["\(milestone) since \(last)"])]
    }
    var found: [Reason] = []
    if let rise = rise(diary, asOf: asOf) {
      let keys = (1...max(1, Int(rise / 2 + 1e-9))).map { "pain \($0)" }
      found.append(
        Reason(code: "pain", rank: isTold ? 0 : 1, keys: keys + (isTold ? ["told"] : [])))
    }
    if (asOf - 6...asOf).contains(where: { isFlare(diary, on: $0) }) {
      found.append(Reason(code: "flare", rank: 2, keys: ["flare"]))
    }
    if let now = dose(diary, asOf - 29...asOf), let before = dose(diary, asOf - 59...asOf - 30),
      before - now >= 0.2 - 1e-9
    {
      found.append(Reason(code: "dose-fell", rank: 4, keys: ["dose"]))
    }
    if let session = diary.filter(\.value.hasSession).keys.max(), asOf - session >= 7 {
      found.append(Reason(code: "no-session", rank: 5, keys: ["session"]))
    }
    return found
  }

  /// Points of the last 7 days above the first days, where they are important.
  private func rise(_ diary: [Int: Entry], asOf: Int) -> Double? {
    let pain = diary.compactMapValues(\.pain)
    guard let first = pain.keys.min() else { return nil }
    let span = asOf + 1 - first
    let (length, need) = span < 42 ? (7, 3) : span < 112 ? (14, 6) : (28, 12)
    let baseline = (first..<first + length).compactMap { pain[$0] }
    let now = (asOf - 6...asOf).compactMap { pain[$0] }
    guard baseline.count >= need, now.count >= 3, first + length - 1 < asOf - 6 else { return nil }
    let (before, after) = (mean(baseline), mean(now))
    let important = before < 2 ? 2 : min(2, max(1, 0.3 * before))
    return after - before >= important - 1e-12 ? after - before : nil
  }

  private func isFlare(_ diary: [Int: Entry], on day: Int) -> Bool {
    guard let entry = diary[day] else { return false }
    if entry.isFlare { return true }
    let before = (day - 28..<day).compactMap { diary[$0]?.pain }
    guard let pain = entry.pain, before.count >= 14 else { return false }
    return pain - mean(before) >= 2 - 1e-9
  }

  /// The share of the days with a record on which the daily exercise was done.
  private func dose(_ diary: [Int: Entry], _ days: ClosedRange<Int>) -> Double? {
    let entries = days.compactMap { diary[$0] }
    return entries.isEmpty
      ? nil : Double(entries.count(where: \.hasSession)) / Double(entries.count)
  }

  private func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
}

/// What forty people log in some weeks of nights and the ten weeks before, and what befalls them.
struct ClinicPlan {
  /// Everything that happens, by the night before which it does.
  enum Act {
    case snooze(String, days: Int)
    case discharge(String)
    case readmit(String)
    case merge(String, into: String)
  }

  /// What people log, by the id that they have on the day.
  private(set) var diaries: [String: [Int: ClinicTruth.Entry]] = [:]
  /// Wrong scores, which stand in the files up to a night.
  private(set) var mistakes: [(patient: String, day: Int, score: Double, untilNight: Int)] = []
  private(set) var acts: [Int: [Act]] = [:]
  /// Those whose files come again whole, with corrections.
  let corrected: Set<String> = ["P33", "P34", "P35"]

  /// The day whose records the first night is the first to see is that of night 0.
  private static func day(_ night: Int) -> Int { ClinicTruth.history + night }

  init(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let end = ClinicTruth.history + ClinicTruth.nights
    for person in 1...40 {
      let id = ClinicPlan.id(person)
      let base = Double(3 + person % 3)
      diaries[id] = Dictionary(
        uniqueKeysWithValues: (0..<end).map { day in
          (day, ClinicTruth.Entry(pain: base + random.pick([-0.5, 0, 0, 0.5])))
        })
    }
    for (index, person) in (9...14).enumerated() { stop(person, at: 2 + 3 * index) }
    for (index, person) in (15...18).enumerated() { flare(person, at: 3 + 4 * index) }
    for (index, person) in (19...24).enumerated() { rise(person, at: 1 + 3 * index) }
    for (index, person) in (25...28).enumerated() { idle(person, at: 2 + 4 * index) }
    for person in 29...32 { transfer(person, at: 4 + person - 29) }
    for (index, person) in (33...35).enumerated() {
      mistakes.append((ClinicPlan.id(person), ClinicPlan.day(5 + 6 * index), 10, 8 + 6 * index))
    }
    // Some weeks are written down late, and not at all.
    for person in 36...38 {
      for night in [4, 5, 6, 20, 21] {
        diaries[ClinicPlan.id(person)]?[ClinicPlan.day(night)] = nil
      }
    }
    acts[6] = [.snooze("P22", days: 14)]
    acts[9] = [.discharge("P40"), .discharge("P12")]
    acts[12, default: []] += [.snooze("P20", days: 30), .discharge("P23")]
    acts[15, default: []] += [.snooze("P27", days: 7)]
    acts[18, default: []] += [.readmit("P23"), .readmit("P40")]
    acts[20, default: []] += [.readmit("P27")]
  }

  static func id(_ person: Int) -> String { person < 10 ? "P0\(person)" : "P\(person)" }

  /// Some come back after a while, and one stops once more.
  private mutating func stop(_ person: Int, at night: Int) {
    let from = ClinicPlan.day(night)
    let breaks = [
      [from..<from + 10], [from..<from + 18], [from..<999], [from..<from + 33],
      [from..<from + 8, from + 11..<999], [from..<999],
    ][person - 9]
    for day in breaks.joined() where day < 999 { diaries[ClinicPlan.id(person)]?[day] = nil }
  }

  private mutating func flare(_ person: Int, at night: Int) {
    let rises: [[Int: Double]] = [[0: 3], [0: 3, 1: 3], [0: 3, 20: 4], [0: 0]]
    for (after, points) in rises[person - 15] {
      let day = ClinicPlan.day(night + after)
      diaries[ClinicPlan.id(person)]?[day]?.pain? += points
      if points == 0 { diaries[ClinicPlan.id(person)]?[day]?.isFlare = true }
    }
  }

  /// Pain that rises for ten days, for good, in two steps, or again and again.
  private mutating func rise(_ person: Int, at night: Int) {
    for after in 0..<ClinicTruth.nights - night {
      let points: Double =
        switch person {
        case 19: after < 10 ? 2.5 : 0
        case 21: after < 12 ? 2.5 : 5
        case 24: after < 40 && after % 20 < 9 ? 2.5 : 0
        default: 2.5
        }
      diaries[ClinicPlan.id(person)]?[ClinicPlan.day(night + after)]?.pain? += points
    }
  }

  /// No session any more, or none for three weeks.
  private mutating func idle(_ person: Int, at night: Int) {
    for after in 0..<(person < 27 ? 21 : ClinicTruth.nights - night) {
      diaries[ClinicPlan.id(person)]?[ClinicPlan.day(night + after)]?.hasSession = false
    }
  }

  /// A new id from a night on, which is joined with the old one some nights later; one was snoozed
  /// and one discharged under the old id.
  private mutating func transfer(_ person: Int, at night: Int) {
    let (old, new) = (ClinicPlan.id(person), ClinicPlan.id(person) + "-new")
    let from = ClinicPlan.day(night)
    if person == 30 {
      for day in from - 8..<ClinicTruth.history + ClinicTruth.nights {
        diaries[old]?[day]?.pain? += 2.5
      }
    }
    diaries[new] = diaries[old]?.filter { $0.key >= from }
    diaries[old] = diaries[old]?.filter { $0.key < from }
    if person == 31 { acts[night, default: []].append(.snooze(old, days: 20)) }
    if person == 32 { acts[night, default: []].append(.discharge(old)) }
    acts[night + 5, default: []].append(.merge(old, into: new))
  }
}
