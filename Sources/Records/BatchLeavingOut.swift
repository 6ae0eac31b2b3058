extension Batch {
  /// Leaves out the rows of people, and refused rows that name them; the rows stay counted in
  /// `read`.
  ///
  /// - Parameters:
  ///   - isLeftOut: whether a person's rows are to go, by id.
  ///   - reason: the word under which they are counted.
  /// Complexity: O(rows), with one call a person and a few a refused row.
  public mutating func leaveOut(reason: String, where isLeftOut: (String) -> Bool) {
    var known: [NameID: Bool] = [:]
    func goes(_ person: NameID) -> Bool {
      if let goes = known[person] { return goes }
      let goes = isLeftOut(names[person])
      known[person] = goes
      return goes
    }
    var lines: [Int64] = []
    var goneSources: Set<Int64> = []
    func keep<Row: PersonalRow>(_ rows: inout [Row], _ keys: inout RowKeys, _ kind: Kind) {
      let kept = rows.indices.filter { !goes(rows[$0].patient) }
      guard kept.count < rows.count else { return }
      lines += rows.filter { goes($0.patient) }.map(\.position.line)
      keys.keep(kept)
      if let numbered = sources[kind], numbered.count == rows.count {
        goneSources.formUnion(
          rows.indices.filter { goes(rows[$0].patient) }.map { numbered[$0].number })
        sources[kind] = kept.map { numbered[$0] }
      }
      rows = kept.map { rows[$0] }
    }
    var none = RowKeys()
    keep(&sets, &keys.sets, .sessions)
    keep(&pain, &keys.pain, .pain)
    keep(&measurements, &keys.measurements, .flexibility)
    keep(&program, &none, .program)
    keep(&patients, &none, .patients)
    keep(&days, &none, .days)
    keep(&questionnaires, &none, .questionnaires)
    let refused = rejections.count
    rejections.removeAll { $0.names(anyone: isLeftOut) }
    // A row may hold several records: it counts once.
    let rows =
      !goneSources.isEmpty ? goneSources.count : sharesLines ? Set(lines).count : lines.count
    let count = rows + refused - rejections.count
    if count > 0 { leftOut[reason, default: 0] += count }
  }
}

/// A record of a person, from a line of a file.
protocol PersonalRow {
  var patient: NameID { get }
  var position: SourcePosition { get }
}

extension ExerciseSet: PersonalRow {}
extension PainEntry: PersonalRow {}
extension Measurement: PersonalRow {}
extension ProgramLine: PersonalRow {}
extension Patient: PersonalRow {}
extension DayEntry: PersonalRow {}
extension Questionnaire: PersonalRow {}

extension Rejection {
  /// Whether a cell of the refused row is somebody's id.
  fileprivate func names(anyone isSomeone: (String) -> Bool) -> Bool {
    (cells(of: row) + cells(of: value)).contains(where: isSomeone)
  }
}

/// The cells of rows of a table or of JSON, however they are parted, without spaces at their ends.
public func cells(of bytes: [UInt8]) -> [String] {
  let separators: Set<UInt8> = [0x2C, 0x3B, 0x09, 0x7C, 0x22, 0x3A, 0x0A, 0x0D, 0x7B, 0x7D]
  return bytes.split(whereSeparator: separators.contains).compactMap { cell in
    var cell = cell
    while cell.first == 0x20 { cell.removeFirst() }
    while cell.last == 0x20 { cell.removeLast() }
    return cell.isEmpty ? nil : String(decoding: cell, as: UTF8.self)
  }
}
