/// How a text is delimited: what separates cells, what quotes them, what escapes.
public struct Dialect: Equatable, Sendable {
  /// What separates cells; empty where every line is one cell.
  public var delimiter: String
  /// The character (as a byte) that cells are quoted with, or nil if none is.
  public var quote: UInt8?
  /// The character (as a byte) before which quotes or delimiters count as text, or nil.
  public var escape: UInt8?
  /// A quote in a quoted cell is written twice; if not, it stands there as it is.
  public var doubles = true
  /// Blanks around cells are layout, not text.
  public var trims = false
  /// A run of blanks is one delimiter, as in tables aligned by blanks.
  public var merges = false

  /// Makes a dialect.
  ///
  /// - Parameters:
  ///   - delimiter: what separates cells, or "".
  ///   - quote: the quote, or nil.
  ///   - escape: the escape, or nil.
  public init(delimiter: String, quote: UInt8? = nil, escape: UInt8? = nil) {
    (self.delimiter, self.quote, self.escape) = (delimiter, quote, escape)
  }

  var delimiterBytes: [UInt8] { Array(delimiter.utf8) }

  /// Finds the dialect of a text from its beginning, at most 256 KiB.
  ///
  /// Every delimiter in question is scored by how even the rows get, times how much their cells
  /// look like something (van den Burg, Nazábal, Sutton: Wrangling messy CSV files by detecting
  /// row and type patterns, 2019), times how usual it is. A quote is told by standing at borders
  /// of cells. Deterministic; time O(sample) for each delimiter that occurs.
  ///
  /// - Parameter bytes: UTF-8 text.
  public static func find(in bytes: [UInt8]) -> Dialect {
    DialectSearch(bytes).best()
  }
}

/// Searches the dialect of a text.
struct DialectSearch {
  /// Delimiters and how likely each is before a text is seen.
  static let priors: [(String, Double)] = [
    (",", 1), (";", 1), ("\t", 1.15), ("|", 0.97), (" ", 0.62), (":", 0.55), ("^", 0.9),
    ("~", 0.85), ("\u{1F}", 0.95), ("\u{1}", 0.95), ("\u{1E}", 0.9), ("\u{2}", 0.9), ("=", 0.5),
    ("&", 0.55), ("#", 0.6), ("*", 0.45), ("!", 0.45), ("@", 0.4), ("$", 0.4), ("%", 0.4),
    ("+", 0.25), ("/", 0.3), ("\\", 0.3), ("-", 0.2), ("_", 0.2), (">", 0.35), ("\u{A6}", 0.9),
    ("\u{A7}", 0.9),
  ]
  static let sampleSize = 1 << 18
  static let mostRecords = 600

  let bytes: [UInt8]
  let sampleStart: Int
  let sampleEnd: Int
  private var end: Int { sampleEnd }
  private var counts = [Int](repeating: 0, count: 256)
  private var lines = 0

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    // Most texts show themselves at once; long lines need more of it.
    var end = min(bytes.count, 1 << 16)
    for index in 0..<end where bytes[index] == 10 || bytes[index] == 13 { lines += 1 }
    if lines < 100 { end = min(bytes.count, Self.sampleSize) }
    if end < bytes.count {
      var cut = end
      while cut > end / 2, bytes[cut - 1] != 10, bytes[cut - 1] != 13 { cut -= 1 }
      if cut > end / 2 { end = cut }
    }
    lines = 0
    sampleStart = Self.frontMatter(bytes, end)
    for index in sampleStart..<end {
      counts[Int(bytes[index])] += 1
      if bytes[index] == 10 || bytes[index] == 13 { lines += 1 }
    }
    sampleEnd = end
  }

  /// The length of a head between two lines of three dashes, which describes the table (CSVY).
  private static func frontMatter(_ bytes: [UInt8], _ end: Int) -> Int {
    let fence: [UInt8] = [0x2D, 0x2D, 0x2D]
    guard bytes.starts(with: fence), end > 4, bytes[3] == 10 || bytes[3] == 13 else { return 0 }
    for index in 4..<max(4, end - 4) where bytes[index] == 10 {
      guard bytes[(index + 1)...(index + 3)].elementsEqual(fence) else { continue }
      if bytes[index + 4] == 10 || bytes[index + 4] == 13 { return index + 4 }
    }
    return 0
  }

  func best() -> Dialect {
    if let separator = separatorLine() { return completed(separator) }
    var best = completed("")
    var bestScore = scoreOfSingle(best)
    for (delimiter, prior) in Self.priors where counts[Int(Array(delimiter.utf8)[0])] > 0 {
      for (dialect, weight) in variants(delimiter) {
        var score = prior * weight * self.score(dialect)
        // One line alone says little: only usual delimiters are believed there.
        if lines <= 1, prior < 0.95 { score *= 0.6 }
        if score > bestScore * 1.0001 { (best, bestScore) = (dialect, score) }
      }
    }
    return padded(best)
  }

  /// Excel's first line `sep=;` says it.
  private func separatorLine() -> String? {
    let head = bytes.prefix(5)
    guard head.count == 5, String(decoding: head.prefix(4), as: UTF8.self).lowercased() == "sep=",
      bytes.count > 5, bytes[5] == 10 || bytes[5] == 13
    else { return nil }
    return String(decoding: head.suffix(1), as: UTF8.self)
  }

  private func variants(_ delimiter: String) -> [(Dialect, Double)] {
    var found = [(completed(delimiter), 1.0)]
    let byte = Array(delimiter.utf8)[0]
    if delimiter == " " {
      var merging = completed(delimiter)
      merging.merges = true
      found.append((merging, 0.98))
    } else if isDoubled(byte, within: [",", ";"].contains(delimiter) ? 0 : 5) {
      found.append((completed(delimiter + delimiter), delimiter == ":" ? 1.5 : 1))
    }
    var escaping = found[0].0
    if escaping.escape == nil, occurrences(0x5C, byte) > 0, byte != 0x5C {
      escaping.escape = 0x5C
      found.append((escaping, 0.999))
    }
    return found
  }

  /// Whether a delimiter mostly comes twice; `within` is how many tenths may stand alone.
  private func isDoubled(_ byte: UInt8, within: Int) -> Bool {
    let (all, doubled) = (counts[Int(byte)], 2 * occurrences(byte, byte))
    guard doubled > 0, (all - doubled) * 10 <= all * within else { return false }
    // Usual delimiters one after the other have empty cells between them, as at a line's end.
    return within > 0 || lines > 1 && occurrences(byte, 10) + occurrences(byte, 13) == 0
  }

  private func occurrences(_ first: UInt8, _ second: UInt8) -> Int {
    var (count, index) = (0, sampleStart)
    while index + 1 < end {
      if bytes[index] == first, bytes[index + 1] == second {
        count += 1
        index += 1
      }
      index += 1
    }
    return count
  }

  /// A dialect of this delimiter with the quote and escape that fit it.
  func completed(_ delimiter: String) -> Dialect {
    var dialect = Dialect(delimiter: delimiter)
    var most = 0
    for quote: UInt8 in [0x22, 0x27, 0x7E, 0x23, 0x60, 0x2A, 0x25, 0x7C]
    where counts[Int(quote)] > 1 {
      if delimiter.utf8.first == quote { continue }
      let seen = QuoteEvidence(
        bytes[sampleStart..<end], quote: quote, delimiter: dialect.delimiterBytes,
        outer: dialect.quote)
      let fits =
        switch quote {
        case 0x22: seen.pairs > 0
        case 0x27: seen.pairs > 0 && seen.pairs * 5 >= seen.openings * 4
        default:
          seen.pairs > 0 && seen.pairs == seen.openings && seen.total == 2 * seen.pairs
            && seen.pairs * 2 >= lines
        }
      // The usual quote gives way only to one that stands at many more cells.
      let usual = dialect.quote == 0x22
      guard fits, seen.pairs > (usual ? 3 * most : most), !usual || seen.pairs * 2 >= lines else {
        continue
      }
      most = seen.pairs
      dialect.quote = quote
      let escapes = seen.escaped > 0 && seen.escaped >= seen.doubled
      dialect.escape = escapes ? 0x5C : nil
      dialect.doubles = seen.doubled > 0 || seen.bare == 0
    }
    return dialect
  }

  /// Blanks after nearly all delimiters, or before them, belong to the layout.
  private func padded(_ dialect: Dialect) -> Dialect {
    guard !dialect.delimiter.isEmpty, dialect.delimiter != " " else { return dialect }
    var reader = RecordReader(bytes, dialect, start: sampleStart, end: end)
    var (before, after, pairs, records) = (0, 0, 0, 0)
    while records < Self.mostRecords, let record = reader.next() {
      records += 1
      for index in 1..<max(1, record.count) {
        let (left, right) = (
          reader.cells[record.first + index - 1], reader.cells[record.first + index]
        )
        guard right.end > right.start else { continue }
        pairs += 1
        // Blanks before an opening quote are not part of the cell, so look at the bytes before.
        let first = right.quoted ? right.start - 2 : right.start
        if bytes[first] == 32 { after += 1 }
        if left.end < end, left.end > left.start || left.quoted,
          bytes[left.quoted ? min(left.end + 1, end - 1) : left.end - 1] == 32
        {
          before += 1
        }
      }
    }
    var dialect = dialect
    dialect.trims = pairs > 1 && (after * 4 >= pairs * 3 || before * 4 >= pairs * 3)
    return dialect
  }
}
