import Foundation
import Storage

/// A new id of a person that looks like one that is known.
public struct LookAlike: Equatable, Sendable {
  /// The id that an import brought.
  public var new: String
  /// The one that was there, or came before it.
  public var known: String
}

/// Finds ids that spreadsheets and typing make of others: `007` and `7`, `1E+05` and `100000`,
/// letter case, accents, and people of the same name.
///
/// - Parameters:
///   - people: everybody in the order of their coming.
///   - isNew: who came with an import.
/// - Returns: one for each new id at most. O(people).
func lookAlikes(among people: [KnownPerson], isNew: (KnownPerson) -> Bool) -> [LookAlike] {
  var byID: [String: String] = [:]
  var byName: [String: String] = [:]
  var found: [LookAlike] = []
  for person in people {
    let form = comparable(person.code)
    let name = person.name.map(folded).flatMap { $0.isEmpty ? nil : $0 }
    if isNew(person), let known = byID[form] ?? name.flatMap({ byName[$0] }) {
      found.append(LookAlike(new: person.code, known: known))
    }
    if byID[form] == nil { byID[form] = person.code }
    if let name, byName[name] == nil { byName[name] = person.code }
  }
  return found
}

/// An id as ids are compared: a whole number by its value, other ones folded.
private func comparable(_ id: String) -> String {
  // Ids are mostly letters and digits, and there are thousands of them.
  if id.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }), let first = id.utf8.first, first > 0x39 {
    return id.lowercased()
  }
  if !id.isEmpty, id.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
    let digits = id.drop { $0 == "0" }
    return digits.isEmpty ? "0" : String(digits)
  }
  if let number = id.wholeMatch(of: /0*([0-9]+)(?:\.0+)?/) { return String(number.1) }
  if id.wholeMatch(of: /[0-9](?:\.[0-9]+)?[eE]\+?[0-9]{1,2}/) != nil, let value = Double(id),
    value < 1e15, value == value.rounded()
  {
    return String(Int64(value))
  }
  return folded(id)
}

/// A text without letter case, accents and differences of width, with single blanks.
private func folded(_ text: String) -> String {
  text.folding(
    options: [.caseInsensitive, .diacriticInsensitive, .widthInsensitive], locale: nil
  ).split(whereSeparator: \.isWhitespace).joined(separator: " ")
}
