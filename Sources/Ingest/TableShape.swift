import Records

/// What a CSV file is: its separator, its kind and where each field stands.
struct TableShape {
  var delimiter: UInt8
  var layout: Layout
  /// The profile's name; nil for lumbar's own format.
  var profile: String?
  /// The header as written, trimmed.
  var header: [String]
  var ignoredColumns: [String]
  /// How much its profile asks of a file.
  var strictness = 0
  /// Whether rows may end in an empty cell that the header does not name.
  var mayTrail = false
}

/// Finds the shape of a table from its first bytes.
///
/// Each separator that occurs is tried, most regular first; the first whose header fits lumbar's
/// own formats or a profile wins.
///
/// - Parameter head: the beginning of the file, as much as is at hand.
func findShape(head: [UInt8], options: ReadingOptions) throws -> TableShape {
  let said = delimiterLine(head)
  let delimiters = said.map { [$0] } ?? candidateDelimiters(head)
  var tops: [[HeaderLine]] = []
  for delimiter in delimiters {
    tops.append(try headerLines(head, delimiter, behind: said == nil ? 0 : 1))
  }
  // Prose above the header is passed over; a header at the top is always taken first.
  for depth in 0..<(tops.map(\.count).max() ?? 0) {
    for (delimiter, lines) in zip(delimiters, tops) where depth < lines.count {
      if let found = try shape(of: lines[depth], delimiter, head, options, isTop: depth == 0) {
        return found
      }
    }
  }
  let seen = tops.first?.first?.names ?? []
  if options.profileIsChosen, let profile = options.profiles.first,
    let layout = profile.layouts.first
  {
    let names = tops.map { $0.first?.names ?? [] }.max { $0.count < $1.count } ?? seen
    let have = Set(names.map(Field.folded))
    let lacking = layout.columns.filter { !have.contains(Field.folded($0)) }
    throw IngestError.missingColumns(lacking, profile: "the profile \(profile.name)")
  }
  if let kind = options.kind {
    let present = Set(seen.compactMap(Field.init(header:)))
    let lacking = kind.requiredFields.fields.filter { !present.contains($0) }
    throw IngestError.missingColumns(lacking.map(\.name), profile: "the kind \(kind.rawValue)")
  }
  throw IngestError.unknownKind(columns: seen.filter { !$0.isEmpty })
}

/// A line that may be the header of a table, and the physical lines before it.
struct HeaderLine {
  var skipped: Int
  var names: [String]
}

/// The shape of a table with a header of lumbar's own format or of a profile; nil for any other.
///
/// - Parameter head: the file's first bytes; empty for a table below the first.
func shape(
  of line: HeaderLine, _ delimiter: UInt8, _ head: [UInt8], _ options: ReadingOptions, isTop: Bool
) throws -> TableShape? {
  if !options.profileIsChosen || options.profiles.isEmpty {
    if var shape = try ownShape(header: line.names, delimiter: delimiter, options: options),
      try !isMoreThanPeople(shape, head, options)
    {
      shape.layout.skippedLines = line.skipped
      return try settled(shape, head)
    }
  }
  var fitting: [TableShape] = []
  for profile in options.profiles {
    // Of the tables of one profile the first that fits is meant; below another the one that asks
    // for most, since it may be the other with columns added.
    let layouts =
      head.isEmpty ? profile.layouts.sorted { $0.strictness > $1.strictness } : profile.layouts
    for layout in layouts where options.kind == nil || options.kind == layout.kind {
      guard isTop || layout.skippedLines == 0 else { continue }
      let delimiter = layout.delimiter ?? delimiter
      var line = line
      if !head.isEmpty, layout.delimiter != nil || layout.skippedLines > 0 {
        guard isTop else { continue }
        line.skipped = layout.skippedLines
        line.names = try readHeader(head, delimiter: delimiter, skip: line.skipped)
      }
      guard layout.fits(line.names, head: head) else { continue }
      var settled = layout.settled(for: line.names, file: options.fileName)
      settled.skippedLines = line.skipped
      fitting.append(
        shape(
          of: settled, profile: profile.name, header: line.names, delimiter: delimiter,
          strictness: layout.strictness))
      break
    }
  }
  return try strictest(fitting).map { try settled($0, head) }
}

/// Whether a table that names people holds a diary of them too, which its other columns show.
private func isMoreThanPeople(_ shape: TableShape, _ head: [UInt8], _ options: ReadingOptions)
  throws -> Bool
{
  guard shape.layout.kind == .patients, options.kind == nil, !shape.ignoredColumns.isEmpty,
    !head.isEmpty, let sample = try? TableSample(MemorySource(head), rows: 100)
  else { return false }
  return !TableDraft(sample).isEmpty
}

/// The separator that a first line such as `sep=;` says, as spreadsheets write it; nil for none.
func delimiterLine(_ head: [UInt8]) -> UInt8? {
  let line = head.prefix { $0 != 0x0A && $0 != 0x0D }
  guard line.count == 5, line.prefix(4).map(lowercased).elementsEqual("sep=".utf8) else {
    return nil
  }
  return line.last
}

/// The most records that are looked at for a header.
private let mostHeaderLines = 30

/// The first records of a table, each a header perhaps.
private func headerLines(_ head: [UInt8], _ delimiter: UInt8, behind skipped: Int) throws
  -> [HeaderLine]
{
  let reader = CSVReader(Window(MemorySource(head)), delimiter: delimiter)
  try reader.skipLines(skipped)
  var lines: [HeaderLine] = []
  while lines.count < mostHeaderLines, try reader.next() {
    guard reader.problem == nil else { continue }
    lines.append(
      HeaderLine(
        skipped: reader.line - 1,
        names: reader.fields.indices.map { reader.bytes($0).trimmed.text }))
  }
  return lines
}

/// The shape without a last column that has neither a name nor, in the first rows, a cell: a
/// separator at the end of lines is no column.
private func settled(_ shape: TableShape, _ head: [UInt8]) throws -> TableShape {
  var shape = shape
  let named = shape.header.lastIndex { !$0.isEmpty }.map { $0 + 1 } ?? 0
  let reader = CSVReader(Window(MemorySource(head)), delimiter: shape.delimiter)
  try reader.skipLines(shape.layout.skippedLines)
  _ = try reader.next()
  var (rows, longer) = (0, 0)
  while try reader.next() {
    guard reader.problem == nil, reader.fields.count > 1 else { continue }
    rows += 1
    guard reader.fields.count > named else { continue }
    longer += 1
    for index in named..<reader.fields.count where !reader.bytes(index).trimmed.isEmpty {
      return shape
    }
  }
  let isHeaderLonger = shape.header.count > named
  guard isHeaderLonger || (rows > 0 && longer == rows) else { return shape }
  shape.header = Array(shape.header.prefix(named))
  shape.mayTrail = true
  return shape
}

/// Of several profiles that fit, the one that asks for more.
///
/// - Throws: `IngestError.ambiguousFormat` when two ask for as much.
private func strictest(_ fitting: [TableShape]) throws -> TableShape? {
  guard let most = fitting.map(\.strictness).max() else { return nil }
  let best = fitting.filter { $0.strictness == most }
  if best.count > 1 { throw IngestError.ambiguousFormat(best.compactMap(\.profile)) }
  return best.first
}

/// The shape of lumbar's own format, nil when the header is not of it.
private func ownShape(header: [String], delimiter: UInt8, options: ReadingOptions) throws
  -> TableShape?
{
  var present = FieldSet()
  var origins: [Field: Layout.Origin] = [:]
  var named: [Field: [String]] = [:]
  var units: [Field: String] = [:]
  var constants: [Field: String] = [:]
  for name in header {
    if let (field, other, text) = fieldWithConstant(name) {
      present.insert(field)
      named[field, default: []].append(name)
      if origins[field] == nil { origins[field] = .column(name) }
      constants[other] = text
      continue
    }
    guard let (field, unit) = fieldAndUnit(name) else { continue }
    if let unit { units[field] = unit }
    present.insert(field)
    named[field, default: []].append(name)
    if origins[field] == nil { origins[field] = .column(name) }
  }
  // A start beside a date is a time of the day.
  let isTimed = header.contains {
    Field(header: $0) == nil && ["date", "datum", "fecha"].contains(Field.folded($0))
  }
  if options.kind == nil, isTimed, let start = named[.startedAt]?.first,
    Field.folded(start) != Field.startedAt.name
  {
    return nil
  }
  let kinds = options.kind.map { [$0] } ?? Kind.candidates(present)
  guard let kind = kinds.first else { return nil }
  if kinds.count > 1 { throw IngestError.ambiguousKind(kinds.map(\.rawValue)) }
  guard present.isSuperset(of: kind.requiredFields) else { return nil }
  for field in kind.fields.fields {
    if let names = named[field], names.count > 1 { throw IngestError.duplicateColumns(names) }
  }
  var layout = Layout(kind: kind, fields: origins.filter { kind.fields.contains($0.key) })
  layout.units = units
  for (field, text) in constants where kind.fields.contains(field) && layout.fields[field] == nil {
    layout.fields[field] = .constant(text)
  }
  return shape(of: layout, profile: nil, header: header, delimiter: delimiter)
}

/// A column whose brackets say what another field of every row is: `value (mm)` the unit, and
/// `score (0-100)` the scale.
private func fieldWithConstant(_ header: String) -> (field: Field, other: Field, text: String)? {
  guard let (name, said) = splitUnit(header), let field = Field(header: name) else { return nil }
  switch field {
  case .value: return (field, .unit, said)
  case .score where said.contains(where: { ("0"..."9").contains($0) }): return (field, .scale, said)
  default: return nil
  }
}

/// The field of a column by its name, perhaps with a unit in brackets behind it.
private func fieldAndUnit(_ header: String) -> (field: Field, unit: String?)? {
  if let field = Field(header: header) { return (field, nil) }
  guard let (name, unit) = splitUnit(header), let field = Field(header: name),
    unitScale(unit, for: field) != nil
  else { return nil }
  return (field, unit)
}

private func shape(
  of layout: Layout, profile: String?, header: [String], delimiter: UInt8, strictness: Int = 0
) -> TableShape {
  var layout = layout
  for (field, origin) in layout.fields where layout.units[field] == nil {
    // A unit in brackets says what the profile need not.
    if case .column(let name) = origin, let (_, unit) = splitUnit(name) {
      layout.units[field] = unitScale(unit, for: field) == nil ? nil : unit
    }
  }
  let further = layout.unitColumns.values + layout.substitutes.map(\.column)
  let used = Set((layout.columns + further).map(Field.folded))
  let ignored = header.filter { !$0.isEmpty && !used.contains(Field.folded($0)) }
  return TableShape(
    delimiter: delimiter, layout: layout, profile: profile, header: header,
    ignoredColumns: ignored, strictness: strictness)
}

func readHeader(_ head: [UInt8], delimiter: UInt8, skip: Int) throws -> [String] {
  let reader = CSVReader(Window(MemorySource(head)), delimiter: delimiter)
  try reader.skipLines(skip)
  guard try reader.next(), reader.problem == nil else { return [] }
  return reader.fields.indices.map { reader.bytes($0).trimmed.text }
}

/// Separators by how regularly they occur outside quotes in the first lines.
func candidateDelimiters(_ head: [UInt8]) -> [UInt8] {
  let candidates: [UInt8] = [0x2C, 0x3B, 0x09, 0x7C]
  var scores: [(delimiter: UInt8, score: Int)] = []
  for delimiter in candidates {
    var counts: [Int: Int] = [:]
    var inLine = 0
    var lines = 0
    var quoted = false
    for byte in head {
      if byte == 0x22 { quoted.toggle() }
      if quoted { continue }
      if byte == delimiter { inLine += 1 }
      if byte == 0x0A || byte == 0x0D {
        if inLine > 0 { counts[inLine, default: 0] += 1 }
        inLine = 0
        lines += 1
        if lines == 40 { break }
      }
    }
    if inLine > 0 { counts[inLine, default: 0] += 1 }
    let regular = counts.max { ($0.value, $0.key) < ($1.value, $1.key) }
    scores.append((delimiter, (regular?.value ?? 0) * 1_000 + (regular?.key ?? 0)))
  }
  // `sort` is not stable, so equal scores keep the order of the candidates by their index.
  return scores.enumerated()
    .sorted { ($1.element.score, $0.offset) < ($0.element.score, $1.offset) }
    .map(\.element.delimiter)
}
