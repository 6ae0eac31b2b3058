/// A language that reports can be written in.
public enum Language: String, CaseIterable, Sendable {
  case english = "en"
  case german = "de"
  case spanish = "es"
  case french = "fr"

  /// The language of a code or name such as `de`, `de-AT`, `German` or `Deutsch`; nil for others.
  public init?(code: String) {
    let start = code.lowercased().prefix { $0.isLetter }
    switch start {
    case "en", "eng", "english", "englisch": self = .english
    case "de", "deu", "ger", "german", "deutsch": self = .german
    case "es", "spa", "spanish", "spanisch", "español", "espanol", "castellano": self = .spanish
    case "fr", "fra", "fre", "french", "französisch", "français", "francais": self = .french
    default: return nil
    }
  }
}

/// What has its own words in every language.
protocol Worded: Sendable {
  var english: String { get }
  var german: String { get }
  var spanish: String { get }
  var french: String { get }
}

extension Worded {
  /// The words in a language.
  func text(in language: Language) -> String {
    switch language {
    case .english: english
    case .german: german
    case .spanish: spanish
    case .french: french
    }
  }
}

extension Phrase: Worded {}
extension CohortPhrase: Worded {}
extension BookPhrase: Worded {}
extension ScreenPhrase: Worded {}
extension Definition: Worded {}

/// The fixed words of a report in one language; the phrases themselves stand in `Phrase`.
struct Words: Sendable {
  let language: Language

  init(_ language: Language) { self.language = language }

  /// A phrase without gaps.
  subscript(phrase: Phrase) -> String { phrase.text(in: language) }

  /// A phrase of a cohort's report without gaps.
  subscript(phrase: CohortPhrase) -> String { phrase.text(in: language) }

  /// A phrase of a workbook without gaps.
  subscript(phrase: BookPhrase) -> String { phrase.text(in: language) }

  /// A phrase of a page for a screen without gaps.
  subscript(phrase: ScreenPhrase) -> String { phrase.text(in: language) }

  /// A phrase of a page for a screen with its gaps filled.
  func callAsFunction(_ phrase: ScreenPhrase, _ parts: String...) -> String {
    Words.filled(self[phrase], parts)
  }

  /// The words of a phrase of a page for a screen that lists several, parted by bars.
  func list(_ phrase: ScreenPhrase) -> [String] {
    Words.members(self[phrase])
  }

  /// A phrase of a workbook with its gaps filled.
  func callAsFunction(_ phrase: BookPhrase, _ parts: String...) -> String {
    Words.filled(self[phrase], parts)
  }

  /// The words of a phrase of a workbook that lists several, parted by bars.
  func list(_ phrase: BookPhrase) -> [String] {
    Words.members(self[phrase])
  }

  /// A phrase of a cohort's report with its gaps filled.
  func callAsFunction(_ phrase: CohortPhrase, _ parts: String...) -> String {
    Words.filled(self[phrase], parts)
  }

  /// The words of a phrase of a cohort's report that lists several, parted by bars.
  func list(_ phrase: CohortPhrase) -> [String] {
    Words.members(self[phrase])
  }

  /// A phrase with its gaps `{1}`, `{2}` and so on filled.
  func callAsFunction(_ phrase: Phrase, _ parts: String...) -> String {
    Words.filled(self[phrase], parts)
  }

  /// A template with its gaps filled. Signs of markup are ASCII, so that bytes are looked at.
  static func filled(_ template: String, _ parts: [String]) -> String {
    var text = ""
    var rest = template.utf8[...]
    while let open = rest.firstIndex(of: UInt8(ascii: "{")) {
      text += String(Substring(rest[..<open]))
      rest = rest[rest.index(after: open)...]
      let close = rest.firstIndex(of: UInt8(ascii: "}")) ?? rest.endIndex
      if let number = Int(Substring(rest[..<close])), parts.indices.contains(number - 1) {
        text += parts[number - 1]
      }
      rest = close < rest.endIndex ? rest[rest.index(after: close)...] : rest[close...]
    }
    return text + String(Substring(rest))
  }

  /// The members of a phrase, parted by bars.
  private static func members(_ text: String) -> [String] {
    text.utf8.split(separator: UInt8(ascii: "|")).map { String(Substring($0)) }
  }

  /// A number with its noun, as `1 day` or `3 days`; the noun's two forms are parted by a bar.
  func count(_ number: Int, _ noun: Phrase) -> String {
    let forms = list(noun)
    // French says "0 jour", the others "0 days".
    let isOne = number == 1 || number == 0 && language == .french
    return "\(number) \((isOne ? forms.first : forms.last) ?? "")"
  }

  /// What a phrase with two meanings parted by a bar says for yes and for no.
  func either(_ isFirst: Bool, _ phrase: Phrase) -> String {
    let forms = list(phrase)
    return (isFirst ? forms.first : forms.last) ?? ""
  }

  /// A term of the registry of thresholds in this language; names of publications stay as they are.
  func registryTerm(_ term: String) -> String {
    guard let place = Words(.english).list(.registryTerms).firstIndex(of: term) else { return term }
    return list(.registryTerms)[place]
  }

  /// The words of a phrase that lists several, parted by bars.
  func list(_ phrase: Phrase) -> [String] { Words.members(self[phrase]) }

  /// A text with its first letter large.
  static func capital(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }

  /// A name as it stands within a sentence, its first letter small; German nouns keep theirs, and
  /// so do abbreviations.
  func within(_ name: String) -> String {
    guard language != .german, name.dropFirst().first?.isLowercase == true else { return name }
    return name.prefix(1).lowercased() + name.dropFirst()
  }
}
