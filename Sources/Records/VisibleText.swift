/// Whether a text is printable ASCII: a column of a terminal a byte, with nothing in it that could
/// act.
public func isPlain(_ text: String) -> Bool { text.utf8.allSatisfy { (0x20...0x7E).contains($0) } }

/// A text on one line in which nothing can act on a terminal or hide: control and direction
/// characters and those without width become U+FFFD, line breaks become blanks.
///
/// Joiners stay, which Persian, Hindi and pictures of families are written with.
public func visible(_ text: String) -> String {
  if isPlain(text) { return text }
  var result = String.UnicodeScalarView()
  for scalar in text.unicodeScalars {
    switch scalar.value {
    case 0x09, 0x0A, 0x0D, 0x85, 0x2028, 0x2029: result.append(" ")
    case let value where isHidden(value): result.append("\u{FFFD}")
    default: result.append(scalar)
    }
  }
  return String(result)
}

/// Whether a character of Unicode is a control or direction character, a separator of lines, or has
/// no width.
public func isHidden(_ scalar: UInt32) -> Bool {
  switch scalar {
  case 0x00...0x1F, 0x7F...0x9F, 0x061C, 0x200B, 0x200E, 0x200F, 0x2028...0x202E, 0x2060...0x206F,
    0xFEFF:
    true
  default: false
  }
}

/// A name that a file gives to a column or an exercise as messages show it: visible, and not so
/// long that it could be a row of a diary.
public func nameShown(_ name: String) -> String {
  let name = visible(name)
  return name.count <= mostOfNameShown ? name : name.prefix(mostOfNameShown - 1) + "…"
}

/// Characters of such a name: enough for the labels of REDCap and of forms to be told apart.
private let mostOfNameShown = 40
