/// One value of a JSON text with all that is in it: a resource, a data point, a workout.
///
/// Formats of other programs are read resource by resource, so that only one of them is held at a
/// time.
enum JSONValue: Sendable {
  case null
  case bool(Bool)
  /// As written, so that no digit is lost.
  case number(String)
  case string(String)
  case array([JSONValue])
  case object(JSONObject)

  /// A member of an object; nil for anything else.
  subscript(key: String) -> JSONValue? {
    guard case .object(let object) = self else { return nil }
    return object.members.first { $0.key == key }?.value
  }

  /// A member of a member.
  subscript(keys: String...) -> JSONValue? {
    var value: JSONValue? = self
    for key in keys { value = value?[key] }
    return value
  }

  /// A string, or a number as written; nil for anything else and for an empty string.
  var text: String? {
    switch self {
    case .string(let text), .number(let text): text.isEmpty ? nil : text
    default: nil
    }
  }

  /// A number, also one written as a string, within what Double holds; in a string a comma may
  /// stand before decimals, not before three digits, which may be thousands.
  var number: Double? {
    guard let text else { return nil }
    return text.withBytes { bytes in
      var mark: UInt8 = 0x2E
      if case .string = self, let comma = bytes.firstIndex(of: 0x2C), bytes.count - comma != 4 {
        mark = 0x2C
      }
      return if case .value(let number) = parseNumber(bytes, decimalMark: mark) { number } else {
        nil
      }
    }
  }

  /// A whole number, also one written as a string or as 1702803747000.0; nanoseconds have 19
  /// digits.
  var integer: Int64? {
    if let whole = text.flatMap({ Int64($0) }) { return whole }
    return number.flatMap { $0.magnitude < 9e18 ? Int64($0) : nil }
  }

  /// The elements of an array; none for anything else.
  var list: [JSONValue] {
    if case .array(let elements) = self { elements } else { [] }
  }

  /// The line an object begins on; nil for anything else.
  var line: Int? {
    if case .object(let object) = self { object.line } else { nil }
  }
}

/// The members of an object in the order of the text.
struct JSONObject: Sendable {
  /// One of them.
  struct Member: Sendable {
    var key: String
    var value: JSONValue
  }

  var line: Int
  var members: [Member] = []
}

extension JSONReader {
  /// The value that begins with a token just read.
  ///
  /// - Parameter room: values that it may still hold; a file of one endless resource is refused.
  func value(from token: Token, room: inout Int) throws -> JSONValue {
    room -= 1
    if room < 0 { throw JSONProblem(what: .syntax("one record holds too many values"), line: line) }
    switch token {
    case .string: return .string(String(decoding: text, as: UTF8.self))
    case .number: return .number(String(decoding: text, as: UTF8.self))
    case .yes: return .bool(true)
    case .no: return .bool(false)
    case .beginArray:
      var elements: [JSONValue] = []
      while true {
        let token = try next()
        if token == .endArray { return .array(elements) }
        elements.append(try value(from: token, room: &room))
      }
    case .beginObject:
      var object = JSONObject(line: line)
      while try next() == .key {
        let key = String(decoding: text, as: UTF8.self)
        object.members.append(.init(key: key, value: try value(from: try next(), room: &room)))
      }
      return .object(object)
    default: return .null
    }
  }
}
