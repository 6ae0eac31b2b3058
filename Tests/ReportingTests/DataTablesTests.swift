import Analysis
import Columns
import Records
import TestSupport
import Testing

@testable import Reporting

@Suite("Data tables")
struct DataTablesTests {
  @Test(
    "A kind without a table of its own making shows every field it declares, in each language",
    arguments: [
      (
        Language.english, "Questionnaires",
        ["Day", "Instrument", "Score", "Items", "File", "Line"]
      ),
      (.german, "Fragebögen", ["Tag", "Fragebogen", "Wert", "Antworten", "Datei", "Zeile"]),
      (
        .spanish, "Cuestionarios",
        ["Día", "Cuestionario", "Valor", "Respuestas", "Archivo", "Línea"]
      ),
      (
        .french, "Questionnaires",
        ["Jour", "Questionnaire", "Valeur", "Réponses", "Fichier", "Ligne"]
      ),
    ])
  func generic(language: Language, title: String, columns: [String]) throws {
    var builder = LogBuilder()
    builder.questionnaire(5, .odi, 22.5)
    builder.questionnaire(40, .odi, 18)
    let period = Period(from: LogBuilder.october(1), to: LogBuilder.october(31))
    let findings = analyze(PatientTable(builder.log, period: period, asOf: period.to))
    let shown = DataTables(findings: findings, words: Words(language)).table(of: Questionnaire.self)
    #expect(shown.title == title)
    #expect(shown.columns == columns)
    #expect(shown.rows.map { $0.prefix(4).map(\.text) } == [["2026-10-05", "odi", "22.50", ""]])
  }

  @Test("Every field has a heading of its own in other languages, or a day's")
  func headings() {
    let words = Words(.german)
    #expect(words.heading(of: .value) == "Wert" && words.heading(of: .unit) == "Einheit")
    #expect(Words(.spanish).heading(of: .rpe) == "Esfuerzo")
    #expect(Words(.french).heading(of: .side) == "Côté")
    for language in Language.allCases where language != .english {
      for field in [Field.exercise, .sets, .factor, .instrument, .items, .score, .rater] {
        #expect(
          Words(language).heading(of: field) != Words(.english).heading(of: field)
            || language == .spanish && field == .factor, "\(language) \(field)")
      }
    }
    #expect(Words(.english).heading(of: .holdSeconds) == "Hold seconds")
  }
}
