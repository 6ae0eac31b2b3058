import TestSupport
import Testing

@testable import Ingest

/// The tokens of a text up to its end, keys, strings and numbers with their text.
private func tokens(_ source: any ByteSource, capacity: Int = 1 << 12) throws -> [String] {
  let reader = JSONReader(Window(source, capacity: capacity))
  var tokens: [String] = []
  while true {
    let token = try reader.next()
    switch token {
    case .end: return tokens
    case .key, .string, .number:
      tokens.append("\(token) \(String(decoding: reader.text, as: UTF8.self))")
    default: tokens.append("\(token)")
    }
  }
}

private func tokens(_ text: String) throws -> [String] {
  try tokens(MemorySource(Array(text.utf8)))
}

/// What is wrong with a text, nil when it is JSON.
private func problem(_ bytes: [UInt8]) -> JSONProblem? {
  do {
    _ = try tokens(MemorySource(bytes))
    return nil
  } catch {
    return error as? JSONProblem
  }
}

private func problem(_ text: String) -> JSONProblem? { problem(Array(text.utf8)) }

@Suite("JSON reader")
struct JSONReaderTests {
  @Test("A document comes as its tokens in order")
  func tokensInOrder() throws {
    let text = #" {"a" : [1, -2.5e3, "x", true, false, null, {}, []], "b":{"a":"y"}} "#
    #expect(
      try tokens(text) == [
        "beginObject", "key a", "beginArray", "number 1", "number -2.5e3", "string x", "yes", "no",
        "null", "beginObject", "endObject", "beginArray", "endArray", "endArray", "key b",
        "beginObject", "key a", "string y", "endObject", "endObject",
      ])
  }

  @Test(
    "What the standard allows is read",
    arguments: [
      "{}", "[]", "\"\"", "0", "-0", "true", "false", "null", "[0]", "[[]]", "[{}]", "{\"a\":{}}",
      "{\"\":0}", " [ ] ", "\t[\r\n1\n,2 ]\n", "[1,2,3]", "[0.5,1e5,1E+5,1e-5,-0.0,10,1.50]",
      "{\"a\":1,\"b\":2}", "[{\"a\":1},{\"a\":2}]", "{\"a\":{\"a\":1}}", "\"\u{7F}\"", "\"é€😀\"",
      "123456789012345678901234567890", "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0000\"",
    ])
  func valid(text: String) {
    #expect(problem(text) == nil)
  }

  @Test(
    "What it does not is refused",
    arguments: [
      "", " ", "[", "]", "{", "}", "[1,]", "[,1]", "[1,,2]", "[1 2]", "[1]]", "[1] 2", "{} {}",
      "{\"a\"}", "{\"a\":}", "{\"a\" 1}", "{\"a\":1,}", "{,}", "{\"a\":1 \"b\":2}", "{a:1}",
      "{'a':1}", "{1:1}", "{null:1}", "{\"a\":1]", "[1}", "[\"a\":1]", "{\"a\",\"b\"}", "NaN",
      "[NaN]", "Infinity", "-Infinity", "-", "+1", "01", "-01", "1.", ".5", "1.e5", "1e", "1e+",
      "0x1", "1_000", "1,5", "--1", "tru", "trve", "True", "TRUE", "nul", "nil", "undefined",
      "falsee", "nulll", "\"", "\"a", "'a'", "\"a\nb\"", "\"a\tb\"", "\"\u{1}\"", "\"\u{1F}\"",
      "\"\\", "\"\\x41\"", "\"\\u12\"", "\"\\u12G4\"", "\"\\U0041\"", "\"\\\"", "\"\\a\"",
      "// comment\n[]", "[] // comment", "/* a */ []", "# a\n[]", "\u{FEFF}[]", "[1;2]",
      "\u{A0}[]", "[1]\0", "\0", "[\u{B}1]", "{\"a\":1}}",
    ])
  func invalid(text: String) {
    #expect(problem(text) != nil)
  }

  @Test("Escapes stand for their characters")
  func escapes() throws {
    let text = #""\"\\\/\b\f\n\r\t\u0041\u00e9\u00E9\u20AC\uD83D\uDE00\ud834\udd1e""#
    #expect(
      try tokens(text) == ["string \"\\/\u{8}\u{C}\n\r\tA\u{E9}\u{E9}\u{20AC}\u{1F600}\u{1D11E}"])
  }

  @Test(
    "A lone surrogate is refused",
    arguments: [
      #""\uD800""#, #""\uDC00""#, #""\uDFFF""#, #""\uD800x""#, #""\uD800\n""#, #""\uD800\u0041""#,
      #""\uD800\uD800""#, #""\uDE00\uD83D""#, #"{"\uD83D": 1}"#,
    ])
  func loneSurrogates(text: String) {
    #expect(problem(text)?.sentence == "a surrogate stands alone")
  }

  @Test("The edges of the surrogates are characters")
  func surrogateEdges() throws {
    #expect(try tokens(#""\uD7FF\uE000\uFFFF""#) == ["string \u{D7FF}\u{E000}\u{FFFF}"])
    #expect(try tokens(#""\uD800\uDC00\uDBFF\uDFFF""#) == ["string \u{10000}\u{10FFFF}"])
  }

  @Test("A string that is not UTF-8 is refused as such")
  func encoding() throws {
    for bytes in [[0xFF], [0xC3], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0x61, 0x80]] as [[UInt8]] {
      let found = try #require(problem([0x22] + bytes + [0x22]))
      #expect(found.sentence == "a string is not UTF-8")
    }
    #expect(problem([0xFF])?.sentence == "a value is missing or misspelled")
  }

  @Test(
    "A key that stands twice in one object is refused, however it is written",
    arguments: [
      #"{"a":1,"a":1}"#, #"{"a":1,"b":2,"a":3}"#, #"{"a":1,"\u0061":2}"#, #"[{"x":{"":1,"":2}}]"#,
      #"{"é":1,"\u00e9":2}"#, #"{"a":{"b":1},"a":1}"#,
    ])
  func duplicateKeys(text: String) {
    #expect(problem(text)?.sentence == "an object names the same key twice")
  }

  @Test(
    "A key may stand again in another object, or in another case",
    arguments: [
      #"[{"a":1},{"a":1}]"#, #"{"a":{"a":{"a":1}}}"#, #"{"a":1,"A":2}"#, #"{"a":"a","b":"a"}"#,
      #"{"x":{"a":1},"y":{"a":1},"a":2}"#,
    ])
  func sameKeyElsewhere(text: String) {
    #expect(problem(text) == nil)
  }

  @Test("64 levels are read, the 65th is refused", arguments: ["[", "{\"a\":"])
  func depth(opening: String) {
    let closing = opening == "[" ? "]" : "}"
    func nested(_ levels: Int) -> String {
      String(repeating: opening, count: levels) + (opening == "[" ? "" : "0")
        + String(repeating: closing, count: levels)
    }
    #expect(problem(nested(64)) == nil)
    #expect(problem(nested(65))?.sentence == "it is nested more than 64 levels deep")
    #expect(
      problem(String(repeating: opening, count: 100_000))?.sentence
        == "it is nested more than 64 levels deep")
  }

  @Test("Levels that are closed do not count")
  func closedLevels() {
    let deep = String(repeating: "[", count: 63) + String(repeating: "]", count: 63)
    #expect(problem("[" + Array(repeating: deep, count: 50).joined(separator: ",") + "]") == nil)
  }

  @Test("An object has at most 1,024 keys")
  func manyKeys() {
    func object(_ count: Int) -> String {
      "{" + (0..<count).map { "\"k\($0)\":0" }.joined(separator: ",") + "}"
    }
    #expect(problem(object(1_024)) == nil)
    #expect(problem(object(1_025))?.sentence == "an object has more than 1024 keys")
  }

  @Test("A string has at most 1 MiB, a number too")
  func longValues() {
    let long = String(repeating: "1", count: 1 << 20)
    #expect(problem("\"\(long)\"") == nil)
    #expect(problem("\"\(long)1\"")?.sentence == "a value is longer than 1 MiB")
    #expect(problem(long) == nil)
    #expect(problem(long + "1")?.sentence == "a value is longer than 1 MiB")
  }

  @Test("A string of more than 1 MiB is refused when it is written in escapes as well")
  func longEscapes() {
    let long = String(repeating: "\\n", count: 1 << 20 + 1)
    #expect(problem("\"\(long)\"")?.sentence == "a value is longer than 1 MiB")
  }

  @Test(
    "A problem names its line",
    arguments: [
      ("[\n1,\n2,\n]", 4), ("{\"a\":1,\n\"a\":2}", 2), ("[1,\r\n2\r\nx]", 3), ("x", 1),
      ("\n\n{\"a\" 1}", 3), ("[\n", 2), ("[\"a\nb\"]", 1),
    ])
  func lines(text: String, line: Int) {
    #expect(problem(text)?.line == line)
  }

  @Test("No beginning of a document is a document", arguments: [1, 7, 4_096])
  func prefixes(capacity: Int) throws {
    let text = #"{"a": [1, -2.5e3, "x\n\u00e9\ud83d\ude00", true, false, null], "é": {"b": "😀"}}"#
    let bytes = Array(text.utf8)
    #expect(problem(bytes) == nil)
    for length in bytes.indices {
      #expect(throws: JSONProblem.self, "\(length) bytes") {
        try tokens(MemorySource(Array(bytes[..<length])), capacity: capacity)
      }
    }
  }

  @Test("Line by line, a broken line ends at its end and the next is read")
  func lineByLine() throws {
    let reader = JSONReader(Window(MemorySource(Array("[1,\n\n[2]\n".utf8))))
    #expect(try reader.beginLine())
    #expect(throws: JSONProblem.self) { while true { _ = try reader.next() } }
    try reader.endLine()
    #expect(try reader.beginLine())
    #expect(reader.line == 3)
    #expect(try reader.next() == .beginArray)
    #expect(try reader.next() == .number)
    #expect(try reader.next() == .endArray)
    #expect(try reader.next() == .end)
    try reader.endLine()
    #expect(try !reader.beginLine())
  }

  @Test("Bytes that come a few at a time give the same tokens, or the same problem")
  func dripping() {
    var generator = SeededGenerator(seed: 7)
    let parts = [
      "{", "}", "[", "]", ",", ":", "\"a\"", "\"b\":", "1", "-0.5", "true", "null", " ", "\n", "\"",
      "\\", "\\u00e9", "é", "e5", "{\"a\":1}", "[1,2]", ",\"c\":[",
    ]
    func outcome(_ source: any ByteSource, _ capacity: Int) -> String {
      do {
        return try tokens(source, capacity: capacity).joined(separator: "|")
      } catch {
        return (error as? JSONProblem).map { "\($0.line) \($0.sentence)" } ?? "\(error)"
      }
    }
    for round in 0..<2_000 {
      let text = (0..<generator.below(12) + 1).map { _ in generator.pick(parts) }.joined()
      let bytes = Array(text.utf8)
      let dripped = outcome(DrippingSource(bytes, seed: UInt64(round)), round % 9 + 1)
      #expect(dripped == outcome(MemorySource(bytes), 4_096), "\(text.debugDescription)")
    }
  }

  @Test("A device that fails is told as such")
  func failingDevice() {
    #expect(throws: FailingSource.Failure.self) { try tokens(FailingSource(after: [0x5B, 0x31])) }
  }

  @Test("a key that comes twice is found among few keys, many keys and in nested objects")
  func duplicateKeys() throws {
    func problem(_ text: String) -> JSONProblem? {
      let reader = JSONReader(Window(MemorySource(Array(text.utf8))))
      do {
        while try reader.next() != .end {}
        return nil
      } catch {
        return error as? JSONProblem
      }
    }
    func object(_ keys: [String]) -> String {
      "{" + keys.map { "\"\($0)\": 1" }.joined(separator: ", ") + "}"
    }
    for count in [2, 31, 32, 33, 34, 200, 1_000] {
      let keys = (0..<count).map { "k\($0)" }
      #expect(problem(object(keys)) == nil, "\(count)")
      for twice in [0, count / 2, count - 1] {
        let found = problem(object(keys + ["k\(twice)"]))
        #expect(found.map { "\($0.what)" } == "duplicateKey", "\(count) \(twice)")
      }
    }
    #expect(
      problem("{\"a\": {\"a\": 1, \"b\": {\"a\": 2}}, \"b\": [{\"a\": 1}, {\"a\": 2}]}") == nil)
    #expect(problem("{\"a\": {\"b\": 1}, \"b\": 2, \"a\": 3}") != nil)
    #expect(problem("{\"a\": {\"b\": 1, \"b\": 2}}") != nil)
    #expect(problem("{\"\\u0061\": 1, \"a\": 2}") != nil)
    let many = problem(object((0..<1_100).map { "k\($0)" }))
    #expect(many.map { "\($0.what)" } == "tooManyKeys")
  }
}
