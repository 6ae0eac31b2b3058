import Analysis
import ArgumentParser
import Configuration
import Reporting
import Workflows

/// How a report looks: language, parts, paper, free text.
struct StyleOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      Parts of text and workbook, separated by commas: summary, adherence, pain, flexibility, \
      exercises, associations, findings, data, notes.
      """, valueName: "parts"))
  var sections: String?

  @Option(
    help: ArgumentHelp(
      "en or de; the patient's own language otherwise, where it is one of them.",
      valueName: "language"))
  var language: String?

  @Option(help: ArgumentHelp("a4 or letter.", valueName: "paper"))
  var paper: String?

  @Flag(name: .customLong("no-notes"), help: "Leave free text of the diary out.")
  var leavesNotesOut = false

  /// What was chosen; a flag goes before the configuration.
  func style(_ settings: Settings) throws -> ReportStyle {
    var style = ReportStyle()
    if let code = firstGiven(language, nil, settings.language) {
      guard let language = Language(code: code) else {
        throw Failure(
          self.language == nil ? .configuration : .usage,
          "there are reports in English (en) and German (de), not in \(code).")
      }
      style.language = language
    }
    if let name = firstGiven(paper, nil, settings.paper) {
      guard let paper = Paper(rawValue: name.lowercased()) else {
        throw Failure(
          self.paper == nil ? .configuration : .usage, "paper is a4 or letter, not \(name).")
      }
      style.paper = paper
    }
    if let sections { style.sections = try StyleOptions.chosen(sections) }
    style.showsNotes = !leavesNotesOut
    return style
  }

  fileprivate static func chosen(_ list: String) throws -> Set<ReportSection> {
    let names = list.split(separator: ",").map { $0.lowercased().filter { $0 != " " } }
    let known = ReportSection.allCases.map(\.rawValue).joined(separator: ", ")
    let sections = try names.map { name in
      guard let section = ReportSection(rawValue: name) else {
        throw Failure(.usage, "there is no section \(name). There are \(known).")
      }
      return section
    }
    guard !sections.isEmpty else { throw Failure(.usage, "--sections takes some of \(known).") }
    return Set(sections)
  }
}

extension Settings {
  /// The style that the configuration alone asks for.
  func reportStyle() throws -> ReportStyle {
    var options = StyleOptions()
    options.sections = nil
    options.language = nil
    options.paper = nil
    options.leavesNotesOut = false
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
