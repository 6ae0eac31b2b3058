import Analysis
import ArgumentParser
import Configuration
import Reporting
import Workflows

/// The language of reports.
struct LanguageOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "en, de, es or fr; the patient's own language otherwise, where it is one of them.",
      valueName: "language"),
    completion: .list(Language.allCases.map(\.rawValue)))
  var language: String?

  /// What was chosen; the option goes before the configuration.
  func chosen(_ settings: Settings) throws -> Language? {
    guard let code = firstGiven(language, nil, settings.language) else { return nil }
    guard let chosen = Language(code: code) else {
      throw Failure(
        language == nil ? .configuration : .usage,
        "there are reports in English (en), German (de), Spanish (es) and French (fr), not in "
          + "\(code).")
    }
    return chosen
  }
}

/// How a report looks: language, parts, paper, free text.
struct StyleOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Parts of text and workbook, separated by commas: \(sectionNames).", valueName: "parts"),
    completion: .list(ReportSection.allCases.map(\.rawValue)))
  var sections: String?

  @OptionGroup var words: LanguageOption

  @Option(
    help: ArgumentHelp("a4 or letter.", valueName: "paper"),
    completion: .list(Paper.allCases.map(\.rawValue)))
  var paper: String?

  @Flag(name: .customLong("no-notes"), help: "Leave free text of the diary out.")
  var leavesNotesOut = false

  @Flag(help: "Text without bars, for mail programs whose letters are not of one width.")
  var plain = false

  /// What was chosen; a flag goes before the configuration.
  func style(_ settings: Settings) throws -> ReportStyle {
    var style = ReportStyle()
    style.language = try words.chosen(settings)
    if let name = firstGiven(paper, nil, settings.paper) {
      guard let paper = Paper(rawValue: name.lowercased()) else {
        throw Failure(
          self.paper == nil ? .configuration : .usage, "paper is a4 or letter, not \(name).")
      }
      style.paper = paper
    }
    if let sections { style.sections = try StyleOptions.chosen(sections) }
    style.showsNotes = !leavesNotesOut
    style.showsBars = !plain
    return style
  }

  fileprivate static func chosen(_ list: String) throws -> Set<ReportSection> {
    let names = list.split(separator: ",").map { $0.lowercased().filter { $0 != " " } }
    let sections = try names.map { name in
      guard let section = ReportSection(rawValue: name) else {
        throw Failure(.usage, "there is no section \(name). There are \(sectionNames).")
      }
      return section
    }
    guard !sections.isEmpty else {
      throw Failure(.usage, "--sections takes some of \(sectionNames).")
    }
    return Set(sections)
  }
}

extension Settings {
  /// The style that the configuration alone asks for.
  func reportStyle() throws -> ReportStyle {
    var options = StyleOptions()
    options.sections = nil
    options.words = LanguageOption()
    options.words.language = nil
    options.paper = nil
    options.leavesNotesOut = false
    options.plain = false
    return try options.style(self)
  }

  /// The thresholds of the configuration, if all of them exist.
  func knownThresholds() throws -> Thresholds {
    do {
      return try Thresholds(changing: thresholds)
    } catch {
      throw Failure(.configuration, "\(error)")
    }
  }
}

/// The names of all parts, for messages.
private let sectionNames = ReportSection.allCases.map(\.rawValue).joined(separator: ", ")
