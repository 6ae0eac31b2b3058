/// How plain a text is: its sentences, its LIX, and words that a person's page may not hold.
public enum PlainWords {
  /// Words of a sentence, at most.
  public static let mostWords = 20

  /// The LIX of a text that is easy to read; German has longer words.
  public static func mostLIX(_ language: String) -> Double { language == "de" ? 45 : 40 }

  /// Words of method and of clinic, by the code of a language.
  public static let banned: [String: [String]] = [
    "en": [
      "dose", "doses", "session-equivalent", "session-equivalents", "rho", "significant",
      "significantly", "adherence", "moderate better", "mdc", "median", "correlation",
    ],
    "de": [
      "dosis", "dosen", "übungstreue", "therapietreue", "adhärenz", "rho", "signifikant",
      "signifikante", "mäßig besser", "mdc", "median", "korrelation",
    ],
    "es": [
      "dosis", "equivalente de sesión", "equivalentes de sesión", "rho", "significativo",
      "significativa", "significativamente", "adherencia", "cumplimiento", "mdc", "mediana",
      "correlación",
    ],
    "fr": [
      "dose", "doses", "équivalent de séance", "équivalents de séance", "rho", "significatif",
      "significative", "significativement", "adhérence", "observance", "assiduité", "mdc",
      "médiane", "corrélation",
    ],
  ]

  /// The sentences of a text: what ends with a full stop, question or exclamation mark.
  public static func sentences(_ text: String) -> [[Substring]] {
    var sentences: [[Substring]] = []
    var words: [Substring] = []
    for word in text.split(whereSeparator: \.isWhitespace) {
      words.append(word)
      if let last = word.last(where: { $0 != ")" }), ".?!".contains(last) {
        sentences.append(words)
        words = []
      }
    }
    return words.isEmpty ? sentences : sentences + [words]
  }

  /// Words a sentence, and the share of words of more than six letters in percent (Björnsson 1968).
  public static func lix(_ texts: [String]) -> Double {
    let sentences = texts.flatMap(sentences).map { words in
      words.filter { $0.contains { $0.isLetter || $0.isNumber } }
    }
    let words = sentences.flatMap { $0 }
    guard !words.isEmpty else { return 0 }
    let long = words.count { word in word.count(where: \.isLetter) > 6 }
    return Double(words.count) / Double(sentences.count) + 100 * Double(long) / Double(words.count)
  }

  /// Banned words that a text holds, as whole words in any case.
  public static func banned(in text: String, _ language: String) -> [String] {
    let words =
      " " + text.lowercased().map { $0.isLetter || $0 == "-" ? String($0) : " " }.joined() + " "
    let plain = words.split(separator: " ").joined(separator: " ")
    return (banned[language] ?? []).filter { " \(plain) ".contains(" \($0) ") }
  }
}
