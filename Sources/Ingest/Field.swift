import Records

extension Field {
  /// Fields that hold a date or a time.
  static let dates = declared { $0 == .time || $0 == .day }

  /// Fields that hold a number with decimals.
  static let numbers = declared { $0 == .number }

  /// Fields that say nothing without another one: when, where, by whom, and what is written
  /// beside.
  static let beside: Set<Field> = dates.union([
    .patientID, .notes, .location, .side, .unit, .rater, .device, .kind, .scale,
  ])

  /// Fields of points from 0 to 10.
  static let points = FieldSet(.score, .rpe, .painBefore, .painAfter)

  /// Names of the fields that hold a number with decimals.
  public static let numberNames = Set(numbers.map(\.name))

  /// The fields that any kind declares in some form.
  private static func declared(as isForm: (FieldDeclaration.Form) -> Bool) -> Set<Field> {
    Set(Kind.rowTypes.flatMap { $0.fields }.filter { isForm($0.form) }.map(\.use.field))
  }

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

  /// A name as headers are compared: small letters, `_` for spaces and dashes.
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
  /// The fields of each kind.
  private static let sets: [Kind: (required: FieldSet, all: FieldSet)] = {
    var sets: [Kind: (required: FieldSet, all: FieldSet)] = [:]
    for kind in Kind.allCases {
      var (required, all) = (FieldSet(), FieldSet(.patientID))
      for declared in kind.rowType.fields {
        all.insert(declared.use.field)
        if declared.use.traits.contains(.required) { required.insert(declared.use.field) }
      }
      // Whose rows others are may be said elsewhere.
      if kind == .patients { required.insert(.patientID) }
      sets[kind] = (required, all)
    }
    return sets
  }()

  /// The fields without which a row of the kind says nothing; the patient may be named elsewhere.
  public var requiredFields: FieldSet { Kind.sets[self]?.required ?? [] }

  /// All fields that the kind reads.
  public var fields: FieldSet { Kind.sets[self]?.all ?? [] }

  /// The kinds that a set of fields can be, told by their required fields.
  ///
  /// A programme also needs a frequency; people are what is left when no other kind fits.
  static func candidates(_ present: FieldSet) -> [Kind] {
    let frequency = FieldSet(.sessionsPerWeek, .weekdays, .everyDays)
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
