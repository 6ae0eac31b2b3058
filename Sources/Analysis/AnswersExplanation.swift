import Columns
import Records

extension PatientFindings {
  /// The four answers, worked out of the findings and the whole diary.
  public var answers: Answers {
    Answers(findings, of: table, by: thresholds, factors: factors)
  }

  /// The rows behind an answer.
  func explainAnswer(_ path: FigurePath) -> Explanation? {
    switch path.first {
    case "did_it":
      path.last == "days"
        ? explainDays(covered: true)
        : AdherenceExplanation(self).explain(FigurePath("program.\(figure(of: path.last))"))
    case "flexible": explainFlexible(path.last)
    case "pain": explainPainAnswer(path.last)
    case "links": explainLinks(path.last)
    default: nil
    }
  }

  /// What the answer's code rests on.
  private func figure(of name: Substring) -> Substring {
    ["dose_capped", "dose_all_days"].contains(name) ? name : "band"
  }

  private func explainFlexible(_ name: Substring) -> Explanation? {
    guard let finding = finding(FlexibilityFinding.self) else { return nil }
    let (sentence, measures): (LedgerSentence, [FlexibilityFinding.Measure]) =
      switch name {
      case "better": (.testsBetter, finding.better)
      case "worse": (.testsWorse, finding.worse)
      default: (.testsJudged, finding.measures.filter { $0.verdict != nil })
      }
    return Explanation(
      sentence,
      measures.map { measure in
        LedgerItem(
          cells: [
            ("measure", .text(measure.code)),
            ("side", measure.side.map { .text($0.word) } ?? .none),
            ("change", measure.change.map(Figure.number) ?? .none),
          ], part: 1)
      })
  }

  private func explainPainAnswer(_ name: Substring) -> Explanation? {
    guard let series = table.pain else { return Explanation(.painEntries, []) }
    guard name == "change", let change = answers.pain.change else {
      return Explanation(
        name == "change" || name == "interval" ? .painSwing : .painEntries,
        series.entries.map { $0.item() })
    }
    return Explanation(.painWindows, series.items(of: change))
  }

  /// The days of the look with both values, then each column with its coefficient.
  private func explainLinks(_ name: Substring) -> Explanation? {
    guard let fit = LinkAnswer.shownFit(table) else { return Explanation(.linkLook, []) }
    let days = fit.days.enumerated().map { place, day in
      LedgerItem(
        fit.first + day,
        [
          ("exposure", .number(fit.exposure[day])), ("outcome", .number(fit.pain[day])),
          ("residual", .number(fit.residuals[place])),
        ], part: name == "days" ? 1 : nil, at: entry(on: fit.first + day))
    }
    guard name != "days" else { return Explanation(.linkLook, days) }
    let columns = fit.columns.map { column in
      LedgerItem(
        nil,
        [
          ("column", .text(column.code)), ("coefficient", .number(column.coefficient)),
          ("standard_error", .number(column.error)),
        ])
    }
    return Explanation(.linkLook, days + columns)
  }

  private func entry(on day: Day) -> SourcePosition? {
    table.pain?.entries.first { $0.recorded.day == day }?.position
  }
}

/// The fit behind the question that is shown.
struct ShownFit {
  /// The first record, day 0.
  let first: Day
  /// Days that the fit rests on.
  let days: [Int]
  /// The exposure and the pain by day.
  let exposure: [Double]
  let pain: [Double]
  /// What is left of the pain of each day that the fit rests on.
  let residuals: [Double]
  /// Columns that were kept, with coefficient and standard error.
  let columns: [(code: String, coefficient: Double, error: Double)]
}

extension LinkAnswer {
  /// The fit of the question shown at the last look; nil where none is.
  static func shownFit(_ table: PatientTable) -> ShownFit? {
    guard let series = table.pain, let daily = table.daily else { return nil }
    let diary = LinkDiary(daily, series, table)
    let answer = LinkAnswer(diary)
    guard let shown = answer.shown, let exposure = answer.exposure, let day = answer.lookedOn,
      let number = answer.look
    else { return nil }
    let seen = diary.upTo(day - diary.first + 1)
    let look = LinkLook(
      seen, exposure, share: LookPlan.links.share(number), seen.timing)
    guard let fit = look.model.fit(yesterdayOnly: shown.lag == 1, allErrors: true) else {
      return nil
    }
    return ShownFit(
      first: diary.first, days: fit.days, exposure: look.model.exposure, pain: look.model.pain,
      residuals: fit.squares.residuals,
      columns: fit.columns.indices.filter { fit.squares.isKept[$0] }.map {
        (
          fit.columns[$0].code, fit.squares.coefficients[$0], fit.squares.standardError($0)
        )
      })
  }
}
