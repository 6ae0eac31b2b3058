import Exporting
import Foundation
import Storage

/// Who was forgotten: known again by their id, and by nothing else.
struct ForgottenPeople: Sendable {
  private let codes: [[UInt8]: Set<String>]

  /// - Parameter tombstones: those of the database.
  init(_ tombstones: [Tombstone]) {
    codes = Dictionary(grouping: tombstones, by: \.salt).mapValues { Set($0.map(\.code)) }
  }

  @Sendable func contains(_ id: String) -> Bool {
    codes.contains { salt, codes in codes.contains(ForgottenPeople.code(of: id, salt)) }
  }

  /// The tombstone of an id, keyed as those that are there.
  static func tombstone(of id: String, beside present: [Tombstone]) -> Tombstone {
    let salt = present.first?.salt ?? (0..<32).map { _ in UInt8.random(in: 0...255) }
    return Tombstone(salt: salt, code: code(of: id, salt))
  }

  private static func code(of id: String, _ salt: [UInt8]) -> String {
    KeyedCode(key: salt).bytes(of: id).map { byte in
      (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }.joined()
  }
}
