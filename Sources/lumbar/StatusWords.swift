import Analysis
import Foundation
import Records
import Reporting
import Storage
import Workflows

/// What `lumbar status` prints.
extension StatusCommand {
  private static func age(of day: Day, _ now: Moment) -> String {
    switch Int(now.day - day) {
    case ..<0: "in the future"
    case 0: "today"
    case 1: "yesterday"
    case let days: "\(days) days ago"
    }
  }

  func text(
    _ overview: Overview, _ gaps: DataGaps, _ silence: Int, _ away: [String: Standing],
    _ unread: [UnreadFile], _ now: Moment
  ) -> String {
    let kinds = Kind.allCases.filter { $0 != .patients }
    var lines = ([.patients] + kinds).map { kind in
      "\(kind.rowType.declaration.plural)".padding(toLength: 16, withPad: " ", startingAt: 0)
        + "\(overview.records[kind] ?? 0)"
    }
    lines.append("Refused rows    \(overview.refused)")
    if let first = overview.firstDay, let last = overview.lastDay {
      lines.append("Days            \(first) to \(last)")
      lines.append("Newest record   \(last), \(StatusCommand.age(of: last, now))")
    }
    if !gaps.days.isEmpty {
      let count = gaps.days.reduce(0) { $0 + $1.count }
      let latest = gaps.days.reversed().map { $0.count == 1 ? "\($0.from)" : "\($0)" }
      lines.append(
        "Gaps            \(count == 1 ? "1 day" : "\(count) days") without any record: "
          + listed(latest, atMost: 4))
    }
    if !gaps.silent.isEmpty {
      lines.append(
        "Silent          \(gaps.silent.count) of \(overview.patients) without a record in the last "
          + "\(silence) days: " + listed(gaps.silent.map(visible), atMost: 10))
    }
    let discharged = away.values.count { $0.isDischarged }
    if !away.isEmpty {
      lines.append(
        "Off the list    \(away.count - discharged) snoozed, \(discharged) discharged")
    }
    for file in unread.prefix(10) {
      lines.append(
        "Not read        \(visible(file.path)), since \(file.since.prefix(10)): "
          + "\(visible(file.reason))"
      )
    }
    if unread.count > 10 { lines.append("Not read        and \(unread.count - 10) more files") }
    if let nightly = overview.lastGoodNightly { lines.append("Good night      \(nightly)") }
    for run in overview.runs.prefix(5) {
      let exit = run.exit.map { "exit \($0)" } ?? "did not finish"
      lines.append(
        "Run \(run.id)".padding(toLength: 16, withPad: " ", startingAt: 0)
          + "\(visible(run.started)) \(visible(run.command)), \(exit)")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func listed(_ words: [String], atMost most: Int) -> String {
    words.prefix(most).joined(separator: ", ")
      + (words.count > most ? " and \(words.count - most) more" : "")
  }

  func document(
    _ overview: Overview, _ gaps: DataGaps, _ silence: Int, _ away: [String: Standing],
    _ unread: [UnreadFile], _ now: Moment
  ) -> String {
    jsonDocument(
      .record([
        ("schema", .count(1)), ("patients", .count(overview.patients)),
        (
          "records",
          .record(
            [("sessions", .count(overview.sessions))]
              + Kind.allCases.filter { $0 != .patients }.map { kind in
                // Those of the file of sessions are sets; sessions are made of them.
                (
                  kind == .sessions ? "sets" : kind.rawValue,
                  Figure.count(overview.records[kind] ?? 0)
                )
              })
        ), ("refused", .count(overview.refused)),
        (
          "gaps",
          .list(
            gaps.days.map {
              .record([
                ("from", .text($0.from.description)), ("to", .text($0.to.description)),
                ("days", .count($0.count)),
              ])
            })
        ),
        (
          "silent",
          .record([
            ("days", .count(silence)), ("patients", .list(gaps.silent.map(Figure.text))),
          ])
        ),
        ("snoozed", .count(away.values.count { !$0.isDischarged })),
        ("discharged", .count(away.values.count { $0.isDischarged })),
        (
          "runs",
          .list(
            overview.runs.map {
              .record([
                ("run", .count(Int($0.id))), ("started", .text($0.started)),
                ("command", .text($0.command)),
                ("version", .text($0.version)), ("exit", $0.exit.map(Figure.count) ?? .none),
                ("seconds", $0.seconds.map(Figure.number) ?? .none),
              ])
            })
        ), ("newest_record", overview.lastDay.map { .text($0.description) } ?? .none),
        ("newest_record_days_ago", overview.lastDay.map { .count(Int(now.day - $0)) } ?? .none),
        (
          "unread",
          .list(
            unread.map {
              .record([
                ("file", .text($0.path)), ("since", .text($0.since)), ("reason", .text($0.reason)),
              ])
            })
        ), ("last_good_nightly", overview.lastGoodNightly.map(Figure.text) ?? .none),
      ]))
  }
}
