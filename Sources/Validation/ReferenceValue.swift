import Foundation

/// JSON of reference files, with numbers read to their last digit.
enum ReferenceValue: Decodable {
  case number(Double), text(String), flag(Bool), list([ReferenceValue])
  case object([String: ReferenceValue]), null

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
    } else if let list = try? value.decode([ReferenceValue].self) {
      self = .list(list)
    } else {
      self = .object(try value.decode([String: ReferenceValue].self))
    }
  }

  subscript(key: String) -> ReferenceValue? {
    if case .object(let members) = self { members[key] } else { nil }
  }

  /// A number; `"inf"` is infinity, anything else nil.
  var double: Double? {
    switch self {
    case .number(let number): number
    case .text("inf"): .infinity
    case .flag(let flag): flag ? 1 : 0
    default: nil
    }
  }

  var string: String? { if case .text(let text) = self { text } else { nil } }
  var list: [ReferenceValue] { if case .list(let list) = self { list } else { [] } }

  /// A column with its missing values.
  var column: [Double?] { list.map(\.double) }

  /// Every leaf under its path, as `pearson.ci95[0]`; nil is null.
  func leaves(_ path: String = "") -> [(path: String, value: Double?)] {
    switch self {
    case .object(let members):
      members.sorted { $0.key < $1.key }.flatMap {
        $0.value.leaves(path.isEmpty ? $0.key : "\(path).\($0.key)")
      }
    case .list(let elements):
      elements.enumerated().flatMap { $0.element.leaves("\(path)[\($0.offset)]") }
    default: [(path, double)]
    }
  }
}

/// Figures computed anew, under the paths of the expected ones.
struct ComputedFigures {
  private(set) var values: [String: Double?] = [:]
  /// Relative errors that the digits of a case's data allow for where they carry fewer than others.
  private(set) var limits: [String: Double] = [:]

  mutating func allow(_ path: String, _ error: Double) { limits[path] = error }

  mutating func set(_ path: String, _ value: Double?) { values[path] = .some(value) }
  mutating func set(_ path: String, _ value: Int) { set(path, Double(value)) }

  mutating func set(_ path: String, _ ends: (low: Double, high: Double)?) {
    set(path + "[0]", ends?.low)
    set(path + "[1]", ends?.high)
  }

  mutating func set(_ path: String, _ column: [Double?]) {
    for (index, value) in column.enumerated() { set("\(path)[\(index)]", value) }
  }
}
