import ArgumentParser
import Configuration
import Foundation
import Records
import Storage
import Workflows

extension ScheduleCommand {
  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Tells when the next runs are and how the last ones went.",
      discussion: """
        Examples:
          lumbar schedule show
          lumbar schedule show --config clinic.toml
        """)

    @OptionGroup var place: PlaceOptions

    func run() throws {
      var blocks = try Crontab.read().blocks()
      if place.config != nil || place.database != nil {
        blocks = blocks.filter {
          ScheduledNight.names($0, config: place.config, database: place.database)
        }
      }
      guard !blocks.isEmpty else {
        return try printResult("Nothing is scheduled. lumbar schedule install does it.\n")
      }
      try printResult(blocks.map(text).joined(separator: "\n"))
    }

    private func text(_ block: Crontab.Block) -> String {
      var text = "Scheduled: \(visible(block.line))\n"
      if let (minute, hour) = block.time,
        let next = Calendar.current.nextDate(
          after: Date(), matching: DateComponents(hour: hour, minute: minute),
          matchingPolicy: .nextTime)
      {
        let parts = Calendar.current.dateComponents([.year, .month, .day], from: next)
        let day = String(
          format: "%04d-%02d-%02d %02d:%02d", parts.year ?? 0, parts.month ?? 0, parts.day ?? 0,
          hour, minute)
        text += "Next run:  \(day)\n"
      }
      if let runs = try? place.of(block).reading().overview(runs: 50).runs {
        for run in runs.filter({ $0.command == "nightly" }).prefix(5) {
          let exit = run.exit.map { "exit \($0)" } ?? "did not finish"
          text += "Last run:  \(visible(run.started)), \(exit)\n"
        }
      }
      return text
    }
  }

  struct Remove: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Takes a night out of your crontab.",
      discussion: """
        Examples:
          lumbar schedule remove
          lumbar schedule remove --config clinic.toml

        Where more than one is scheduled, --config or --database says which.
        """)

    @Flag(help: "Show what would be removed and change nothing.")
    var dryRun = false

    @OptionGroup var place: PlaceOptions

    func run() throws {
      let present = try Crontab.read()
      let blocks = try present.blocks()
      guard !blocks.isEmpty else { return try printResult("Nothing was scheduled.\n") }
      let block = try chosen(of: blocks)
      if !dryRun {
        let own = place.of(block)
        try keep(present, own, (try? own.settings()) ?? Settings())
        try present.without(block).install(inPlaceOf: present)
      }
      try printResult("\(dryRun ? "Would be removed" : "Removed"): \(visible(block.line))\n")
    }

    /// The one that is meant; its configuration may be gone.
    private func chosen(of blocks: [Crontab.Block]) throws -> Crontab.Block {
      var found = blocks.filter {
        ScheduledNight.names($0, config: place.config, database: place.database)
      }
      if found.count > 1 {
        // Of several that fit, the one that this very call would install.
        let night = try? place.night(try place.settings())
        let own = found.filter { night?.isScheduled($0) ?? false }
        if !own.isEmpty { found = own }
      }
      guard found.count == 1 else {
        let what =
          found.isEmpty ? "this configuration is not scheduled" : "more than one is scheduled"
        let all = blocks.map(\.line).joined(separator: "; ")
        throw Failure(.usage, "\(what): \(all). Say which with --config or --database.")
      }
      return found[0]
    }
  }
}
