import Analysis
import Columns
import Foundation
import Records
import Reporting
import Storage

/// The reports of a night: of whoever changed, and of all together.
///
/// Of the others the report of all takes the rows of the last days alone, with what is known of the
/// days before them, however many these are.
struct NightlyReports {
  let patients: [NightlyPatient]
  let reportNames: ReportNames
  let period: Period
  let asOf: Day
  let thresholds: Thresholds
  let factors: [String]
  let style: ReportStyle
  let published: PublishedReports
  /// What reports rest on besides rows.
  let ground: String
  /// Refused rows by file and reason.
  let refused: [Int64: [String: Int]]
  /// What lists before this one noted, and a text that is another one when its list is.
  let book: CallBook
  let listMadeOf: String
  private let names = ExerciseNames()

  /// The week of the as-of day.
  private var week: Int32 { asOf.number / 7 }

  /// What the report of all is made of.
  var cohortMadeOf: String {
    "\(asOf) \(ground) \(patients.reduce(0) { $0 + $1.mark }) \(listMadeOf)"
  }

  private func madeOf(_ patient: NightlyPatient) -> String { "\(patient.mark) \(ground)" }

  /// Whether a patient's report is to be made anew: its rows or what it rests on changed, or it is
  /// older than a week and there is something to say of the period or the one before.
  func isDue(_ patient: NightlyPatient) -> Bool {
    guard let made = patient.madeOf?.split(separator: "|", maxSplits: 1),
      made.last.map(String.init) == madeOf(patient)
    else { return true }
    // Somebody took it away, or wants it elsewhere.
    if !published.isPublished(reportNames[patient.code]) { return true }
    let isOld = week - (made.first.flatMap { Int32($0) } ?? 0) > 1
    let isLongSilent = patient.past?.lastDay.map { $0 < period.from - period.count } ?? false
    return isOld && !isLongSilent
  }

  /// Whether the report of all is to be made anew.
  func isCohortDue(madeOf: String?) -> Bool {
    madeOf != cohortMadeOf || !published.isPublished("cohort")
  }

  /// What one part of the patients came to.
  struct Part {
    var group: CohortFindings
    var notes: [NightlyNote] = []
    var failures: [Failure] = []
  }

  /// What is read of some patients, by their places among all.
  struct Share {
    /// Of those whose past is known, the last days alone.
    fileprivate var behind: [(place: Int, table: PatientTable)] = []
    fileprivate var whole: [(place: Int, log: PatientLog)] = []
  }

  /// Reads some patients, all from one state.
  ///
  /// - Parameters:
  ///   - places: where they stand among all.
  ///   - isDue: of all, whose report is to be made anew.
  func read(_ places: some Sequence<Int>, due isDue: [Bool], _ reader: LogReader) throws -> Share {
    var share = Share()
    var whole: [Int] = []
    var behind: [(place: Int, past: Past)] = []
    for place in places {
      if !isDue[place], let first, let past = patients[place].past?.serving(from: first),
        past.answers?.reaches(asOf, thresholds: thresholds.version) == true
      {
        behind.append((place, past))
      } else {
        whole.append(place)
      }
    }
    let cut = try reader.logs(behind: behind.map { (patients[$0.place].code, $0.past) })
    for ((place, _), log) in zip(behind, cut) {
      guard let table = log.map(table) else { continue }
      if table.isPastEnough {
        share.behind.append((place, table))
      } else {
        whole.append(place)
      }
    }
    for (place, log) in zip(whole, try reader.logs(of: whole.map { patients[$0].code })) {
      if let log { share.whole.append((place, log)) }
    }
    return share
  }

  /// Publishes the reports of those of a share that are due.
  ///
  /// - Returns: their part of the report of all, and what the next night should know.
  func publish(_ share: Share, due isDue: [Bool]) -> Part {
    var part = Part(
      group: CohortFindings(period: period, asOf: asOf, thresholds: thresholds, book: book))
    for (place, table) in share.behind {
      add(analyze(table, by: thresholds, with: cohortAnalyses), at: place, to: &part)
    }
    for (place, log) in share.whole {
      let findings = analyze(
        table(log), by: thresholds, with: isDue[place] ? patientAnalyses : cohortAnalyses,
        factors: factors)
      let answers = add(findings, at: place, to: &part)
      var note = NightlyNote(
        code: findings.patient, mark: patients[place].mark,
        past: findings.table.past(before: first ?? period.from))
      // Rows of later days say more with every day that passes, though none of them changes.
      if log.lastDay.map({ $0 <= asOf }) ?? true { note.past.answers = answers }
      if isDue[place] {
        do {
          try publish(findings)
          note.madeOf = "\(week)|\(madeOf(patients[place]))"
        } catch {
          // One report that cannot be written keeps nobody else from theirs.
          part.failures.append(Failure(error))
        }
      }
      part.notes.append(note)
    }
    return part
  }

  /// The first day whose rows the report of all asks for.
  private var first: Day? { firstDay(of: period, for: cohortAnalyses) }

  private func table(_ log: PatientLog) -> PatientTable {
    PatientTable(log, period: period, asOf: asOf, names: names)
  }

  @discardableResult
  private func add(_ findings: PatientFindings, at place: Int, to part: inout Part) -> KeptAnswers {
    part.group.add(findings, at: place)
  }

  private func publish(_ findings: PatientFindings) throws {
    let report = PatientReport(findings, refused: refused, version: version, style: style)
    try published.publish(report, named: reportNames[findings.patient])
  }
}
