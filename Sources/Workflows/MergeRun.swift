import Foundation
import Records
import Storage

/// One call of merge: two ids of one person become one.
public struct MergeRun {
  private let old: String
  private let new: String

  /// A call.
  ///
  /// - Parameters:
  ///   - old: the id that goes, as it is stored.
  ///   - new: the id that stays.
  public init(old: String, new: String) {
    self.old = old
    self.new = new
  }

  /// What was joined.
  public struct Outcome {
    /// The run, by which it is undone.
    public var run: Int64
    /// What became of the records.
    public var people: MergedPeople
    /// Report files of the id that went, which are gone.
    public var reports: Int
    /// Reports of everybody, which are gone.
    public var cohortReports: Int
  }

  /// Makes sure that they are two.
  public func check() throws {
    guard old != new else {
      throw Failure(.usage, "\(visible(old)) is one id. Say two, the one that goes first.")
    }
  }

  /// Joins them.
  ///
  /// - Parameters:
  ///   - store: the database, to write to it.
  ///   - reports: the folder of reports.
  public func run(_ store: Store, reports: String, _ moment: Moment) throws -> Outcome {
    try check()
    let codes = try store.patientCodes()
    let merged = try store.mergedIDs()
    for id in [old, new] where !codes.contains(id) {
      if let other = merged[id] {
        throw Failure(
          .noInput, "\(visible(id)) was joined with \(visible(other)) before. Nothing was changed.")
      }
      throw Failure(
        .noInput,
        "there is no patient \(visible(id)). lumbar status counts who is there. Nothing was "
          + "changed."
      )
    }
    // Named among those who were there with the person.
    let fileNames = ReportNames(codes)
    let run = try store.beginRun(started: moment.text, command: "merge", version: version)
    do {
      guard let people = try store.merge(old, into: new, run: run) else {
        throw Failure(.noInput, "there is no patient \(visible(old)) or \(visible(new)).")
      }
      let traces = PersonalTraces(
        of: old, reports: fileNames[old], name: nil, pseudonym: nil, sources: [])
      let gone = try traces.removeReports(below: reports)
      try store.endRun(run, exit: Exit.done.rawValue, seconds: moment.elapsed)
      return Outcome(run: run, people: people, reports: gone.own, cohortReports: gone.cohort)
    } catch {
      try? store.endRun(run, exit: Failure(error).exit.rawValue, seconds: moment.elapsed)
      throw error
    }
  }
}
