import Records

/// Reads a whole table of known shape: each record's columns into the decoder's slots, each good
/// row into the batch, each bad one into its rejections.
final class CSVTable {
  let reader: CSVReader
  let shape: TableShape
  let decoder: RowDecoder
  let options: ReadingOptions
  private var plan = Plan()
  /// The records of a row, where it is more than one.
  private var pivots: [Plan] = []
  private var fills: [FilledColumn] = []
  private var exclusions: [(column: Int, equals: [UInt8], reason: String)] = []
  /// What the records of a row have in common, while one of them is laid over it.
  private var shared: [(slot: Int, bytes: Bytes)] = []
  /// Room for one date a step that puts one together.
  private let composed: ComposedCells

  /// Which columns go into which slots.
  private struct Plan {
    var steps: [CSVReader.Step] = []
    var dates: [DateStep] = []
    var moments: [MomentStep] = []
    var constants: [(slot: Int, bytes: Bytes)] = []
    var columnOf: [Field: Int] = [:]
    /// Slots to be emptied before the next record of the row.
    var slots: [Int] = []
    /// Columns that say whether there is a record: those of what was done, felt or measured.
    var telling: [Int] = []
    /// What it becomes, where that is not what the table's rows become.
    var kind: Kind?
    /// What parts several exercises in one cell.
    var separator: [UInt8] = []
  }

  /// A column whose empty cells take the cell above, which is kept in memory that stays in place
  /// while a row is decoded.
  private struct FilledColumn {
    let column: Int
    var room = UnsafeMutableBufferPointer<UInt8>(start: nil, count: 0)
    var count = 0
  }

  private struct DateStep {
    var year: Int
    var month: Int
    var day: Int
    var time: Int?
    var slot: Int
    /// Which room of `composed` is its own.
    var room: Int
  }

  private struct MomentStep {
    var date: Int
    var time: Int
    var slot: Int
    var room: Int
  }

  /// Words of a column that stand for others; in memory of their own.
  private struct ValueStep {
    var slot: Int
    var words: [(from: [UInt8], to: Bytes)]
    /// What stands for all other words; nil leaves them as they are.
    var others: (from: [UInt8], to: Bytes)?
  }

  private struct UnitStep {
    var field: Field
    var column: Int
    /// The unit of the row before: few rows change it.
    var last: [UInt8] = []
  }

  private struct SubstituteStep {
    var field: Field
    var column: Int
    var own: UnitScale?
    var scale: UnitScale?
  }

  private var valueSteps: [ValueStep] = []
  private var unitSteps: [UnitStep] = []
  private var substituteSteps: [SubstituteStep] = []
  /// What rows of exercises mean beside their columns; nil where they mean what these say.
  private let exercises: ExerciseRows?
  /// Whether the row says what its weight is in.
  private var saysUnit = false
  /// The column of the source's own ids.
  private var idColumn: Int?
  /// The kinds of the records that the row has made.
  private var made: [Kind] = []

  /// The kinds of the records of the table.
  var kinds: [Kind] { shape.layout.kinds + (exercises?.madeDays == true ? [.days] : []) }
  /// Habits and activities that no record was made of.
  var leftOutEntries: LeftOutEntries { exercises?.leftOut ?? LeftOutEntries() }

  /// Whether cells go into slots as they stand and a row is one record.
  private var isPlain = false
  /// The steps of the plan in memory of their own: out of the plan they cost 7 %
  /// of the whole reading.
  private var cells = UnsafeBufferPointer<CSVReader.Step>(start: nil, count: 0)

  init(_ window: Window, shape: TableShape, decoder: RowDecoder, options: ReadingOptions) {
    reader = CSVReader(window, delimiter: shape.delimiter)
    self.shape = shape
    self.decoder = decoder
    self.options = options
    exercises = ExerciseRows(
      shape.layout, profile: shape.profile, decoder: decoder, options: options)
    let origins = shape.layout.fields.count + shape.layout.pivots.map(\.fields.count).reduce(0, +)
    composed = ComposedCells(count: origins)
    prepare()
  }

  /// Turns names of columns into their numbers.
  private func prepare() {
    let layout = shape.layout
    var number: [String: Int] = [:]
    for (index, name) in shape.header.enumerated() where number[Field.folded(name)] == nil {
      number[Field.folded(name)] = index
    }
    func column(_ name: String) -> Int { number[Field.folded(name)] ?? -1 }
    var rooms = 0
    func plan(_ fields: [Field: Layout.Origin]) -> Plan {
      var plan = Plan()
      for (field, origin) in fields {
        switch origin {
        case .column(let name):
          plan.steps.append(.init(column: column(name), slot: field.rawValue))
          plan.columnOf[field] = column(name)
        case .date(let year, let month, let day, let time):
          plan.dates.append(
            DateStep(
              year: column(year), month: column(month), day: column(day), time: time.map(column),
              slot: field.rawValue, room: rooms))
          plan.columnOf[field] = column(day)
          rooms += 1
        case .moment(let date, let time):
          plan.moments.append(
            MomentStep(
              date: column(date), time: column(time), slot: field.rawValue, room: rooms))
          plan.columnOf[field] = column(date)
          rooms += 1
        case .constant(let text):
          plan.constants.append((field.rawValue, laid(text)))
        }
      }
      plan.slots =
        plan.steps.map(\.slot) + plan.dates.map(\.slot) + plan.moments.map(\.slot)
        + plan.constants.map(\.slot)
      plan.telling = plan.columnOf.filter { !Field.beside.contains($0.key) }.values.sorted()
      return plan
    }
    self.plan = plan(layout.fields)
    pivots = layout.pivots.map { pivot in
      var plan = plan(pivot.fields)
      plan.kind = pivot.kind
      plan.separator = Array((pivot.separator ?? "").utf8)
      return plan
    }
    valueSteps = layout.values.map { field, words in
      let pairs = words.map { (from: Array($0.key.utf8), to: laid($0.value)) }
      let others = pairs.first { $0.from.elementsEqual("*".utf8) }
      return ValueStep(slot: field.rawValue, words: pairs, others: others)
    }
    unitSteps = layout.unitColumns.map { UnitStep(field: $0.key, column: column($0.value)) }
    substituteSteps = layout.substitutes.map { substitute in
      SubstituteStep(
        field: substitute.field, column: column(substitute.column),
        own: layout.units[substitute.field].flatMap { unitScale($0, for: substitute.field) },
        scale: substitute.unit.flatMap { unitScale($0, for: substitute.field) })
    }
    idColumn = layout.id.first.map(column)
    fills = layout.filledDown.map { FilledColumn(column: column($0)) }
    exclusions = layout.exclusions.map { (column($0.column), Array($0.equals.utf8), $0.reason) }
    isPlain =
      fills.isEmpty && exclusions.isEmpty && self.plan.dates.isEmpty && self.plan.moments.isEmpty
      && substituteSteps.isEmpty && unitSteps.isEmpty && pivots.isEmpty && valueSteps.isEmpty
      && exercises == nil && idColumn == nil
    precondition(self.plan.steps.allSatisfy { shape.header.indices.contains($0.column) })
    let room = UnsafeMutableBufferPointer<CSVReader.Step>.allocate(capacity: self.plan.steps.count)
    _ = room.initialize(from: self.plan.steps)
    cells = UnsafeBufferPointer(room)
  }

  /// Reads every record and hands on full batches.
  ///
  /// - Parameter line: the line that the window begins on, behind the header; nil from the start.
  func read(from line: Int? = nil, emit: (inout Batch) throws -> Void) throws {
    defer {
      composed.deallocate()
      cells.deallocate()
      for fill in fills { fill.room.deallocate() }
      for plan in [plan] + pivots { for constant in plan.constants { constant.bytes.deallocate() } }
      for step in valueSteps { for word in step.words { word.to.deallocate() } }
    }
    // Constants stay in their slots for the whole file.
    for constant in plan.constants { decoder.slots[constant.slot] = constant.bytes }
    decoder.batch.sharesLines = !pivots.isEmpty
    if let line {
      reader.begin(at: line)
    } else {
      try reader.skipLines(shape.layout.skippedLines)
      guard try reader.next() else { return }
    }
    while try reader.next() {
      decoder.batch.read += 1
      readRow()
      if let failure = exercises?.failure { throw failure }
      if idColumn != nil { noteSources() }
      if following != nil { break }
      if decoder.hasFullBatch {
        try emit(&decoder.batch)
        decoder.beginBatch()
      }
    }
    try emit(&decoder.batch)
    decoder.batch.removeRows()
  }

  /// The line behind the last record; nil when the last line has no end.
  var nextLine: Int? { reader.endedWithLine ? reader.upcomingLine : nil }

  private func readRow() {
    if let problem = reader.problem { return reject(problem, field: nil) }
    let count = reader.fields.count
    if count != shape.header.count, !isTrailing(count) {
      return reject(count < shape.header.count ? .tooFewFields : .tooManyFields, field: nil)
    }
    if let invalid = firstInvalidByte() { return reject(.badEncoding, field: nil, at: invalid) }
    if isPlain {
      reader.lay(cells, into: decoder.slots)
      if !reader.beginsWithText, isEmptyRow() {
        decoder.batch.leftOut["empty row", default: 0] += 1
        return
      }
      return decodeRow()
    }
    fillDown()
    for step in plan.steps { decoder.slots[step.slot] = field(step.column) }
    for exclusion in exclusions
    where field(exclusion.column).trimmed.elementsEqual(exclusion.equals) {
      decoder.batch.leftOut[exclusion.reason, default: 0] += 1
      return
    }
    if isEmptyRow() {
      decoder.batch.leftOut["empty row", default: 0] += 1
      return
    }
    for step in plan.dates { composeDate(step) }
    for step in plan.moments { composeMoment(step) }
    if !substituteSteps.isEmpty || !unitSteps.isEmpty, let field = settleUnits() {
      return reject(.unknownCode, field: field)
    }
    if !pivots.isEmpty { return readPivots() }
    decodeRow()
  }

  /// Whether a row is only longer by empty cells behind the last column.
  private func isTrailing(_ count: Int) -> Bool {
    guard shape.mayTrail, count > shape.header.count else { return false }
    return (shape.header.count..<count).allSatisfy { reader.bytes($0).trimmed.isEmpty }
  }

  private func decodeRow() {
    if Template.isExample(shape.layout.kind, { decoder.slots[$0.rawValue] }) {
      return reject(.exampleRow, field: nil)
    }
    do {
      if isPlain { return try decoder.decodeOrLeaveOut(shape.layout.kind, line: reader.line) }
      if let reason = try decodeRecord(shape.layout.kind) {
        decoder.batch.leftOut[reason, default: 0] += 1
      }
    } catch {
      reject(error.reason, field: error.field)
    }
  }

  /// Decodes the slots into the record that the row means.
  ///
  /// - Returns: the word under which it is left out; nil when it made a record.
  private func decodeRecord(_ given: Kind) throws(Refusal) -> String? {
    var kind = given
    defer { exercises?.giveBack() }
    switch given == .sessions ? exercises?.settle(isUnitOfRowKnown: saysUnit) : nil {
    case .leftOut(let reason): return reason
    case .excused: kind = .days
    case .exercise, nil: break
    }
    if !valueSteps.isEmpty {
      let wasNamed = !decoder.slots[Field.exercise.rawValue].isEmpty
      translate()
      // A word that stands for no exercise.
      if wasNamed, decoder.slots[Field.exercise.rawValue].isEmpty, kind == .sessions {
        return "not done"
      }
    }
    if try !decoder.decode(kind, line: reader.line) { return RowDecoder.nothingDone }
    if idColumn != nil { made.append(kind) }
    return nil
  }

  /// Notes what the source calls the row that the last records were made of.
  private func noteSources() {
    guard let idColumn, !made.isEmpty else { return }
    let own = decoder.present(.patientID)?.text ?? options.patient ?? ""
    let id = field(idColumn).trimmed
    let identity =
      isAbsent(id)
      ? nil
      : ForeignRows.identity(id.text, of: own, in: shape.profile ?? "")
    for (part, kind) in made.enumerated() {
      var source = SourceRow(number: Int64(reader.line), identity: identity)
      source.part = Int64(part)
      decoder.batch.sources[kind, default: []].append(source)
    }
    made.removeAll(keepingCapacity: true)
  }

  /// Puts what words stand for in their place.
  private func translate() {
    for step in valueSteps {
      let word = decoder.slots[step.slot].trimmed
      if let found = step.words.first(where: { word.elementsEqual($0.from) }) ?? step.others {
        decoder.slots[step.slot] = found.to
      }
    }
  }

  /// Reads substitutes of empty cells, and units that stand in the row.
  ///
  /// - Returns: the field whose unit is unknown; nil when all is well.
  private func settleUnits() -> Field? {
    saysUnit = false
    for step in substituteSteps {
      let isEmpty = isAbsent(decoder.slots[step.field.rawValue].trimmed)
      decoder.use(isEmpty ? step.scale : step.own, for: step.field)
      if isEmpty { decoder.slots[step.field.rawValue] = field(step.column) }
    }
    for index in unitSteps.indices {
      let step = unitSteps[index]
      if isAbsent(decoder.slots[step.field.rawValue].trimmed) { continue }
      let unit = field(step.column).trimmed
      if !step.last.isEmpty, unit.elementsEqual(step.last) {
        saysUnit = saysUnit || step.field == .loadKilograms
        continue
      }
      let isGiven = !isAbsent(unit)
      if isGiven, step.field == .loadKilograms { saysUnit = true }
      let scale =
        isGiven
        ? unitScale(unit.text, for: step.field)
        : options.weightUnit.flatMap { unitScale($0.rawValue, for: step.field) }
      unitSteps[index].last = []
      if isGiven, scale == nil { return step.field }
      decoder.use(scale, for: step.field)
      unitSteps[index].last = Array(unit)
    }
    return nil
  }

  /// Decodes every record of a row that is there; one that is refused refuses the row, so that a
  /// mended row can be imported as a whole.
  private func readPivots() {
    let before = decoder.mark
    var records = 0
    var reasons: [String] = []
    for pivot in pivots {
      if isAbsent(pivot) { continue }
      shared.removeAll(keepingCapacity: true)
      for slot in pivot.slots { shared.append((slot, decoder.slots[slot])) }
      defer { for (slot, bytes) in shared { decoder.slots[slot] = bytes } }
      for step in pivot.steps { decoder.slots[step.slot] = field(step.column) }
      for constant in pivot.constants { decoder.slots[constant.slot] = constant.bytes }
      for step in pivot.dates { composeDate(step) }
      for step in pivot.moments { composeMoment(step) }
      do throws(Refusal) {
        records += try decode(pivot, &reasons)
      } catch {
        decoder.goBack(to: before)
        made.removeAll(keepingCapacity: true)
        return reject(error.reason, field: error.field, of: pivot)
      }
    }
    guard records == 0 else { return }
    guard !reasons.isEmpty || shape.layout.leavesEmptyRows else {
      return reject(.missingValue, field: nil)
    }
    decoder.batch.leftOut[reasons.min() ?? "no value", default: 0] += 1
  }

  /// Whether a row holds nothing of a record, or no exercise and a "no".
  private func isAbsent(_ pivot: Plan) -> Bool {
    var cells = pivot.telling
    if let exercise = pivot.columnOf[.exercise], let done = pivot.columnOf[.completed],
      isAbsent(field(exercise).trimmed), parseYesOrNo(field(done).trimmed) == false
    {
      cells.removeAll { $0 == done }
    }
    return !pivot.telling.isEmpty && cells.allSatisfy { isAbsent(field($0).trimmed) }
  }

  /// Decodes a record, or one for each exercise that a cell names.
  ///
  /// - Parameter reasons: takes why a record is left out.
  private func decode(_ pivot: Plan, _ reasons: inout [String]) throws(Refusal) -> Int {
    let kind = pivot.kind ?? shape.layout.kind
    let cell = decoder.slots[Field.exercise.rawValue]
    guard !pivot.separator.isEmpty, !cell.isEmpty else {
      guard let reason = try decodeRecord(kind) else { return 1 }
      reasons.append(reason)
      return 0
    }
    var count = 0
    var rest = cell[...]
    while true {
      let end = rest.firstRange(of: pivot.separator)
      let part = Bytes(rebasing: rest[..<(end?.lowerBound ?? rest.endIndex)]).trimmed
      if !part.isEmpty {
        decoder.slots[Field.exercise.rawValue] = part
        if let reason = try decodeRecord(kind) { reasons.append(reason) } else { count += 1 }
      }
      guard let end else { return count }
      rest = rest[end.upperBound...]
    }
  }

  /// Only rows with a byte above ASCII have to be looked at.
  private func firstInvalidByte() -> Int? {
    guard reader.isBeyondASCII else { return nil }
    let invalid = firstInvalidUTF8(reader.record)
    if invalid == nil {
      decoder.beyondASCII.isUTF8 = true
    } else if !decoder.beyondASCII.isUTF8, readsAsWindows1252(reader.record[...]) {
      decoder.beyondASCII.is1252 = true
    }
    return invalid
  }

  private func isEmptyRow() -> Bool {
    for index in reader.fields.indices where reader.bytes(index).trimmed.count > 0 { return false }
    return true
  }

  /// Remembers the cells of filled-down columns that say something.
  private func fillDown() {
    for index in fills.indices {
      let bytes = reader.bytes(fills[index].column).trimmed
      guard bytes.count > 0 else { continue }
      if fills[index].room.count < bytes.count {
        fills[index].room.deallocate()
        fills[index].room = .allocate(capacity: 2 * bytes.count)
      }
      _ = fills[index].room.update(from: bytes)
      fills[index].count = bytes.count
    }
  }

  /// The bytes of a column, those of the cell above where it is filled down and empty.
  @inline(__always)
  private func field(_ column: Int) -> Bytes {
    let bytes = reader.bytes(column)
    if fills.isEmpty || bytes.trimmed.count > 0 { return bytes }
    guard let fill = fills.first(where: { $0.column == column }) else { return bytes }
    return Bytes(start: fill.room.baseAddress, count: fill.count)
  }

  /// The cell of a column without spaces at its ends; nil where its value is missing.
  private func present(_ column: Int) -> Bytes? {
    let cell = field(column).trimmed
    return isAbsent(cell) ? nil : cell
  }

  private func composeDate(_ step: DateStep) {
    decoder.slots[step.slot] = composed.date(
      in: step.room, year: present(step.year), month: present(step.month), day: present(step.day),
      time: step.time.flatMap(present))
  }

  private func composeMoment(_ step: MomentStep) {
    decoder.slots[step.slot] = composed.moment(
      in: step.room, date: field(step.date).trimmed, time: present(step.time))
  }

  private func isAbsent(_ cell: Bytes) -> Bool {
    isMissing(cell) || decoder.missing.contains { cell.elementsEqual($0) }
  }

  private func reject(
    _ reason: RejectionReason, field: Field?, at offset: Int? = nil, of pivot: Plan? = nil
  ) {
    let column = field.flatMap { pivot?.columnOf[$0] ?? plan.columnOf[$0] }
    var value: [UInt8] = []
    if let column, column >= 0, column < reader.fields.count {
      value = Array(reader.bytes(column).prefix(1_024))
    }
    var name = column.flatMap { $0 >= 0 ? shape.header[$0] : nil } ?? field?.name ?? ""
    if let offset { name = "byte \(reader.recordOffset + offset)" }
    if offset == nil, reader.problem == nil, reason != .exampleRow, isLayout(reason) { return }
    decoder.batch.rejections.append(
      Rejection(
        reason: reason, position: SourcePosition(line: Int64(reader.line)), column: name,
        value: value, row: wholeRow))
  }

  /// The table that follows in the same file, when the last row read was its header.
  var following: TableShape?

  /// The line that the next record begins on.
  var upcomingLine: Int { reader.upcomingLine }

  /// The row as it stands; with the cells above where columns are filled down, so that it can be
  /// read on its own.
  private var wholeRow: [UInt8] {
    let record = reader.head
    guard !fills.isEmpty, reader.fields.count == shape.header.count else { return record }
    return Array(
      reader.fields.indices.map { csvCell(field($0), delimiter: shape.delimiter) }
        .joined(separator: [shape.delimiter]))
  }
}
