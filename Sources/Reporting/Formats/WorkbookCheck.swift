import CXLSXWriter
import Foundation

/// Whether every part of a written workbook is there as a whole.
///
/// libxlsxwriter writes each part to a file of a moment and reads it back without asking whether
/// that went well: on a failing disk a part may lack its middle while the workbook is reported as
/// written.
///
/// - Parameter path: the workbook.
/// - Returns: false when a part cannot be unpacked, or its elements do not close as they opened.
/// Complexity: O(size), memory of the packed file.
func isWhole(workbook path: String) -> Bool {
  guard let bytes = FileManager.default.contents(atPath: path) else { return false }
  return bytes.withUnsafeBytes { isWhole(package: $0) }
}

/// The same of a package in memory.
func isWhole(package bytes: UnsafeRawBufferPointer) -> Bool {
  func number(_ offset: Int, _ width: Int) -> Int? {
    guard offset >= 0, offset + width <= bytes.count else { return nil }
    return (0..<width).reduce(0) { $0 | Int(bytes[offset + $1]) << (8 * $1) }
  }
  // The end of the directory, which stands last.
  let end = bytes.count - 22
  guard number(end, 4) == 0x0605_4B50, let count = number(end + 10, 2), count > 0,
    var entry = number(end + 16, 4)
  else { return false }
  for _ in 0..<count {
    guard number(entry, 4) == 0x0201_4B50, let method = number(entry + 10, 2),
      let packed = number(entry + 20, 4), let size = number(entry + 24, 4),
      let name = number(entry + 28, 2), let extra = number(entry + 30, 2),
      let comment = number(entry + 32, 2), let local = number(entry + 42, 4),
      let localName = number(local + 26, 2), let localExtra = number(local + 28, 2)
    else { return false }
    let start = local + 30 + localName + localExtra
    guard start + packed <= bytes.count else { return false }
    let part = UnsafeRawBufferPointer(rebasing: bytes[start..<start + packed])
    guard isWhole(part: part, isPacked: method == 8, size: size) else { return false }
    entry += 46 + name + extra + comment
  }
  return true
}

private func isWhole(part: UnsafeRawBufferPointer, isPacked: Bool, size: Int) -> Bool {
  var elements = ElementBalance()
  guard isPacked else {
    elements.read(part)
    return elements.isClosed
  }
  var stream = lumbar_z_stream()
  // Deflate without a frame, as packages hold it.
  guard
    inflateInit2_(&stream, -15, "1.2.11", Int32(MemoryLayout<lumbar_z_stream>.size)) == 0
  else { return false }
  defer { inflateEnd(&stream) }
  stream.next_in = part.baseAddress?.assumingMemoryBound(to: UInt8.self)
  stream.avail_in = UInt32(part.count)
  return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 1 << 15) { room in
    var outcome: Int32 = 0
    while outcome == 0 {
      stream.next_out = room.baseAddress
      stream.avail_out = UInt32(room.count)
      outcome = inflate(&stream, 0)
      let count = room.count - Int(stream.avail_out)
      elements.read(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(room)[..<count]))
    }
    return outcome == 1 && Int(stream.total_out) == size && elements.isClosed
  }
}

/// Whether the elements of an XML text close in the order they opened; attributes are skipped.
struct ElementBalance {
  private enum Place { case text, name, closing, attributes, quoted, declaration }

  private var open: [UInt64] = []
  private var place = Place.text
  private var name: UInt64 = 0
  private var quote: UInt8 = 0
  private var last: UInt8 = 0
  private var hasRoot = false
  private var isBroken = false

  /// Whether there was a root element and everything is closed.
  var isClosed: Bool { hasRoot && open.isEmpty && place == .text && !isBroken }

  /// Reads on.
  mutating func read(_ bytes: UnsafeRawBufferPointer) {
    var index = 0
    while index < bytes.count {
      // Words and quoted values are most of it, and nothing in them matters but their end.
      if place == .text || place == .quoted, let base = bytes.baseAddress {
        let end = place == .text ? UInt8(ascii: "<") : quote
        guard let found = memchr(base + index, Int32(end), bytes.count - index) else {
          last = 0
          return
        }
        index = UnsafeRawPointer(found) - base
      }
      let byte = bytes[index]
      switch place {
      case .text: (place, name) = (.name, 0)
      case .quoted: place = .attributes
      case .declaration: if byte == UInt8(ascii: ">") { place = .text }
      case .name: readName(byte)
      case .closing:
        if byte == UInt8(ascii: ">") { close() } else { name = name &* 31 &+ UInt64(byte) }
      case .attributes: readAttribute(byte)
      }
      last = byte
      index += 1
    }
  }

  private mutating func readName(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "?"), UInt8(ascii: "!"): place = .declaration
    case UInt8(ascii: "/") where last == UInt8(ascii: "<"): place = .closing
    case UInt8(ascii: ">"), UInt8(ascii: "/"), 0x20, 0x0A, 0x0D:
      open.append(name)
      hasRoot = true
      place = .attributes
      readAttribute(byte)
    default: name = name &* 31 &+ UInt64(byte)
    }
  }

  private mutating func readAttribute(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "'"): (place, quote) = (.quoted, byte)
    case UInt8(ascii: ">"):
      if last == UInt8(ascii: "/") { open.removeLast() }
      place = .text
    // A tag within a tag: something in between is gone.
    case UInt8(ascii: "<"): isBroken = true
    default: break
    }
  }

  private mutating func close() {
    if open.popLast() != name { isBroken = true }
    place = .text
  }
}
