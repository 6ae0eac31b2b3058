import ArgumentParser
import Foundation
import Records
import Workflows

/// The program: parses the command line, runs one command, and turns whatever happens into an exit
/// code and a sentence.
@main
struct Lumbar: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lumbar",
    abstract: "Turns the logs of a back-pain exercise programme into progress reports.",
    discussion: """
      Examples:
        lumbar import Fixtures/month
        lumbar report --all --month 2026-10
      """,
    version: version,
    subcommands: [
      ImportCommand.self, ReportCommand.self, NightlyCommand.self, ScheduleCommand.self,
      ExplainCommand.self, StatusCommand.self,
      RejectionsCommand.self, ExportCommand.self,
      BackupCommand.self, RestoreCommand.self, PurgeCommand.self, ForgetCommand.self,
      MergeCommand.self,
      SnoozeCommand.self, DischargeCommand.self, ReadmitCommand.self,
      ProfileCommand.self, TableCommand.self, TemplateCommand.self, SelftestCommand.self,
    ]
  )

  static func main() {
    // Health data: nothing that is created is for others, and no memory image is left behind.
    umask(0o077)
    var limit = rlimit(rlim_cur: 0, rlim_max: 0)
    setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &limit)
    // No file of ours ever takes the place of a closed standard stream: writing to it fails.
    for descriptor in 0...2 as ClosedRange<Int32> where fcntl(descriptor, F_GETFD) < 0 {
      _ = open("/dev/null", O_RDONLY)
    }
    // A closed pipe is an error of the write to it, not the end of the process.
    signal(SIGPIPE, SIG_IGN)
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch  where exitCode(for: error) == .failure {
      // Neither help nor a wrong command line: an error of ours.
      let failure = Failure(error)
      if !failure.sentence.isEmpty { say("lumbar: \(failure.sentence)") }
      Foundation.exit(failure.exit.rawValue)
    } catch  where exitCode(for: error) == .success {
      exit(withError: error)
    } catch {
      // What was typed is shown on one line, as everywhere.
      let (typed, whole) = (message(for: error), fullMessage(for: error))
      let shown = typed.isEmpty ? whole : whole.replacing(typed, with: visible(typed))
      for line in shown.split(separator: "\n", omittingEmptySubsequences: false) {
        say(String(line))
      }
      Foundation.exit(exitCode(for: error).rawValue)
    }
  }
}
