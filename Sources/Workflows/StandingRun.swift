import Foundation
import Records
import Storage

/// One call of snooze, discharge or readmit.
public struct StandingRun {
  private let patient: String
  private let act: StandingAct

  /// A call about somebody, by the id as it is stored.
  public init(patient: String, _ act: StandingAct) {
    self.patient = patient
    self.act = act
  }

  /// What was done.
  public struct Outcome {
    /// The run, by which it is undone; nil where there was nothing to do.
    public var run: Int64?
    /// Whose standing it is: the id that stays, where another one was joined with it.
    public var patient: String
    /// What was said of the person before; a snooze that is over is none.
    public var before: Standing?
  }

  /// Notes it.
  ///
  /// - Throws: `Failure` of the code 66 for nobody of that id.
  public func run(_ store: Store, _ moment: Moment) throws -> Outcome {
    let code = try store.mergedIDs()[patient] ?? patient
    guard try store.patientCodes().contains(code) else {
      throw Failure(
        .noInput,
        "there is no patient \(visible(patient)). lumbar status counts who is there. Nothing was "
          + "changed.")
    }
    let before = try store.standings()[code].flatMap { $0.holds(on: moment.day) ? $0 : nil }
    guard isNews(after: before) else { return Outcome(run: nil, patient: code, before: before) }
    let run = try store.beginRun(started: moment.text, command: act.word, version: version)
    do {
      guard try store.note(act, of: code, run: run, on: moment.day) else {
        throw Failure(.noInput, "there is no patient \(visible(patient)).")
      }
      try store.endRun(run, exit: Exit.done.rawValue, seconds: moment.elapsed)
    } catch {
      try? store.endRun(run, exit: Failure(error).exit.rawValue, seconds: moment.elapsed)
      throw error
    }
    return Outcome(run: run, patient: code, before: before)
  }

  /// Whether anything is to be noted: nobody is snoozed who is discharged.
  private func isNews(after before: Standing?) -> Bool {
    switch act {
    case .snooze(let until): before != .snoozed(until: until) && before?.isDischarged != true
    case .discharge: before?.isDischarged != true
    case .readmit: before != nil
    }
  }
}
