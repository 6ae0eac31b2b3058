import Analysis
import ArgumentParser
import Configuration
import Foundation
import Ingest
import Records
import Reporting
import Storage
import Workflows

/// `lumbar import`: files and folders into the database.
struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Imports session logs, diaries, measurements and programmes.",
    discussion: """
      Examples:
        lumbar import Fixtures/month
        lumbar import diary.csv --patient P00001 --profile split-date
        lumbar import --undo 3

      The kind of data is found from the content. A file that was imported before changes nothing.
      Refused rows are kept with their reason: see lumbar rejections.
      """)

  @Argument(help: "Files or folders; - is standard input.")
  var paths: [String] = []

  @OptionGroup var reading: ReadingFlags

  @Flag(help: "Say what would happen and change nothing.")
  var dryRun = false

  @Flag(help: "Refuse a file as a whole when one of its rows is refused.")
  var strict = false

  @Flag(help: "Read files again that were imported before.")
  var force = false

  @Option(help: ArgumentHelp("Take back what a run imported; see lumbar status.", valueName: "run"))
  var undo: Int64?

  @Flag(help: "Take back rows of a file's earlier versions that are no longer in it.")
  var replace = false

  @Flag(help: "Print the account as JSON.")
  var json = false

  @OptionGroup var place: PlaceOptions

  func validate() throws {
    if paths.isEmpty, undo == nil {
      throw ValidationError("Missing expected argument '<paths> ...'")
    }
    if undo != nil, !paths.isEmpty || dryRun || strict || force || replace {
      throw ValidationError("--undo takes a run's number alone.")
    }
  }

  func run() throws {
    let moment = Moment()
    if let undo { return try takeBack(undo, moment) }
    let settings = try place.settings()
    var options = try reading.options(settings, moment)
    options.firstBatchRows = 2_048
    let files = try FoundFiles(at: paths)
    let store = try openStore(try place.databasePath(settings), moment)
    var origin = reading.origin(options)
    origin.goesByName = true
    origin.replaces = replace
    let session = try ImportSession(
      store: store, options: options, reading: try reading.key(), moment: moment,
      isDryRun: dryRun, isStrict: strict, isForced: force, origin: origin,
      watch: { Progress($0, total: $1) })
    let summary = try session.importAll(files)
    try printResult(json ? summary.json : summary.text)
    for line in summary.complaints { say("lumbar: \(line)") }
    if let failure = summary.failure { throw failure }
  }

  private func takeBack(_ run: Int64, _ moment: Moment) throws {
    let store = try place.writing(try place.databasePath(try place.settings()), moment)
    let undoing = try store.beginRun(started: moment.text, command: "undo", version: version)
    let result: UndoneRun
    do {
      result = try store.undo(run: run, by: undoing)
    } catch {
      try store.endRun(undoing, exit: Failure(error).exit.rawValue, seconds: moment.elapsed)
      throw error
    }
    try store.endRun(undoing, exit: Exit.done.rawValue, seconds: moment.elapsed)
    try printResult(
      json
        ? jsonDocument(
          .record([
            ("schema", .count(1)), ("undone", .count(Int(run))), ("files", .count(result.files)),
            ("removed", .count(result.removed)), ("restored", .count(result.restored)),
          ]))
        : "Run \(run) undone: \(result.files) \(result.files == 1 ? "file" : "files"), "
          + "\(result.removed) records removed, \(result.restored) corrections taken back.\n")
  }

  private func openStore(_ path: String, _ moment: Moment) throws -> Store {
    if dryRun, !FileManager.default.fileExists(atPath: path) { return try Store.inMemory() }
    // Only lumbar's own folder is made; the folder of a path that somebody named may be misspelled,
    // or its disk not be there tonight.
    let parent = path.folderOfPath
    if try place.databaseIsNamed(place.settings()), !parent.isEmpty,
      !FileManager.default.fileExists(atPath: parent)
    {
      throw Failure(
        .cannotCreate, "the folder \(parent) does not exist. Create it, or choose another database."
      )
    }
    let store = try Store.open(creating: path, now: moment.seconds)
    store.whileLooking = watchedLook
    store.zoneNamed = { zoneRules(named: $0) }
    try store.requireSound()
    return store
  }
}
