/// Why the database cannot be used.
public enum StorageError: Error, Equatable, Sendable {
  case missing(path: String)
  case cannotOpen(path: String, cause: String)
  case notADatabase(path: String)
  case foreign(path: String)
  case newer(path: String, version: Int, known: Int)
  case damaged(path: String, cause: String)
  case busy(path: String)
  case failed(cause: String)
  case accountsDoNotAddUp(file: String)
}

extension StorageError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .missing(let path):
      "there is no database at \(path). Import something first, or pass --database PATH."
    case .cannotOpen(let path, let cause):
      "the database \(path) cannot be opened: \(cause). Check the path and its permissions."
    case .notADatabase(let path):
      "\(path) is not a database. Nothing was changed; pass another --database PATH."
    case .foreign(let path):
      "\(path) is a database of another program. Nothing was changed; pass another --database PATH."
    case .newer(let path, let version, let known):
      "\(path) was written by a newer lumbar (schema \(version), this one knows \(known)). "
        + "Nothing was changed; update lumbar."
    case .damaged(let path, let cause):
      "the database \(path) is damaged: \(cause). Nothing was changed; restore a backup."
    case .busy(let path):
      "the database \(path) is in use by another run. Try again when that one is done."
    case .failed(let cause): "the database reported: \(cause)."
    case .accountsDoNotAddUp(let file):
      "the rows of \(file) do not add up; nothing of it was kept. This is a bug, please report it."
    }
  }
}
