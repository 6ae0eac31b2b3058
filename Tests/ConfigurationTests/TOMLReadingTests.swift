import Testing

@testable import Configuration

private func section(_ text: String) throws -> TOMLSection {
  try TOMLSection(file: "f.toml", text: text)
}

private func wrong(_ key: String, _ expected: String) -> ConfigurationError {
  .wrongValue(file: "f.toml", key: key, expected: expected)
}

@Suite("TOMLSection")
struct TOMLReadingTests {
  @Test(
    "A file without settings has no keys", arguments: ["", "\n", "# nothing yet\n", "\u{FEFF}"])
  func empty(text: String) throws {
    let section = try section(text)
    #expect(section.keys == [])
    #expect(!section.has("a"))
    #expect(try section.string("a") == nil)
    #expect(try section.integer("a") == nil)
    #expect(try section.strings("a") == [])
    #expect(try section.section("a")?.keys == nil)
    #expect(try section.sections("a").isEmpty)
  }

  @Test(
    "Texts come as they were written",
    arguments: [
      ("a = \"\"", ""), ("a = 'C:\\Rücken'", "C:\\Rücken"), ("a = \"\\t\\\"\\u00e9\"", "\t\"é"),
      ("a = \"\"\"\none\ntwo\"\"\"", "one\ntwo"), ("\"a\" = \"佐藤 🧘\"\r\n", "佐藤 🧘"),
    ])
  func strings(text: String, expected: String) throws {
    #expect(try section(text).string("a") == expected)
  }

  @Test("Keys come sorted, with spaces, dots and letters of every alphabet")
  func keys() throws {
    let section = try section("b = 1\n\"start time\" = 2\n\"über.mut\" = 3\na = 4")
    #expect(section.keys == ["a", "b", "start time", "über.mut"])
    #expect(try section.integer("start time") == 2)
    #expect(try section.integer("über.mut") == 3)
  }

  @Test(
    "What is not a text is refused as one",
    arguments: ["1", "1.5", "true", "2026-03-02", "07:15:00", "[\"x\"]", "{ x = \"y\" }"])
  func notAString(value: String) throws {
    let section = try section("a = \(value)")
    #expect(throws: wrong("a", "a text in quotes")) { try section.string("a") }
    #expect(throws: wrong("a", "a text in quotes")) { try section.required("a") }
  }

  @Test(
    "What is not a whole number is refused as one",
    arguments: ["\"1\"", "1.0", "true", "2026-03-02", "[1]", "{ x = 1 }"])
  func notAnInteger(value: String) throws {
    let section = try section("a = \(value)")
    #expect(throws: wrong("a", "a whole number")) { try section.integer("a") }
  }

  @Test("A list of texts may be a single text")
  func lists() throws {
    #expect(try section("a = [\"x\", 'y', \"\"]").strings("a") == ["x", "y", ""])
    #expect(try section("a = \"x\"").strings("a") == ["x"])
    #expect(try section("a = []").strings("a") == [])
  }

  @Test(
    "What is not a list of texts is refused as one",
    arguments: ["1", "true", "[1]", "[\"x\", 1]", "[[\"x\"]]", "{ x = \"y\" }"])
  func notAList(value: String) throws {
    let section = try section("a = \(value)")
    #expect(throws: wrong("a", "a list of texts")) { try section.strings("a") }
  }

  @Test("Tables and lists of tables know their place")
  func tables() throws {
    let section = try section("[a.b]\nx = 1\n[[c]]\ny = \"1\"\n[[c]]\ny = \"2\"")
    let inner = try #require(try section.section("a")?.section("b"))
    #expect(inner.path == "a.b")
    #expect(inner.file == "f.toml")
    #expect(throws: wrong("a.b.x", "a text in quotes")) { try inner.string("x") }
    let list = try section.sections("c")
    #expect(try list.map { try $0.string("y") } == ["1", "2"])
    #expect(list.map(\.path) == ["c", "c"])
  }

  @Test("What is not a table is refused as one", arguments: ["1", "\"x\"", "[]", "[{ x = 1 }]"])
  func notATable(value: String) throws {
    let section = try section("a = \(value)")
    #expect(throws: wrong("a", "a table")) { _ = try section.section("a") }
  }

  @Test("What is not a list of tables is refused as one", arguments: ["1", "{ x = 1 }", "[\"x\"]"])
  func notAListOfTables(value: String) throws {
    let section = try section("a = \(value)")
    #expect(throws: wrong("a", "a list of tables")) { _ = try section.sections("a") }
  }

  @Test("A key that must be there is named with its table when it is not")
  func missing() throws {
    let section = try section("[columns.day]\nyear = \"y\"")
    let inner = try #require(try section.section("columns")?.section("day"))
    #expect(try inner.required("year") == "y")
    #expect(throws: ConfigurationError.missingKey(file: "f.toml", key: "columns.day.month")) {
      try inner.required("month")
    }
    #expect(throws: ConfigurationError.missingKey(file: "f.toml", key: "kind")) {
      try section.required("kind")
    }
  }

  @Test("The first key that nobody knows is named")
  func unknown() throws {
    let section = try section("a = 1\nz = 2\nb = 3\n[t]\nx = 1")
    try section.allow(["a", "b", "t", "z"])
    #expect(throws: ConfigurationError.unknownKey(file: "f.toml", key: "b", known: ["a", "t"])) {
      try section.allow(["a", "t"])
    }
    let inner = try #require(try section.section("t"))
    #expect(throws: ConfigurationError.unknownKey(file: "f.toml", key: "t.x", known: ["y"])) {
      try inner.allow(["y"])
    }
  }

  @Test(
    "What is not TOML is refused with its line",
    arguments: [
      ("a = ", 1), ("a = 1\nb\n", 2), ("a = 1\na = 2", 2), ("a = \"x\nb = 1", 1),
      ("# ok\n\n[t\nx = 1", 3), ("a = 1\r\nb = 'x'\r\nc = nope", 3), ("[a]\nx = 1\n[a]\ny = 1", 3),
      ("patient_id,score\nanna,4", 1),
    ])
  func syntax(text: String, line: Int) {
    let error = #expect(throws: ConfigurationError.self) { _ = try section(text) }
    guard case .syntax("f.toml", line, let what) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(!what.isEmpty)
    #expect(!what.contains("\n"))
  }

  @Test(
    "Keys of any depth end in words, on their line",
    arguments: [
      ("x = 1\n" + Array(repeating: "a", count: 500_000).joined(separator: ".") + " = 1", 2),
      ("[" + Array(repeating: "a", count: 500_000).joined(separator: " . ") + "]", 1),
      ("[[" + Array(repeating: "\"a\"", count: 65).joined(separator: ".") + "]]", 1),
      ("a = " + String(repeating: "[", count: 500_000), 1),
      ("a = " + String(repeating: "{a=", count: 500_000), 1),
    ])
  func deep(text: String, line: Int) {
    let error = #expect(throws: ConfigurationError.self) { _ = try section(text) }
    guard case .syntax("f.toml", line, _) = error else {
      Issue.record("\(String(describing: error).prefix(300))")
      return
    }
  }

  @Test("Keys of some depth and points in values are read")
  func points() throws {
    let key = Array(repeating: "a", count: 64).joined(separator: ".")
    _ = try section("\(key) = 1\nb = \"\(String(repeating: "1.5, ", count: 90))\"\n")
  }

  // A file system may fill the end of a file with NUL after a power cut.
  @Test("A NUL does not end the file in silence")
  func nul() {
    #expect(throws: ConfigurationError.self) { _ = try section("a = 1\n\0b = 2\n") }
  }
}
