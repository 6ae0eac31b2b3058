import Analysis
import Columns
import Exporting
import Foundation
import Records
import Reporting
import Storage

/// One call of report: whose, of which days, and where to.
public struct ReportRun {
  /// The database, to read it.
  public var store: Store
  /// The days that are reported on.
  public var days: ReportedDays
  /// The day that is reported as of.
  public var asOf: Day
  /// The day by which people come back onto the list; nil for the as-of day.
  public var today: Day?
  /// What counts as much.
  public var thresholds: Thresholds
  /// The factors that links are asked about.
  public var factors: [String]
  /// How reports look.
  public var style: ReportStyle
  /// Where reports go.
  public var target: ReportTarget
  /// Whether the report of all is written.
  public var withCohort: Bool
  /// Whether it alone is.
  public var isCohortAlone: Bool
  /// What hides who the reports are about; nil where nobody asked for it.
  public var pseudonyms: Deidentification?

  /// A call.
  public init(
    store: Store, days: ReportedDays, asOf: Day, thresholds: Thresholds,
    factors: [String] = [], style: ReportStyle,
    target: ReportTarget, withCohort: Bool, isCohortAlone: Bool, pseudonyms: Deidentification?,
    today: Day? = nil
  ) {
    self.store = store
    self.days = days
    self.asOf = asOf
    self.thresholds = thresholds
    self.factors = factors
    self.style = style
    self.target = target
    self.withCohort = withCohort
    self.isCohortAlone = isCohortAlone
    self.pseudonyms = pseudonyms
    self.today = today
  }

  /// Writes the reports of some people, and that of all.
  ///
  /// - Throws: when one of them is not there, or a report cannot be written.
  public func write(_ codes: [String]) throws {
    // The order of the reports says nothing of that of the real ids.
    let codes =
      pseudonyms.map { rule in
        codes.sorted { rule.code(of: $0) < rule.code(of: $1) }
      } ?? codes
    let refused = try store.rejectionCounts()
    let forgotten = try store.tombstones().count
    let fileNames = ReportNames(try store.patientCodes().map { pseudonyms?.code(of: $0) ?? $0 })
    let book = try CallBook(store, on: today ?? asOf)
    let empty = CohortFindings(
      days: days, asOf: asOf, thresholds: thresholds,
      book: pseudonyms.map { rule in book.naming { rule.code(of: $0) } } ?? book)
    let names = ExerciseNames()
    let analyses = isCohortAlone ? cohortAnalyses : patientAnalyses
    try target.prepare()
    // The more people at once, the fewer pages are read for two shares; many people make up for the
    // room.
    let most = isCohortAlone ? min(128, max(64, codes.count / 64)) : 64
    let shares = Parallel.shares(of: codes.count, atMost: most)
    // People of a share lie side by side in the file, wherever their ids stand in the alphabet.
    let order = try store.readingOrder(of: codes)
    // Every thread reads through a connection of its own; the order of the patients is kept.
    let done = try Parallel.run(
      parts: shares.count, threads: min(2, ProcessInfo.processInfo.activeProcessorCount),
      begin: {
        try shares.count > 1 ? store.anotherReader() : store
      },
      body: { own, part in
        let places = order[shares[part]]
        var group = empty
        var written: [(place: Int, target: ReportTarget)] = []
        // All of a share from one state; whoever writes does not wait for what is made of it.
        let logs = try own.readLogs {
          try $0.logs(of: places.map { codes[$0] })
        }
        for (place, log) in zip(places, logs) {
          let code = codes[place]
          guard let log else {
            throw Failure(
              .noInput, "there is no patient \(code). lumbar status counts who is there.")
          }
          let shown = pseudonyms?.masked(log) ?? log
          guard let own = days.days(of: shown, asOf: asOf) else {
            group.leaveOut()
            continue
          }
          let findings = analyze(
            PatientTable(shown, period: own.period, asOf: own.asOf, names: names), by: thresholds,
            with: analyses, factors: factors)
          if withCohort { group.add(findings, at: place) }
          if isCohortAlone { continue }
          let files = target.part
          let report = PatientReport(
            findings, refused: refused, version: version, style: style)
          try files.write(report, named: fileNames[findings.patient])
          written.append((place, files))
        }
        return (group, written)
      })
    var group = empty
    group.append(done.map(\.0))
    let problems = try DataProblems(store, unread: store.unreadFiles().filter(\.isThere))
    group.problems = pseudonyms.map { rule in problems.naming { rule.code(of: $0) } } ?? problems
    for (_, files) in done.flatMap(\.1).sorted(by: { $0.place < $1.place }) {
      target.append(files)
    }
    if group.withoutProgramme == codes.count, !codes.isEmpty {
      throw Failure(
        .noInput, "nobody has a programme that began by \(asOf). Import one, or give the days.")
    }
    if withCohort, target.folder != nil || isCohortAlone {
      try target.write(
        CohortReport(
          group, version: version, style: style,
          pages: !isCohortAlone && target.hasPages
            ? fileNames.pages(of: group.members.map(\.patient)) : [:]),
        named: "cohort", threads: 2)
    }
    let tombstones = try store.tombstones()
    if tombstones.count > forgotten {
      let people = ForgottenPeople(tombstones)
      for (place, files) in done.flatMap(\.1) where people.contains(codes[place]) { files.remove() }
      if withCohort { target.remove(named: "cohort") }
      throw Failure(
        .busy,
        "somebody was forgotten while the reports were made. Theirs, and that of all, are taken "
          + "away; "
          + "make that one anew.")
    }
  }
}
