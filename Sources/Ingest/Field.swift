import Records

/// A field of lumbar's own formats; the raw value is its bit in a `FieldSet`.
public enum Field: Int, CaseIterable, Sendable {
  /// Fields of an exercise row, many of which other kinds have as well.
  case patientID, startedAt, exercise, component, sets, reps, holdSeconds, minutes, rpe, completed
  /// Further fields of an exercise row; `notes` and `side` serve other kinds too.
  case notes, side, loadKilograms, angleDegrees, painBefore, painAfter, sessionID, order
  /// Fields of a pain entry, and the score of a questionnaire.
  case recordedAt, score, kind, location, scale, flare
  /// Fields of a measurement.
  case measuredOn, measure, value, unit, rater, device, trial, convention
  /// Frequency and first and last day of a programme line.
  case sessionsPerWeek, weekdays, startOn, endOn
  /// What is known about a person.
  case name, timezone, sex, language
  /// Fields of a day's status.
  case date, status, hours, reason
  /// Fields of a questionnaire.
  case completedOn, instrument, items
  /// The patient's own day of an exercise row or pain entry, where it is not the timestamp's.
  case localDay

  /// The name in files.
  public var name: String { Field.names[rawValue] }

  /// Fields that hold a date or a time.
  static let dates: Set<Field> = [
    .startedAt, .recordedAt, .measuredOn, .startOn, .endOn, .date, .completedOn, .localDay,
  ]

  /// Fields that hold a number with decimals.
  static let numbers: Set<Field> = [
    .sets, .reps, .holdSeconds, .minutes, .rpe, .loadKilograms, .angleDegrees, .painBefore,
    .painAfter, .score, .value, .sessionsPerWeek, .hours,
  ]

  /// Names of the fields that hold a number with decimals.
  public static let numberNames = Set(numbers.map(\.name))

  static let names = [
    "patient_id", "started_at", "exercise", "component", "sets", "reps", "hold_seconds", "minutes",
    "rpe", "completed", "notes", "side", "load_kg", "angle_deg", "pain_before", "pain_after",
    "session_id", "order", "recorded_at", "score", "kind", "location", "scale", "flare",
    "measured_on", "measure", "value", "unit", "rater", "device", "trial", "convention",
    "sessions_per_week", "weekdays", "start_on", "end_on", "name", "timezone", "sex", "language",
    "date", "status", "hours", "reason", "completed_on", "instrument", "items", "local_day",
  ]

  /// The field of a name in a file, by its own name or a synonym.
  ///
  /// - Parameter header: as it stands in the file; case, spaces and dashes do not matter.
  public init?(header: String) {
    let key = Field.folded(header)
    if let index = Field.names.firstIndex(of: key) {
      self.init(rawValue: index)
    } else if let field = Field.synonyms[key] {
      self = field
    } else {
      return nil
    }
  }

  static func folded(_ header: String) -> String {
    var key = ""
    for scalar in header.lowercased().unicodeScalars {
      let character = scalar == " " || scalar == "-" || scalar == "\u{A0}" ? "_" : scalar
      if character == "_", key.isEmpty || key.hasSuffix("_") { continue }
      key.unicodeScalars.append(character)
    }
    while key.hasSuffix("_") { key.removeLast() }
    return key
  }

  private static let synonyms: [String: Field] = [
    "person": .patientID, "patient": .patientID, "participant": .patientID,
    "participant_id": .patientID, "person_id": .patientID, "subject": .patientID,
    "subject_id": .patientID,
    "start": .startedAt, "started": .startedAt, "start_time": .startedAt,
    "hold": .holdSeconds, "hold_s": .holdSeconds, "duration_minutes": .minutes,
    "repetitions": .reps, "note": .notes, "comment": .notes, "comments": .notes,
    "load": .loadKilograms, "weight_kg": .loadKilograms, "angle": .angleDegrees,
    "pain": .score, "pain_score": .score, "nrs": .score, "recorded": .recordedAt,
    "recorded_on": .recordedAt, "measured": .measuredOn, "measured_at": .measuredOn,
    "time_zone": .timezone, "tz": .timezone, "per_week": .sessionsPerWeek,
  ]
}

/// A set of fields in one word.
public struct FieldSet: OptionSet, Sendable {
  /// One bit a field, at the position that is the field's raw value.
  public let rawValue: UInt64
  /// The set of such bits.
  public init(rawValue: UInt64) { self.rawValue = rawValue }

  /// The set of some fields.
  public init(_ fields: Field...) {
    self.init(rawValue: fields.reduce(0) { $0 | 1 << UInt64($1.rawValue) })
  }

  /// Whether it holds a field.
  public func contains(_ field: Field) -> Bool { rawValue & (1 << UInt64(field.rawValue)) != 0 }

  mutating func insert(_ field: Field) { self = union(FieldSet(field)) }

  /// The fields in it, in order.
  public var fields: [Field] { Field.allCases.filter(contains) }
}

/// The fields of a set one by one, without any allocation.
struct EachField: Sequence, IteratorProtocol {
  fileprivate var rest: UInt64

  mutating func next() -> Field? {
    guard rest != 0 else { return nil }
    let bit = rest.trailingZeroBitCount
    rest &= rest - 1
    return Field(rawValue: bit)
  }
}

extension FieldSet {
  /// Its fields in order.
  var each: EachField { EachField(rest: rawValue) }
}

extension Kind {
  /// The fields without which a row of the kind says nothing; the patient may be named elsewhere.
  public var requiredFields: FieldSet {
    switch self {
    case .sessions: FieldSet(.startedAt, .exercise)
    case .pain: FieldSet(.recordedAt, .score)
    case .flexibility: FieldSet(.measuredOn, .measure, .value)
    case .program: FieldSet(.exercise, .component)
    case .patients: FieldSet(.patientID)
    case .days: FieldSet(.date, .status)
    case .questionnaires: FieldSet(.completedOn, .instrument)
    }
  }

  /// Fields of the kind that may be absent.
  public var optionalFields: FieldSet {
    switch self {
    case .sessions:
      FieldSet(
        .component, .sets, .reps, .holdSeconds, .minutes, .rpe, .completed, .notes, .side,
        .loadKilograms, .angleDegrees, .painBefore, .painAfter, .sessionID, .order, .localDay)
    case .pain: FieldSet(.kind, .location, .notes, .scale, .flare, .localDay)
    case .flexibility: FieldSet(.unit, .side, .rater, .device, .trial, .convention)
    case .program:
      FieldSet(
        .sessionsPerWeek, .weekdays, .sets, .reps, .holdSeconds, .minutes, .angleDegrees, .side,
        .startOn, .endOn)
    case .patients: FieldSet(.name, .timezone, .sex, .language)
    case .days: FieldSet(.hours, .reason)
    case .questionnaires: FieldSet(.score, .items)
    }
  }

  /// All fields that the kind reads.
  public var fields: FieldSet {
    requiredFields.union(optionalFields).union(FieldSet(.patientID))
  }

  /// The kinds that a set of fields can be, told by their required fields.
  ///
  /// A programme also needs a frequency; people are what is left when no other kind fits.
  static func candidates(_ present: FieldSet) -> [Kind] {
    let frequency = FieldSet(.sessionsPerWeek, .weekdays)
    let found = Kind.allCases.filter { kind in
      guard kind != .patients, present.isSuperset(of: kind.requiredFields) else { return false }
      return kind != .program || !present.isDisjoint(with: frequency)
    }
    if !found.isEmpty { return found }
    let aboutPeople = FieldSet(.name, .timezone, .sex, .language)
    return present.contains(Field.patientID) && !present.isDisjoint(with: aboutPeople)
      ? [.patients] : []
  }
}
