import Ingest
import Records

/// A draft of a profile for a table that no profile fits: what each column is taken for and why,
/// and a `?` wherever the table does not say enough.
public struct ProfileSketch: Sendable {
  /// What the table seems to hold.
  public let draft: TableDraft
  /// What a person should know beside the lines of the draft, a sentence each.
  public let remarks: [String]
  private let name: String
  /// Drafts of the tables below the first.
  private let further: [TableDraft]
  /// Codes of fields and what they stand for, by the dictionary.
  private var codes: [(field: Field, words: [(code: String, label: String)])] = []

  /// Drafts a profile.
  ///
  /// An export of REDCap holds several instruments: each gives records of its own, by the data
  /// dictionary as far as there is one.
  ///
  /// - Parameters:
  ///   - sample: the beginning of the table.
  ///   - name: the file's name, for the profile's.
  ///   - dictionary: the project's, for an export of REDCap.
  ///   - instrument: whose columns alone are meant; nil for all.
  public init(
    _ sample: TableSample, name: String, dictionary: REDCapDictionary? = nil,
    instrument: String? = nil
  ) {
    self.name = name
    guard let export = REDCapExport(sample.header, dictionary) else {
      draft = TableDraft(sample)
      further = sample.following.map { TableDraft($0) }
      remarks = []
      return
    }
    var remarks: [String] = []
    let instruments = export.instruments
    var chosen = instruments
    if let instrument {
      chosen = instruments.filter { $0.name == instrument }
      if chosen.isEmpty {
        remarks.append(
          "There is no instrument \(instrument). There are: "
            + instruments.map(\.name).joined(separator: ", ") + ".")
      }
    }
    if export.dictionary == nil {
      remarks.append("With --dictionary FILE its labels, codes and check boxes are understood.")
    }
    let reading = REDCapReading(sample, export, chosen.flatMap(\.columns))
    var draft = TableDraft(
      reading.sample, labels: reading.labels, groups: chosen.map(\.columns),
      exercises: reading.exercises, isUsed: { reading.isUsed.contains($0) })
    let dates = draft.records.flatMap(\.lines).compactMap { line -> DateOrder? in
      guard case .origin(.column(let column)) = line.source else { return nil }
      return export.dictionary?.entry(ofColumn: column)?.dateOrder
    }
    if let order = dates.first { draft.use(order) }
    self.draft = draft
    self.remarks = remarks
    further = []
    let lines = draft.records.flatMap(\.lines)
    codes = lines.compactMap { line in
      guard case .origin(.column(let column)) = line.source,
        let entry = export.dictionary?.entry(ofColumn: column), entry.isCoded
      else { return nil }
      return (line.field, entry.choices)
    }
  }

  /// What its rows seem to be; nil when nothing was found that lumbar keeps.
  public var kind: Kind? { draft.records.first?.kind }

  /// Whether nothing is left to be asked.
  public var isSettled: Bool { ([draft] + further).allSatisfy(\.isSettled) }

  /// The field and the column of each guess, in the order of the columns.
  public var columns: [(field: Field, column: String)] {
    let drafts = [draft] + further
    let lines = drafts.flatMap { $0.records.flatMap(\.lines) + [$0.patient].compactMap { $0 } }
    var found: [(field: Field, column: String)] = []
    for line in lines {
      guard case .origin(let origin) = line.source else { continue }
      for column in ProfileSketch.names(of: origin)
      where !found.contains(where: { $0.field == line.field && $0.column == column }) {
        found.append((line.field, column))
      }
    }
    let names = drafts.flatMap(\.sample.header)
    func place(_ name: String) -> Int { names.firstIndex(of: name) ?? 0 }
    return found.sorted {
      (place($0.column), $0.field.rawValue) < (place($1.column), $1.field.rawValue)
    }
  }

  private static func names(of origin: Layout.Origin) -> [String] {
    switch origin {
    case .column(let name): [name]
    case .date(let year, let month, let day, let time):
      [year, month, day] + [time].compactMap { $0 }
    case .moment(let date, let time): [date, time]
    case .constant: []
    }
  }

  /// What has to be settled before anything is imported, and what a person should know, a sentence
  /// each.
  public var doubts: [String] {
    remarks + ([draft] + further).flatMap(ProfileSketch.questions)
  }

  private static func questions(_ draft: TableDraft) -> [String] {
    let lines = [draft.patient].compactMap { $0 } + draft.records.flatMap(\.lines)
    var asked = draft.questions.map { sentence($0.key, $0.why, $0.choices) }
    asked += lines.compactMap { line in
      guard case .question(let choices) = line.source else { return nil }
      return sentence(line.field.name, line.why, choices)
    }
    let open = draft.records.flatMap(\.words).filter { $0.to == nil }
    if open.contains(where: { $0.field == .score }) {
      asked.append("score: its cells are words; say which number from 0 to 10 each stands for")
    }
    asked += open.filter { $0.field != .score }.map {
      "\($0.field.name): \($0.from) stands there without a figure; say which it is, or write \"\" "
        + "for none"
    }
    return asked
  }

  private static func sentence(_ key: String, _ why: String, _ choices: [String]) -> String {
    "\(key): \(why)" + (choices.isEmpty ? "" : " (\(choices.joined(separator: ", ")))")
  }
}

// MARK: Writing

extension ProfileSketch {
  /// The draft as a profile. A line that ends in `"?"` has to be settled before it imports.
  public var toml: String {
    var lines = [
      "# Drafted by `lumbar profile sketch` from \(draft.sample.rows.count) rows. Look it over, "
        + "then:",
      "#   lumbar import FILE --profile THIS_FILE",
    ]
    if !isSettled {
      lines.append("# First settle every line with \"?\": write what is right, or take it out.")
    }
    lines += remarks.map { "# \($0)" }
    if draft.patient == nil {
      lines.append("# No column names a person: pass --patient ID when you import.")
    }
    lines += ["name = \(quoted(name))", "about = \"a draft\""]
    guard !further.isEmpty else {
      return (lines + layout(draft, within: "")).joined(separator: "\n") + "\n"
    }
    // Several tables, one below the other.
    for draft in [draft] + further where !draft.isEmpty {
      lines += ["", "[[layout]]"] + layout(draft, within: "layout.")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The lines of one table.
  ///
  /// - Parameter path: what stands before the names of its parts.
  private func layout(_ draft: TableDraft, within path: String) -> [String] {
    let sample = draft.sample
    var lines: [String] = []
    if !draft.unread.isEmpty {
      let more = draft.unread.count > 24 ? " and \(draft.unread.count - 24) more" : ""
      let names = draft.unread.prefix(24).map(ProfileSketch.plain).joined(separator: ", ")
      lines.append("# Not read: \(names)\(more).")
    }
    lines.append("kind = \"\((draft.records.first?.kind ?? .sessions).rawValue)\"")
    let isFirst = path.isEmpty || sample.skippedLines == self.draft.sample.skippedLines
    if sample.skippedLines > 0, isFirst { lines.append("skip_lines = \(sample.skippedLines)") }
    if let encoding = sample.encoding { lines.append("encoding = \"\(encoding.rawValue)\"") }
    let delimiter = sample.delimiter == 0x09 ? "tab" : String(UnicodeScalar(sample.delimiter))
    lines.append("delimiter = \(quoted(delimiter))")
    if let order = draft.dateOrder { lines.append("date_order = \"\(order.rawValue)\"") }
    if let year = draft.year {
      lines.append("year = \(year)  # the lines above the header name it")
    }
    lines += draft.questions.map {
      "\($0.key) = \"?\"  # \(ProfileSketch.plain($0.why))"
        + ($0.choices.isEmpty ? "" : ": \($0.choices.joined(separator: " or "))")
    }
    if !draft.missing.isEmpty {
      lines.append("missing = [\(draft.missing.map(quoted).joined(separator: ", "))]  # no score")
    }
    if !draft.filledDown.isEmpty {
      lines.append("fill_down = [\(draft.filledDown.map(quoted).joined(separator: ", "))]")
    }
    let isPlain =
      draft.records.count == 1 && !hasGaps(draft) && !draft.records.contains(where: isMade)
    if !isPlain { lines.append("empty_rows = \"leave_out\"") }
    lines.append("# timezone = \"Europe/Berlin\"  # of times without an offset")
    if let patient = draft.patient {
      lines += ["", "[\(path)columns]", written(patient)]
    } else if isPlain {
      lines += ["", "[\(path)columns]"]
    }
    for record in draft.records {
      if isPlain {
        lines += columnLines(record).map(written)
        if !constantLines(record).isEmpty {
          lines += ["", "[\(path)constants]"] + constantLines(record).map(written)
        }
      } else {
        lines += ["", "[[\(path)pivot]]", "kind = \"\(record.kind.rawValue)\""]
        if let separator = record.separator {
          lines.append("separator = \(quoted(separator))  # a cell holds several exercises")
        }
        lines += ["[\(path)pivot.columns]"] + columnLines(record).map(written)
        if !constantLines(record).isEmpty {
          lines += ["[\(path)pivot.constants]"] + constantLines(record).map(written)
        }
      }
    }
    return lines + units(draft, path) + words(draft, path)
      + unknownExercises(draft, path)
  }

  /// Whether a row of the sample lacks what its record needs.
  private func hasGaps(_ draft: TableDraft) -> Bool {
    let sample = draft.sample
    let kind = draft.records.first?.kind
    let needed = draft.records.flatMap(\.lines).compactMap { line -> Int? in
      guard case .origin(.column(let name)) = line.source,
        kind?.requiredFields.contains(line.field) ?? false
      else { return nil }
      return sample.header.firstIndex(of: name)
    }
    return needed.contains { column in
      sample.rows.contains { $0.cells[column].isEmpty }
        && !draft.filledDown.contains(sample.header[column])
    }
  }

  /// Whether a record is more than the cells of its row, so that a row has to tell when it is
  /// there.
  private func isMade(_ record: TableDraft.Record) -> Bool {
    record.separator != nil
      || record.lines.contains { line in
        record.kind.requiredFields.contains(line.field) && isConstant(line)
      }
  }

  private func isConstant(_ line: TableDraft.Line) -> Bool {
    switch line.source {
    case .origin(.constant): true
    case .question: line.field == .scale || line.field == .unit || isNameOfColumn(line)
    default: false
    }
  }

  /// Whether a question is about an exercise that a column is, whose name is then a constant.
  private func isNameOfColumn(_ line: TableDraft.Line) -> Bool {
    line.field == .exercise && line.why.hasPrefix("ticked")
  }

  private func constantLines(_ record: TableDraft.Record) -> [TableDraft.Line] {
    record.lines.filter(isConstant)
  }

  private func columnLines(_ record: TableDraft.Record) -> [TableDraft.Line] {
    record.lines.filter { !isConstant($0) }
  }

  /// A line with its evidence.
  private func written(_ line: TableDraft.Line) -> String {
    var value: String
    var why = ProfileSketch.plain(line.why)
    switch line.source {
    case .question(let choices):
      value = "\"?\""
      if !choices.isEmpty { why += ": " + choices.map(quoted).joined(separator: " or ") }
    case .origin(.column(let name)), .origin(.constant(let name)): value = quoted(name)
    case .origin(.moment(let date, let time)):
      value = "{ date = \(quoted(date)), time = \(quoted(time)) }"
    case .origin(.date(let year, let month, let day, _)):
      value =
        "{ year = \(quoted(year)), month = \(quoted(month)), day = \(quoted(day)) }"
    }
    return "\(line.field.name) = \(value)" + (why.isEmpty ? "" : "  # \(why)")
  }

  private func units(_ draft: TableDraft, _ path: String) -> [String] {
    var seen: [(field: Field, unit: String)] = []
    for item in draft.records.flatMap(\.units)
    where !seen.contains(where: { $0.field == item.field }) { seen.append(item) }
    return seen.isEmpty
      ? [] : ["", "[\(path)units]"] + seen.map { "\($0.field.name) = \(quoted($0.unit))" }
  }

  private func words(_ draft: TableDraft, _ path: String) -> [String] {
    var lines: [String] = []
    var byField: [Field: [(from: String, to: String?)]] = [:]
    for word in draft.records.flatMap(\.words) {
      byField[word.field, default: []].append((word.from, word.to))
    }
    for (field, words) in codes {
      byField[field] = words.map { ($0.code, $0.label) }
    }
    for (field, words) in byField.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      lines += ["", "[\(path)values.\(field.name)]"]
      lines += words.map { word in
        let isNone = field == .exercise && word.to != nil
        return "\(quoted(word.from)) = \(quoted(word.to ?? "?"))" + (isNone ? "  # not done" : "")
      }
    }
    return lines
  }

  /// A line for each exercise that the catalogue does not know.
  private func unknownExercises(_ draft: TableDraft, _ path: String) -> [String] {
    let sample = draft.sample
    var names: Set<String> = []
    for line in draft.records.flatMap(\.lines) where line.field == .exercise {
      guard case .origin(.column(let name)) = line.source,
        let column = sample.header.firstIndex(of: name)
      else { continue }
      names.formUnion(sample.values(column))
    }
    let unknown = names.filter { ExerciseCatalogue.entry(of: $0) == nil }
    guard !unknown.isEmpty else { return [] }
    return ["", "[\(path)components]", "# One of: \(Component.words.joined(separator: ", "))."]
      + unknown.sorted().prefix(40).map { "# \(quoted($0)) = \"other\"" }
  }

  /// Text of a file within a comment: without line ends and other hidden characters.
  private static func plain(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.map { isHidden($0.value) ? " " : $0 }))
  }
}
