import Analysis
import ArgumentParser
import Foundation
import Ingest
import Records
import Reporting
import Storage
import Workflows

/// `lumbar snooze`: somebody off the list for some days.
struct SnoozeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "snooze",
    abstract: "Takes somebody off the list to call for some days.",
    discussion: """
      Examples:
        lumbar snooze P00001 --for 14d
        lumbar snooze P00001 --for 2w --json

      Reports go on. What then still calls for it, or calls anew, is new on the list of the day \
      after. The foot of the list names who is snoozed. lumbar readmit ends a snooze, lumbar \
      import --undo with the run's number takes it back.
      """)

  @Argument(help: ArgumentHelp("The person's id.", valueName: "patient"))
  var patient: String

  @Option(
    name: .customLong("for"), help: ArgumentHelp("How long, as 14d or 2w.", valueName: "days"))
  var length: DayCount

  @OptionGroup var saying: StandingOptions

  func run() throws {
    let moment = Moment()
    let until = moment.day + length.days
    try saying.run(.snooze(until: until), patient, moment) { outcome in
      let id = visible(outcome.patient)
      if outcome.before?.isDischarged == true {
        return "\(id) is discharged, and on no list. Nothing was changed."
      }
      return outcome.run == nil
        ? "\(id) is snoozed until \(until) already. Nothing was changed."
        : "\(id) is off the list to call until \(until)."
    }
  }
}

/// `lumbar discharge`: somebody off the list, and without nightly reports.
struct DischargeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "discharge",
    abstract: "Takes somebody off the list to call and out of the nightly reports.",
    discussion: """
      Examples:
        lumbar discharge P00001
        lumbar discharge P00001 --json

      The next night takes the person's report out of the folder latest; the folders of days keep \
      theirs. Records stay, new ones are imported, and lumbar report goes on making reports. \
      lumbar readmit brings the person back, lumbar import --undo with the run's number takes the \
      discharge back.
      """)

  @Argument(help: ArgumentHelp("The person's id.", valueName: "patient"))
  var patient: String

  @OptionGroup var saying: StandingOptions

  func run() throws {
    try saying.run(.discharge, patient, Moment()) { outcome in
      let id = visible(outcome.patient)
      guard outcome.run == nil, case .discharged(let day) = outcome.before else {
        return "\(id) is discharged: on no list, and without nightly reports from the next night "
          + "on."
      }
      return "\(id) was discharged on \(day) already. Nothing was changed."
    }
  }
}

/// `lumbar readmit`: somebody back who was snoozed or discharged.
struct ReadmitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "readmit",
    abstract: "Brings somebody back who was discharged or snoozed.",
    discussion: """
      Examples:
        lumbar readmit P00001
        lumbar readmit P00001 --json

      From the next night on the person has reports again, and is on the list where something \
      calls for it.
      """)

  @Argument(help: ArgumentHelp("The person's id.", valueName: "patient"))
  var patient: String

  @OptionGroup var saying: StandingOptions

  func run() throws {
    try saying.run(.readmit, patient, Moment()) { outcome in
      let id = visible(outcome.patient)
      return outcome.run == nil
        ? "\(id) is neither discharged nor snoozed. Nothing was changed."
        : "\(id) is back, from the next night on."
    }
  }
}

/// What these commands have in common.
struct StandingOptions: ParsableArguments {
  @Flag(help: "Print what was done as JSON.")
  var json = false

  @OptionGroup var place: PlaceOptions

  /// Notes an act, and prints what was done.
  func run(
    _ act: StandingAct, _ patient: String, _ moment: Moment,
    saying sentence: (StandingRun.Outcome) -> String
  ) throws {
    let store = try place.writing(try place.databasePath(try place.settings()), moment)
    let outcome = try StandingRun(patient: storedID(patient), act).run(store, moment)
    guard json else {
      let undo = outcome.run.map { " lumbar import --undo \($0) takes that back." } ?? ""
      return try printResult(sentence(outcome) + undo + "\n")
    }
    let standing = try store.standings()[outcome.patient]
    var until: Figure = .none
    if case .snoozed(let day) = standing { until = .text(day.description) }
    try printResult(
      jsonDocument(
        .record([
          ("schema", .count(1)), ("run", outcome.run.map { Figure.count(Int($0)) } ?? .none),
          ("patient", .text(outcome.patient)),
          (
            "standing",
            .text(standing.map { $0.isDischarged ? "discharged" : "snoozed" } ?? "in-care")
          ), ("until", until), ("changed", .flag(outcome.run != nil)),
        ])))
  }
}
