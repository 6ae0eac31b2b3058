import Foundation
import Ingest
import Records
import Storage

/// One call of import: file after file, each in a transaction of its own.
public struct ImportSession {
  private let store: Store
  private let options: ReadingOptions
  private let reading: String
  private let moment: Moment
  private let isDryRun: Bool
  private let isStrict: Bool
  private let isForced: Bool
  /// What the ledger calls it.
  private let command: String
  /// Whether a file whose import was undone stays out: nobody asks for it by name.
  private let leavesUndone: Bool
  /// Files that are known without being opened; nil to look into every one.
  private let seen: SeenFiles?
  private let watch: WatchMaker
  private let origin: FileOrigin
  /// The zones of people, as files of the call set them.
  private let zones = ZoneBook()

  /// One call.
  ///
  /// - Parameters:
  ///   - store: where the records go.
  ///   - options: how files are read.
  ///   - reading: what tells these options from others.
  ///   - moment: when the call began.
  ///   - isDryRun: whether nothing is kept.
  ///   - isStrict: whether one refused row refuses its file.
  ///   - isForced: whether known files are read again.
  ///   - command: what the ledger calls it.
  ///   - seen: files that are known without being opened; nil to look into every one.
  ///   - origin: what is the same of all files, to know later versions by.
  ///   - leavesUndone: whether a file whose import was undone stays out.
  ///   - watch: who watches large files.
  public init(
    store: Store, options: ReadingOptions, reading: String, moment: Moment, isDryRun: Bool,
    isStrict: Bool, isForced: Bool, command: String = "import", seen: SeenFiles? = nil,
    origin: FileOrigin = FileOrigin(), leavesUndone: Bool = false,
    watch: @escaping WatchMaker = { _, _ in nil }
  ) throws {
    self.watch = watch
    self.origin = origin
    self.command = command
    self.leavesUndone = leavesUndone
    self.seen = seen
    self.store = store
    let zones = zones
    var options = options
    options.zoneOfPatient = { zones.rules(of: $0) }
    self.options = options
    self.reading = reading
    self.moment = moment
    self.isDryRun = isDryRun
    self.isStrict = isStrict
    self.isForced = isForced
  }

  /// Imports files; what stands in the way of one is in the summary, and keeps no other out.
  public func importAll(_ found: FoundFiles) throws -> ImportSummary {
    let ledger = LedgerEntry(store: store, moment: moment, command: command)
    store.forgotten = { ForgottenPeople($0).contains }
    if let patient = options.patient, ForgottenPeople(try store.tombstones()).contains(patient) {
      throw Failure(.usage, "the person of --patient was forgotten. Nothing was imported.")
    }
    var summary = ImportSummary()
    let lastPerson = try store.lastPerson()
    for (file, why) in found.left { summary.add(Failure(.noInput, why), from: file) }
    zones.set(try store.zones())
    for file in inOrder(found.logs) {
      do {
        let imported = try importOne(file, ledger)
        summary.add(imported, from: file)
        if imported.account.kinds.contains(Kind.patients.rawValue), imported.found != nil {
          zones.set(try store.zones())
        }
      } catch is BeingWritten {
        summary.addUnfinished(file)
      } catch {
        let failure = Failure(error)
        // A full disk or a damaged database will not get better with the next file.
        if failure.exit != .notData, failure.exit != .noInput { throw error }
        if error is StorageError { throw error }
        summary.add(failure, from: file)
      }
    }
    if !isDryRun, try store.lastPerson() > lastPerson {
      summary.add(lookAlikes(among: try store.people()) { $0.number > lastPerson })
    }
    if !isDryRun {
      if !summary.failures.isEmpty { _ = try ledger.run() }
      try ledger.end(summary.exit)
    }
    return summary
  }

  /// The run in the ledger, entered with the first file that is not known: files that are known
  /// change no byte of the database.
  private final class LedgerEntry {
    private let store: Store
    private let moment: Moment
    private let command: String
    private(set) var entered: Int64?

    init(store: Store, moment: Moment, command: String) {
      self.command = command
      self.store = store
      self.moment = moment
    }

    func run() throws -> Int64 {
      if let entered { return entered }
      let run = try store.beginRun(started: moment.text, command: command, version: version)
      entered = run
      return run
    }

    func end(_ exit: Exit) throws {
      // That all is known is good news only of a sound database that new rows could enter.
      guard let entered else { return try store.requireWritable() }
      try store.endRun(entered, exit: exit.rawValue, seconds: moment.elapsed)
    }
  }

  /// People first: their zones decide what local times mean.
  private func inOrder(_ files: [LogFile]) -> [LogFile] {
    let isAboutPeople = files.map { file in
      guard file.stamp.flatMap({ seen?.sha256(of: $0) }) == nil, let input = try? file.open() else {
        return false
      }
      defer { input.rewind() }
      return kindOfTable(input, options: options) == .patients
    }
    return zip(files, isAboutPeople).filter(\.1).map(\.0)
      + zip(files, isAboutPeople).filter { !$0.1 }.map(\.0)
  }

  private func importOne(_ file: LogFile, _ ledger: LedgerEntry) throws -> Imported {
    if let stamp = file.stamp, let sha256 = seen?.sha256(of: stamp) {
      let seen = ImportedFile(name: file.name, sha256: sha256, bytes: 0, reading: reading)
      if let known = try known(seen) { return Imported(account: known, stamp: stamp) }
    }
    let input = try file.open()
    let (account, found) = try importOne(input, name: file.name, at: file.place, ledger)
    if let now = file.stamp { seen?.note(input, standsAs: now, sha256: account.sha256) }
    return Imported(account: account, found: found, stamp: input.stamp)
  }

  /// Somebody wrote to a file while it was read: its last row may be half of one.
  private struct BeingWritten: Error {}

  /// The account of a file that is known and need not be read. What takes the place of another
  /// content is a version of that, and rows that are gone from it may be to be taken back.
  private func known(_ file: ImportedFile) throws -> ImportedFile? {
    guard let known = try store.knownFile(sha256: file.sha256, reading: reading),
      !(origin.replaces && known.gone > 0), let id = known.id
    else { return nil }
    // One that has not changed since the last night lies where it lay.
    guard let place = file.origin.place else { return known }
    if let last = try store.formerVersion(of: file, in: nil, byName: false), last.id != id {
      return nil
    }
    if !isDryRun { try store.note(place: place, of: id) }
    return known
  }

  private func importOne(
    _ input: InputFile, name: String, at place: String?, _ ledger: LedgerEntry
  ) throws -> (ImportedFile, ReadingSummary?) {
    if let most = options.limits.fileBytes, input.size > most {
      throw Failure(
        .notData,
        "the file is larger than \(most >> 20) MiB, which limits.file_mib of the configuration "
          + "allows. Raise it, or split the file.")
    }
    // Only a file of the same size can be known; any other one is hashed while it is read.
    var file = ImportedFile(name: name, sha256: "", bytes: input.size, reading: reading)
    file.origin = origin
    file.origin.place = place
    if try isForced || store.holdsFile(ofBytes: input.size) {
      file.sha256 = try input.sha256()
      if !isForced, let known = try known(file) { return (known, nil) }
      if leavesUndone, let undone = try store.undoing(ofFile: file.sha256, reading: reading) {
        throw Failure(
          .notData,
          "it was imported by run \(undone.run), which was taken back (run \(undone.by)), and is "
            + "left alone. Take it away, or import it by hand.")
      }
    }
    file.former = try formerVersion(of: file, input, ledger)
    let source = HashingFile(input, watch: watch(name, input.size))
    let head = try source.head(ImportSession.headBytes)
    let first =
      head.count < Continuation.firstBytes
      ? nil : SHA256.hex(of: head.prefix(Continuation.firstBytes))
    if !isForced, let first,
      let earlier = try beginning(of: source, size: input.size, first: first),
      mayGoOn(file, behind: earlier)
    {
      do {
        return try store(file, ledger, input, source, first: first, behind: (earlier, head))
      } catch is Continuation.NotPossible, is FileWriter.RepeatsKnownRow {
        // The end cannot be told from the beginning: the whole file is read.
      }
    }
    source.rewind()
    do {
      return try store(file, ledger, input, source, first: first, behind: nil)
    } catch let again as ReadAgain {
      source.rewind()
      return try store(
        file, ledger, input, source, first: first, behind: nil, options: again.options)
    } catch let error as IngestError where options.kind == nil && !options.profileIsChosen {
      switch error {
      case .unknownKind, .unknownJSON: return try storeByDraft(file, ledger, input, source, error)
      default: throw error
      }
    }
  }

  /// Reads a table of no known format as its draft says, where that leaves nothing open.
  private func storeByDraft(
    _ file: ImportedFile, _ ledger: LedgerEntry, _ input: InputFile, _ source: HashingFile,
    _ reason: IngestError
  ) throws -> (ImportedFile, ReadingSummary?) {
    var options = options
    let (profile, taken) = try DraftedTable.profile(of: source, else: reason)
    options.profiles = [profile]
    options.profileIsChosen = true
    source.rewind()
    var (account, found): (ImportedFile, ReadingSummary?)
    do {
      (account, found) = try store(
        file, ledger, input, source, first: nil, behind: nil, options: options)
    } catch let again as ReadAgain {
      source.rewind()
      (account, found) = try store(
        file, ledger, input, source, first: nil, behind: nil, options: again.options)
    }
    found?.taken = taken
    found?.foundEncoding = profile.layouts.first?.encoding
    return (account, found)
  }

  /// The version before, and whether the file begins with all of its bytes.
  private func formerVersion(of file: ImportedFile, _ input: InputFile, _ ledger: LedgerEntry)
    throws -> FormerVersion?
  {
    guard var former = try store.formerVersion(of: file, in: ledger.entered) else { return nil }
    if former.openLine != nil, former.bytes < input.size {
      let beginning = HashingFile(input, watch: nil)
      beginning.rewind()
      former.isBeginning = try beginning.hash(upTo: former.bytes) == former.sha256
      input.rewind()
    }
    return former
  }

  /// Whether only the end of a file need be read: nothing of its versions but the beginning is to
  /// be compared with it.
  private func mayGoOn(_ file: ImportedFile, behind earlier: ImportedFile) -> Bool {
    guard let former = file.former else { return true }
    return former.id == earlier.id && !(origin.replaces && former.gone > 0)
  }

  /// The known file that a longer one begins with; the source then stands behind it.
  private func beginning(of source: HashingFile, size: Int, first: String) throws -> ImportedFile? {
    for earlier in try store.filesBeginning(first: first, below: size, reading: reading) {
      source.rewind()
      if try source.hash(upTo: earlier.bytes) == earlier.sha256 { return earlier }
    }
    return nil
  }

  /// Reads a file, or its end, and stores it in one transaction.
  private func store(
    _ file: ImportedFile, _ ledger: LedgerEntry, _ input: InputFile, _ source: HashingFile,
    first: String?,
    behind: (earlier: ImportedFile, head: [UInt8])?, options: ReadingOptions? = nil
  ) throws -> (ImportedFile, ReadingSummary?) {
    var found: ReadingSummary?
    var file = file
    file.isContinued = behind != nil
    let options = (options ?? self.options).reading(file.name)
    let continuation = behind.flatMap { earlier, head in
      earlier.nextLine.map { Continuation(head: head, line: $0) }
    }
    let size = file.bytes - (behind?.earlier.bytes ?? 0)
    let run = isDryRun ? nil : try ledger.run()
    let result = try store.importFile(
      // A version is entered though it brings nothing: it says what it does not hold any more.
      file, run: run, keep: !isDryRun, entersAgain: isForced || file.former != nil
    ) { writer in
      if let behind { try writer.goOn(behind: behind.earlier) }
      func read(_ emit: (inout Batch) throws -> Void) throws -> ReadingSummary {
        if let continuation {
          return try readRecords(
            from: source, options: options, continuing: continuation, emit: emit)
        }
        return try readRecords(from: source, options: options, emit: emit)
      }
      let summary =
        size < ImportSession.smallFile
        ? try read { try writer.write($0) }
        : try ReadAhead.run(read: read, write: { try writer.write($0) })
      writer.describe(
        sha256: try source.finish(), format: summary.format, kinds: summary.kinds.map(\.rawValue),
        profile: summary.profile, ignoredColumns: summary.ignoredColumns, head: summary.head,
        firstSHA256: first, nextLine: summary.nextLine, endsOpen: input.endsOpen)
      if let lines = writer.linesThatMayMend {
        try takeOff(mendedIn: input, file.name, summary.format, lines, writer)
      }
      if isStrict, writer.refused > 0 {
        throw Failure(
          .notData,
          "\(Self.rows(writer.refused)) of it would be refused, and --strict was given; "
            + "nothing of it was imported.")
      }
      if input.isBeingWritten { throw BeingWritten() }
      found = summary
    }
    return (result, found)
  }

  /// Takes refused rows off the list that stand mended in a file. It is read once more for them.
  private func takeOff(
    mendedIn input: InputFile, _ name: String, _ format: String, _ lines: Set<Int64>,
    _ writer: FileWriter
  ) throws {
    var rows = MendedRows(
      in: name, isVersion: writer.known > 0, of: try writer.openRefusals(most: MendedRows.most))
    input.rewind()
    try rows.look(through: input, format: format, lines: lines)
    try writer.takeOff(rows.mended)
  }

  /// What is looked at of a file's beginning when only its end is read.
  private static let headBytes = 1 << 16

  /// Below so many bytes a second thread costs more than it saves.
  private static let smallFile = 1 << 20

  private static func rows(_ count: Int) -> String { count == 1 ? "1 row" : "\(count) rows" }
}
