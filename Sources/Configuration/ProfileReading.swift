import Ingest
import Records

/// Reads an import profile from TOML.
///
/// A profile is one layout at the top level, or several under `[[layout]]`.
///
/// - Parameters:
///   - text: the file's content.
///   - file: its name, for messages.
/// - Throws: `ConfigurationError`, also for a draft with a line that is not settled.
public func readProfile(_ text: String, file: String) throws -> Profile {
  let open = draftQuestions(in: text).map(\.line)
  if !open.isEmpty { throw ConfigurationError.unsettled(file: file, lines: open) }
  let top = try TOMLSection(file: file, text: text)
  let own = ["name", "about", "layout"]
  let name = try top.string("name") ?? file
  let about = try top.string("about") ?? ""
  if let format = try top.string("format") {
    try top.allow(["name", "about", "format", "components", "units"])
    guard foreignFormats.contains(where: { $0.name == format }) else {
      throw top.wrong(
        "format", "one of \(foreignFormats.map(\.name).joined(separator: ", "))")
    }
    return Profile(
      name: name, about: about, format: format, components: try readComponents(top),
      weightUnit: try readUnits(top, [.sessions])[.loadKilograms])
  }
  let layouts = try top.sections("layout")
  if layouts.isEmpty {
    try top.allow(own + layoutKeys)
    return Profile(name: name, about: about, layouts: [try readLayout(top)])
  }
  try top.allow(own)
  return Profile(
    name: name, about: about,
    layouts: try layouts.map {
      try $0.allow(layoutKeys)
      return try readLayout($0)
    })
}

private let layoutKeys = [
  "kind", "columns", "constants", "skip_lines", "fill_down", "missing", "leave_out", "equal_rows",
  "date_order", "timezone", "decimal", "encoding", "delimiter", "units", "components", "pivot",
  "optional", "values", "unit_columns", "instead", "rest", "signs", "needs",
  "empty_rows", "id", "excused", "amounts", "exercises", "cardio_time", "weights", "year",
]

private func readKind(_ section: TOMLSection) throws -> Kind {
  guard let kind = Kind(rawValue: try section.required("kind")) else {
    throw section.wrong("kind", "one of \(Kind.allCases.map(\.rawValue).joined(separator: ", "))")
  }
  return kind
}

private func readLayout(_ section: TOMLSection) throws -> Layout {
  let kind = try readKind(section)
  let fields = try readFields(section, kind)
  let components = try readComponents(section)
  let skipped = try section.integer("skip_lines") ?? 0
  guard (0...1_000_000).contains(skipped) else {
    throw section.wrong("skip_lines", "a number of lines from 0 on")
  }
  var layout = Layout(kind: kind, fields: fields)
  layout.skippedLines = skipped
  layout.pivots = try section.sections("pivot").map {
    try $0.allow(["kind", "columns", "constants", "separator"])
    let own = try $0.string("kind") == nil ? nil : try readKind($0)
    var pivot = Layout.Pivot(fields: try readFields($0, own ?? kind), kind: own)
    pivot.separator = try $0.string("separator")
    if pivot.separator?.isEmpty ?? false { throw $0.wrong("separator", "at least a character") }
    return pivot
  }
  layout.components = components
  layout.units = try readUnits(section, layout.kinds)
  try readWords(section, kind, into: &layout)
  try readMeanings(section, into: &layout)
  layout.filledDown = try section.strings("fill_down")
  layout.missing = try section.strings("missing")
  layout.timezone = try section.string("timezone")
  layout.year = try section.integer("year")
  if let year = layout.year, !(1900...2099).contains(year) {
    throw section.wrong("year", "a year from 1900 to 2099")
  }
  layout.exclusions = try section.sections("leave_out").map {
    try $0.allow(["column", "equals", "reason"])
    let equals = try $0.required("equals")
    return Layout.Exclusion(
      column: try $0.required("column"), equals: equals,
      reason: try $0.string("reason") ?? equals)
  }
  layout.keepsEqualRows = try choice("equal_rows", section, ["keep": true, "once": false])
  layout.dateOrder = try choice(
    "date_order", section,
    Dictionary(uniqueKeysWithValues: DateOrder.allCases.map { ($0.rawValue, $0) }))
  layout.encoding = try choice(
    "encoding", section,
    Dictionary(uniqueKeysWithValues: TextEncoding.allCases.map { ($0.rawValue, $0) }))
  layout.decimalMark = try choice("decimal", section, [".": 0x2E, ",": 0x2C])
  layout.delimiter = try choice(
    "delimiter", section, [",": 0x2C, ";": 0x3B, "\t": 0x09, "tab": 0x09, "|": 0x7C])
  return layout
}

/// Fields by the columns and constants of a section.
private func readFields(_ section: TOMLSection, _ kind: Kind) throws -> [Field: Layout.Origin] {
  var fields: [Field: Layout.Origin] = [:]
  func place(_ key: String, in section: TOMLSection, _ origin: Layout.Origin) throws {
    let field = try field(key, of: kind, in: section)
    guard fields.updateValue(origin, forKey: field) == nil else {
      throw section.wrong(key, "given once; \(field.name) is given twice")
    }
  }
  if let columns = try section.section("columns") {
    for key in columns.keys where try choices(key, columns) == nil {
      try place(key, in: columns, try origin(key, columns))
    }
  }
  if let constants = try section.section("constants") {
    for key in constants.keys {
      try place(key, in: constants, .constant(try constants.required(key)))
    }
  }
  return fields
}

/// Columns by several names, columns that need not be there, and what words and units mean.
private func readWords(_ section: TOMLSection, _ kind: Kind, into layout: inout Layout) throws {
  if let columns = try section.section("columns") {
    for key in columns.keys {
      if let names = try choices(key, columns) {
        layout.choices[try field(key, of: kind, in: columns)] = names
      }
    }
  }
  if let optional = try section.section("optional") {
    for key in optional.keys {
      layout.optional[try field(key, of: kind, in: optional)] =
        try choices(key, optional) ?? [try optional.required(key)]
    }
  }
  if let values = try section.section("values") {
    for key in values.keys {
      guard let words = try values.section(key) else { continue }
      layout.values[try field(key, of: layout.kinds, in: values)] = Dictionary(
        uniqueKeysWithValues: try words.keys.map { ($0, try words.string($0) ?? "") })
    }
  }
  if let units = try section.section("unit_columns") {
    for key in units.keys {
      layout.unitColumns[try field(key, of: kind, in: units)] = try units.required(key)
    }
  }
  layout.substitutes = try section.sections("instead").map {
    try $0.allow(["field", "column", "unit"])
    return Layout.Substitute(
      field: try field(try $0.required("field"), of: kind, in: $0),
      column: try $0.required("column"), unit: try $0.string("unit"))
  }
  if let rest = try section.section("rest") {
    try rest.allow(["name", "value", "ending"])
    layout.rest = Layout.Rest(
      name: try field(try rest.required("name"), of: kind, in: rest),
      value: try field(try rest.required("value"), of: kind, in: rest),
      suffix: try rest.string("ending") ?? "")
  }
  layout.id = try choices("id", section) ?? section.string("id").map { [$0] } ?? []
  layout.leavesEmptyRows =
    try choice("empty_rows", section, ["leave_out": true, "refuse": false]) ?? false
  layout.signs = try section.strings("signs")
  layout.needs = try section.strings("needs")
}

/// The names of a column that goes by several; nil for one that has one name.
private func choices(_ key: String, _ columns: TOMLSection) throws -> [String]? {
  guard (try? columns.string(key)) == nil, (try? columns.section(key)) == nil else { return nil }
  do {
    return try columns.strings(key)
  } catch is ConfigurationError {
    throw columns.wrong(key, "a text in quotes, or a list of them")
  }
}

/// What rows of exercises mean beside their columns.
private func readMeanings(_ section: TOMLSection, into layout: inout Layout) throws {
  layout.excused = try section.strings("excused")
  layout.amounts = try choice(
    "amounts", section,
    Dictionary(uniqueKeysWithValues: Layout.Amounts.allCases.map { ($0.rawValue, $0) }))
  layout.onlyExercises =
    try choice("exercises", section, ["known": true, "all": false]) ?? false
  layout.cardioTime =
    try choice("cardio_time", section, ["minutes": true, "hold": false]) ?? false
  layout.asksUnit = try choice("weights", section, ["ask": true, "kg": false]) ?? false
  let isUsed =
    !layout.excused.isEmpty || layout.amounts != nil || layout.onlyExercises || layout.cardioTime
    || layout.asksUnit
  if isUsed, layout.kind != .sessions {
    throw section.wrong("kind", "sessions, which alone have exercises")
  }
}

private func readUnits(_ section: TOMLSection, _ kinds: [Kind]) throws -> [Field: String] {
  guard let table = try section.section("units") else { return [:] }
  var units: [Field: String] = [:]
  for key in table.keys {
    let field = try field(key, of: kinds, in: table)
    let unit = try table.required(key)
    guard isUnit(unit, of: field) else {
      throw table.wrong(key, "a unit of \(field.name), such as s, min, h, kg, lbs or deg")
    }
    units[field] = unit
  }
  return units
}

private func readComponents(_ section: TOMLSection) throws -> [String: Component] {
  guard let table = try section.section("components") else { return [:] }
  var components: [String: Component] = [:]
  for key in table.keys {
    guard let component = Component(word: try table.required(key)) else {
      throw table.wrong(key, "one of \(Component.words.joined(separator: ", "))")
    }
    components[key] = component
  }
  return components
}

private func choice<T>(_ key: String, _ section: TOMLSection, _ choices: [String: T]) throws -> T? {
  guard let word = try section.string(key) else { return nil }
  guard let value = choices[word] else {
    let words = choices.keys.filter { $0 != "\t" }.sorted().joined(separator: ", ")
    throw section.wrong(key, "one of \(words)")
  }
  return value
}

private func field(_ key: String, of kind: Kind, in section: TOMLSection) throws -> Field {
  try field(key, of: [kind], in: section)
}

private func field(_ key: String, of kinds: [Kind], in section: TOMLSection) throws -> Field {
  let known = kinds.reduce(into: FieldSet()) { $0.formUnion($1.fields) }
  guard let field = Field(header: key), known.contains(field) else {
    throw ConfigurationError.unknownKey(
      file: section.file, key: "\(section.path).\(key)", known: known.fields.map(\.name))
  }
  return field
}

private func origin(_ key: String, _ columns: TOMLSection) throws -> Layout.Origin {
  guard (try? columns.section(key)) != nil, let parts = try columns.section(key) else {
    return .column(try columns.required(key))
  }
  try parts.allow(["year", "month", "day", "date", "time"])
  if let date = try parts.string("date") {
    return .moment(date: date, time: try parts.required("time"))
  }
  return .date(
    year: try parts.required("year"), month: try parts.required("month"),
    day: try parts.required("day"), time: try parts.string("time"))
}
