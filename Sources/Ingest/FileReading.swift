import Records

/// Reads one file of any known format into batches of records.
///
/// - Parameters:
///   - source: the file's bytes from the start.
///   - options: what is known beforehand.
///   - emit: takes each batch; its rows are dropped when it returns.
/// - Returns: what the file was found to be.
/// - Throws: `IngestError` when the file as a whole is not data; whatever `emit` or the source
///   throws.
///
/// Complexity: one pass, memory of one batch whatever the file's size.
public func readRecords(
  from source: any ByteSource, options: ReadingOptions, emit: (inout Batch) throws -> Void
) throws -> ReadingSummary {
  var told = options.encoding
  if options.profileIsChosen, let own = options.profiles.first?.layouts.first?.encoding {
    told = own
  }
  let isFound = try told == nil && isWindows1252(source)
  try source.rewind()
  var summary = try readRecords(
    from: source, encoding: isFound ? .windows1252 : told, options: options, emit: emit)
  if isFound || options.encoding == .windows1252 { summary.foundEncoding = .windows1252 }
  return summary
}

private func readRecords(
  from source: any ByteSource, encoding: TextEncoding?, options: ReadingOptions,
  emit: (inout Batch) throws -> Void
) throws -> ReadingSummary {
  let text = try openText(source, encoding: encoding)
  // Offsets in the text are offsets in the file.
  let isPlain = !(text is TranscodingSource) && text.skippedBytes == 0
  let window = Window(text, limits: options.limits)
  try window.require(1 << 16)
  let head = Array(window.bytes(window.start..<min(window.end, window.start + (1 << 16))))
  if head.isEmpty { throw IngestError.empty }
  let firstVisible = head.first { $0 != 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D }
  guard let firstVisible else { throw IngestError.empty }
  try requireNoMarkup(head)
  if firstVisible == 0x7B || firstVisible == 0x5B {
    if options.profileIsChosen, options.foreignFormat == nil,
      let layouts = options.profiles.first?.layouts, !layouts.isEmpty
    {
      // A profile reads arrays of flat objects as the table that they are.
      guard let table = try JSONTable.csv(window, isLines: looksLikeLines(head)) else {
        throw IngestError.unknownJSON(keys: [])
      }
      return try readRecords(
        from: MemorySource(table), encoding: nil, options: options, emit: emit)
    }
    let format = try jsonFormat(of: head, options: options).map(WholeFormat.json) ?? .own
    return try readWhole(
      source, window, head: head, format: format, options: options, emit: emit)
  }
  if let format = try tableFormat(of: head, options: options) {
    return try readWhole(
      source, window, head: head, format: .table(format), options: options, emit: emit)
  }
  let decoder = RowDecoder(options)
  decoder.mayBeWindows1252 = isPlain && encoding == nil
  let summary = try readPlainTable(
    source, window, head, encoding, isPlain: isPlain, decoder: decoder, options: options, emit: emit
  )
  try decoder.requirePeople()
  try decoder.requireScales()
  return summary
}

private func readPlainTable(
  _ source: any ByteSource, _ window: Window, _ head: [UInt8], _ encoding: TextEncoding?,
  isPlain: Bool, decoder: RowDecoder, options: ReadingOptions, emit: (inout Batch) throws -> Void
) throws -> ReadingSummary {
  let shape = try findShape(head: wholeLines(head, of: window), options: options)
  let open = try Survey.openFields(
    head: wholeLines(head, of: window), shape: shape, options: options)
  guard !open.isEmpty else {
    return try readTable(
      window, head: head, shape: shape, decoder: decoder, options: options,
      isDecided: shape.layout.filledDown.isEmpty && isPlain, emit: emit)
  }
  // What the first rows leave open, the whole file decides, in a reading of its own.
  let survey = try Survey(window, shape: shape, open: open, options: options)
  for (field, order) in survey.dateOrders { decoder.use(order, for: field) }
  for (field, form) in survey.numberForms { decoder.use(form, for: field) }
  decoder.serialDates = survey.serialDates
  try source.rewind()
  let again = Window(try openText(source, encoding: encoding), limits: options.limits)
  return try readTable(
    again, head: head, shape: shape, decoder: decoder, options: options, isDecided: false,
    emit: emit)
}

/// Reads JSON of any format, or a table of another program. Where its beginning leaves open what
/// dates and numbers in quotes mean, the whole file decides in a reading of its own.
private func readWhole(
  _ source: any ByteSource, _ window: Window, head: [UInt8], format: WholeFormat,
  options: ReadingOptions, emit: (inout Batch) throws -> Void
) throws -> ReadingSummary {
  var window = window
  var settled = options
  func again() throws -> Window {
    try source.rewind()
    return Window(try openText(source, encoding: nil), limits: options.limits)
  }
  // Rows whose dates are open show their numbers in a second reading, when the dates are known.
  while settled.quotedForm == nil, WholeFile.isOpen(head: head, format: format, options: settled) {
    let found = try WholeFile(window, head: head, format: format, options: settled)
    window = try again()
    settled.quotedForm = found.numberForm
    guard let order = found.dateOrder else { break }
    settled.dateOrder = order
  }
  let decoder = RowDecoder(settled)
  if case .own = format, head.first(where: { $0 > 0x20 }) == 0x7B, !looksLikeLines(head) {
    // Keys of JSON have no order: the zones of people are needed before the first local time.
    decoder.learn(zones: try zonesOfPeople(in: window, head: head, options: settled))
    window = try again()
  }
  let summary = try format.read(
    window, head: head, decoder: decoder, options: settled, emit: emit)
  try decoder.requirePeople()
  try decoder.requireScales()
  return summary
}

/// The zones of the people that a JSON document describes, by one reading of its own.
private func zonesOfPeople(in window: Window, head: [UInt8], options: ReadingOptions) throws
  -> [String: ZoneRules]
{
  guard options.zone == nil, options.kind == nil else { return [:] }
  var only = options
  only.kind = .patients
  let decoder = RowDecoder(only)
  // What is wrong with the document is said when it is read for its records.
  _ = try? readJSON(window, head: head, decoder: decoder, options: only) { _ in }
  return decoder.learnedZones
}

/// Reads the end of a table whose beginning is known.
///
/// - Parameters:
///   - source: stands at the first byte that is not known.
///   - continuation: the beginning, and the line of that byte.
/// - Throws: `Continuation.NotPossible` when the whole file has to be read; otherwise as
///   `readRecords`.
public func readRecords(
  from source: any ByteSource, options: ReadingOptions, continuing continuation: Continuation,
  emit: (inout Batch) throws -> Void
) throws -> ReadingSummary {
  var head = continuation.head
  if let end = head.lastIndex(of: 0x0A) { head = Array(head[...end]) }
  let shape = try findShape(head: head, options: options)
  guard shape.layout.filledDown.isEmpty, shape.layout.id.isEmpty,
    try Survey.openFields(head: head, shape: shape, options: options).isEmpty
  else { throw Continuation.NotPossible() }
  let decoder = RowDecoder(options)
  let summary = try readTable(
    Window(source, limits: options.limits), head: head, shape: shape, decoder: decoder,
    options: options,
    isDecided: true, line: continuation.line, emit: emit)
  // Whose scores are from 0 to 100 the whole column says, and so does the encoding.
  if decoder.scores.contains(where: { $0.beyond > 0 }) || decoder.beyondASCII.is1252 {
    throw Continuation.NotPossible()
  }
  return summary
}

/// - Parameters:
///   - isDecided: whether the header alone says how rows are read.
///   - line: the line that the window begins on when the header is not in it.
private func readTable(
  _ window: Window, head: [UInt8], shape: TableShape, decoder: RowDecoder,
  options: ReadingOptions, isDecided: Bool, line: Int? = nil, emit: (inout Batch) throws -> Void
) throws -> ReadingSummary {
  decoder.unguardsFormulas = true
  var shape = shape
  var kinds: [Kind] = []
  var summary = ReadingSummary(
    format: "csv", kinds: [], profile: shape.profile, ignoredColumns: shape.ignoredColumns,
    clockChanges: 0, head: try headOfTable(head, shape))
  summary.skippedLines = line == nil ? shape.layout.skippedLines : 0
  var line = line
  while true {
    try decoder.read(as: shape.layout)
    let table = CSVTable(window, shape: shape, decoder: decoder, options: options)
    try table.read(from: line, emit: emit)
    kinds += table.kinds
    summary.leftOutEntries.add(table.leftOutEntries)
    guard let following = table.following else {
      let isOne = isDecided && shape.layout.id.isEmpty && kinds.count == table.kinds.count
      summary.nextLine = isOne ? table.nextLine : nil
      break
    }
    // A further table below the first, with a header of its own.
    shape = following
    line = table.upcomingLine
    summary.ignoredColumns += following.ignoredColumns
  }
  if decoder.isWindows1252 {
    var again = options
    again.encoding = .windows1252
    throw ReadAgain(options: again)
  }
  summary.kinds = Kind.allCases.filter(kinds.contains)
  summary.clockChanges = decoder.clockChanges
  summary.exercisesWithoutComponent = decoder.unmappedExercises
  summary.hundredScales = options.peopleOnHundred.count
  return summary
}

extension RowDecoder {
  /// Reads rows from here on as a layout says.
  fileprivate func read(as layout: Layout) throws {
    clear()
    if let mark = layout.decimalMark, options.decimalMark == nil { use(NumberForm(mark: mark)) }
    if let order = layout.dateOrder, options.dateOrder == nil {
      for field in Field.allCases where dateOrders[field.rawValue] == nil { use(order, for: field) }
    }
    use(components: layout.components)
    for field in Field.allCases {
      use(layout.units[field].flatMap { unitScale($0, for: field) }, for: field)
    }
    missing = layout.missing.map { Array($0.utf8) }
    assumedYear = layout.year
    batch.keepsEqualRows = layout.keepsEqualRows
    // Of a source that writes UTC even the zone of the call says only where moments have their day.
    readsUTC = layout.timezone == "UTC"
    if readsUTC { return fileZone = nil }
    if options.zone == nil, let name = layout.timezone {
      guard let rules = options.zoneNamed(name) else { throw IngestError.unknownZone(name) }
      fileZone = rules
    }
  }
}

/// Whether the first bytes of a file are text in Windows-1252 and in nothing else.
private func isWindows1252(_ source: any ByteSource) throws -> Bool {
  let head = try readHead(source, 1 << 16)
  if head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0xFE, 0xFF]) { return false }
  // JSON is always UTF-8 (RFC 8259).
  let first = head.first { $0 > 0x20 }
  if first == 0x7B || first == 0x5B { return false }
  return head.withUnsafeBufferPointer { readsAsWindows1252($0[...]) }
}

/// The lines up to and with the header; without the header's line end.
private func headOfTable(_ head: [UInt8], _ shape: TableShape) throws -> [UInt8] {
  let reader = CSVReader(Window(MemorySource(head)), delimiter: shape.delimiter)
  try reader.skipLines(shape.layout.skippedLines)
  guard try reader.next() else { return [] }
  return Array(head.prefix(reader.recordOffset + reader.recordLength))
}

/// The head without its last, perhaps cut, line; all of it when the file is no longer than that.
private func wholeLines(_ head: [UInt8], of window: Window) -> [UInt8] {
  guard window.end - window.start > head.count || !window.reachedEnd,
    let last = head.lastIndex(where: { $0 == 0x0A || $0 == 0x0D })
  else { return head }
  return Array(head[...last])
}

/// The kind of a table by its header alone; nil for JSON and for tables of no known kind.
public func kindOfTable(_ source: any ByteSource, options: ReadingOptions) -> Kind? {
  guard let text = try? openText(source, encoding: nil) else { return nil }
  let window = Window(text, capacity: 1 << 16)
  try? window.require(1 << 16)
  let head = Array(window.bytes(window.start..<window.end))
  return try? findShape(head: wholeLines(head, of: window), options: options).layout.kind
}
