import Records

/// What a row of a table is that cannot be read as one of its records.
enum RowRole: Equatable {
  /// A row of the diary with something wrong in it.
  case row
  /// The names of the columns once more, as in files that were put together.
  case headerAgain
  /// The names of other columns: another table begins.
  case otherHeader([String])
  /// Words alone, as `August` above the rows of a month.
  case heading
  /// Sums or means of the rows above.
  case totals

  /// Judges a row by its cells.
  ///
  /// - Parameters:
  ///   - cells: trimmed.
  ///   - header: names of the table's columns.
  ///   - endsWithLine: false for a last row that may be cut off.
  init(_ cells: [String], header: [String], endsWithLine: Bool) {
    let filled = cells.filter { !$0.isEmpty }
    let forms = filled.map(CellForm.init)
    let dates = forms.contains { if case .date = $0 { true } else { false } }
    let words = zip(filled, forms).count { text, form in
      if case .text = form { text.contains(where: \.isLetter) } else { false }
    }
    self = .row
    if filled.isEmpty || dates { return }
    if RowRole.isImportID(filled[0])
      || filled.map(Field.folded) == header.filter({ !$0.isEmpty }).map(Field.folded)
    {
      self = .headerAgain
    } else if RowRole.isTotal(filled[0]) {
      self = .totals
    } else if filled.count == 1, words == 1, endsWithLine, filled[0].count > 2,
      cells[0] == filled[0], filled[0].contains(" ") || cells.count == header.count,
      Field(header: header.first ?? "") != .patientID
    {
      self = .heading
    } else if filled.count > 1, words == filled.count, Set(filled).count == filled.count {
      self = .otherHeader(cells)
    }
  }

  /// Whether a cell is Qualtrics' own name of a column, which it writes below those of people.
  static func isImportID(_ text: String) -> Bool { text.hasPrefix("{\"ImportId\":") }

  /// Whether a cell begins with a word for a sum or a mean.
  static func isTotal(_ text: String) -> Bool {
    let first = text.lowercased().prefix { $0.isLetter || $0 == "ø" }
    return totalWords.contains(String(first)) || text == "Σ" || text == "Ø"
  }

  private static let totalWords: Set<String> = [
    "total", "totals", "sum", "average", "avg", "mean", "median", "subtotal", "summe", "gesamt",
    "insgesamt", "mittelwert", "durchschnitt", "schnitt", "zwischensumme", "somme", "moyenne",
    "suma", "media", "promedio", "totale", "soma", "média", "totaal", "gemiddelde", "ø",
  ]
}

extension CSVTable {
  /// Whether a row that cannot be read is none of the diary's: the header once more, that of
  /// another table, a heading within the table, or totals. It is left out by name then.
  func isLayout(_ reason: RejectionReason) -> Bool {
    guard
      [.tooFewFields, .tooManyFields, .notADate, .dateOrderUnknown, .missingValue, .notANumber]
        .contains(reason)
    else { return false }
    let role = RowRole(
      reader.fields.indices.map { reader.bytes($0).trimmed.text }, header: shape.header,
      endsWithLine: reader.endedWithLine)
    switch role {
    case .row: return false
    case .headerAgain: decoder.batch.leftOut["header again", default: 0] += 1
    case .heading: decoder.batch.leftOut["heading", default: 0] += 1
    case .totals: decoder.batch.leftOut["totals", default: 0] += 1
    case .otherHeader(let names):
      guard
        let next = try? Ingest.shape(
          of: HeaderLine(skipped: 0, names: names), shape.delimiter, [], options, isTop: true)
      else { return false }
      following = next
      decoder.batch.leftOut["header of another table", default: 0] += 1
    }
    return true
  }
}
