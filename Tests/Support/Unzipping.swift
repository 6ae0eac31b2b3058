import Foundation

/// Why an archive could not be taken apart.
public enum UnzipError: Error { case notAnArchive, unknownMethod(Int), damaged }

/// The members of a zip archive by name: enough of the format to look into a workbook.
public func unzipped(_ archive: [UInt8]) throws -> [String: [UInt8]] {
  func short(_ offset: Int) -> Int { Int(archive[offset]) | Int(archive[offset + 1]) << 8 }
  func long(_ offset: Int) -> Int { short(offset) | short(offset + 2) << 16 }
  guard archive.count > 22,
    let end = (0...archive.count - 22).last(where: { long($0) == 0x0605_4B50 })
  else { throw UnzipError.notAnArchive }
  var members: [String: [UInt8]] = [:]
  var entry = long(end + 16)
  for _ in 0..<short(end + 10) {
    guard long(entry) == 0x0201_4B50 else { throw UnzipError.notAnArchive }
    let method = short(entry + 10)
    let packed = long(entry + 20)
    let name = String(decoding: archive[entry + 46..<entry + 46 + short(entry + 28)], as: UTF8.self)
    let local = long(entry + 42)
    let start = local + 30 + short(local + 26) + short(local + 28)
    let content = Array(archive[start..<start + packed])
    switch method {
    case 0: members[name] = content
    case 8:
      var inflater = Inflater(content)
      members[name] = try inflater.inflate()
    default: throw UnzipError.unknownMethod(method)
    }
    entry += 46 + short(entry + 28) + short(entry + 30) + short(entry + 32)
  }
  return members
}

/// Undoes DEFLATE (RFC 1951), bit by bit; speed does not matter here.
private struct Inflater {
  private let input: [UInt8]
  private var position = 0
  private var bit = 0
  private var output: [UInt8] = []

  init(_ input: [UInt8]) { self.input = input }

  mutating func inflate() throws -> [UInt8] {
    var isLast = false
    while !isLast {
      isLast = try bits(1) == 1
      switch try bits(2) {
      case 0: try stored()
      case 1:
        let lengths = (0..<288).map { $0 < 144 ? 8 : $0 < 256 ? 9 : $0 < 280 ? 7 : 8 }
        try compressed(Codes(lengths), Codes([Int](repeating: 5, count: 30)))
      case 2:
        let (literals, distances) = try dynamicCodes()
        try compressed(literals, distances)
      default: throw UnzipError.damaged
      }
    }
    return output
  }

  /// Canonical Huffman codes by length.
  private struct Codes {
    var counts = [Int](repeating: 0, count: 16)
    var symbols: [Int] = []

    init(_ lengths: [Int]) {
      for length in lengths { counts[length] += 1 }
      counts[0] = 0
      for length in 1...15 {
        for (symbol, own) in lengths.enumerated() where own == length { symbols.append(symbol) }
      }
    }
  }

  private mutating func bits(_ count: Int) throws -> Int {
    var value = 0
    for index in 0..<count {
      guard position < input.count else { throw UnzipError.damaged }
      value |= Int(input[position] >> UInt8(bit) & 1) << index
      bit += 1
      if bit == 8 { (bit, position) = (0, position + 1) }
    }
    return value
  }

  private mutating func symbol(_ codes: Codes) throws -> Int {
    var code = 0
    var first = 0
    var index = 0
    for length in 1...15 {
      code |= try bits(1)
      let count = codes.counts[length]
      if code - count < first { return codes.symbols[index + code - first] }
      index += count
      first = (first + count) << 1
      code <<= 1
    }
    throw UnzipError.damaged
  }

  private mutating func stored() throws {
    if bit > 0 { (bit, position) = (0, position + 1) }
    guard position + 4 <= input.count else { throw UnzipError.damaged }
    let length = Int(input[position]) | Int(input[position + 1]) << 8
    position += 4
    guard position + length <= input.count else { throw UnzipError.damaged }
    output += input[position..<position + length]
    position += length
  }

  private mutating func dynamicCodes() throws -> (Codes, Codes) {
    let literals = try bits(5) + 257
    let distances = try bits(5) + 1
    let order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
    var lengths = [Int](repeating: 0, count: 19)
    for index in 0..<(try bits(4) + 4) { lengths[order[index]] = try bits(3) }
    let codes = Codes(lengths)
    var all: [Int] = []
    while all.count < literals + distances {
      switch try symbol(codes) {
      case 16: all += [Int](repeating: all.last ?? 0, count: try bits(2) + 3)
      case 17: all += [Int](repeating: 0, count: try bits(3) + 3)
      case 18: all += [Int](repeating: 0, count: try bits(7) + 11)
      case let length: all.append(length)
      }
    }
    return (Codes(Array(all[..<literals])), Codes(Array(all[literals...])))
  }

  private mutating func compressed(_ literals: Codes, _ distances: Codes) throws {
    let lengthBase = [
      3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115,
      131, 163, 195, 227, 258,
    ]
    let lengthExtra = [
      0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
    ]
    let distanceBase = [
      1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537,
      2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577,
    ]
    while true {
      let symbol = try symbol(literals)
      if symbol == 256 { return }
      if symbol < 256 {
        output.append(UInt8(symbol))
        continue
      }
      let length = lengthBase[symbol - 257] + (try bits(lengthExtra[symbol - 257]))
      let code = try self.symbol(distances)
      let distance = distanceBase[code] + (try bits(max(0, code / 2 - 1)))
      guard distance <= output.count else { throw UnzipError.damaged }
      for _ in 0..<length { output.append(output[output.count - distance]) }
    }
  }
}
