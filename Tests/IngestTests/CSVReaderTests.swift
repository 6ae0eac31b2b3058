import CKernels
import Records
import TestSupport
import Testing

@testable import Ingest

/// A record as the reader gave it.
private struct Line: Equatable, CustomStringConvertible {
  var line: Int
  var fields: [String]
  var problem: RejectionReason?
  var record: String
  var offset: Int

  var description: String { "\(line): \(fields) \(problem?.rawValue ?? "") «\(record)»" }
}

private func lines(
  _ source: any ByteSource, delimiter: UInt8 = 0x2C, capacity: Int = 1 << 16, skip: Int = 0
) throws -> [Line] {
  let reader = CSVReader(Window(source, capacity: capacity), delimiter: delimiter)
  try reader.skipLines(skip)
  var lines: [Line] = []
  while try reader.next() {
    lines.append(
      Line(
        line: reader.line, fields: reader.fields.indices.map { reader.bytes($0).text },
        problem: reader.problem, record: reader.record.text, offset: reader.recordOffset))
  }
  return lines
}

private func lines(_ text: String, delimiter: UInt8 = 0x2C, skip: Int = 0) throws -> [Line] {
  try lines(MemorySource(Array(text.utf8)), delimiter: delimiter, skip: skip)
}

@Suite("CSV reader")
struct CSVReaderTests {
  @Test(
    "Fields are split at the delimiter and nowhere else",
    arguments: [
      ("a,b,c", ["a", "b", "c"]), ("a", ["a"]), ("a,", ["a", ""]), (",", ["", ""]),
      (",,", ["", "", ""]), (" a , b ", [" a ", " b "]), ("a;b\tc|d", ["a;b\tc|d"]),
      ("é,ü", ["é", "ü"]), ("\"\"", [""]), ("\"\",\"\"", ["", ""]), ("a,\"\"", ["a", ""]),
      ("\"a,b\",c", ["a,b", "c"]), ("\"a\nb\",c", ["a\nb", "c"]),
      ("\"a \"\"b\"\" c\"", ["a \"b\" c"]), ("\"\"\"\"", ["\""]), ("\"\"\"\"\"\"", ["\"\""]),
      ("\"\"\"a\",b", ["\"a", "b"]), ("\"a\"\"\",\"\"\"b\"", ["a\"", "\"b"]),
      ("\"'\",'", ["'", "'"]),
    ])
  func fields(text: String, expected: [String]) throws {
    for end in ["", "\n", "\r\n", "\r"] {
      let read = try lines(text + end)
      #expect(read.map(\.fields) == [expected])
      #expect(read.first?.problem == nil)
      #expect(read.first?.record == text)
    }
  }

  @Test("Other delimiters split, and the comma does not", arguments: [";", "\t", "|"])
  func delimiters(delimiter: String) throws {
    let byte = try #require(delimiter.utf8.first)
    let read = try lines("a,b\(delimiter)\"c\(delimiter)d\"\(delimiter)e", delimiter: byte)
    #expect(read.map(\.fields) == [["a,b", "c\(delimiter)d", "e"]])
  }

  @Test("LF, CRLF and CR end lines, mixed as they come")
  func lineEnds() throws {
    let read = try lines("a,1\r\nb,2\rc,3\nd,4")
    #expect(read.map(\.fields) == [["a", "1"], ["b", "2"], ["c", "3"], ["d", "4"]])
    #expect(read.map(\.line) == [1, 2, 3, 4])
    #expect(read.map(\.offset) == [0, 5, 9, 13])
  }

  @Test(
    "A quoted line end belongs to the field, and lines stay physical",
    arguments: ["\n", "\r\n", "\r"])
  func quotedLineEnds(end: String) throws {
    let read = try lines("a,\"1\(end)2\(end)3\"\(end)b,4\(end)\"c\(end)\",5\(end)d,6\(end)")
    #expect(
      read.map(\.fields) == [
        ["a", "1\(end)2\(end)3"], ["b", "4"], ["c\(end)", "5"], ["d", "6"],
      ])
    #expect(read.map(\.line) == [1, 4, 5, 7])
  }

  @Test("Mixed line ends within one quoted field are each one line")
  func mixedQuotedLineEnds() throws {
    let read = try lines("\"1\r\n2\r3\n4\n\r5\"\nb\n")
    #expect(read.map(\.line) == [1, 7])
  }

  @Test("Blank lines are passed over and counted")
  func blankLines() throws {
    let read = try lines("\n\r\na\n\n\rb\n\n\n")
    #expect(read.map(\.fields) == [["a"], ["b"]])
    #expect(read.map(\.line) == [3, 6])
  }

  @Test("A line of spaces is a record")
  func spaces() throws {
    #expect(try lines("  \n").map(\.fields) == [["  "]])
  }

  @Test("An empty file has no records", arguments: ["", "\n", "\r\n\r\n"])
  func noRecords(text: String) throws {
    #expect(try lines(text).isEmpty)
  }

  @Test(
    "A quote in the wrong place marks its line, and the next line is read",
    arguments: [
      "a,b\"c", "a,b\"", "a\"b\",c", "\"a\"b,c", "\"a\" ,b", "a, \"b\"", "\"a\"\"b\"c,d",
    ])
  func strayQuote(text: String) throws {
    let read = try lines("x,y\n\(text)\nd,e\n")
    #expect(read.map(\.line) == [1, 2, 3])
    #expect(read.map(\.problem) == [nil, .badQuoting, nil])
    #expect(read[1].fields.isEmpty)
    #expect(read[1].record == text)
    #expect(read[2].fields == ["d", "e"])
  }

  @Test("A quote that is never closed costs its own line and no other", arguments: ["\n", "\r\n"])
  func neverClosed(end: String) throws {
    let read = try lines("a,\"b\(end)c,d\(end)e,f")
    #expect(read.map(\.problem) == [.badQuoting, nil, nil])
    #expect(read.map(\.record) == ["a,\"b", "c,d", "e,f"])
    #expect(read.map(\.line) == [1, 2, 3])
  }

  @Test("A quote that is never closed is that, however long the rest of the file is")
  func neverClosedInLongFile() throws {
    let rows = 1 << 17
    let read = try lines("a,\"b\n" + String(repeating: "c,d,e,f\n", count: rows + 10))
    #expect(read.count == rows + 11)
    #expect(read.first?.problem == .badQuoting)
    #expect(read.dropFirst().allSatisfy { $0.problem == nil })
  }

  @Test("A quote that is closed by a later row's quote costs its own line and no other")
  func closedLater() throws {
    let read = try lines("a,\"b\nc,\"d\"\ne,f\n")
    #expect(read.map(\.problem) == [.badQuoting, nil, nil])
    #expect(read.map(\.fields) == [[], ["c", "d"], ["e", "f"]])
  }

  @Test("A quote that is open at the end of the file marks the last line", arguments: ["", "\n"])
  func openAtEnd(end: String) throws {
    let read = try lines("a,b\nc,\"d\(end)")
    #expect(read.map(\.problem) == [nil, .badQuoting])
    #expect(read.map(\.record) == ["a,b", "c,\"d"])
  }

  @Test("Whole physical lines can be passed over first, quotes and all")
  func skipLines() throws {
    let read = try lines("it's \"prose\nand more\r\na,b\n1,2\n", skip: 2)
    #expect(read.map(\.fields) == [["a", "b"], ["1", "2"]])
    #expect(read.map(\.line) == [3, 4])
    #expect(try lines("a\nb", skip: 5).isEmpty)
  }

  @Test("A zero byte is no text, and its offset is named", arguments: [("a,\0b", 2), ("\"\0", 1)])
  func zeroByte(text: String, offset: Int) {
    #expect(throws: IngestError.notText(offset: 4 + offset)) { try lines("x,y\n" + text) }
  }

  @Test("1,024 columns are read")
  func manyColumns() throws {
    let row = Array(repeating: "1", count: 1_024).joined(separator: ",")
    #expect(try lines("a\n\(row)\n").map(\.fields.count) == [1, 1_024])
  }

  @Test("More than 1,024 columns are refused by their line", arguments: [1_025, 1_026, 5_000])
  func tooManyColumns(count: Int) {
    let row = Array(repeating: "1", count: count).joined(separator: ",")
    #expect(throws: IngestError.tooManyColumns(line: 2, limit: 1_024)) {
      try lines("a\n\(row)\n")
    }
  }

  @Test("A field of 1 MiB is read, quoted or not", arguments: ["", "\""])
  func longField(quote: String) throws {
    let text = String(repeating: "x", count: 1 << 20)
    let read = try lines("a,\(quote)\(text)\(quote),b\nc\n")
    #expect(read.map(\.problem) == [nil, nil])
    #expect(read.first?.fields.map(\.utf8.count) == [1, 1 << 20, 1])
  }

  @Test(
    "A field of more than 1 MiB marks its line, quoted or not",
    arguments: ["", "\""], [1 << 20 + 1, 3 << 20])
  func tooLongField(quote: String, length: Int) throws {
    let text = String(repeating: "x", count: length)
    let read = try lines("a,\(quote)\(text)\(quote),b\nc\n")
    #expect(read.map(\.problem) == [.fieldTooLong, nil])
    #expect(read.map(\.line) == [1, 2])
  }

  @Test("Fields handed out earlier stay in place while later ones are undoubled")
  func scratch() throws {
    let field = "\"" + String(repeating: "\"\"x", count: 700) + "\""
    let text = Array(repeating: field, count: 40).joined(separator: ",")
    let reader = CSVReader(Window(MemorySource(Array(text.utf8))), delimiter: 0x2C)
    try #require(try reader.next())
    let fields = reader.fields.indices.map { reader.bytes($0) }
    let expected = String(repeating: "\"x", count: 700)
    #expect(fields.count == 40 && fields.allSatisfy { $0.text == expected })
  }

  @Test("A device that fails in the middle of a record is told to whoever reads")
  func failingDevice() {
    #expect(throws: FailingSource.Failure.self) {
      try lines(FailingSource(after: Array("a,b\nc,\"d".utf8)))
    }
  }

  @Test(
    "Bytes that come a few at a time give the same records as all at once",
    arguments: 1...16)
  func dripping(capacity: Int) throws {
    var generator = SeededGenerator(seed: UInt64(capacity))
    let parts = [
      "a", "bc", "é", ",", ",", "\"", "\"", "\"\"", "\n", "\r\n", "\r", " ", "\"q\n\"", "\"x,\"",
    ]
    for round in 0..<150 {
      let text = (0..<generator.below(40)).map { _ in generator.pick(parts) }.joined()
      let bytes = Array(text.utf8)
      let whole = try lines(MemorySource(bytes))
      let dripped = try lines(
        DrippingSource(bytes, seed: UInt64(round)), capacity: capacity)
      #expect(dripped == whole, "\(text.debugDescription)")
    }
  }

  @Test("Where a text lies in memory does not matter", arguments: [1, 63, 64, 65, 130, 1_000])
  func alignment(capacity: Int) throws {
    var generator = SeededGenerator(seed: UInt64(capacity))
    let parts = [
      "a", "é", ",", ",", ",", "\"", "\n", "\r\n", "\r", "\"q\n\"", "\"x,\"", ",\"\"\"\",",
      String(repeating: "long ", count: 13), String(repeating: "漢", count: 40),
    ]
    for round in 0..<60 {
      let text = (0..<generator.below(200)).map { _ in generator.pick(parts) }.joined()
      let whole = try lines(text)
      let before = generator.below(130)
      let shifted = try lines(String(repeating: "\n", count: before) + text)
      #expect(shifted.map(\.fields) == whole.map(\.fields), "\(text.debugDescription)")
      #expect(shifted.map(\.problem) == whole.map(\.problem))
      #expect(shifted.map { $0.line - before } == whole.map(\.line))
      let dripped = try lines(
        DrippingSource(Array(text.utf8), seed: UInt64(round)), capacity: capacity)
      #expect(dripped == whole, "\(text.debugDescription)")
    }
  }

  @Test("Marks and bytes above ASCII are those that a look at each byte finds", arguments: 1...6)
  func marks(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let delimiter = generator.pick(Array(",;\t|".utf8))
    let bytes = (0..<64 * 5).map { _ in
      generator.below(4) == 0
        ? generator.pick(Array(",;\t|\n\r\"\0".utf8)) : UInt8(generator.below(256))
    }
    var (marks, high) = ([UInt64](repeating: 7, count: 5), [UInt64](repeating: 7, count: 5))
    lumbar_mark_table(bytes, 5, delimiter, &marks, &high)
    for (index, byte) in bytes.enumerated() {
      let isMark = [delimiter, 0x0A, 0x0D, 0x22, 0].contains(byte)
      #expect((marks[index / 64] >> UInt64(index % 64) & 1 == 1) == isMark, "\(index): \(byte)")
      #expect((high[index / 64] >> UInt64(index % 64) & 1 == 1) == (byte >= 0x80))
    }
  }

  @Test("A record knows whether it has bytes above ASCII, wherever it lies")
  func beyondASCII() throws {
    for before in [0, 1, 40, 62, 63, 64, 127, 200] {
      for length in [1, 2, 63, 64, 65, 130] {
        for place in [nil, 0, length / 2, length - 1] {
          var record = [UInt8](repeating: 0x61, count: length)
          if let place { record[place] = 0xE9 }
          let around = Array("é\n".utf8)
          let start = [UInt8](repeating: 0x62, count: before) + around
          let reader = CSVReader(
            Window(MemorySource(start + record + [0x0A] + around)), delimiter: 0x2C)
          #expect(try reader.next() && reader.isBeyondASCII && reader.next())
          #expect(reader.isBeyondASCII == (place != nil), "\(before) \(length) \(place ?? -1)")
        }
      }
    }
  }

  @Test("Every line of any text is in exactly one record, or blank", arguments: 1...8)
  func nothingLost(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let parts = ["a", "b,", "\"", "\"", "\n", "\n", ","]
    for _ in 0..<150 {
      let text = (0..<generator.below(40)).map { _ in generator.pick(parts) }.joined()
      let read = try lines(text)
      var expected = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      for record in read {
        // What a record took off the text stands on its own lines.
        let own = record.record.split(separator: "\n", omittingEmptySubsequences: false)
        let range = record.line - 1..<record.line - 1 + own.count
        try #require(range.upperBound <= expected.count, "\(text.debugDescription)")
        #expect(expected[range].map { $0 } == own.map(String.init), "\(text.debugDescription)")
        for index in range { expected[index] = "" }
      }
      #expect(expected.joined().isEmpty, "\(text.debugDescription)")
    }
  }

  @Test("A table written by the rules of RFC 4180 comes back", arguments: 1...8)
  func roundTrip(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let parts = ["a", "é", ",", "\"", "\n", "\r", "\r\n", " ", "1", ""]
    for _ in 0..<50 {
      let width = generator.below(5) + 2
      let table = (0..<generator.below(8) + 1).map { _ in
        (0..<width).map { _ in
          (0..<generator.below(6)).map { _ in generator.pick(parts) }.joined()
        }
      }
      let text = table.map { row in
        row.map { field in
          let needs = field.unicodeScalars.contains { ",\"\r\n".unicodeScalars.contains($0) }
          guard needs || generator.below(4) == 0 else { return field }
          let doubled = field.unicodeScalars.map { $0 == "\"" ? "\"\"" : String($0) }.joined()
          return "\"\(doubled)\""
        }.joined(separator: ",")
      }.joined(separator: generator.pick(["\n", "\r\n", "\r"]))
      let read = try lines(text)
      // Compared as scalars: as text, CR and LF side by side are one character.
      #expect(
        read.map { $0.fields.map { Array($0.unicodeScalars) } }
          == table.map { $0.map { Array($0.unicodeScalars) } })
      #expect(read.allSatisfy { $0.problem == nil })
    }
  }
}
