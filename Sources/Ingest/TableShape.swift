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
}

/// Finds the shape of a table from its first bytes.
///
/// Each separator that occurs is tried, most regular first; the first whose header fits lumbar's
/// own formats or a profile wins.
///
/// - Parameter head: the beginning of the file, as much as is at hand.
func findShape(head: [UInt8], options: ReadingOptions) throws -> TableShape {
  let delimiters = candidateDelimiters(head)
  var seen: [String] = []
  for delimiter in delimiters {
    if !options.profileIsChosen || options.profiles.isEmpty {
      let header = try readHeader(head, delimiter: delimiter, skip: 0)
      if seen.isEmpty { seen = header }
      if let shape = try ownShape(header: header, delimiter: delimiter, options: options) {
        return shape
      }
    }
    var fitting: [TableShape] = []
    for profile in options.profiles {
      for layout in profile.layouts where options.kind == nil || options.kind == layout.kind {
        let delimiter = layout.delimiter ?? delimiter
        let header = try readHeader(head, delimiter: delimiter, skip: layout.skippedLines)
        if seen.isEmpty { seen = header }
        guard layout.fits(header, head: head) else { continue }
        fitting.append(
          shape(
            of: layout.settled(for: header, file: options.fileName), profile: profile.name,
            header: header,
            delimiter: delimiter, strictness: layout.strictness))
        // Of one profile's tables the first that fits is meant.
        break
      }
    }
    if let found = try strictest(fitting) { return found }
  }
  if options.profileIsChosen, let profile = options.profiles.first,
    let layout = profile.layouts.first
  {
    let have = Set(seen.map(Field.folded))
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
  for name in header {
    guard let (field, unit) = fieldAndUnit(name) else { continue }
    if let unit { units[field] = unit }
    present.insert(field)
    named[field, default: []].append(name)
    if origins[field] == nil { origins[field] = .column(name) }
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
  return shape(of: layout, profile: nil, header: header, delimiter: delimiter)
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

private func readHeader(_ head: [UInt8], delimiter: UInt8, skip: Int) throws -> [String] {
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
