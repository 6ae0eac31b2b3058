/// A part of a patient's report that can be chosen.
public enum ReportSection: String, CaseIterable, Sendable {
  case summary, adherence, pain, flexibility, questionnaires, exercises, associations, findings
  case data, notes
}

/// The paper that sheets are set up for.
public enum Paper: String, CaseIterable, Sendable {
  case a4, letter
}

/// What a reader chose of a report: language, parts, paper. Figures do not depend on it.
public struct ReportStyle: Sendable {
  /// The language of the words; nil takes the patient's own, English where none is known.
  public var language: Language?
  /// Parts of the text and the workbook; the JSON always holds every figure.
  public var sections = Set(ReportSection.allCases)
  /// The paper of the sheets.
  public var paper = Paper.a4
  /// Whether free text of the diary, such as notes and reasons, is shown.
  public var showsNotes = true
  /// Whether the text draws bars and rows of marks, which want letters of one width.
  public var showsBars = true

  /// Everything, in the patient's language, on A4.
  public init() {}
}
