import ArgumentParser
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
        let night = try place.night(try place.settings())
        blocks = blocks.filter(night.isScheduled)
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
      let isOnlyOne = blocks.count == 1 && place.config == nil && place.database == nil
      guard
        let block = isOnlyOne
          ? blocks[0]
          : blocks.first(where: try place.night(try place.settings()).isScheduled)
      else {
        let others = blocks.map(\.line).joined(separator: "; ")
        throw Failure(
          .usage,
          "this configuration is not scheduled, but \(others). Say which with --config or --database."
        )
      }
      if !dryRun {
        let own = place.of(block)
        try keep(present, own, try own.settings())
        try present.without(block).install(inPlaceOf: present)
      }
      try printResult("\(dryRun ? "Would be removed" : "Removed"): \(visible(block.line))\n")
    }
  }
}
