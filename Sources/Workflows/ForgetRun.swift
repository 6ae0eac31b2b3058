import Exporting
import Foundation
import Ingest
import Records
import Storage

/// One call of forget: a person everywhere.
public struct ForgetRun {
  private let patient: String
  private let archive: String?
  private let inboxes: [String]

  /// A call.
  ///
  /// - Parameters:
  ///   - patient: the person's id, as it is stored.
  ///   - archive: the folder of imported files.
  ///   - inboxes: folders and files of new ones, which are looked through and left alone.
  public init(patient: String, archive: String?, inboxes: [String]) {
    self.patient = patient
    self.archive = archive
    self.inboxes = inboxes
  }

  /// What went, and what stays.
  public struct Outcome {
    /// Records of the person that are gone.
    public var records: Int
    /// Refused rows of the person that are gone.
    public var refusedRows: Int
    /// The person's report files that are gone.
    public var reports: Int
    /// Reports of everybody that are gone.
    public var cohortReports: Int
    /// What became of the archive's files; nil where there is no archive.
    public var archive: ClearedArchive?
    /// Rows of others that name the person.
    public var mentions: [Forgotten.Mention]
    /// Paths in the inbox that hold rows of the person.
    public var stillInInbox: [String]
    /// Copies of the database that still hold the person, with the reason.
    public var copiesLost: [String]
  }

  /// Makes sure that the person is there, or was.
  public func check(_ store: Store) throws -> (isKnown: Bool, tombstones: [Tombstone]) {
    let tombstones = try store.tombstones()
    let isKnown = try store.patientCodes().contains(patient)
    if let other = try store.mergedIDs()[patient] {
      throw Failure(
        .noInput,
        "\(visible(patient)) was joined with \(visible(other)). lumbar forget "
          + "\(shellQuoted(other)) forgets both.")
    }
    guard isKnown || ForgottenPeople(tombstones).contains(patient) else {
      throw Failure(
        .noInput, "there is no patient \(visible(patient)). lumbar status counts who is there.")
    }
    return (isKnown, tombstones)
  }

  /// Removes the person.
  ///
  /// - Parameters:
  ///   - store: the database, to write to it.
  ///   - path: where it is.
  ///   - reports: the folder of reports.
  ///   - present: who was forgotten before.
  public func run(
    _ store: Store, at path: String, reports: String, beside present: [Tombstone], _ moment: Moment
  ) throws -> Outcome {
    let tombstone = ForgottenPeople.tombstone(of: patient, beside: present)
    let run = try store.beginRun(started: moment.text, command: "forget", version: version)
    // Named among those who were there with the person.
    let others = try store.mergedIDs().filter { $0.value == patient }.keys.sorted()
    let fileNames = ReportNames(try store.patientCodes() + others)
    let aliases = others.map {
      (code: $0, tombstone: ForgottenPeople.tombstone(of: $0, beside: [tombstone]))
    }
    let removed = try store.forget(
      patient, tombstone, at: moment.text, aliases: aliases, owner: ownerOfRefused)
    var lost: [String] = []
    removeUnfinished(beside: path)
    for leftover in [".restoring", ".restoring-journal"] { unlink(path + leftover) }
    for backup in try store.backups() {
      do {
        removeUnfinished(beside: backup)
        guard FileManager.default.fileExists(atPath: backup) else { continue }
        let lock = try WriterLock(
          database: backup, wait: 60, now: moment.seconds, leavesWord: false)
        let copy = try Store.open(existing: backup, under: lock)
        try copy.lookThrough()
        _ = try copy.forget(
          patient, tombstone, at: moment.text, aliases: aliases, owner: ownerOfRefused)
        // A copy that had to be brought up to date first left one of its own.
        for older in try copy.backups() where older.hasPrefix(backup + ".schema-") { unlink(older) }
      } catch {
        lost.append("\(backup): \(Failure(error).sentence)")
      }
    }
    let hasKey = FileManager.default.fileExists(atPath: path + ".key")
    let key = hasKey ? try secretKey(besides: path) : nil
    var gone = (own: 0, cohort: 0)
    var clearedArchive = archive.map { _ in ClearedArchive() }
    let traces = ([patient] + others).map { code in
      PersonalTraces(
        of: code, reports: fileNames[code], name: removed?.name,
        pseudonym: key.map { Deidentification(key: $0, exported: nil).code(of: code) },
        sources: removed?.sources ?? [])
    }
    for traces in traces {
      let removed = try traces.removeReports(below: reports)
      gone = (gone.own + removed.own, gone.cohort + removed.cohort)
      if let archive { clearedArchive?.add(try traces.clearArchive(archive)) }
    }
    try store.endRun(
      run, exit: (lost.isEmpty ? Exit.done : .doneWithRefusals).rawValue, seconds: moment.elapsed)
    let files = inboxes.flatMap { (try? NightInbox.files(at: $0))?.logs ?? [] }
    return Outcome(
      records: removed?.records ?? 0, refusedRows: removed?.rejections ?? 0, reports: gone.own,
      cohortReports: gone.cohort, archive: clearedArchive,
      mentions: removed?.mentions ?? [],
      stillInInbox: try files.map(\.path.string).filter { path in
        try traces.contains { try $0.holdsRows(path) }
      },
      copiesLost: lost)
  }
}

/// What became of the files of an archive.
public struct ClearedArchive {
  /// Files that rows or names were taken out of.
  public var changed = 0
  /// Files that are gone.
  public var removed = 0
  /// Files of others too that went whole, since rows of them cannot be taken out one by one.
  public var removedShared: [String] = []
  /// Files in which rows of others name the person.
  public var mentioning: [String] = []

  /// Adds what became of them for another id of the person.
  mutating func add(_ other: ClearedArchive) {
    changed += other.changed
    removed += other.removed
    removedShared += other.removedShared
    mentioning += other.mentioning.filter { !mentioning.contains($0) }
  }
}
