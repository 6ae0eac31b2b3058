import Foundation
import TestSupport
import Testing

/// JSON with numbers read to their last digit, which JSONSerialization does not do on Linux.
private enum Exact: Decodable {
  case number(Double), text(String), flag(Bool), list([Exact]), object([String: Exact]), null

  init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    if value.decodeNil() {
      self = .null
    } else if let flag = try? value.decode(Bool.self) {
      self = .flag(flag)
    } else if let number = try? value.decode(Double.self) {
      self = .number(number)
    } else if let text = try? value.decode(String.self) {
      self = .text(text)
    } else if let list = try? value.decode([Exact].self) {
      self = .list(list)
    } else {
      self = .object(try value.decode([String: Exact].self))
    }
  }

  var plain: Any {
    switch self {
    case .number(let number): number
    case .text(let text): text
    case .flag(let flag): flag
    case .list(let list): list.map(\.plain)
    case .object(let members): members.mapValues(\.plain)
    case .null: NSNull()
    }
  }
}

/// A reference file.
func referenceDocument(_ path: String) throws -> [String: Any] {
  let data = try Data(contentsOf: fixture("reference/\(path).json"))
  return try #require(try JSONDecoder().decode(Exact.self, from: data).plain as? [String: Any])
}

/// The cases of a reference file.
func referenceCases(_ file: String) throws -> [[String: Any]] {
  try #require(try referenceDocument(file)["cases"] as? [[String: Any]])
}

/// A count of a reference file.
func count(_ value: Any?) -> Int? { (value as? Double).map { Int($0) } }

/// A number of a reference file; `"inf"` is infinity, null is nil.
func number(_ value: Any?) -> Double? {
  if let text = value as? String { return text == "inf" ? .infinity : nil }
  return value as? Double
}

/// A column with its missing values.
func column(_ value: Any?) -> [Double?] { (value as? [Any] ?? []).map(number) }

/// The rows of two columns where both are present.
func complete(_ x: [Double?], _ y: [Double?]) -> (x: [Double], y: [Double]) {
  let rows = zip(x, y).compactMap { pair in pair.0.flatMap { left in pair.1.map { (left, $0) } } }
  return (rows.map(\.0), rows.map(\.1))
}

/// Compares with a relative tolerance; nil only equals nil.
func expectClose(
  _ found: Double?, _ expected: Double?, _ tolerance: Double, _ place: String,
  _ source: SourceLocation = #_sourceLocation
) {
  guard let found, let expected else {
    #expect(
      found == nil && expected == nil, "\(place): \(String(describing: found))",
      sourceLocation: source)
    return
  }
  let error = abs(found - expected) / max(abs(expected), 1e-300)
  let isClose = found == expected || error <= tolerance || abs(found - expected) < 1e-15
  #expect(isClose, "\(place): found \(found), expected \(expected)", sourceLocation: source)
}
