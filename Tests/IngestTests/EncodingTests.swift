import Records
import TestSupport
import Testing

@testable import Ingest

/// Code units of UTF-16, low or high byte first.
func utf16(_ text: String, bigEndian: Bool = false, mark: Bool = true) -> [UInt8] {
  ((mark ? [0xFEFF] : []) + Array(text.utf16)).flatMap { unit -> [UInt8] in
    let bytes = [UInt8(truncatingIfNeeded: unit), UInt8(truncatingIfNeeded: unit >> 8)]
    return bigEndian ? bytes.reversed() : bytes
  }
}

@Suite("Encoding")
struct EncodingTests {
  private func decoded(_ bytes: [UInt8], _ encoding: TextEncoding? = nil) throws -> [UInt8] {
    let whole = try drain(try openText(MemorySource(bytes), encoding: encoding), by: 4_096)
    let dripped = try drain(try openText(DrippingSource(bytes), encoding: encoding), by: 3)
    #expect(whole == dripped)
    return whole
  }

  private let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

  @Test("UTF-8 is passed on as it is", arguments: ["a", "naïve €, 😀\n", "longer than eight bytes"])
  func utf8(text: String) throws {
    #expect(try decoded(Array(text.utf8)) == Array(text.utf8))
    #expect(try decoded(Array(text.utf8), .utf8) == Array(text.utf8))
  }

  @Test("A byte-order mark is taken off, once")
  func byteOrderMark() throws {
    #expect(try decoded(mark + Array("a,b\n".utf8)) == Array("a,b\n".utf8))
    #expect(try decoded(mark + Array("a".utf8), .windows1252) == Array("a".utf8))
    #expect(try decoded(mark + mark + [0x61]) == mark + [0x61])
    #expect(try decoded(mark) == [])
  }

  @Test("UTF-16 is told by its mark, either way round", arguments: [false, true])
  func utf16WithMark(bigEndian: Bool) throws {
    let text = "a,é,€,한,😀,𝄞\r\n"
    #expect(try decoded(utf16(text, bigEndian: bigEndian)) == Array(text.utf8))
  }

  @Test("A profile can tell UTF-16 without a mark")
  func utf16WithoutMark() throws {
    #expect(try decoded(utf16("né😀", mark: false), .utf16LittleEndian) == Array("né😀".utf8))
    let big = utf16("né😀", bigEndian: true, mark: false)
    #expect(try decoded(big, .utf16BigEndian) == Array("né😀".utf8))
  }

  @Test("A long UTF-16 file is read through every buffer edge")
  func longUTF16() throws {
    let text = String(repeating: "x😀é", count: 30_000)
    #expect(try drain(try openText(MemorySource(utf16(text)), encoding: nil)) == Array(text.utf8))
  }

  @Test(
    "A lone surrogate, or half a code unit at the end, becomes a byte that is not UTF-8",
    arguments: [
      ([0x61, 0xD800, 0x62], [], [0x61, 0xFF, 0x62]),
      ([0x61, 0xDC00, 0x62], [], [0x61, 0xFF, 0x62]),
      ([0xDC00, 0xD800], [], [0xFF, 0xFF]),
      ([0xD800, 0xD83D, 0xDE00], [], [0xFF, 0xF0, 0x9F, 0x98, 0x80]),
      ([0x61], [0x62], [0x61, 0xFF]), ([0xD800], [0x00], [0xFF]),
    ] as [([UInt16], [UInt8], [UInt8])])
  func loneSurrogates(units: [UInt16], tail: [UInt8], expected: [UInt8]) throws {
    let bytes = units.flatMap {
      [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)]
    }
    #expect(try decoded([0xFF, 0xFE] + bytes + tail) == expected)
  }

  @Test("Windows-1252 has the euro, curly quotes and Ÿ where ISO 8859-1 has controls")
  func windows1252() throws {
    let bytes: [UInt8] = [0x80, 0x85, 0x8A, 0x91, 0x92, 0x93, 0x94, 0x96, 0x99, 0x9F, 0xA0, 0xE9]
    #expect(try decoded(bytes, .windows1252) == Array("€…Š‘’“”–™Ÿ\u{A0}é".utf8))
  }

  @Test("All 256 bytes of Windows-1252 are one scalar each; ASCII and 0xA0 up are their own")
  func allOfWindows1252() throws {
    let bytes = (0...255).map { UInt8($0) }
    let text = String(decoding: try decoded(bytes, .windows1252), as: UTF8.self)
    let scalars = Array(text.unicodeScalars)
    #expect(Set(scalars).count == 256)
    for byte in bytes where byte < 0x80 || byte >= 0xA0 {
      #expect(scalars[Int(byte)].value == UInt32(byte))
    }
  }

  @Test("Packed files are named as such")
  func packed() {
    #expect(throws: IngestError.compressed("a gzip file")) { try decoded([0x1F, 0x8B, 8, 0]) }
    #expect(throws: IngestError.compressed("a zip file or an .xlsx workbook")) {
      try decoded([0x50, 0x4B, 3, 4, 20, 0])
    }
    #expect(throws: IngestError.compressed("a gzip file")) {
      try decoded([0x1F, 0x8B], .windows1252)
    }
  }

  @Test("An empty file is refused in that word", arguments: TextEncoding.allCases)
  func empty(encoding: TextEncoding) {
    #expect(throws: IngestError.empty) { try decoded([], encoding) }
  }

  @Test("A device that fails while the first bytes are looked at is told")
  func failingDevice() {
    #expect(throws: FailingSource.Failure.self) {
      try openText(FailingSource(after: [0x61]), encoding: nil)
    }
  }

  private func isValid(_ bytes: some Collection<UInt8>) -> Bool {
    String(validating: bytes, as: UTF8.self) != nil
  }

  /// Nil when the standard library takes the bytes; else what stands before the offset is good, and
  /// no sequence that begins there is.
  private func isRight(_ offset: Int?, _ bytes: [UInt8]) -> Bool {
    guard let offset else { return isValid(bytes) }
    return offset < bytes.count && isValid(bytes[..<offset])
      && (1...4).allSatisfy { length in
        offset + length > bytes.count || !isValid(bytes[offset..<offset + length])
      }
  }

  private func check(_ bytes: [UInt8]) -> Bool {
    isRight(bytes.withUnsafeBufferPointer { firstInvalidUTF8($0) }, bytes)
  }

  @Test("Every pair of bytes is UTF-8 or not as the standard library has it")
  func pairs() {
    var strays: [[UInt8]] = []
    for first in UInt8.min...(.max) {
      for second in UInt8.min...(.max) where !check([first, second]) {
        strays.append([first, second])
      }
    }
    #expect(strays.isEmpty)
  }

  @Test("Three and four bytes at the edges are UTF-8 or not as the standard library has it")
  func edges() {
    let edges: [UInt8] = [0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xFF]
    var strays: [[UInt8]] = []
    for lead in UInt8(0xE0)...(.max) {
      for second in edges {
        for third in edges {
          if !check([lead, second, third]) { strays.append([lead, second, third]) }
          for fourth in edges where !check([lead, second, third, fourth]) {
            strays.append([lead, second, third, fourth])
          }
        }
      }
    }
    #expect(strays.isEmpty)
  }

  @Test(
    "Text with a byte changed, lost or added is judged as by the standard library",
    arguments: 1...4)
  func mutated(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var strays: [[UInt8]] = []
    for _ in 0..<3_000 {
      let parts = ["a", "é", "€", "😀", "\u{7FF}", "\u{FFFF}", "\u{10FFFF}"]
      var bytes = (0..<generator.below(6)).flatMap { _ in Array(generator.pick(parts).utf8) }
      for _ in 0..<generator.below(3) where !bytes.isEmpty {
        let index = generator.below(bytes.count)
        switch generator.below(3) {
        case 0: bytes[index] = UInt8(generator.below(256))
        case 1: bytes.remove(at: index)
        default: bytes.insert(UInt8(generator.below(256)), at: index)
        }
      }
      if !check(bytes) { strays.append(bytes) }
    }
    #expect(strays.isEmpty)
  }

  @Test("Every Unicode scalar is UTF-8")
  func scalars() {
    var bytes: [UInt8] = []
    for value in 0...0x10FFFF as ClosedRange<UInt32> {
      if let scalar = Unicode.Scalar(value) {
        bytes.append(contentsOf: UTF8.encode(scalar) ?? .init())
      }
    }
    #expect(bytes.count == 128 + 1_920 * 2 + (0x10000 - 0x800 - 0x800) * 3 + 0x100000 * 4)
    #expect(bytes.withUnsafeBufferPointer { firstInvalidUTF8($0) } == nil)
  }
}
