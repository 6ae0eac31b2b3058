/// Where a quote stands in a text, for one delimiter.
struct QuoteEvidence {
  var total = 0
  /// Quotes at a cell's beginning, and those of them whose cell ends with one before a border.
  var openings = 0
  var pairs = 0
  /// Quotes inside quoted cells: doubled, after a backslash, or as they are.
  var doubled = 0
  var escaped = 0
  var bare = 0

  private let bytes: ArraySlice<UInt8>
  private let delimiter: [UInt8]

  /// Gathers the evidence. Time O(n): a quote that opens is followed for 200 lines at most.
  ///
  /// - Parameters:
  ///   - bytes: the text.
  ///   - quote: the quote in question.
  ///   - delimiter: the delimiter, or empty.
  ///   - outer: a quote already believed in; what it encloses is left out.
  init(_ bytes: ArraySlice<UInt8>, quote: UInt8, delimiter: [UInt8], outer: UInt8?) {
    (self.bytes, self.delimiter) = (bytes, delimiter)
    var index = bytes.startIndex
    var atBorder = true
    while index < bytes.endIndex {
      let byte = bytes[index]
      if byte == quote { total += 1 }
      if atBorder, byte == outer, let end = closing(index, byte).end {
        index = end
        atBorder = false
      } else if atBorder, byte == quote {
        openings += 1
        atBorder = false
        let found = closing(index, quote)
        if let end = found.end {
          // Between apostrophes a mere blank stands for no value, which any table may have.
          let isBlank = end > index + 1 && bytes[index + 1..<end].allSatisfy { $0 == 32 }
          if quote == 0x27 && isBlank { openings -= 1 } else { pairs += 1 }
          total += 1
          doubled += found.doubled
          escaped += found.escaped
          bare += found.bare
          index = end
        }
      } else {
        atBorder = byte == 10 || byte == 13 || endsDelimiter(index) || (atBorder && byte == 32)
      }
      index += 1
    }
  }

  private func endsDelimiter(_ index: Int) -> Bool {
    guard let last = delimiter.last, bytes[index] == last else { return false }
    let start = index + 1 - delimiter.count
    return start >= bytes.startIndex && bytes[start...index].elementsEqual(delimiter)
  }

  /// Whether a cell may end here: before a delimiter, a line end, or the end.
  private func isBorder(_ index: Int) -> Bool {
    var at = index
    while at < bytes.endIndex, bytes[at] == 32, delimiter.first != 32 { at += 1 }
    guard at < bytes.endIndex, bytes[at] != 10, bytes[at] != 13 else { return true }
    guard bytes[at] == delimiter.first, at + delimiter.count <= bytes.endIndex else { return false }
    return bytes[at..<at + delimiter.count].elementsEqual(delimiter)
  }

  /// Where the cell that a quote opens is closed, and what quotes stand in it.
  private func closing(
    _ start: Int, _ quote: UInt8
  ) -> (end: Int?, doubled: Int, escaped: Int, bare: Int) {
    var (doubled, escaped, bare, lines) = (0, 0, 0, 0)
    var index = start + 1
    func isQuote(_ index: Int) -> Bool { index < bytes.endIndex && bytes[index] == quote }
    while index < bytes.endIndex, lines < 200 {
      if bytes[index] == 10 || bytes[index] == 13 {
        // Text in quotes that goes on after bare quotes hardly goes on after the line too.
        if bare > 0 { return (nil, 0, 0, 0) }
        lines += 1
      }
      if bytes[index] == 0x5C, isQuote(index + 1), !isBorder(index + 2) {
        // A backslash before a doubled quote is text.
        let isText = isQuote(index + 2) && !isBorder(index + 3)
        if !isText { escaped += 1 }
        index += isText ? 3 : 2
      } else if !isQuote(index) {
        index += 1
      } else if isBorder(index + 1) {
        return (index, doubled, escaped, bare)
      } else if !isQuote(index + 1) {
        // On a later line a cell opens: the one before was never closed.
        if lines > 0, endsDelimiter(index - 1) { return (nil, 0, 0, 0) }
        bare += 1
        index += 1
      } else if isBorder(index + 2), bare > 0 {
        // Where quotes stand bare, this is one more and the closing one.
        bare += 1
        index += 1
      } else {
        if !isBorder(index + 2) { doubled += 1 }
        index += 2
      }
    }
    return (nil, 0, 0, 0)
  }
}
