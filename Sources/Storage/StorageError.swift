/// Why the database cannot be used.
public enum StorageError: Error, Equatable, Sendable {
  /// No file, or an empty one that was to be read.
  case missing(path: String)
  /// A file that cannot be created or opened, with the system's cause.
  case cannotOpen(path: String, cause: String)
  /// A file of another format than SQLite's.
  case notADatabase(path: String)
  /// An SQLite database without lumbar's application id.
  case foreign(path: String)
  /// A schema number above the highest that this version knows.
  case newer(path: String, version: Int, known: Int)
  /// A database of an earlier version that cannot be written to, so that it cannot be brought up to
  /// date.
  case outdated(path: String)
  /// A database that fails SQLite's checks, with what they said.
  case damaged(path: String, cause: String)
  /// A lock that another process did not release within the time waited, with what is known of who.
  case busy(path: String, by: String)
  /// A run was killed while it wrote, or the file was replaced while it was read.
  case unfinished(path: String)
  /// No database where a restore was broken off: what it kept, or what it was about to put there,
  /// lies beside it.
  case restoreUnfinished(path: String, kept: String)
  /// A file in the place of a copy that is not one.
  case notACopy(path: String)
  /// Any other error of SQLite, in its own words.
  case failed(cause: String)
  /// An account that does not balance; the whole file was rolled back.
  case accountsDoNotAddUp(file: String)
  /// A copy of the database that cannot be written, with the system's cause.
  case cannotCopy(path: String, cause: String)
  /// A run that the ledger does not have.
  case unknownRun(Int64)
  /// A run that imported nothing, or was undone before.
  case nothingToUndo(Int64)
  /// A run whose records later runs met or changed, newest first.
  case laterRuns(Int64, [Int64])
}

extension StorageError: CustomStringConvertible {
  /// What is wrong and what to do next; names paths, never the content of a diary.
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
    case .outdated(let path):
      "\(path) was written by an earlier lumbar and has to be brought up to date, but cannot be "
        + "written "
        + "to. Make it writable, or copy it to another place."
    case .damaged(let path, let cause):
      "the database \(path) is damaged: \(cause). Nothing was changed; restore a backup."
    case .busy(let path, let other):
      "the database \(path) is in use by \(other). Try again when that is done."
    case .unfinished(let path):
      "the database \(path) was replaced, or a run that wrote to it was ended, while it was read. "
        + "Try "
        + "again."
    case .restoreUnfinished(let path, let kept):
      "there is no database at \(path), but \(kept) lies beside it: a restore was broken off. "
        + "Restore "
        + "again, rename that file to \(path), or remove it to begin anew."
    case .notACopy(let path):
      "\(path) is there and is no copy made by lumbar backup: it may be a database in use. Nothing "
        + "was "
        + "changed; name another file."
    case .cannotCopy(let path, let cause):
      "the copy \(path) cannot be written: \(cause). Check the folder and the free space; the "
        + "database itself was not changed."
    case .unknownRun(let run): "there is no run \(run). lumbar status lists the runs."
    case .nothingToUndo(let run):
      "run \(run) imported nothing, or was undone before. Nothing was changed."
    case .laterRuns(let run, let later):
      "run \(run) cannot be undone: later runs met or changed its records. Undo "
        + later.map { "run \($0)" }.joined(separator: ", then ") + " first. Nothing was changed."
    case .failed(let cause): "the database reported: \(cause)."
    case .accountsDoNotAddUp(let file):
      "the rows of \(file) do not add up; nothing of it was kept. This is a bug, please report it."
    }
  }
}
