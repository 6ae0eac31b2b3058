import Foundation

/// Whether UTF-8 bytes are surely in normalization form C: only ASCII, Latin up to U+02FF and CJK
/// ideographs. False means that it has to be looked at.
func isSurelyNormalized(_ bytes: Bytes) -> Bool {
  for byte in bytes where byte >= 0xCC && !(0xE4...0xE9).contains(byte) { return false }
  return true
}

/// A person's id as imports store it: without blanks around it, whichever way its letters were
/// typed.
public func storedID(_ typed: String) -> String {
  typed.withBytes { normalized($0.trimmed) }
}

/// Text in normalization form C, so that é typed in either way is one name.
func normalized(_ bytes: Bytes) -> String { normalized(bytes.text) }

/// The same of a text.
func normalized(_ text: String) -> String { text.precomposedStringWithCanonicalMapping }
