import Records

/// How many columns of a terminal a text takes.
///
/// East Asian wide characters and emoji take two, combining marks and joiners none. Ranges after
/// Unicode's East Asian Width (UAX 11), emoji presentation included.
public func displayWidth(_ text: String) -> Int {
  if isPlain(text) { return text.utf8.count }
  return text.reduce(0) { $0 + displayWidth($1) }
}

private func displayWidth(_ character: Character) -> Int {
  var width = 0
  for scalar in character.unicodeScalars {
    let own = displayWidth(scalar)
    // A cluster is as wide as its widest part: a flag or a family is one picture.
    width = max(width, own)
    if scalar.value == 0xFE0F { width = 2 }
  }
  return width
}

private func displayWidth(_ scalar: Unicode.Scalar) -> Int {
  switch scalar.properties.generalCategory {
  case .nonspacingMark, .enclosingMark, .format, .control: return 0
  default: break
  }
  switch scalar.value {
  case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
    0xA000...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
    0xFFE0...0xFFE6, 0x20000...0x3FFFD:
    return 2
  default:
    return scalar.properties.isEmojiPresentation ? 2 : 1
  }
}

/// A text brought to a width: blanks added, or cut with an ellipsis.
func padded(_ text: String, to width: Int, right: Bool = false) -> String {
  let fitted = shortened(text, to: width)
  let blanks = String(repeating: " ", count: width - displayWidth(fitted))
  return right ? blanks + fitted : fitted + blanks
}

/// A text of at most a width, its end replaced by an ellipsis when it is longer.
func shortened(_ text: String, to width: Int) -> String {
  guard displayWidth(text) > width else { return text }
  var kept = ""
  var used = 0
  for character in text {
    let own = displayWidth(String(character))
    if used + own > width - 1 { break }
    kept.append(character)
    used += own
  }
  return kept + "…"
}

/// A paragraph broken into lines of at most a width, at blanks; longer words are cut.
func wrapped(_ text: String, to width: Int) -> [String] {
  var lines: [String] = []
  var line = ""
  for word in text.split(separator: " ") {
    let word = shortened(String(word), to: width)
    if !line.isEmpty, displayWidth(line) + 1 + displayWidth(word) > width {
      lines.append(line)
      line = ""
    }
    line += (line.isEmpty ? "" : " ") + word
  }
  if !line.isEmpty { lines.append(line) }
  return lines
}

/// Lines that a cell of a width needs for a text: broken at blanks, longer words wherever they must
/// be.
func linesNeeded(_ text: String, width: Int) -> Int {
  if isPlain(text), text.utf8.count <= width { return 1 }
  var lines = 1
  var used = 0
  for word in text.split(separator: " ") {
    let own = displayWidth(String(word))
    let room = used == 0 ? 0 : used + 1
    if room + own <= width {
      used = room + own
    } else {
      if used > 0 { lines += 1 }
      lines += (max(own, 1) - 1) / width
      used = (max(own, 1) - 1) % width + 1
    }
  }
  return lines
}
