/// A word as a shell takes it: in quotes where it needs them.
public func shellQuoted(_ word: String) -> String {
  let isPlain = word.utf8.allSatisfy { byte in
    switch byte {
    case 0x2B...0x3A, 0x3D, 0x40...0x5A, 0x5F, 0x61...0x7A: true
    default: false
    }
  }
  return isPlain && !word.isEmpty ? word : inShellQuotes(word)
}

/// A word in single quotes, whatever it holds.
func inShellQuotes(_ word: String) -> String { "'" + word.replacing("'", with: "'\\''") + "'" }

/// The words of a command line that lumbar wrote: in single quotes, or bare, percent signs after a
/// backslash.
func shellWords(_ line: String) -> [String] {
  var words: [String] = []
  var word: String?
  var isQuoted = false
  var rest = line.replacing("\\%", with: "%").unicodeScalars[...]
  while let scalar = rest.popFirst() {
    switch scalar {
    case "'":
      isQuoted.toggle()
      word = word ?? ""
    case "\\" where !isQuoted: word = (word ?? "") + String(rest.popFirst() ?? "\\")
    case " " where !isQuoted:
      if let done = word { words.append(done) }
      word = nil
    default: word = (word ?? "") + String(scalar)
    }
  }
  if let word { words.append(word) }
  return words
}
