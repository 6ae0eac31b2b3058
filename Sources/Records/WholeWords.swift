/// What tells of a person wherever it stands: the id, but for a short number, which may be a score
/// or a date, and the name, but for one too short to be told from other words.
public func wordsTelling(of code: String, name: String?) -> [String] {
  let isDistinct = code.utf8.count >= 5 || !code.utf8.allSatisfy { (0x30...0x39).contains($0) }
  return (isDistinct ? [code] : []) + [name].compactMap { $0 }.filter { $0.utf8.count >= 3 }
}

/// Whether a word stands in some bytes as a whole: not within a longer one. O(bytes).
public func holds(_ bytes: [UInt8], word: String) -> Bool {
  let word = Array(word.utf8)
  guard !word.isEmpty, bytes.count >= word.count else { return false }
  return bytes.withUnsafeBufferPointer { bytes in
    func isPart(_ byte: UInt8) -> Bool {
      byte >= 0x80 || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF)
    }
    for start in 0...(bytes.count - word.count) where bytes[start] == word[0] {
      let end = start + word.count
      guard bytes[start..<end].elementsEqual(word) else { continue }
      if start > 0, isPart(word[0]), isPart(bytes[start - 1]) { continue }
      if end < bytes.count, isPart(word[word.count - 1]), isPart(bytes[end]) { continue }
      return true
    }
    return false
  }
}
