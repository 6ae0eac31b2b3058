import Records

/// A format that is read as a whole: its dates and numbers are not those of columns.
enum WholeFormat {
  /// JSON of lumbar's own.
  case own
  /// JSON and tables of other programs.
  case json(any JSONFormat.Type), table(any TableFormat.Type)

  /// The order in which the program writes dates; nil for none.
  var dateOrder: DateOrder? {
    switch self {
    case .own: nil
    case .json(let format): format.dateOrder
    case .table(let format): format.dateOrder
    }
  }

  /// Whether it is a table.
  var isTable: Bool { if case .table = self { true } else { false } }

  /// Reads a file.
  func read(
    _ window: Window, head: [UInt8], decoder: RowDecoder, options: ReadingOptions,
    emit: (inout Batch) throws -> Void
  ) throws -> ReadingSummary {
    switch self {
    case .own:
      try readJSON(window, head: head, decoder: decoder, options: options, emit: emit)
    case .json(let format):
      try readForeignJSON(
        window, head: head, format: format, decoder: decoder, options: options, emit: emit)
    case .table(let format):
      try readForeignTable(
        window, format: format, decoder: decoder, options: options, emit: emit)
    }
  }
}

/// What a whole file, JSON or a table of another program, is found to mean by its dates and by its
/// numbers in quotes.
///
/// A reading that stores nothing collects what could not be read without knowing it; that decides
/// as `Survey` does for the columns of a table.
struct WholeFile {
  private(set) var dateOrder: DateOrder?
  private(set) var numberForm: NumberForm?

  private var dates = DateEvidence()
  private var numbers = NumberEvidence()
  private var dateColumn: String?
  private var numberColumn: String?

  /// Whether something of the file was left open.
  private var isOpen: Bool { dateColumn != nil || numberColumn != nil }

  /// Whether the beginning of a file leaves open how its dates or numbers are meant.
  static func isOpen(head: [UInt8], format: WholeFormat, options: ReadingOptions) -> Bool {
    if !format.isTable, !holdsOpenText(head) { return false }
    var found = WholeFile()
    // The head breaks off anywhere: what was found before that counts.
    try? found.collect(Window(MemorySource(head)), head, format, options)
    return found.isOpen
  }

  /// Whether JSON holds a text that begins as dates and numbers in quotes do which may be open:
  /// with up to three digits and a mark. Most files hold none and need not be decoded for it.
  private static func holdsOpenText(_ head: [UInt8]) -> Bool {
    var place = 0
    while let quote = head[place...].firstIndex(of: 0x22) {
      place = quote + 1
      if place < head.count, head[place] == 0x2D { place += 1 }
      var digits = place
      while digits < head.count, digits - place < 4, head[digits] &- 0x30 <= 9 { digits += 1 }
      guard digits > place, digits - place < 4, digits < head.count else { continue }
      if [0x2C, 0x2D, 0x2E, 0x2F].contains(head[digits]) { return true }
    }
    return false
  }

  /// Reads a whole file and decides what it leaves open; where it does not prove an order of dates,
  /// that of the program counts.
  ///
  /// - Throws: `IngestError.dateOrderUndecided` or `.decimalMarkUndecided` with examples.
  init(_ window: Window, head: [UInt8], format: WholeFormat, options: ReadingOptions) throws {
    try collect(window, head, format, options)
    if let dateColumn {
      dateOrder = try dates.decide(column: dateColumn, usual: format.dateOrder)
    }
    if let numberColumn { numberForm = try numbers.decide(column: numberColumn) }
  }

  private init() {}

  /// Reads for what is refused alone.
  private mutating func collect(
    _ window: Window, _ head: [UInt8], _ format: WholeFormat, _ options: ReadingOptions
  ) throws {
    let decoder = RowDecoder(options)
    defer { for refused in decoder.batch.rejections { add(refused) } }
    _ = try format.read(window, head: head, decoder: decoder, options: options) { batch in
      for refused in batch.rejections { add(refused) }
      batch.rejections.removeAll()
    }
  }

  private mutating func add(_ refused: Rejection) {
    refused.value.withUnsafeBufferPointer { bytes in
      switch refused.reason {
      case .dateOrderUnknown:
        dateColumn = dateColumn ?? WholeFile.key(of: refused.column)
        dates.add(bytes)
      case .notANumber where bytes.contains(0x2C) && bytes.allSatisfy(WholeFile.isOfNumber):
        numberColumn = numberColumn ?? WholeFile.key(of: refused.column)
        numbers.add(bytes)
      default: break
      }
    }
  }

  private static func isOfNumber(_ byte: UInt8) -> Bool {
    byte >= 0x30 && byte <= 0x39 || byte == 0x2C || byte == 0x2E || byte == 0x2D || byte == 0x20
  }

  /// The key at the end of a path: a message names no row of the file.
  private static func key(of path: String) -> String {
    path.split(separator: ".").last.map(String.init) ?? path
  }
}

extension RowDecoder {
  /// Decodes the slots into a record of the kind; numbers in quotes as the file writes them, where
  /// that is known.
  func decodeQuoted(_ kind: Kind, line: Int) throws(Refusal) -> Bool {
    do throws(Refusal) {
      return try decode(kind, line: line)
    } catch {
      guard error.reason == .notANumber, let form = options.quotedForm, let field = error.field,
        slots[field.rawValue].contains(form.mark), numberForms[field.rawValue] != form
      else { throw error }
      forgetScore()
      let usual = numberForms[field.rawValue]
      use(form, for: field)
      defer { use(usual, for: field) }
      return try decodeQuoted(kind, line: line)
    }
  }
}
