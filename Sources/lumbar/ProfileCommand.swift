import Analysis
import ArgumentParser
import Configuration
import Foundation
import Ingest
import Records
import Reporting
import Storage
import Workflows

/// `lumbar profile`: how files of other origins are read.
struct ProfileCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "profile",
    abstract: "Lists, drafts and tries import profiles.",
    discussion: """
      Examples:
        lumbar profile sketch diary.csv > diary.toml
        lumbar profile test diary.csv --profile diary.toml
      """,
    subcommands: [List.self, Sketch.self, Test.self])

  /// `lumbar profile list`.
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list",
      abstract: "Lists the built-in profiles, and the formats of other programs.",
      discussion: """
        Examples:
          lumbar profile list
          lumbar profile list --json
        """)

    @Flag(help: "Print as JSON.")
    var json = false

    func run() throws {
      let profiles = try builtInProfiles().map { profile in
        let kinds = Kind.allCases.filter { kind in profile.layouts.contains { $0.kind == kind } }
        return (name: profile.name, about: profile.about, kinds: kinds)
      }
      let entries = (profiles + foreignFormats).sorted(by: { $0.name < $1.name }).map { entry in
        (name: entry.name, about: entry.about, kinds: entry.kinds.map(\.rawValue))
      }
      try printResult(
        json
          ? jsonDocument(
            .list(
              entries.map {
                .record([
                  ("name", .text($0.name)), ("about", .text($0.about)),
                  ("kinds", .list($0.kinds.map(Figure.text))),
                ])
              }))
          : entries.map { "\($0.name)  \($0.kinds.joined(separator: ", ")): \($0.about)\n" }
            .joined())
    }
  }

  /// `lumbar profile sketch`.
  struct Sketch: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "sketch", abstract: "Drafts a profile from a CSV file.",
      discussion: """
        Examples:
          lumbar profile sketch diary.csv > diary.toml
          lumbar profile sketch diary.csv --json
          lumbar profile sketch redcap.csv --dictionary dictionary.csv > redcap.toml

        Each line says why. A line with "?" is for you to settle: a draft with one does not import.
        Look it over, then import with --profile diary.toml.
        """)

    @Argument(help: ArgumentHelp("The file; - is standard input.", valueName: "file"))
    var file: String

    @Option(
      help: ArgumentHelp("The data dictionary of an export of REDCap.", valueName: "file"))
    var dictionary: String?

    @Option(help: ArgumentHelp("The instrument of REDCap whose rows are meant.", valueName: "name"))
    var instrument: String?

    @Flag(
      help: "Ask what is not sure, line by line, on the terminal, and write the profile to a file.")
    var interactive = false

    @Flag(help: "Print as JSON.")
    var json = false

    /// Asks on the terminal what a draft leaves open.
    private func settledByPerson(_ draft: String) throws -> String {
      guard isatty(STDIN_FILENO) != 0 else {
        throw Failure(
          .usage,
          "--interactive asks on a terminal, and there is none. Leave it out, and edit the "
            + "draft.")
      }
      var text = draft
      var passed = 0
      while let question = draftQuestions(in: text).dropFirst(passed).first {
        say("\(visible(question.key)): \(visible(question.why))")
        say("  Write what is right, an empty line to take it out, or ? to leave it open:")
        guard let answer = readLine() else { break }
        let word = answer.trimmingCharacters(in: .whitespaces)
        if word == "?" {
          passed += 1
        } else {
          text = settled(text, question, with: word.isEmpty ? nil : word)
        }
      }
      return text
    }

    /// How files of known formats are read.
    private func known() throws -> ReadingOptions {
      var options = ReadingOptions(latestDay: Moment().day + 1)
      options.profiles = try builtInProfiles()
      return options
    }

    private func sample(_ path: String, rows: Int) throws -> TableSample {
      do {
        return try TableSample(try openInput(path), rows: rows)
      } catch let error as IngestError {
        throw Failure(.notData, "\(path): \(error)")
      }
    }

    func run() throws {
      let sample = try sample(file, rows: 500)
      var fields: REDCapDictionary?
      if let dictionary {
        fields = REDCapDictionary(try self.sample(dictionary, rows: 20_000))
        guard fields != nil else {
          throw Failure(
            .notData,
            "\(dictionary) is no data dictionary of REDCap: its first line names no "
              + "\"Variable / Field Name\" or field_name. Download it under Data Dictionary.")
        }
      }
      let stem = file.stemOfPath
      let sketch = ProfileSketch(
        sample, name: stem.isEmpty || stem == "-" ? "own" : stem, dictionary: fields,
        instrument: instrument)
      if let kind = kindOfTable(try openInput(file), options: try known()) {
        say(
          "\(file) is of a known format (\(kind.rawValue)) and needs no profile: lumbar import "
            + file)
      }
      if sketch.draft.isEmpty {
        throw Failure(.notData, "\(file): \(DraftedTable.nothingFound)")
      }
      if interactive, !json {
        let profile = try settledByPerson(sketch.toml)
        guard isatty(STDOUT_FILENO) != 0 else { return try printResult(profile) }
        let place = "\(stem.isEmpty || stem == "-" ? "own" : stem).toml"
        guard !FileManager.default.fileExists(atPath: place) else {
          throw Failure(.cannotCreate, "\(place) is there already. Move it, or add > OTHER.toml.")
        }
        do {
          try profile.write(toFile: place, atomically: true, encoding: .utf8)
        } catch {
          throw Failure(.cannotCreate, "\(place) cannot be written. Choose another folder.")
        }
        say("Written to \(place). Import with: lumbar import \(file) --profile \(place)")
        return
      }
      guard json else { return try printResult(sketch.toml) }
      try printResult(
        jsonDocument(
          .record([
            ("kind", sketch.kind.map { .text($0.rawValue) } ?? .none),
            (
              "columns",
              .list(
                sketch.columns.map {
                  .record([("field", .text($0.field.name)), ("column", .text($0.column))])
                })
            ),
            ("doubts", .list(sketch.doubts.map(Figure.text))), ("toml", .text(sketch.toml)),
          ])))
    }
  }

  /// `lumbar profile test`.
}

/// The file of a command that reads one.
func openInput(_ path: String) throws -> InputFile {
  path == "-" ? try InputFile(standardInput: ()) : try InputFile(path: path)
}
