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
    func keep<R: Row>(_: R.Type) {
      let rows = records[keyPath: R.rows]
      let kept = rows.indices.filter { !goes(rows[$0].patient) }
      guard kept.count < rows.count else { return }
      lines += rows.filter { goes($0.patient) }.map(\.position.line)
      keys[R.kind]?.keep(kept)
      if let numbered = sources[R.kind], numbered.count == rows.count {
        goneSources.formUnion(
          rows.indices.filter { goes(rows[$0].patient) }.map { numbered[$0].number })
        sources[R.kind] = kept.map { numbered[$0] }
      }
      records[keyPath: R.rows] = kept.map { rows[$0] }
    }
    for kind in Kind.rowTypes { keep(kind) }
    let refused = rejections.count
    rejections.removeAll { $0.names(anyone: isLeftOut) }
    // A row may hold several records: it counts once.
    let rows =
      !goneSources.isEmpty ? goneSources.count : sharesLines ? Set(lines).count : lines.count
    let count = rows + refused - rejections.count
    if count > 0 { leftOut[reason, default: 0] += count }
  }
}

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
