import Records

/// How a text file is encoded.
public enum TextEncoding: String, CaseIterable, Sendable {
  /// UTF-8, with or without a byte-order mark.
  case utf8 = "utf-8"
  /// UTF-16, low byte first; a byte-order mark tells it without a profile.
  case utf16LittleEndian = "utf-16le"
  /// UTF-16, high byte first; a byte-order mark tells it without a profile.
  case utf16BigEndian = "utf-16be"
  /// The Western European code page; read where a profile says so, or where it alone gives words.
  case windows1252 = "windows-1252"
}

/// UTF-8 on its way from a source to a window; read once.
protocol TextSource: AnyObject {
  /// Bytes of the file before the first of the text: those of a byte-order mark.
  var skippedBytes: Int { get }
  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int
}

/// Turns another encoding into UTF-8 while it is read.
final class TranscodingSource: TextSource {
  private let source: any ByteSource
  private let encoding: TextEncoding
  private var input: [UInt8] = []
  private var output: [UInt8] = []
  private var position = 0
  /// Offsets in transcoded text are those of its UTF-8 form.
  let skippedBytes = 0

  init(_ source: any ByteSource, from encoding: TextEncoding, alreadyRead: [UInt8]) {
    self.source = source
    self.encoding = encoding
    input = alreadyRead
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    while position == output.count {
      var chunk = [UInt8](repeating: 0, count: 1 << 16)
      let count = try chunk.withUnsafeMutableBytes { try source.read(into: $0) }
      if count == 0 && input.isEmpty { return 0 }
      input.append(contentsOf: chunk[..<count])
      convert(atEnd: count == 0)
    }
    let count = min(buffer.count, output.count - position)
    output.withUnsafeBytes { stored in
      buffer.copyMemory(from: .init(rebasing: stored[position..<position + count]))
    }
    position += count
    return count
  }

  private func convert(atEnd: Bool) {
    output.removeAll(keepingCapacity: true)
    position = 0
    if encoding == .windows1252 {
      for byte in input { append(TranscodingSource.windows1252(byte)) }
      input.removeAll(keepingCapacity: true)
      return
    }
    var used = 0
    while input.count - used >= 2 {
      let unit = self.unit(used)
      if unit & 0xFC00 == 0xD800 {
        guard input.count - used >= 4 else { break }
        let low = self.unit(used + 2)
        if low & 0xFC00 == 0xDC00 {
          append(0x10000 + (UInt32(unit & 0x3FF) << 10 | UInt32(low & 0x3FF)))
          used += 4
          continue
        }
      }
      // A lone surrogate becomes an invalid byte, so that the row is refused and not mended.
      if unit & 0xF800 == 0xD800 { output.append(0xFF) } else { append(UInt32(unit)) }
      used += 2
    }
    input.removeFirst(used)
    if atEnd, !input.isEmpty {
      output.append(0xFF)
      input.removeAll()
    }
  }

  private func unit(_ index: Int) -> UInt16 {
    let pair = (UInt16(input[index]), UInt16(input[index + 1]))
    return encoding == .utf16LittleEndian ? pair.1 << 8 | pair.0 : pair.0 << 8 | pair.1
  }

  private func append(_ value: UInt32) {
    guard let scalar = Unicode.Scalar(value) else { return output.append(0xFF) }
    output.append(contentsOf: UTF8.encode(scalar).map { Array($0) } ?? [0xFF])
  }

  /// The code points of bytes 0x80-0x9F; the five unassigned bytes stay control characters.
  private static func windows1252(_ byte: UInt8) -> UInt32 {
    let upper: [UInt32] = [
      0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039,
      0x0152, 0x8D, 0x017D, 0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
      0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D, 0x017E, 0x0178,
    ]
    return byte >= 0x80 && byte <= 0x9F ? upper[Int(byte - 0x80)] : UInt32(byte)
  }
}

/// Bytes that were peeked at, then the rest of their source.
final class ReplayingSource: TextSource {
  private let source: any ByteSource
  private let head: [UInt8]
  private var position = 0
  let skippedBytes: Int

  init(_ head: [UInt8], then source: any ByteSource, skipped: Int = 0) {
    self.head = head
    self.source = source
    skippedBytes = skipped
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    guard position < head.count else { return try source.read(into: buffer) }
    let count = min(buffer.count, head.count - position)
    head.withUnsafeBytes { stored in
      buffer.copyMemory(from: .init(rebasing: stored[position..<position + count]))
    }
    position += count
    return count
  }
}

/// Opens a source as UTF-8: takes off a byte-order mark, transcodes UTF-16 and, when told,
/// Windows-1252, and names compressed files.
func openText(_ source: any ByteSource, encoding: TextEncoding?) throws -> any TextSource {
  let head = try readHead(source, 8)
  if head.isEmpty { throw IngestError.empty }
  if head.starts(with: [0x1F, 0x8B]) { throw IngestError.compressed("a gzip file") }
  if head.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
    throw IngestError.compressed("a zip file or an .xlsx workbook")
  }
  if head.starts(with: [0xEF, 0xBB, 0xBF]) {
    return ReplayingSource(Array(head.dropFirst(3)), then: source, skipped: 3)
  }
  if head.starts(with: [0xFF, 0xFE]) {
    return TranscodingSource(
      source, from: .utf16LittleEndian, alreadyRead: Array(head.dropFirst(2)))
  }
  if head.starts(with: [0xFE, 0xFF]) {
    return TranscodingSource(source, from: .utf16BigEndian, alreadyRead: Array(head.dropFirst(2)))
  }
  if let encoding, encoding != .utf8 {
    return TranscodingSource(source, from: encoding, alreadyRead: head)
  }
  return ReplayingSource(head, then: source)
}

/// Whether bytes are valid UTF-8 (no overlong forms, surrogates or values above U+10FFFF).
///
/// - Returns: nil when valid, else the offset of the first invalid byte.
func firstInvalidUTF8(_ bytes: Bytes) -> Int? {
  var index = 0
  let count = bytes.count
  while index < count {
    let lead = bytes[index]
    if lead < 0x80 {
      index += 1
      continue
    }
    let length: Int
    var lowest: UInt8 = 0x80
    var highest: UInt8 = 0xBF
    switch lead {
    case 0xC2...0xDF: length = 2
    case 0xE0...0xEF:
      length = 3
      if lead == 0xE0 { lowest = 0xA0 }
      if lead == 0xED { highest = 0x9F }
    case 0xF0...0xF4:
      length = 4
      if lead == 0xF0 { lowest = 0x90 }
      if lead == 0xF4 { highest = 0x8F }
    default: return index
    }
    guard index + length <= count, bytes[index + 1] >= lowest, bytes[index + 1] <= highest else {
      return index
    }
    for offset in 2..<max(length, 2) where bytes[index + offset] & 0xC0 != 0x80 { return index }
    index += length
  }
  return nil
}

/// Whether bytes that are no UTF-8 are words in Windows-1252.
///
/// Text with any sequence of UTF-8 beyond ASCII is damaged UTF-8. Otherwise every byte above ASCII
/// has to be a letter of Western Europe or a mark of its print, no capital among small letters (as
/// the code pages of old Macintoshes and DOS would give), and one of them beside a letter.
func readsAsWindows1252(_ bytes: Slice<Bytes>) -> Bool {
  var beside = false
  var index = bytes.startIndex
  var last = 0
  while index < bytes.endIndex {
    let byte = bytes[index]
    defer { index += 1 }
    guard byte >= 0x80 else { continue }
    last = index
    if index + 1 < bytes.endIndex, (0xC2...0xF4).contains(byte), bytes[index + 1] & 0xC0 == 0x80 {
      return false
    }
    if windows1252Marks.contains(byte) { continue }
    guard byte >= 0xC0, byte != 0xD7, byte != 0xF7 else { return false }
    let before = index > bytes.startIndex ? bytes[index - 1] : 0x20
    let after = index + 1 < bytes.endIndex ? bytes[index + 1] : 0x20
    let isSmall = { (byte: UInt8) in (0x61...0x7A).contains(byte) || byte >= 0xDF }
    if byte < 0xDF, isSmall(before) || (isSmall(before) && isSmall(after)) { return false }
    if isSmall(before) || isSmall(after) || isSmall(before | 0x20) || isSmall(after | 0x20) {
      beside = true
    }
  }
  return last > 0 && beside
}

/// Quotation marks, dashes, the sign of degrees and what else stands in Western European print.
private let windows1252Marks: Set<UInt8> = [
  0x80, 0x82, 0x84, 0x85, 0x8B, 0x91, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97, 0x9B, 0xA0, 0xA7, 0xA1,
  0xAB, 0xB0, 0xB2, 0xB3, 0xB4, 0xB5, 0xB7, 0xBA, 0xAA, 0xBB, 0xBC, 0xBD, 0xBE, 0xBF,
]
