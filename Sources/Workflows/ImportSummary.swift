import Ingest
import Records
import Storage

/// What became of one file.
public struct Imported {
  /// The account of its rows.
  public var account: ImportedFile
  /// What was found out about it; nil for a file that was known.
  public var found: ReadingSummary?
  /// The file as it was read.
  public var stamp: FileStamp
}

/// What became of the files of an import.
public struct ImportSummary {
  /// Files that are in the database now.
  public private(set) var imported: [(from: LogFile, file: Imported)] = []
  /// Files that could not be read, with the reason.
  public private(set) var failures: [(from: LogFile, failure: Failure)] = []
  /// Files that somebody was writing to.
  public private(set) var unfinished: [LogFile] = []
  /// New ids of people that look like known ones.
  public private(set) var lookAlikes: [LookAlike] = []
  /// The accounts of all files together.
  public private(set) var totals = Accounts()

  mutating func add(_ file: Imported, from: LogFile) {
    imported.append((from, file))
    totals += file.account.accounts
  }

  /// Adds what became of other files.
  mutating func add(_ other: ImportSummary) {
    imported += other.imported
    failures += other.failures
    unfinished += other.unfinished
    lookAlikes += other.lookAlikes
    totals += other.totals
  }

  mutating func add(_ found: [LookAlike]) { lookAlikes += found }

  /// Sentences about new ids that look like known ones: five at most.
  ///
  /// - Parameter place: what names the same database to another command, with a blank before it.
  public func lookAlikeSentences(_ place: String = "") -> [String] {
    let most = lookAlikes.count > 5 ? 4 : 5
    var lines = lookAlikes.prefix(most).map {
      "new patient \(visible($0.new)) looks like \(visible($0.known)): lumbar merge\(place) "
        + "\(shellQuoted(visible($0.new))) \(shellQuoted(visible($0.known))) joins them"
    }
    if lookAlikes.count > most {
      lines.append("\(lookAlikes.count - most) more new patients look like known ones")
    }
    return lines
  }

  mutating func add(_ failure: Failure, from: LogFile) { failures.append((from, failure)) }

  /// Adds a file that somebody wrote to while it was read.
  mutating func addUnfinished(_ file: LogFile) {
    unfinished.append(file)
    add(
      Failure(
        .notData,
        "it was written to while it was read, and nothing of it was imported. Import it again when "
          + "it "
          + "is whole."), from: file)
  }

  /// The exit code of the whole call.
  public var exit: Exit {
    if imported.isEmpty, let first = failures.first {
      return failures.contains { $0.failure.exit == .notData } ? .notData : first.failure.exit
    }
    return failures.isEmpty && totals.refused == 0 ? .done : .doneWithRefusals
  }

  /// The same as a failure; nil when all is well.
  public var failure: Failure? { exit == .done ? nil : Failure(exit) }

  /// Files that could not be read, for stderr.
  public var complaints: [String] { failures.map { "\($0.from.path): \($0.failure.sentence)" } }
}
