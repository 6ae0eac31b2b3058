import Records

/// Why a row is refused, and at which field.
struct Refusal: Error {
  var reason: RejectionReason
  var field: Field?
}

/// Turns the fields of one row, as bytes, into a record of a kind in a batch.
///
/// The same decoder serves CSV and JSON: whoever reads the file lays each field's bytes in its
/// slot.
final class RowDecoder {
  var batch = Batch()
  /// Bytes of each field, by raw value; empty where the row has none.
  let slots: UnsafeMutablePointer<Bytes>
  /// How numbers of each field are written, by raw value.
  let numberForms: UnsafeMutablePointer<NumberForm>
  /// Whether the short numbers of a field are read as they stand, by raw value.
  let readsPlainly: UnsafeMutablePointer<Bool>
  /// The order of each field's dates, by raw value.
  var dateOrders = [DateOrder?](repeating: nil, count: Field.allCases.count)
  var missing: [[UInt8]] = [] {
    didSet {
      (nameMemo, codeMemo) = (WordMemo(nil), WordMemo(0))
      Field.allCases.forEach(settle)
    }
  }
  /// Names by their cells; nil for cells that stand for a missing value.
  var nameMemo = WordMemo<NameID?>(nil)
  /// Raw values of codes by their cells, with the field's raw value above them.
  var codeMemo = WordMemo<UInt16>(0)
  var timeMemo = TimeMemo()
  var measures: [NameID: (code: NameID, side: Side?)] = [:]
  var batchRows: Int
  /// Rows of the batches that were handed on.
  var rowsHandedOn = 0
  var fileZone: ZoneRules?
  /// Whether texts carry an apostrophe before what a spreadsheet would take for a formula, as in
  /// CSV.
  var unguardsFormulas = false { didSet { nameMemo = WordMemo(nil) } }
  var clockChanges = 0
  /// What numbers of each field are multiplied by, by raw value; nil for those in the field's own
  /// unit.
  var scales = [UnitScale?](repeating: nil, count: Field.allCases.count)
  var components: [String: Component] = [:]
  var componentOf: [NameID: Component?] = [:]
  let options: ReadingOptions
  var zones: [NameID: ZoneRules] = [:]
  var givenPatient: NameID?

  init(_ options: ReadingOptions) {
    self.options = options
    slots = .allocate(capacity: Field.allCases.count)
    slots.initialize(repeating: .empty, count: Field.allCases.count)
    numberForms = .allocate(capacity: Field.allCases.count)
    numberForms.initialize(repeating: NumberForm(), count: Field.allCases.count)
    readsPlainly = .allocate(capacity: Field.allCases.count)
    readsPlainly.initialize(repeating: true, count: Field.allCases.count)
    batchRows = min(options.batchRows, options.firstBatchRows ?? .max)
    if let order = options.dateOrder { use(order) }
    if let mark = options.decimalMark { use(NumberForm(mark: mark)) }
    fileZone = options.zone
    if let patient = options.patient { givenPatient = batch.names.intern(normalized(patient)) }
  }

  deinit {
    slots.deallocate()
    numberForms.deallocate()
    readsPlainly.deallocate()
  }

  /// Reads the dates of all fields, or of one, in an order.
  func use(_ order: DateOrder, for field: Field? = nil) {
    if let field { dateOrders[field.rawValue] = order; return }
    dateOrders = .init(repeating: order, count: Field.allCases.count)
  }

  /// Reads the numbers of all fields, or of one, in a form.
  func use(_ form: NumberForm, for field: Field? = nil) {
    for field in field.map({ [$0] }) ?? Field.allCases {
      numberForms[field.rawValue] = form
      settle(field)
    }
  }

  /// Reads the numbers of a field in a unit of its own.
  func use(_ scale: UnitScale?, for field: Field) {
    scales[field.rawValue] = scale
    settle(field)
  }

  func settle(_ field: Field) {
    readsPlainly[field.rawValue] =
      missing.isEmpty && scales[field.rawValue] == nil
      && numberForms[field.rawValue].grouping == nil
  }

  /// Gives rows without a component that of their exercise.
  func use(components known: [String: Component]) {
    components = Dictionary(known.map { ($0.key.lowercased(), $0.value) }) { first, _ in first }
  }

  /// Exercises of rows that name no component, nor does a profile, each once.
  private(set) var withoutComponent: Set<NameID> = []

  /// Their names, in alphabetical order.
  var unmappedExercises: [String] { withoutComponent.map { batch.names[$0] }.sorted() }

  func component(of exercise: NameID) -> Component? {
    if let known = componentOf[exercise] { return known }
    let found = components[batch.names[exercise].lowercased()]
    componentOf[exercise] = .some(found)
    if found == nil { withoutComponent.insert(exercise) }
    return found
  }

  /// Whether the batch is to be handed on.
  var hasFullBatch: Bool { batch.read >= batchRows }

  /// Begins another batch behind one that was handed on. In a long file it holds up to four times
  /// as many rows: an export that goes day by day is then written a whole day of all people at
  /// once.
  func beginBatch() {
    rowsHandedOn += batchRows
    batch.removeRows()
    let grown = min(rowsHandedOn / 32, 4 * options.batchRows)
    batchRows = max(grown, min(options.batchRows, batchRows * 2))
  }

  /// Empties every slot.
  func clear() { slots.update(repeating: .empty, count: Field.allCases.count) }

  /// Where the records of a batch end.
  struct Mark {
    fileprivate var sets, pain, measurements, program, patients, days, questionnaires: Int
  }

  /// Where the records of the batch end now.
  var mark: Mark {
    Mark(
      sets: batch.sets.count, pain: batch.pain.count, measurements: batch.measurements.count,
      program: batch.program.count, patients: batch.patients.count, days: batch.days.count,
      questionnaires: batch.questionnaires.count)
  }

  /// Takes back clock changes that were counted for a row that is decoded once more.
  func goBack(toClockChanges count: Int) { clockChanges = count }

  /// Takes back the records behind a mark.
  func goBack(to mark: Mark) {
    batch.sets.removeLast(batch.sets.count - mark.sets)
    batch.pain.removeLast(batch.pain.count - mark.pain)
    batch.measurements.removeLast(batch.measurements.count - mark.measurements)
    batch.program.removeLast(batch.program.count - mark.program)
    batch.patients.removeLast(batch.patients.count - mark.patients)
    batch.days.removeLast(batch.days.count - mark.days)
    batch.questionnaires.removeLast(batch.questionnaires.count - mark.questionnaires)
  }

  /// Decodes the slots into a record of the kind.
  func decode(_ kind: Kind, line: Int) throws(Refusal) {
    let position = SourcePosition(line: Int64(line))
    switch kind {
    case .sessions: batch.sets.append(try exerciseSet(position))
    case .pain: batch.pain.append(try painEntry(position))
    case .flexibility: batch.measurements.append(try measurement(position))
    case .program: batch.program.append(try programLine(position))
    case .patients: batch.patients.append(try patient(position))
    case .days: batch.days.append(try dayEntry(position))
    case .questionnaires: batch.questionnaires.append(try questionnaire(position))
    }
  }

  func exerciseSet(_ position: SourcePosition) throws(Refusal) -> ExerciseSet {
    let patient = try patientName()
    var row = ExerciseSet(
      patient: patient, started: try time(.startedAt, of: patient),
      exercise: try required(name(.exercise), .exercise), position: position)
    row.component = try code(.component) ?? component(of: row.exercise)
    row.side = try side()
    row.sets = try amount(.sets)
    row.reps = try amount(.reps)
    row.holdSeconds = try amount(.holdSeconds)
    row.minutes = try amount(.minutes)
    row.rpe = try number(.rpe, in: ValueRange.score)
    row.completed = try yesOrNo(.completed)
    row.loadKilograms = try number(.loadKilograms, in: ValueRange.load)
    row.angleDegrees = try number(.angleDegrees, in: ValueRange.angle)
    row.painBefore = try number(.painBefore, in: ValueRange.score)
    row.painAfter = try number(.painAfter, in: ValueRange.score)
    row.session = try name(.sessionID)
    row.order = try integer(.order)
    row.notes = try text(.notes)
    return row
  }

  func painEntry(_ position: SourcePosition) throws(Refusal) -> PainEntry {
    let patient = try patientName()
    let scale = try name(.scale).flatMap { isNRS(batch.names[$0]) ? nil : $0 }
    let range = scale == nil ? ValueRange.score : ValueRange.otherScore
    var row = PainEntry(
      patient: patient, recorded: try time(.recordedAt, of: patient),
      score: try required(number(.score, in: range), .score), position: position)
    row.scale = scale
    row.kind = try code(.kind)
    row.location = try name(.location)
    row.flare = try yesOrNo(.flare)
    row.notes = try text(.notes)
    return row
  }

  /// The 0-10 numerical rating scale under its usual names; such rows carry no scale of their own.
  func isNRS(_ scale: String) -> Bool {
    ["nrs", "nrs-11", "nrs11", "0-10", "nrs 0-10"].contains(scale.lowercased())
  }

  func measurement(_ position: SourcePosition) throws(Refusal) -> Measurement {
    let patient = try patientName()
    let day = try required(day(.measuredOn), .measuredOn)
    let named = try required(name(.measure), .measure)
    let (code, written) = measure(of: named)
    let given = try side()
    if let given, let written, given != written {
      throw Refusal(reason: .unknownCode, field: .side)
    }
    var row = Measurement(
      patient: patient, day: day, measure: code,
      value: try required(number(.value, in: ValueRange.measurement), .value), position: position)
    row.side = given ?? written
    row.unit = try name(.unit)
    row.rater = try name(.rater)
    row.device = try name(.device)
    row.trial = try integer(.trial)
    row.convention = try name(.convention)
    return row
  }

  /// The code of a measure as it is written, and the side that its name ends in. Each is taken
  /// apart once.
  func measure(of written: NameID) -> (code: NameID, side: Side?) {
    if let known = measures[written] { return known }
    var code = Field.folded(batch.names[written])
    var side: Side?
    for (suffix, meaning) in [("_left", Side.left), ("_right", Side.right)]
    where code.hasSuffix(suffix) {
      side = meaning
      code.removeLast(suffix.count)
    }
    let found = (batch.names.intern(code), side)
    measures[written] = found
    return found
  }

  func programLine(_ position: SourcePosition) throws(Refusal) -> ProgramLine {
    let patient = try patientName()
    let exercise = try required(name(.exercise), .exercise)
    let component: Component = try required(code(.component), .component)
    let perWeek = try number(.sessionsPerWeek, in: ValueRange.perWeek)
    var row = ProgramLine(
      patient: patient, exercise: exercise, component: component, sessionsPerWeek: perWeek,
      position: position)
    row.weekdays = try weekdays()
    if row.weekdays == 0, perWeek == nil {
      throw Refusal(reason: .missingValue, field: .sessionsPerWeek)
    }
    row.sets = try amount(.sets)
    row.reps = try amount(.reps)
    row.holdSeconds = try amount(.holdSeconds)
    row.minutes = try amount(.minutes)
    row.angleDegrees = try number(.angleDegrees, in: ValueRange.angle)
    row.side = try side()
    row.startOn = try day(.startOn, mayBeAhead: true)
    row.endOn = try day(.endOn, mayBeAhead: true)
    if let start = row.startOn, let end = row.endOn, end < start {
      throw Refusal(reason: .outOfRange, field: .endOn)
    }
    return row
  }

  func patient(_ position: SourcePosition) throws(Refusal) -> Patient {
    var row = Patient(patient: try patientName(), position: position)
    row.name = try name(.name)
    row.sex = try name(.sex)
    row.language = try name(.language)
    row.zone = try name(.timezone)
    if let zone = row.zone {
      guard let rules = options.zoneNamed(batch.names[zone]) else {
        throw Refusal(reason: .unknownZone, field: .timezone)
      }
      if fileZone == nil { zones[row.patient] = rules }
    }
    return row
  }

  func dayEntry(_ position: SourcePosition) throws(Refusal) -> DayEntry {
    let patient = try patientName()
    var row = DayEntry(
      patient: patient, day: try required(day(.date), .date),
      status: try required(code(.status), .status), position: position)
    row.hours = try number(.hours, in: ValueRange.hours)
    row.reason = try text(.reason)
    return row
  }

  func questionnaire(_ position: SourcePosition) throws(Refusal) -> Questionnaire {
    let patient = try patientName()
    var row = Questionnaire(
      patient: patient, day: try required(day(.completedOn), .completedOn),
      instrument: try required(code(.instrument), .instrument), position: position)
    row.score = try number(.score, in: ValueRange.questionnaire)
    row.items = present(.items) == nil ? nil : try text(.items)
    if row.score == nil, row.items == nil {
      throw Refusal(reason: .missingValue, field: .score)
    }
    return row
  }
}
