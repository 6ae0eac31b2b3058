import Records

/// Why a row is refused, and at which field.
struct Refusal: Error {
  var reason: RejectionReason
  var field: Field?
}

/// Turns the fields of one row, as bytes, into a record of a kind in a batch.
///
/// The same decoder serves CSV and JSON: whoever reads the file lays each field's bytes in its slot.
final class RowDecoder {
  var batch = Batch()
  /// Bytes of each field, by raw value; empty where the row has none.
  let slots: UnsafeMutablePointer<Bytes>
  /// How numbers of each field are written, by raw value.
  private let numberForms: UnsafeMutablePointer<NumberForm>
  /// Whether the short numbers of a field are read as they stand, by raw value.
  private let readsPlainly: UnsafeMutablePointer<Bool>
  /// The order of each field's dates, by raw value.
  private var dateOrders = [DateOrder?](repeating: nil, count: Field.allCases.count)
  var missing: [[UInt8]] = [] {
    didSet {
      (nameMemo, codeMemo) = (WordMemo(nil), WordMemo(0))
      Field.allCases.forEach(settle)
    }
  }
  /// Names by their cells; nil for cells that stand for a missing value.
  private var nameMemo = WordMemo<NameID?>(nil)
  /// Raw values of codes by their cells, with the field's raw value above them.
  private var codeMemo = WordMemo<UInt16>(0)
  private var timeMemo = TimeMemo()
  private var measures: [NameID: (code: NameID, side: Side?)] = [:]
  private var batchRows: Int
  /// Rows of the batches that were handed on.
  private var rowsHandedOn = 0
  var fileZone: ZoneRules?
  /// Whether texts carry an apostrophe before what a spreadsheet would take for a formula, as in CSV.
  var unguardsFormulas = false { didSet { nameMemo = WordMemo(nil) } }
  private(set) var clockChanges = 0
  /// What numbers of each field are multiplied by, by raw value; nil for those in the field's own unit.
  private var scales = [UnitScale?](repeating: nil, count: Field.allCases.count)
  private var components: [String: Component] = [:]
  private var componentOf: [NameID: Component?] = [:]
  private let options: ReadingOptions
  private var zones: [NameID: ZoneRules] = [:]
  private var givenPatient: NameID?

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

  private func settle(_ field: Field) {
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

  private func component(of exercise: NameID) -> Component? {
    if let known = componentOf[exercise] { return known }
    let found = components[batch.names[exercise].lowercased()]
    componentOf[exercise] = .some(found)
    if found == nil { withoutComponent.insert(exercise) }
    return found
  }

  /// Whether the batch is to be handed on.
  var hasFullBatch: Bool { batch.read >= batchRows }

  /// Begins another batch behind one that was handed on. In a long file it holds up to four times as
  /// many rows: an export that goes day by day is then written a whole day of all people at once.
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

  private func exerciseSet(_ position: SourcePosition) throws(Refusal) -> ExerciseSet {
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

  private func painEntry(_ position: SourcePosition) throws(Refusal) -> PainEntry {
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
  private func isNRS(_ scale: String) -> Bool {
    ["nrs", "nrs-11", "nrs11", "0-10", "nrs 0-10"].contains(scale.lowercased())
  }

  private func measurement(_ position: SourcePosition) throws(Refusal) -> Measurement {
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

  /// The code of a measure as it is written, and the side that its name ends in. Each is taken apart once.
  private func measure(of written: NameID) -> (code: NameID, side: Side?) {
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

  private func programLine(_ position: SourcePosition) throws(Refusal) -> ProgramLine {
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

  private func patient(_ position: SourcePosition) throws(Refusal) -> Patient {
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

  private func dayEntry(_ position: SourcePosition) throws(Refusal) -> DayEntry {
    let patient = try patientName()
    var row = DayEntry(
      patient: patient, day: try required(day(.date), .date),
      status: try required(code(.status), .status), position: position)
    row.hours = try number(.hours, in: ValueRange.hours)
    row.reason = try text(.reason)
    return row
  }

  private func questionnaire(_ position: SourcePosition) throws(Refusal) -> Questionnaire {
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

// Fields of one row.
extension RowDecoder {
  /// The bytes of a field without spaces at its ends; nil when the value is missing.
  @inline(__always)
  private func present(_ field: Field) -> Bytes? {
    let bytes = slots[field.rawValue]
    if bytes.count == 0 { return nil }
    let value = bytes.trimmed
    if isMissing(value) { return nil }
    for word in missing where word.count == value.count && value.elementsEqual(word) { return nil }
    return value
  }

  private func required<T>(_ value: T?, _ field: Field) throws(Refusal) -> T {
    guard let value else { throw Refusal(reason: .missingValue, field: field) }
    return value
  }

  private func patientName() throws(Refusal) -> NameID {
    if let id = try name(.patientID) { return id }
    guard let givenPatient else { throw Refusal(reason: .noPatient, field: .patientID) }
    return givenPatient
  }

  private func name(_ field: Field) throws(Refusal) -> NameID? {
    let cell = slots[field.rawValue]
    if cell.count == 0 { return nil }
    guard let key = WordKey(cell) else { return try lookUpName(field) }
    if let known = nameMemo[key] { return known }
    let name = try lookUpName(field)
    nameMemo.note(key, name)
    return name
  }

  private func lookUpName(_ field: Field) throws(Refusal) -> NameID? {
    guard let written = present(field) else { return nil }
    let bytes = unguarded(written)
    guard bytes.count <= 4_096 else { throw Refusal(reason: .fieldTooLong, field: field) }
    if isSurelyNormalized(bytes) { return batch.names.intern(bytes) }
    return batch.names.intern(normalized(bytes))
  }

  /// A text without the apostrophe that writers of CSV set before `=`, `+`, `-`, `@`, a tab or a carriage
  /// return, and before further apostrophes in front of one of these.
  @inline(__always)
  private func unguarded(_ bytes: Bytes) -> Bytes {
    guard unguardsFormulas, bytes.count > 1, bytes[0] == 0x27 else { return bytes }
    var index = 1
    while index < bytes.count, bytes[index] == 0x27 { index += 1 }
    guard index < bytes.count, [0x3D, 0x2B, 0x2D, 0x40, 0x09, 0x0D].contains(bytes[index]) else {
      return bytes
    }
    return Bytes(rebasing: bytes[1...])
  }

  @inline(__always)
  private func text(_ field: Field) throws(Refusal) -> TextRange? {
    slots[field.rawValue].count == 0 ? nil : try writtenText(field)
  }

  private func writtenText(_ field: Field) throws(Refusal) -> TextRange? {
    let bytes = unguarded(slots[field.rawValue])
    guard bytes.count <= options.limits.fieldBytes else {
      throw Refusal(reason: .fieldTooLong, field: field)
    }
    if isSurelyNormalized(bytes) { return batch.texts.append(bytes) }
    var text = normalized(bytes)
    return text.withUTF8 { batch.texts.append($0) }
  }

  @inline(__always)
  private func number(_ field: Field, in range: ClosedRange<Double>) throws(Refusal) -> Double? {
    let cell = slots[field.rawValue]
    return cell.count == 0 ? nil : try writtenNumber(cell, of: field, in: range)
  }

  private func writtenNumber(_ cell: Bytes, of field: Field, in range: ClosedRange<Double>)
    throws(Refusal) -> Double?
  {
    let form = numberForms[field.rawValue]
    if readsPlainly[field.rawValue],
      let value = parseShortNumber(cell, decimalMark: form.mark)
    {
      guard range.contains(value) else { throw Refusal(reason: .outOfRange, field: field) }
      return value
    }
    guard let bytes = present(field) else { return nil }
    switch parseNumber(bytes, decimalMark: form.mark, grouping: form.grouping) {
    case .missing: return nil
    case .invalid:
      guard field == .minutes || field == .holdSeconds, let seconds = parseDuration(bytes) else {
        throw Refusal(reason: .notANumber, field: field)
      }
      let value = field == .minutes ? seconds / 60 : seconds
      guard range.contains(value) else { throw Refusal(reason: .outOfRange, field: field) }
      return value
    case .value(let written):
      let value = scales[field.rawValue].map { $0.apply(written) } ?? written
      guard range.contains(value) else { throw Refusal(reason: .outOfRange, field: field) }
      return value
    }
  }

  /// A count, a duration or another quantity that is never negative.
  @inline(__always)
  private func amount(_ field: Field) throws(Refusal) -> Double? {
    try number(field, in: ValueRange.amount)
  }

  private func integer(_ field: Field) throws(Refusal) -> Int64? {
    if slots[field.rawValue].count == 0 { return nil }
    guard let bytes = present(field) else { return nil }
    guard let value = parseInteger(bytes) else { throw Refusal(reason: .notANumber, field: field) }
    return value
  }

  @inline(__always)
  private func yesOrNo(_ field: Field) throws(Refusal) -> Bool? {
    let cell = slots[field.rawValue]
    if cell.count == 0 { return nil }
    let key = WordKey(cell)
    if let key, let known = codeMemo[key], known & 0xFF00 == UInt16(field.rawValue) << 8 {
      return known & 1 == 1
    }
    return try writtenYesOrNo(field, key)
  }

  private func writtenYesOrNo(_ field: Field, _ key: WordKey?) throws(Refusal) -> Bool? {
    guard let bytes = present(field) else { return nil }
    let yes: [StaticString] = ["true", "yes", "1", "y", "done"]
    let no: [StaticString] = ["false", "no", "0", "n"]
    let isYes = yes.contains(where: bytes.equals)
    guard isYes || no.contains(where: bytes.equals) else {
      throw Refusal(reason: .unknownCode, field: field)
    }
    if let key { codeMemo.note(key, UInt16(field.rawValue) << 8 | (isYes ? 1 : 0)) }
    return isYes
  }

  private func code<T: Code>(_ field: Field) throws(Refusal) -> T? {
    let cell = slots[field.rawValue]
    if cell.count == 0 { return nil }
    let key = WordKey(cell)
    let ofField = UInt16(field.rawValue) << 8
    if let key, let known = codeMemo[key], known & 0xFF00 == ofField {
      return T(rawValue: UInt8(known & 0xFF))
    }
    guard let bytes = present(field) else { return nil }
    let words = T.words
    for index in words.indices where matches(bytes, words[index]) {
      if let key { codeMemo.note(key, ofField | UInt16(index + 1)) }
      return T(rawValue: UInt8(index + 1))
    }
    throw Refusal(reason: .unknownCode, field: field)
  }

  /// Case does not matter, and neither do `_`, space and `-` in a code.
  private func matches(_ bytes: Bytes, _ word: String) -> Bool {
    let letters = word.utf8
    guard bytes.count == letters.count else { return false }
    var index = 0
    for letter in letters {
      var byte = lowercased(bytes[index])
      if byte == 0x5F || byte == 0x20 { byte = 0x2D }
      if byte != letter { return false }
      index += 1
    }
    return true
  }

  /// Both sides at once are the same as no side.
  private func side() throws(Refusal) -> Side? {
    if slots[Field.side.rawValue].count == 0 { return nil }
    guard let bytes = present(.side) else { return nil }
    if bytes.equals("both") || bytes.equals("none") { return nil }
    if bytes.equals("l") { return .left }
    if bytes.equals("r") { return .right }
    return try code(.side)
  }

  private func weekdays() throws(Refusal) -> UInt8 {
    guard let bytes = present(.weekdays) else { return 0 }
    var days: UInt8 = 0
    let isJoint: (UInt8) -> Bool = { [0x20, 0x2C, 0x3B, 0x2F, 0x7C].contains($0) }
    for word in bytes.split(whereSeparator: isJoint) {
      let ends = word.split(separator: 0x2D, omittingEmptySubsequences: false).map { weekday($0) }
      guard let first = ends[0], let last = ends[ends.count - 1], ends.count <= 2 else {
        throw Refusal(reason: .unknownCode, field: .weekdays)
      }
      // A span such as Mon-Fri, over the end of the week where it must.
      var day = first
      days |= 1 << UInt8(day)
      while day != last {
        day = (day + 1) % 7
        days |= 1 << UInt8(day)
      }
    }
    return days
  }

  /// A weekday by its number from 1, its name or the first three letters of it; Monday is 0.
  private func weekday(_ word: some Sequence<UInt8>) -> Int? {
    let text = String(decoding: Array(word), as: UTF8.self).lowercased()
    if let number = Int(text), (1...7).contains(number) { return number - 1 }
    let names = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
    return names.firstIndex { $0 == text || $0.prefix(3) == text }
  }

  private func day(_ field: Field, mayBeAhead: Bool = false) throws(Refusal) -> Day? {
    guard let parsed = try parsedTime(field) else { return nil }
    if !mayBeAhead, parsed.day > options.latestDay {
      throw Refusal(reason: .dateInTheFuture, field: field)
    }
    return parsed.day
  }

  private func parsedTime(_ field: Field) throws(Refusal) -> ParsedTime? {
    if missing.isEmpty, let time = timeMemo.parse(slots[field.rawValue]) { return time }
    guard let bytes = present(field) else { return nil }
    if let time = timeMemo.parse(bytes) { return time }
    switch parseTime(bytes, order: dateOrders[field.rawValue]) {
    case .success(let time): return time
    case .failure(.notADate): throw Refusal(reason: .notADate, field: field)
    case .failure(.orderUnknown): throw Refusal(reason: .dateOrderUnknown, field: field)
    }
  }

  /// The moment of a row: its own day when the file names one, else that of the timestamp.
  private func time(_ field: Field, of patient: NameID) throws(Refusal) -> Timestamp {
    let ownDay = slots[Field.localDay.rawValue].count == 0 ? nil : try day(.localDay)
    guard let parsed = try parsedTime(field) else {
      guard let ownDay else { throw Refusal(reason: .missingValue, field: field) }
      return Timestamp(day: ownDay)
    }
    guard parsed.day <= options.latestDay else {
      throw Refusal(reason: .dateInTheFuture, field: field)
    }
    guard let ofDay = parsed.milliseconds else { return Timestamp(day: ownDay ?? parsed.day) }
    let local = Int64(parsed.day.number) * 86_400_000 + ofDay
    if let offset = parsed.offsetMinutes {
      return Timestamp(
        day: ownDay ?? parsed.day, milliseconds: local - Int64(offset) * 60_000,
        offsetMinutes: Int16(offset))
    }
    let reading = zone(of: patient).resolve(local: floorSeconds(local))
    if reading.reading != .plain { clockChanges += 1 }
    return Timestamp(
      day: ownDay ?? parsed.day,
      milliseconds: reading.utc * 1_000 + local - floorSeconds(local) * 1_000,
      offsetMinutes: Int16(reading.offset / 60))
  }

  private func floorSeconds(_ milliseconds: Int64) -> Int64 {
    milliseconds >= 0 ? milliseconds / 1_000 : -((999 - milliseconds) / 1_000)
  }

  /// Makes zones known that stand elsewhere in the file, whatever comes first.
  func learn(zones known: [String: ZoneRules]) {
    guard fileZone == nil else { return }
    for (patient, rules) in known { zones[batch.names.intern(patient)] = rules }
  }

  /// The zones learned from the people of a file.
  var learnedZones: [String: ZoneRules] {
    Dictionary(uniqueKeysWithValues: zones.map { (batch.names[$0.key], $0.value) })
  }

  private func zone(of patient: NameID) -> ZoneRules {
    if let known = zones[patient] { return known }
    let rules = fileZone ?? options.zoneOfPatient(batch.names[patient]) ?? options.defaultZone
    zones[patient] = rules
    return rules
  }
}
