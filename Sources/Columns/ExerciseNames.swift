import Records
import Synchronization

/// What names of exercises come to, each worked out once for all patients and threads.
public final class ExerciseNames: Sendable {
  /// One name.
  struct Form: Sendable {
    /// As names are compared.
    let folded: String
    /// The catalogue's exercise of the name, nil for one that it does not hold.
    let entry: ExerciseCatalogue.Entry?

    init(_ name: String) {
      folded = ExerciseNames.folded(name)
      entry = ExerciseCatalogue.entry(of: name)
    }
  }

  /// A name as names are compared: trimmed, lower case, single spaces. O(length).
  public static func folded(_ name: String) -> String {
    let name = name.lowercased()
    var last: UInt8 = 0x20
    let isFolded = name.utf8.allSatisfy { byte in
      defer { last = byte }
      return byte > 0x20 && byte < 0x80 || byte == 0x20 && last != 0x20
    }
    if isFolded, last != 0x20 { return name }
    return name.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// By the digests of names, which are the same in every pool.
  private let forms = Mutex<[UInt64: Form]>([:])
  /// More names than this are not of a programme but free text, and not kept.
  private static let most = 4_096

  /// No name yet.
  public init() {}

  /// What a name of a pool comes to. Amortized O(1).
  func form(_ id: NameID, of names: NamePool) -> Form {
    let digest = names.digest(id)
    if let known = forms.withLock({ $0[digest] }) { return known }
    let fresh = Form(names[id])
    forms.withLock {
      if $0.count >= ExerciseNames.most { $0.removeAll() }
      $0[digest] = fresh
    }
    return fresh
  }
}
