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
  /// Fields whose dates are numbers of days, as spreadsheets count them.
  var serialDates = FieldSet()
  /// Whether some row names a person, and whether some row names none that nobody else named.
  var namesPeople = false
  var lacksPeople = false

  /// Refuses a file as a whole that is nobody's: one cause is said once.
  ///
  /// - Throws: `IngestError.noPatient`.
  func requirePeople() throws {
    if lacksPeople, !namesPeople { throw IngestError.noPatient }
  }

  /// Whether rows hold text beyond ASCII, and whether some of it is no UTF-8 but words in
  /// Windows-1252.
  var beyondASCII = (isUTF8: false, is1252: false)
  /// Whether nobody said that the file is in another encoding.
  var mayBeWindows1252 = false
  /// Whether the whole file is in Windows-1252.
  var isWindows1252: Bool {
    mayBeWindows1252 && beyondASCII.is1252 && !beyondASCII.isUTF8
  }
  /// The year of dates that name none; nil refuses them.
  var assumedYear: Int?
  var missing: [[UInt8]] = [] {
    didSet {
      nameMemo.forget()
      codeMemo.forget()
      Field.allCases.forEach(settle)
    }
  }
  /// Names by their cells; nil for cells that stand for a missing value.
  let nameMemo = WordMemo<NameID?>(nil)
  /// Raw values of codes by their cells, with the field's raw value above them.
  let codeMemo = WordMemo<UInt16>(0)
  let timeMemo = TimeMemo()
  var measures: [NameID: (code: NameID, side: Side?)] = [:]
  var batchRows: Int
  /// Rows of the batches that were handed on.
  var rowsHandedOn = 0
  var fileZone: ZoneRules?
  /// Whether texts carry an apostrophe before what a spreadsheet would take for a formula, as in
  /// CSV.
  var unguardsFormulas = false { didSet { nameMemo.forget() } }
  var clockChanges = 0
  /// What numbers of each field are multiplied by, by raw value; nil for those in the field's own
  /// unit.
  var scales = [UnitScale?](repeating: nil, count: Field.allCases.count)
  var components: [String: Component] = [:]
  var componentOf: [NameID: Component?] = [:]
  let options: ReadingOptions
  var zones: [NameID: ZoneRules] = [:]
  /// The zones of people that the file itself names.
  var learned: [NameID: ZoneRules] = [:]
  /// The zones of people's moments in UTC; nil for nobody's.
  var momentZones: [NameID: ZoneRules?] = [:]
  /// Whether times without an offset are moments in UTC, as some sources write them.
  var readsUTC = false
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

  /// How many scores without a scale a person has, and how many of them pass 10; by the person's
  /// name.
  var scores: [(count: Int, beyond: Int)] = []
  /// Whose score the row being decoded counted, and whether it passes 10; nil for none.
  var scored: (person: Int, isBeyond: Bool)?
  /// The name of the scale from 0 to 100.
  private(set) lazy var hundred = batch.names.intern("0-100")

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
    fileprivate var counts: [Int]
  }

  /// Where the records of the batch end now.
  var mark: Mark { Mark(counts: Kind.rowTypes.map(batch.records.count(of:))) }

  /// Takes back clock changes that were counted for a row that is decoded once more.
  func goBack(toClockChanges count: Int) {
    clockChanges = count
    forgetScore()
  }

  /// Takes back the records behind a mark.
  func goBack(to mark: Mark) {
    func goBack<R: Row>(_: R.Type, to count: Int) {
      let surplus = batch.records[keyPath: R.rows].count - count
      batch.records[keyPath: R.rows].removeLast(surplus)
    }
    for (kind, count) in zip(Kind.rowTypes, mark.counts) { goBack(kind, to: count) }
  }

  /// Decodes the slots into a record of the kind.
  ///
  /// - Returns: false where they say that nothing was, as a session of no minutes.
  func decode(_ kind: Kind, line: Int) throws(Refusal) -> Bool {
    scored = nil
    var decoding = Decoding(decoder: self, kind: kind, line: line)
    try Kind.walk(&decoding)
    return decoding.isRecord
  }

  /// Decodes the slots into a record of the kind, or counts them as left out.
  func decodeOrLeaveOut(_ kind: Kind, line: Int) throws(Refusal) {
    if try !decode(kind, line: line) { leaveOutNothing() }
  }

  /// Counts a row that says that nothing was.
  func leaveOutNothing() { batch.leftOut[RowDecoder.nothingDone, default: 0] += 1 }

  /// The word under which rows are left out that say that nothing was.
  static let nothingDone = "nothing done"

  /// Of all kinds decodes the one that is asked for.
  private struct Decoding: KindWalker {
    typealias Failure = Refusal
    let decoder: RowDecoder
    let kind: Kind
    let line: Int
    private(set) var isRecord = true

    init(decoder: RowDecoder, kind: Kind, line: Int) {
      self.decoder = decoder
      self.kind = kind
      self.line = line
    }

    @inline(__always)
    mutating func visit<R: Row>(_ type: R.Type) throws(Refusal) {
      guard R.kind == kind else { return }
      let position = SourcePosition(line: Int64(line))
      var row = R(patient: try decoder.patientName(), position: position)
      var fields = FieldDecoder(decoder: decoder, patient: row.patient)
      try row.visit(&fields)
      if let fault = row.settle(names: &decoder.batch.names, texts: decoder.batch.texts) {
        throw Refusal(reason: fault.reason, field: fault.field)
      }
      if row.isNothing { return isRecord = false }
      decoder.batch.records[keyPath: R.rows].append(row)
    }
  }
}

/// Sets the fields of a row from the slots of a decoder.
private struct FieldDecoder: FieldVisitor {
  typealias Failure = Refusal
  let decoder: RowDecoder
  let patient: NameID
  /// The row's exercise, which has a component where the row names none.
  private var exercise: NameID?
  /// The side that the name of the row's measure ends in.
  private var sideOfMeasure: Side?
  /// The row's score, whose scale the row may name behind it.
  private var score = 0.0

  init(decoder: RowDecoder, patient: NameID) {
    self.decoder = decoder
    self.patient = patient
  }

  @inline(__always)
  private func require<T>(_ value: T?, _ use: FieldUse) throws(Refusal) {
    guard use.traits.contains(.required), value == nil else { return }
    throw Refusal(reason: .missingValue, field: use.field)
  }

  @inline(__always)
  mutating func time(_ value: inout Timestamp, _ use: FieldUse) throws(Refusal) {
    value = try decoder.time(use.field, of: patient)
  }

  @inline(__always)
  mutating func day(_ value: inout Day, _ use: FieldUse) throws(Refusal) {
    let given = try decoder.day(use.field)
    try require(given, use)
    if let given { value = given }
  }

  @inline(__always)
  mutating func date(_ value: inout Day?, _ use: FieldUse) throws(Refusal) {
    value = try decoder.day(use.field, mayBeAhead: true)
  }

  @inline(__always)
  mutating func number(
    _ value: inout Double?, _ range: ClosedRange<Double>, _ use: FieldUse
  ) throws(Refusal) {
    value = try decoder.number(use.field, in: range)
    try require(value, use)
    if use.field == .score, let value { score = value }
  }

  @inline(__always)
  mutating func integer(_ value: inout Int64?, _ use: FieldUse) throws(Refusal) {
    value = try decoder.integer(use.field)
  }

  @inline(__always)
  mutating func flag(_ value: inout Bool?, _ use: FieldUse) throws(Refusal) {
    value = try decoder.yesOrNo(use.field)
  }

  @inline(__always)
  mutating func code<C: Code>(_ value: inout C?, _ use: FieldUse) throws(Refusal) {
    switch use.field {
    case .side: value = try side()
    case .component where !use.traits.contains(.required):
      value = try decoder.code(use.field)
      if value == nil, let exercise {
        value = decoder.component(of: exercise).flatMap { C(rawValue: $0.rawValue) }
      }
    default: value = try decoder.code(use.field)
    }
    try require(value, use)
  }

  /// As the row names it, or as the name of its measure ends; both must not differ.
  private func side<C: Code>() throws(Refusal) -> C? {
    let given: C? = try decoder.side()
    guard let sideOfMeasure else { return given }
    if let given, given.rawValue != sideOfMeasure.rawValue {
      throw Refusal(reason: .unknownCode, field: .side)
    }
    return C(rawValue: sideOfMeasure.rawValue)
  }

  @inline(__always)
  mutating func weekdays(_ value: inout UInt8, _ use: FieldUse) throws(Refusal) {
    value = try decoder.weekdays()
  }

  @inline(__always)
  mutating func name(_ value: inout NameID?, _ use: FieldUse) throws(Refusal) {
    value = try decoder.name(use.field)
    try require(value, use)
    guard let name = value else {
      if use.field == .scale { value = try decoder.scale(of: score, patient) }
      return
    }
    switch use.field {
    case .exercise: exercise = name
    case .measure:
      let measure = decoder.measure(of: name)
      value = measure.code
      sideOfMeasure = measure.side
    case .scale: if decoder.isNRS(name) { value = nil }
    case .timezone: try decoder.learnZone(name, of: patient)
    default: break
    }
  }

  @inline(__always)
  mutating func text(_ value: inout TextRange?, _ use: FieldUse) throws(Refusal) {
    if !use.traits.contains(.ownWords), decoder.present(use.field) == nil { return value = nil }
    value = try decoder.text(use.field)
  }
}

// What some words mean.
extension RowDecoder {
  /// Whether a name is one of the usual ones of the 0-10 numerical rating scale: such rows carry no
  /// scale of their own.
  func isNRS(_ scale: NameID) -> Bool {
    ["nrs", "nrs-11", "nrs11", "0-10", "nrs 0-10"].contains(batch.names[scale].lowercased())
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

  /// Reads the times of a person in a zone from here on, where the file has none.
  func learnZone(_ zone: NameID, of patient: NameID) throws(Refusal) {
    guard let rules = options.zoneNamed(batch.names[zone]) else {
      throw Refusal(reason: .unknownZone, field: .timezone)
    }
    learned[patient] = rules
    momentZones[patient] = .some(rules)
    if fileZone == nil { zones[patient] = rules }
  }
}
