import Analysis
import Configuration
import Foundation
import Ingest
import Records
import Reporting
import Storage

/// One nightly run.
public struct Night {
  private let settings: Settings
  private let thresholds: Thresholds
  private let style: ReportStyle
  private let moment: Moment
  private let store: Store
  private let inboxes: [NightInbox]
  private let reports: String
  private let archive: String?
  private let place: String
  private let readers: ReportAccess
  private let watch: WatchMaker
  private let tell: (String) -> Bool

  /// A night.
  ///
  /// - Parameters:
  ///   - settings: formats, how many folders stay, and the limits of ages.
  ///   - thresholds: what counts as much.
  ///   - style: how reports look.
  ///   - moment: when it began.
  ///   - store: the database, to write to it.
  ///   - inboxes: folders and files of new logs.
  ///   - reports: the folder of reports.
  ///   - archive: where imported files go; nil leaves them.
  ///   - place: what names the same database to another command, with a blank before it.
  ///   - readers: who may read the reports.
  ///   - watch: who watches large files.
  ///   - tell: says a sentence to somebody; false when it could not be said.
  public init(
    settings: Settings, thresholds: Thresholds, style: ReportStyle, moment: Moment, store: Store,
    inboxes: [NightInbox], reports: String, archive: String?, place: String,
    readers: ReportAccess = .owner,
    watch: @escaping WatchMaker, tell: @escaping (String) -> Bool
  ) {
    self.settings = settings
    self.thresholds = thresholds
    self.style = style
    self.moment = moment
    self.store = store
    self.inboxes = inboxes
    self.reports = reports
    self.archive = archive
    self.place = place
    self.readers = readers
    self.watch = watch
    self.tell = tell
  }

  /// Imports what is new and publishes the reports that changed.
  ///
  /// - Parameter waits: is told how many files wait for the next night.
  /// - Returns: whether somebody is needed, who was told of what then.
  public func run(waits: (Int) -> Void = { _ in }) throws -> Exit {
    var summary = ImportSummary()
    var unsettled: [LogFile] = []
    var seen: [String: SeenFiles] = [:]
    let places = inboxes.map { realPath($0.path) }
    for (inbox, place) in zip(inboxes, places) {
      let known =
        try seen[inbox.reading]
        ?? SeenFiles(try store.seenFiles(reading: inbox.reading), now: moment.seconds)
      seen[inbox.reading] = known
      let options = inbox.options
      let session = try ImportSession(
        store: store, options: options, reading: inbox.reading, moment: moment, isDryRun: false,
        isStrict: false, isForced: false, command: "nightly-import", seen: known,
        origin: inbox.origin, leavesUndone: true, watch: watch)
      var found = try inbox.files()
      // What lies in an inbox within this one is read as that one says.
      let within = places.filter { $0.hasPrefix(place + "/") }
      if !within.isEmpty {
        found.logs.removeAll { file in
          let path = realPath(file.path.string)
          return within.contains { path == $0 || path.hasPrefix($0 + "/") }
        }
      }
      if let patient = options.patient,
        ForgottenPeople(try store.tombstones()).contains(patient)
      {
        found.left += found.logs.map {
          ($0, "the person that the configuration names for it was forgotten. Take it away.")
        }
        found.logs = []
      }
      let (files, waiting) = settled(found)
      unsettled += waiting
      summary.add(try session.importAll(files))
    }
    if !unsettled.isEmpty { waits(unsettled.count) }
    let run = try store.beginRun(started: moment.text, command: "nightly", version: version)
    var news = News()
    var failure: Failure?
    let unread = unread(summary, unsettled)
    var published: Published?
    do {
      published = try publish(unread: unread)
      if let complaint = published?.complaint { news.add(complaint) }
      if let cohort = published?.cohort { addCalls(cohort, to: &news) }
      if let archive { failure = try move(summary.imported, to: archive) }
      try addRefusals(summary, to: &news)
      try addVersions(summary, to: &news)
      try addAge(to: &news)
    } catch {
      try? store.endRun(run, exit: Failure(error).exit.rawValue, seconds: moment.elapsed)
      throw error
    }
    // Told first, noted afterwards: a night that is killed between the two tells once more.
    if let failure { news.add(failure.sentence) }
    let isTold = news.sentences.map(tell).allSatisfy(\.self)
    let exit: Exit = failure?.exit ?? (news.sentences.isEmpty ? .done : .doneWithRefusals)
    try store.endNight(
      run,
      NightlyEnd(
        exit: exit.rawValue, seconds: moment.elapsed, cohortMadeOf: published?.madeOf,
        // What goes to the archive is no file of the inbox any more.
        seen: archive == nil ? seen.mapValues(\.current) : [:],
        told: isTold ? news.keys : [], unread: unread, started: moment.text,
        list: published?.cohort.map {
          ($0.asOf, $0.callNotes(told: isTold && settings.tellsChanges))
        }))
    return exit
  }

  /// Sentences that somebody should read, and what is noted once they were told.
  private struct News {
    var sentences: [String] = []
    var keys: [String] = []

    mutating func add(_ sentence: String, keys: [String] = []) {
      sentences.append(sentence)
      self.keys += keys
    }
  }

  // MARK: Before it begins

  /// Makes sure that the inbox can be read, and that nothing that lumbar writes lies in it.
  ///
  /// - Parameter mayBeFile: whether it may be a file, which need not be there every night.
  public static func check(
    inbox: String, mayBeFile: Bool = false, reports: String, archive: String?
  ) throws {
    var isFolder: ObjCBool = false
    let isThere = FileManager.default.fileExists(atPath: inbox, isDirectory: &isFolder)
    if mayBeFile, !isThere || !isFolder.boolValue {
      let folder = inbox.folderOfPath.isEmpty ? "." : inbox.folderOfPath
      guard FileManager.default.fileExists(atPath: folder) else {
        throw Failure(.noInput, "the inbox \(inbox) is not there, nor its folder. Create it.")
      }
      return
    }
    guard isThere else {
      throw Failure(.noInput, "the inbox \(inbox) is not there. Create it.")
    }
    guard isFolder.boolValue else {
      throw Failure(.noInput, "the inbox \(inbox) is not a folder. Name the folder of new logs.")
    }
    guard access(inbox, R_OK | X_OK) == 0 else {
      throw Failure(
        .noInput, "the inbox \(inbox) cannot be read: \(systemCause()). Check its permissions.")
    }
    func place(_ path: String) -> String { realPath(path) + "/" }
    for (key, path) in [("reports", reports), ("archive", archive)] {
      guard let path, place(path).hasPrefix(place(inbox)) else { continue }
      throw Failure(
        .configuration,
        "\(key) (\(path)) lies in the inbox, where it would be read as logs. Choose another folder."
      )
    }
  }

  // MARK: The inbox

  /// Files that nobody has written to for a while, and those that wait for the next night: they may
  /// be on their way.
  private func settled(_ found: FoundFiles) -> (files: FoundFiles, unsettled: [LogFile]) {
    let settle = Int64(settings.settleSeconds ?? 60)
    var files = found
    // A clock that is wrong must not keep a file out for ever: the future does not count, but for a
    // second of rounding.
    let waits = found.logs.map { file in
      guard settle > 0, let stamp = file.stamp else { return false }
      let age = moment.secondsNow - stamp.modified / 1_000_000_000
      return (-1..<settle).contains(age)
    }
    files.logs = zip(found.logs, waits).filter { !$0.1 }.map(\.0)
    return (files, zip(found.logs, waits).filter(\.1).map(\.0))
  }

  /// What of the inbox is not in the database, for those who ask how things stand.
  private func unread(_ summary: ImportSummary, _ unsettled: [LogFile]) -> [UnreadFile] {
    summary.failures.map { UnreadFile(path: $0.from.path.string, reason: $0.failure.sentence) }
      + unsettled.map {
        UnreadFile(
          path: $0.path.string,
          reason: "it was written to just before the night, and waits for the next one.")
      }
  }

  /// What nobody was told of yet: rows refused in new files, and files that are no data.
  private func addRefusals(_ summary: ImportSummary, to news: inout News) throws {
    // Asked of the database, not of this run: one that was killed told nobody.
    let untold = try store.untoldRefusals()
    if untold.rows > 0 {
      let rows = untold.rows == 1 ? "1 row was" : "\(untold.rows) rows were"
      news.add(
        "\(rows) refused in new files; lumbar rejections\(place) lists them.", keys: untold.files)
    }
    let unfinished = Set(summary.unfinished.map(\.path))
    for failed in summary.failures where !unfinished.contains(failed.from.path) {
      let key = (try? failed.from.open().sha256()) ?? SHA256.hex(of: failed.from.path.string.utf8)
      guard try !store.isTold(of: key) else { continue }
      news.add("\(failed.from.name): \(failed.failure.sentence)", keys: [key])
    }
  }

  /// What files do not hold any more that their earlier versions did, told once.
  private func addVersions(_ summary: ImportSummary, to news: inout News) throws {
    for version in try store.untoldVersions() {
      let (rows, are, stay, them) =
        version.rows == 1
        ? ("1 row", "is", "stays", "it") : ("\(version.rows) rows", "are", "stay", "them")
      news.add(
        "\(visible(version.name)): \(rows) of its earlier version \(are) no longer in it, and "
          + "\(stay). lumbar import --replace on the file takes \(them) back, replaces = true for "
          + "it in the configuration every night.", keys: [version.key])
    }
    for (from, file) in summary.imported {
      guard let found = file.found, !found.taken.isEmpty else { continue }
      let taken = found.taken.joined(separator: ", ")
      let key = SHA256.hex(of: "\(from.name) taken \(taken)".utf8)
      guard try !store.isTold(of: key) else { continue }
      news.add(
        "\(from.name): a table of no known format, taken so: \(taken). If that is wrong, write a "
          + "profile with lumbar profile sketch \(shellQuoted(from.path.string)) and name both in "
          + "an [[inbox]] of the configuration.", keys: [key])
    }
    for sentence in summary.lookAlikeSentences(place) { news.add(sentence + ".") }
    for (from, file) in summary.imported where !file.account.versions.renames.isEmpty {
      news.add(
        "\(from.name): an exercise may have been renamed. lumbar import --force --dry-run\(place) "
          + "\(shellQuoted(from.path.string)) names it and the line that joins both.")
    }
  }

  /// Whether new records still arrive, where the configuration asks that.
  private func addAge(to news: inout News) throws {
    guard let most = settings.maxDataAgeHours else { return }
    // Once a day, however often a night is run.
    let key = "age \(moment.day)"
    guard try !store.isTold(of: key) else { return }
    let look = "Look whether exports still reach the inbox; lumbar status\(place) tells more."
    guard let last = try store.lastDay() else {
      return news.add("no record has arrived yet. \(look)", keys: [key])
    }
    let days = Int(moment.day - last)
    guard days * 24 > most else { return }
    news.add("the newest record is of \(last), \(days) days ago. \(look)", keys: [key])
  }

  /// Ids in one message, at most.
  private static let mostTold = 50

  /// Who is new on the list to call, where the configuration asks that: ids, and names where it
  /// asks that too.
  private func addCalls(_ cohort: CohortFindings, to news: inout News) {
    guard settings.tellsChanges else { return }
    let people = cohort.untold
    guard !people.isEmpty else { return }
    let names = people.prefix(Night.mostTold).map { member in
      let name = settings.tellsNames ? member.name.map { " (\(visible($0)))" } : nil
      return visible(member.patient) + (name ?? "")
    }
    let more = people.count > names.count ? " and \(people.count - names.count) more" : ""
    news.add(
      "new on the list to call: \(names.joined(separator: ", "))\(more). The report of all in "
        + "\(visible(reports))/latest says why.")
  }

  // MARK: Reports

  /// What a night published.
  private struct Published {
    /// What the report of all was made of; nil when it is to be made anew.
    var madeOf: String?
    /// Says what could not be made.
    var complaint: String?
    /// What was found about all.
    var cohort: CohortFindings?
  }

  /// Publishes the reports of whoever changed, and that of all.
  ///
  /// - Returns: nil when there was none to make.
  private func publish(unread: [UnreadFile]) throws -> Published? {
    let formats =
      settings.formats.isEmpty
      ? reportFormats.filter(\.isUsual).map(\.name) : settings.formats
    guard let asOf = try store.lastDay() else {
      // What is linked tells of records that are gone.
      PublishedReports(folder: reports, formats: Set(formats), day: Day(number: 0)).prune(to: [])
      return nil
    }
    let period = Period(from: asOf - 29, to: asOf)
    let published = PublishedReports(
      folder: reports, formats: Set(formats), day: asOf, readers: readers,
      copies: settings.copiesLatest)
    let ground =
      "\(version) \(thresholds.version) \(formats.sorted().joined(separator: ",")) "
      + "\(style.language?.rawValue ?? "") \(style.paper.rawValue) "
      + settings.factors.joined(separator: ",") + store.aliases.text
      + (readers.group.map { " group \($0)" } ?? "") + (settings.copiesLatest ? " copies" : "")
    // What is known of earlier days is so under the names of then.
    let pastVersion = version + (store.aliases.isEmpty ? "" : " " + store.aliases.text)
    let everybody = try store.nightlyPatients(version: pastVersion)
    let book = try CallBook(store, on: moment.day, isNoted: true)
    let problems = try DataProblems(store, unread: unread)
    let reportNames = ReportNames(everybody.map(\.code))
    let night = NightlyReports(
      patients: everybody.filter { book.standings[$0.code]?.isDischarged != true },
      reportNames: reportNames, period: period,
      asOf: asOf,
      thresholds: thresholds, factors: settings.factors, style: style, published: published,
      ground: ground,
      refused: try store.rejectionCounts(), book: book,
      listMadeOf: "\(try book.madeOf(store)) \(problems.text)")
    // Who was discharged keeps what dated folders hold, and stands in `latest` no more.
    let away = Set(
      book.standings.filter(\.value.isDischarged).map { reportNames[$0.key] })
    published.prune(to: reportNames.all.subtracting(away).union(["cohort"]), away: away)
    let isDue = night.patients.map(night.isDue)
    let due = isDue.count { $0 }
    guard try due > 0 || night.isCohortDue(madeOf: store.cohortMadeOf()) else { return nil }
    try published.prepare()
    let order = try store.readingOrder(of: night.patients.map(\.code))
    // Whole diaries take room; where few are read, larger shares find their rows with fewer steps.
    let most = due * 8 < order.count ? min(128, max(32, order.count / 64)) : 32
    let shares = Parallel.shares(of: order.count, atMost: most)
    let done = try Parallel.run(
      parts: shares.count,
      threads: min(2, ProcessInfo.processInfo.activeProcessorCount),
      begin: { try shares.count > 1 ? store.anotherReader() : store },
      body: { own, share in
        let read = try own.readLogs { try night.read(order[shares[share]], due: isDue, $0) }
        return night.publish(read, due: isDue)
      })
    try published.settle()
    try store.note(done.flatMap(\.notes), version: pastVersion)
    var cohort = CohortFindings(
      period: period, asOf: asOf, thresholds: thresholds, book: book)
    cohort.append(done.map(\.group))
    cohort.problems = problems
    try published.publish(
      CohortReport(
        cohort, version: version, style: style,
        pages: formats.contains("html") ? reportNames.pages(of: night.patients.map(\.code)) : [:]),
      named: "cohort", threads: 2)
    try published.settle()
    let failures = done.flatMap(\.failures)
    published.clearLeftovers()
    if let keep = settings.keep { try published.retain(newest: keep) }
    guard let first = failures.first else {
      return Published(madeOf: night.cohortMadeOf, cohort: cohort)
    }
    if failures.count == due { throw first }
    return Published(
      complaint: "\(failures.count) of \(due) reports could not be written: \(first.sentence)",
      cohort: cohort)
  }

  /// Moves imported files out of the inbox, without the rows of forgotten people; one of the same
  /// name that is there already stays.
  ///
  /// - Returns: why some could not be moved; nil when all were.
  private func move(
    _ imported: [(from: LogFile, file: Imported)], to archive: String
  ) throws -> Failure? {
    guard !imported.isEmpty else { return nil }
    do { try makeFolder(archive) } catch { return Failure(error) }
    removeLeftovers(in: archive)
    let tombstones = try store.tombstones()
    let traces = PersonalTraces(of: ForgottenPeople(tombstones))
    var failures: [Failure] = []
    for (from, file) in imported {
      // Of a known file it is not known any more why rows were left out.
      let mayName = !tombstones.isEmpty && file.account.accounts.leftOut > 0
      do {
        try from.move(
          read: file.stamp, to: archive,
          clear: mayName ? { try traces.clear($0) != .removed } : nil)
      } catch {
        // One that cannot be moved keeps no other in the inbox.
        failures.append(Failure(error))
      }
    }
    guard let first = failures.first else { return nil }
    return failures.count == 1
      ? first
      : Failure(
        first.exit, "\(failures.count) files could not be moved to the archive: \(first.sentence)")
  }
}
