import TOMLKit

/// A table of a TOML file that knows which of its keys were asked for.
struct TOMLSection {
  let file: String
  let path: String
  private let table: TOMLTable

  init(file: String, text: String) throws {
    self.file = file
    path = ""
    // The parser takes a C text, which would end here in silence.
    if let end = text.unicodeScalars.firstIndex(of: "\0") {
      let line = text[..<end].count { $0 == "\n" } + 1
      throw ConfigurationError.syntax(file: file, line: line, what: "it holds a NUL byte")
    }
    if let line = TOMLSection.lineOfDeepKey(text) {
      throw ConfigurationError.syntax(
        file: file, line: line, what: "a key of more than \(TOMLSection.deepest) parts")
    }
    do {
      table = try TOMLTable(string: text)
    } catch let error as TOMLParseError {
      throw ConfigurationError.syntax(
        file: file, line: error.source.begin.line, what: error.description)
    }
  }

  /// Parts of a key that are joined by points, at most: the parser goes into each within the one
  /// before, and out of them again, on the stack. Nested values it counts itself.
  private static let deepest = 64

  /// The first line, from 1, with a key of more parts; nil where there is none.
  private static func lineOfDeepKey(_ text: String) -> Int? {
    var (line, points) = (1, 0)
    for byte in text.utf8 {
      switch byte {
      case 0x0A: (line, points) = (line + 1, 0)
      case 0x2E:
        points += 1
        if points >= deepest { return line }
      // What a key is made of, with quotes and spaces around its parts.
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F, 0x2D, 0x22, 0x27, 0x20, 0x09, 0x80...:
        continue
      default: points = 0
      }
    }
    return nil
  }

  private init(file: String, path: String, table: TOMLTable) {
    self.file = file
    self.path = path
    self.table = table
  }

  var keys: [String] { table.keys.sorted() }

  /// Refuses keys that nobody reads: a misspelled one would be ignored in silence.
  func allow(_ known: [String]) throws {
    for key in keys where !known.contains(key) {
      throw ConfigurationError.unknownKey(file: file, key: name(key), known: known)
    }
  }

  /// Whether a key holds a list, as of tables.
  func isList(_ key: String) -> Bool { table[key]?.array != nil }

  func has(_ key: String) -> Bool { table[key] != nil }

  func string(_ key: String) throws -> String? {
    guard let value = table[key] else { return nil }
    guard let text = value.string else { throw wrong(key, "a text in quotes") }
    return text
  }

  func integer(_ key: String) throws -> Int? {
    guard let value = table[key] else { return nil }
    guard let number = value.int else { throw wrong(key, "a whole number") }
    return number
  }

  func boolean(_ key: String) throws -> Bool? {
    guard let value = table[key] else { return nil }
    guard let isSo = value.bool else { throw wrong(key, "true or false") }
    return isSo
  }

  /// One of some words.
  func choice(_ key: String, of words: [String]) throws -> String? {
    guard let text = try string(key) else { return nil }
    guard words.contains(text) else {
      throw wrong(key, words.map { "\"\($0)\"" }.joined(separator: " or "))
    }
    return text
  }

  func number(_ key: String) throws -> Double? {
    guard let value = table[key] else { return nil }
    guard let number = value.double ?? value.int.map(Double.init) else {
      throw wrong(key, "a number")
    }
    return number
  }

  func strings(_ key: String) throws -> [String] {
    guard let value = table[key] else { return [] }
    if let single = value.string { return [single] }
    guard let array = value.array else { throw wrong(key, "a list of texts") }
    return try array.map {
      guard let text = $0.string else { throw wrong(key, "a list of texts") }
      return text
    }
  }

  func section(_ key: String) throws -> TOMLSection? {
    guard let value = table[key] else { return nil }
    guard let inner = value.table else { throw wrong(key, "a table") }
    return TOMLSection(file: file, path: name(key), table: inner)
  }

  func sections(_ key: String) throws -> [TOMLSection] {
    guard let value = table[key] else { return [] }
    guard let array = value.array else { throw wrong(key, "a list of tables") }
    return try array.map {
      guard let inner = $0.table else { throw wrong(key, "a list of tables") }
      return TOMLSection(file: file, path: name(key), table: inner)
    }
  }

  func required(_ key: String) throws -> String {
    guard let text = try string(key) else {
      throw ConfigurationError.missingKey(file: file, key: name(key))
    }
    return text
  }

  func wrong(_ key: String, _ expected: String) -> ConfigurationError {
    .wrongValue(file: file, key: name(key), expected: expected)
  }

  private func name(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }
}
