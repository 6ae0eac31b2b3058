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
    log.records.removeAll(behind: last)
    log.program.removeAll { $0.startOn.map { $0 > last } ?? false }
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
    var own = Masking(self, log, zone)
    masked.code = own.code
    masked.name = nil
    masked.zone = nil
    own.mask(&masked.records)
    masked.names = own.pool
    for (file, source) in log.sources {
      // Who has the file could work out its own sum.
      let code = key.digits(of: "file\u{0}" + source.sha256)
      masked.sources[file]?.sha256 = code
      masked.sources[file]?.name = "file-" + code.prefix(8)
    }
    return masked
  }

  /// What a word of a field becomes.
  fileprivate func word(_ word: String, _ field: Field) -> String {
    switch field {
    case .patientID: return code(of: word)
    case .sessionID: return key.short(word, after: "S-")
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
    default: return key.short(word, after: field.name + "-")
    }
  }

  private static let measures: Set<String> = [
    "sit_and_reach", "fingertip_to_floor", "modified_schober", "straight_leg_raise",
    "active_knee_extension", "hip_internal_rotation", "hip_external_rotation",
    "back_extensor_hold",
  ]
  private static let units: Set<String> = [
    "cm", "mm", "in", "deg", "degree", "degrees", "°", "s", "sec", "seconds", "min", "minutes", "h",
    "hours", "steps", "mg", "ml", "kg", "extension", "deficit",
  ]
}

/// The masking of one person's rows.
private struct Masking: FieldVisitor {
  typealias Failure = Never
  let code: String
  private let days: Int32
  private let rule: Deidentification
  private let log: PatientLog
  private let zone: ZoneRules?
  /// The names of what is masked.
  private(set) var pool = NamePool()
  private var ids: [Field: [NameID: NameID]] = [:]

  init(_ rule: Deidentification, _ log: PatientLog, _ zone: ZoneRules?) {
    self.rule = rule
    self.log = log
    self.zone = zone.flatMap { WallClock.isOwn(log, $0) ? $0 : nil }
    code = rule.code(of: log.code)
    days = Int32(rule.weeks(of: log.code) * 7)
  }

  mutating func mask(_ records: inout RecordSet) {
    func mask<R: Row>(_: R.Type, _ masking: inout Masking, _ records: inout RecordSet) {
      for index in records[keyPath: R.rows].indices {
        let patient = records[keyPath: R.rows][index].patient
        records[keyPath: R.rows][index].patient = masking.masked(patient, .patientID)
        records[keyPath: R.rows][index].visit(&masking)
      }
    }
    for kind in Kind.rowTypes { mask(kind, &self, &records) }
  }

  private mutating func masked(_ id: NameID, _ field: Field) -> NameID {
    if let known = ids[field]?[id] { return known }
    // Codes of sessions are the person's own: two people may use the same.
    let word = field == .sessionID ? log.code + "\u{0}" + log.names[id] : log.names[id]
    let masked = pool.intern(rule.word(word, field))
    ids[field, default: [:]][id] = masked
    return masked
  }

  private func shifted(_ day: Day) -> Day { Day(number: day.number - days) }

  /// Milliseconds of a quarter of an hour.
  private static let quarter: Int64 = 900_000

  /// The same wall clock to the quarter of an hour, earlier by the person's weeks; without its zone
  /// where dates move.
  mutating func time(_ value: inout Timestamp, _ use: FieldUse) {
    guard let milliseconds = value.milliseconds else {
      return value = Timestamp(day: shifted(value.day))
    }
    let own = days > 0 ? zone?.offset(at: milliseconds / 1_000) : nil
    let offset = own.map { Int64($0) * 1_000 } ?? Int64(value.offsetMinutes) * 60_000
    let local = milliseconds + offset
    let quarter = local - ((local % Masking.quarter) + Masking.quarter) % Masking.quarter
    value =
      days > 0
      ? Timestamp(day: shifted(value.day), milliseconds: quarter - Int64(days) * 86_400_000)
      : Timestamp(
        day: value.day, milliseconds: quarter - offset, offsetMinutes: value.offsetMinutes)
  }

  mutating func day(_ value: inout Day, _ use: FieldUse) { value = shifted(value) }
  mutating func date(_ value: inout Day?, _ use: FieldUse) { value = value.map(shifted) }
  mutating func name(_ value: inout NameID?, _ use: FieldUse) {
    if let name = value { value = masked(name, use.field) }
  }

  /// What the person wrote in their own words goes.
  mutating func text(_ value: inout TextRange?, _ use: FieldUse) {
    if use.traits.contains(.ownWords) { value = nil }
  }

  // Numbers and codes tell nobody's name.
  mutating func number(_ value: inout Double?, _ range: ClosedRange<Double>, _ use: FieldUse) {}
  mutating func integer(_ value: inout Int64?, _ use: FieldUse) {}
  mutating func flag(_ value: inout Bool?, _ use: FieldUse) {}
  mutating func code<C: Code>(_ value: inout C?, _ use: FieldUse) {}
  mutating func weekdays(_ value: inout UInt8, _ use: FieldUse) {}
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
