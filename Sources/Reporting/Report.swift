import Analysis
import Records

/// A report before any format: words chosen, figures found. A format shows it, and neither computes
/// nor words anything.
public protocol Report: Sendable {
  /// What it is, with its days.
  var title: String { get }
  /// The day that stands for when it was made, so that the same rows give the same bytes.
  var created: Day { get }
  /// The paper that it is set up for.
  var paper: Paper { get }
  /// In short: for a page of text.
  var page: [PageBlock] { get }
  /// For a screen: answers as cards, and what stands behind them.
  var screen: Screen { get }
  /// In full: a section for each part that was chosen.
  var sections: [Section] { get }
  /// Every figure, with the keys of the JSON.
  var figures: Figure { get }
  /// The main figures as rows under a header, for statistics packages.
  var rows: (header: [String], rows: [[Figure]]) { get }
}

extension Report {
  /// Its sections alone, for reports without questions.
  public var screen: Screen {
    let words = Words(.english)
    return Screen(
      language: .english, title: title, about: "", further: sections,
      safety: (words[.safetyHeading], words.list(.safetyLines)), numbersOf: words[.numbersOf])
  }
}
