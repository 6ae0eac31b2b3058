/// How the bytes of a table were turned into text.
public enum TableEncoding: String, Sendable {
  /// UTF-8, with or without a byte-order mark; ASCII is part of it.
  case utf8 = "utf-8"
  /// UTF-16, low byte first.
  case utf16LittleEndian = "utf-16-le"
  /// UTF-16, high byte first.
  case utf16BigEndian = "utf-16-be"
  /// The Western European code page, of which Latin-1 is the part in use.
  case windows1252 = "windows-1252"
  /// The Cyrillic code page.
  case windows1251 = "windows-1251"
}

/// The text of a file as UTF-8 bytes, however it was encoded.
///
/// Never fails: bytes that are no text in the encoding found are replaced. Time and memory grow
/// with the file's size only.
public struct DelimitedText: Sendable {
  /// The text as UTF-8, without byte-order mark and without an end-of-file mark (Ctrl-Z).
  public let bytes: [UInt8]
  /// The encoding found.
  public let encoding: TableEncoding

  /// Decodes a file.
  ///
  /// - Parameter raw: all bytes of the file. Time O(n).
  public init(_ raw: [UInt8]) {
    var text: [UInt8]
    if raw.starts(with: [0xEF, 0xBB, 0xBF]) {
      (text, encoding) = (Array(raw[3...]), .utf8)
    } else if raw.starts(with: [0xFF, 0xFE]) {
      (text, encoding) = (Self.fromUTF16(raw[2...], highFirst: false), .utf16LittleEndian)
    } else if raw.starts(with: [0xFE, 0xFF]) {
      (text, encoding) = (Self.fromUTF16(raw[2...], highFirst: true), .utf16BigEndian)
    } else if let highFirst = Self.looksLikeUTF16(raw) {
      text = Self.fromUTF16(raw[...], highFirst: highFirst)
      encoding = highFirst ? .utf16BigEndian : .utf16LittleEndian
    } else if Self.looksLikeUTF8(raw) {
      (text, encoding) = (raw, .utf8)
    } else {
      encoding = Self.looksCyrillic(raw) ? .windows1251 : .windows1252
      text = Self.fromCodePage(raw, encoding)
    }
    while let last = text.last, last == 0x1A || last == 0 { text.removeLast() }
    bytes = text
  }

  /// Without a mark, UTF-16 shows by the zero bytes of its Latin letters, all on one side.
  private static func looksLikeUTF16(_ raw: [UInt8]) -> Bool? {
    let sample = raw.prefix(4096)
    guard sample.count >= 4, raw.count.isMultiple(of: 2) else { return nil }
    var zeros = [0, 0]
    for (index, byte) in sample.enumerated() where byte == 0 { zeros[index & 1] += 1 }
    let half = sample.count / 2
    if zeros[1] * 10 >= half * 3, zeros[0] * 20 <= half { return false }
    if zeros[0] * 10 >= half * 3, zeros[1] * 20 <= half { return true }
    return nil
  }

  private static func fromUTF16(_ raw: ArraySlice<UInt8>, highFirst: Bool) -> [UInt8] {
    var units: [UInt16] = []
    units.reserveCapacity(raw.count / 2)
    var index = raw.startIndex
    while index + 1 < raw.endIndex {
      let (a, b) = (UInt16(raw[index]), UInt16(raw[index + 1]))
      units.append(highFirst ? a << 8 | b : b << 8 | a)
      index += 2
    }
    return Array(String(decoding: units, as: UTF16.self).utf8)
  }

  /// True if the bytes are UTF-8, or so nearly that the rest is damage.
  private static func looksLikeUTF8(_ raw: [UInt8]) -> Bool {
    var (good, bad, index) = (0, 0, 0)
    while index < raw.count {
      let byte = raw[index]
      if byte < 0x80 {
        index += 1
        continue
      }
      let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2
      var valid = byte >= 0xC2 && byte < 0xF5 && index + length <= raw.count
      if valid {
        for step in 1..<length where raw[index + step] & 0xC0 != 0x80 { valid = false }
      }
      if valid { good += 1 } else { bad += 1 }
      index += valid ? length : 1
    }
    return bad == 0 || good > 8 * bad
  }

  /// Cyrillic words are whole runs of high letters; Western ones have single letters among ASCII.
  private static func looksCyrillic(_ raw: [UInt8]) -> Bool {
    var (high, letters, paired) = (0, 0, 0)
    var before = false
    for byte in raw.prefix(1 << 16) {
      let letter = byte >= 0xC0 || byte == 0xA8 || byte == 0xB8
      if byte >= 0x80 { high += 1 }
      if letter { letters += 1 }
      if letter && before { paired += 1 }
      before = letter
    }
    return letters * 10 >= high * 8 && paired * 10 >= letters * 6
  }

  private static func fromCodePage(_ raw: [UInt8], _ encoding: TableEncoding) -> [UInt8] {
    let upper = (0x80...0xFF).map { byte -> [UInt8] in
      let code =
        encoding == .windows1251 ? cyrillic(UInt32(byte)) : western(UInt32(byte))
      return Array(String(Character(Unicode.Scalar(code) ?? "\u{FFFD}")).utf8)
    }
    var text: [UInt8] = []
    text.reserveCapacity(raw.count + raw.count / 8)
    for byte in raw {
      if byte < 0x80 { text.append(byte) } else { text += upper[Int(byte) - 0x80] }
    }
    return text
  }

  private static func western(_ byte: UInt32) -> UInt32 {
    let special: [UInt32] = [
      0x20AC, 0x81, 0x201A, 0x192, 0x201E, 0x2026, 0x2020, 0x2021, 0x2C6, 0x2030, 0x160, 0x2039,
      0x152, 0x8D, 0x17D, 0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
      0x2DC, 0x2122, 0x161, 0x203A, 0x153, 0x9D, 0x17E, 0x178,
    ]
    return byte < 0xA0 ? special[Int(byte) - 0x80] : byte
  }

  private static func cyrillic(_ byte: UInt32) -> UInt32 {
    let special: [UInt32] = [
      0x402, 0x403, 0x201A, 0x453, 0x201E, 0x2026, 0x2020, 0x2021, 0x20AC, 0x2030, 0x409, 0x2039,
      0x40A, 0x40C, 0x40B, 0x40F, 0x452, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
      0x98, 0x2122, 0x459, 0x203A, 0x45A, 0x45C, 0x45B, 0x45F, 0xA0, 0x40E, 0x45E, 0x408, 0xA4,
      0x490, 0xA6, 0xA7, 0x401, 0xA9, 0x404, 0xAB, 0xAC, 0xAD, 0xAE, 0x407, 0xB0, 0xB1, 0x406,
      0x456, 0x491, 0xB5, 0xB6, 0xB7, 0x451, 0x2116, 0x454, 0xBB, 0x458, 0x405, 0x455, 0x457,
    ]
    return byte < 0xC0 ? special[Int(byte) - 0x80] : byte - 0xC0 + 0x410
  }
}
