import Columns
import Records

/// Takes out of a log what tells who it is about.
///
/// Dates move by whole weeks, each person's by as many of their own, always back, so that weekdays
/// and distances stay. A diary that goes on to the day of export would tell by how many, so each
/// person's rows of the last weeks before it, one to four, are left out: how many weeks a diary
/// moved plus how many are left out may be seen, either alone may not. Codes stand for people,
/// sessions, raters, devices, and for exercises and places that lumbar does not know; free texts
/// and names go. Times are to the quarter of an hour, without their zone.
public struct Deidentification: Sendable {
  private let key: KeyedCode
  /// The day of export where dates move; nil where they stay.
  private let exported: Day?
  private var isShifted: Bool { exported != nil }

  /// - Parameters:
  ///   - key: the secret that codes and shifts come from.
  ///   - exported: the day that rows are exported on, or the last day they are asked for up to; nil
  ///     keeps dates, for reports that only hide who it is.
  public init(key: [UInt8], exported: Day?) {
    self.key = KeyedCode(key: key)
    self.exported = exported
  }

  /// The code that stands for a patient.
  public func code(of patient: String) -> String { key.short(patient, after: "P-") }

  /// Weeks before the day of export of which a patient's rows are left out.
  func weeksLeftOut(of patient: String) -> Int {
    1 + Int(key.number("left out\u{0}" + patient, below: Deidentification.mostWeeksLeftOut))
  }

  /// Weeks by which a patient's dates move back, 1 to 51; 0 when dates stay.
  ///
  /// The sum with the weeks left out, which may be seen, is drawn on its own: of each sum any
  /// number of weeks left out is as likely as the others.
  func weeks(of patient: String) -> Int {
    guard isShifted else { return 0 }
    let least = Deidentification.mostWeeksLeftOut + 1
    let sum = least + key.number("weeks\u{0}" + patient, below: 53 - least)
    return Int(sum) - weeksLeftOut(of: patient)
  }

  /// More hide the shift better, and take more of a study's newest rows away.
  private static let mostWeeksLeftOut: UInt64 = 4

  /// The log without the rows that would tell by how much its days move; all of it where dates
  /// stay.
  public func withoutLastWeeks(_ log: PatientLog) -> PatientLog {
    guard let exported else { return log }
    let last = exported - 7 * weeksLeftOut(of: log.code)
    var log = log
    log.sets.removeAll { $0.started.day > last }
    log.earlierDays.removeAll { $0.day > last }
    log.pain.removeAll { $0.recorded.day > last }
    log.measurements.removeAll { $0.day > last }
    log.program.removeAll { $0.startOn.map { $0 > last } ?? false }
    log.days.removeAll { $0.day > last }
    log.questionnaires.removeAll { $0.day > last }
    return log
  }

  /// The log without what tells who it is about.
  ///
  /// - Parameters:
  ///   - log: the person's, with all rows.
  ///   - zone: the person's own, whose wall clock times are put on where dates move: times that an
  ///     app writes in UTC would show when clocks changed.
  public func masked(_ log: PatientLog, in zone: ZoneRules? = nil) -> PatientLog {
    precondition(log.past == nil, "a log is masked with all of its rows")
    let log = withoutLastWeeks(log)
    var masked = log
    let own = Masking(self, log, zone)
    masked.code = own.code
    masked.name = nil
    masked.zone = nil
    masked.names = own.names(for: log)
    masked.sets = log.sets.map(own.masked)
    masked.earlierDays = log.earlierDays.map(own.masked)
    masked.pain = log.pain.map(own.masked)
    masked.measurements = log.measurements.map(own.masked)
    masked.program = log.program.map(own.masked)
    masked.days = log.days.map(own.masked)
    masked.questionnaires = log.questionnaires.map(own.masked)
    for (file, source) in log.sources {
      // Who has the file could work out its own sum.
      let code = key.digits(of: "file\u{0}" + source.sha256)
      masked.sources[file]?.sha256 = code
      masked.sources[file]?.name = "file-" + code.prefix(8)
    }
    return masked
  }

  /// What a word of a role becomes.
  fileprivate func word(_ word: String, _ role: Masking.Role) -> String {
    switch role {
    case .patient: return code(of: word)
    case .session: return key.short(word, after: "S-")
    case .rater: return key.short(word, after: "R-")
    case .device: return key.short(word, after: "D-")
    case .exercise:
      let folded = ExerciseNames.folded(word)
      guard let entry = ExerciseCatalogue.entry(of: word) else {
        return key.short(folded, after: "exercise-")
      }
      // Within one report two names of an exercise stay two.
      return isShifted ? entry.name : folded
    case .measure:
      return Deidentification.measures.contains(word) ? word : key.short(word, after: "measure-")
    case .location: return BackLocations.contains(word) ? word : key.short(word, after: "place-")
    case .scale: return key.short(word, after: "scale-") + (word.hasSuffix("0-10") ? " 0-10" : "")
    case .unit, .convention:
      return Deidentification.units.contains(word.lowercased())
        ? word : key.short(word, after: "unit-")
    }
  }

  private static let measures: Set<String> = [
    "sit_and_reach", "fingertip_to_floor", "modified_schober", "straight_leg_raise",
    "active_knee_extension", "hip_internal_rotation", "hip_external_rotation",
    "back_extensor_hold",
  ]
  private static let units: Set<String> = [
    "cm", "mm", "in", "deg", "degree", "degrees", "°", "s", "sec", "seconds", "kg", "extension",
    "deficit",
  ]
}

/// The masking of one person's rows.
private struct Masking {
  enum Role: Hashable {
    case patient, session, rater, device, exercise, measure, location, scale, unit, convention
  }

  let code: String
  private let days: Int32
  private let rule: Deidentification
  private let ids: [Role: [NameID: NameID]]
  private let pool: NamePool

  private let zone: ZoneRules?

  init(_ rule: Deidentification, _ log: PatientLog, _ zone: ZoneRules?) {
    self.rule = rule
    self.zone = zone.flatMap { WallClock.isOwn(log, $0) ? $0 : nil }
    code = rule.code(of: log.code)
    days = Int32(rule.weeks(of: log.code) * 7)
    var pool = NamePool()
    var ids: [Role: [NameID: NameID]] = [:]
    func mask(_ id: NameID?, _ role: Role) {
      guard let id, ids[role]?[id] == nil else { return }
      // Codes of sessions are the person's own: two people may use the same.
      let word = role == .session ? log.code + "\u{0}" + log.names[id] : log.names[id]
      ids[role, default: [:]][id] = pool.intern(rule.word(word, role))
    }
    for row in log.sets {
      mask(row.patient, .patient)
      mask(row.exercise, .exercise)
      mask(row.session, .session)
    }
    for row in log.pain {
      mask(row.patient, .patient)
      mask(row.location, .location)
      mask(row.scale, .scale)
    }
    for row in log.measurements {
      mask(row.patient, .patient)
      mask(row.measure, .measure)
      mask(row.unit, .unit)
      mask(row.rater, .rater)
      mask(row.device, .device)
      mask(row.convention, .convention)
    }
    for row in log.program {
      mask(row.patient, .patient)
      mask(row.exercise, .exercise)
    }
    for row in log.days { mask(row.patient, .patient) }
    for row in log.questionnaires { mask(row.patient, .patient) }
    self.pool = pool
    self.ids = ids
  }

  func names(for log: PatientLog) -> NamePool { pool }

  private func masked(_ id: NameID, _ role: Role) -> NameID { ids[role]?[id] ?? id }
  private func masked(_ id: NameID?, _ role: Role) -> NameID? { id.map { masked($0, role) } }

  private func shifted(_ day: Day) -> Day { Day(number: day.number - days) }

  func masked(_ day: EarlierDay) -> EarlierDay {
    EarlierDay(day: shifted(day.day), isPerformed: day.isPerformed)
  }

  /// The same wall clock to the quarter of an hour, earlier by the person's weeks; without its zone
  /// where dates move.
  private func shifted(_ time: Timestamp) -> Timestamp {
    guard let milliseconds = time.milliseconds else { return Timestamp(day: shifted(time.day)) }
    let own = days > 0 ? zone?.offset(at: milliseconds / 1_000) : nil
    let offset = own.map { Int64($0) * 1_000 } ?? Int64(time.offsetMinutes) * 60_000
    let local = milliseconds + offset
    let quarter = local - ((local % Masking.quarter) + Masking.quarter) % Masking.quarter
    guard days > 0 else {
      return Timestamp(
        day: time.day, milliseconds: quarter - offset, offsetMinutes: time.offsetMinutes)
    }
    return Timestamp(day: shifted(time.day), milliseconds: quarter - Int64(days) * 86_400_000)
  }

  /// Milliseconds of a quarter of an hour.
  private static let quarter: Int64 = 900_000

  func masked(_ row: ExerciseSet) -> ExerciseSet {
    var row = row
    row.patient = masked(row.patient, .patient)
    row.exercise = masked(row.exercise, .exercise)
    row.session = masked(row.session, .session)
    row.started = shifted(row.started)
    row.notes = nil
    return row
  }

  func masked(_ row: PainEntry) -> PainEntry {
    var row = row
    row.patient = masked(row.patient, .patient)
    row.location = masked(row.location, .location)
    row.scale = masked(row.scale, .scale)
    row.recorded = shifted(row.recorded)
    row.notes = nil
    return row
  }

  func masked(_ row: Measurement) -> Measurement {
    var row = row
    row.patient = masked(row.patient, .patient)
    row.measure = masked(row.measure, .measure)
    row.unit = masked(row.unit, .unit)
    row.rater = masked(row.rater, .rater)
    row.device = masked(row.device, .device)
    row.convention = masked(row.convention, .convention)
    row.day = shifted(row.day)
    return row
  }

  func masked(_ row: ProgramLine) -> ProgramLine {
    var row = row
    row.patient = masked(row.patient, .patient)
    row.exercise = masked(row.exercise, .exercise)
    row.startOn = row.startOn.map(shifted)
    row.endOn = row.endOn.map(shifted)
    return row
  }

  func masked(_ row: DayEntry) -> DayEntry {
    var row = row
    row.patient = masked(row.patient, .patient)
    row.day = shifted(row.day)
    row.reason = nil
    return row
  }

  func masked(_ row: Questionnaire) -> Questionnaire {
    var row = row
    row.patient = masked(row.patient, .patient)
    row.day = shifted(row.day)
    return row
  }
}

/// Which values of sex and language are common enough to be told.
public struct CommonValues: Sendable {
  private var sexes: [String: Int] = [:]
  private var languages: [String: Int] = [:]
  /// People that a value must be shared by.
  public static let fewest = 5

  /// Nobody counted yet.
  public init() {}

  /// Counts a person.
  public mutating func count(_ log: PatientLog) {
    if let sex = log.sex { sexes[sex, default: 0] += 1 }
    if let language = log.language { languages[language, default: 0] += 1 }
  }

  /// The log without values that fewer people share.
  public func kept(in log: PatientLog) -> PatientLog {
    var log = log
    log.sex = log.sex.flatMap { (sexes[$0] ?? 0) >= CommonValues.fewest ? $0 : nil }
    log.language = log.language.flatMap {
      (languages[$0] ?? 0) >= CommonValues.fewest ? $0 : nil
    }
    return log
  }
}
