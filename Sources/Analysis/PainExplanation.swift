import Columns
import Records

/// The ledgers behind the figures of pain.
struct PainExplanation {
  private let findings: PatientFindings

  init(_ findings: PatientFindings) { self.findings = findings }

  func explain(_ path: FigurePath) -> Explanation? {
    guard let finding = findings.finding(PainFinding.self), let series = finding.series else {
      return nil
    }
    let period = findings.period
    let latest = Period(from: period.to - (PainAnalysis.window - 1), to: period.to)
    switch path.first {
    case "days":
      return Explanation("one for each day with a value", perDay(series, period) { _ in 1 })
    case "mean":
      return Explanation(
        "mean of the day values, each the mean of its entries", mean(series, period, sign: 1))
    case "baseline":
      return finding.baselineWindow.map {
        Explanation(
          "mean of the first 7 days that hold 3 pain days", mean(series, $0, sign: 1))
      }
    case "latest":
      return Explanation("mean of the last 7 days", mean(series, latest, sign: 1))
    case "change", "change_share", "verdict":
      guard let window = finding.baselineWindow else { return nil }
      let unit = path.first == "change_share" ? finding.baseline ?? 1 : 1
      let items =
        mean(series, window, sign: -1 / unit) + mean(series, latest, sign: 1 / unit)
      return Explanation(
        path.first == "change"
          ? "the last 7 days less the baseline"
          : path.first == "change_share"
            ? "the change as a share of the baseline"
            : "the change against the thresholds of the report",
        path.first == "verdict" ? items.map(withoutPart) : items)
    case "pain_free_days":
      return Explanation("one for each pain-free day", painFree(series, period))
    case "flares": return flares(finding, series, path.index)
    case "recurrences":
      guard let index = path.index, finding.recurrences.indices.contains(index) else {
        return nil
      }
      let day = finding.recurrences[index]
      return Explanation(
        "the first day of 2 or more after 30 pain-free days", entries(series, to: day, days: 45))
    case "improved_since":
      guard let since = finding.improvedSince else { return nil }
      return Explanation(
        "from this day on every 7-day mean stays 30 % below the baseline",
        series.entries.filter {
          $0.recorded.day > since - PainAnalysis.window && $0.recorded.day <= period.to
        }.map { $0.item() })
    case "triggers":
      return Explanation(
        "flares that follow three flare-free days",
        finding.flares.filter { $0.kind == .painDefined }.flatMap {
          entries(series, to: $0.day, days: 1)
        })
    default:
      return Explanation(
        "the entries of the period; see Notes for the method",
        perDay(series, period, item: withoutPart) { _ in 0 })
    }
  }

  private func withoutPart(_ item: LedgerItem) -> LedgerItem {
    var item = item
    item.part = nil
    return item
  }

  /// The first entry of each day with a value, with a part a day.
  private func perDay(
    _ series: PainSeries, _ period: Period, item: (LedgerItem) -> LedgerItem = { $0 },
    part: (Day) -> Double
  ) -> [LedgerItem] {
    var items: [LedgerItem] = []
    for entry in series.entries where period.contains(entry.recorded.day) {
      let isFirst = items.last?.day != entry.recorded.day
      items.append(item(entry.item(part: isFirst ? part(entry.recorded.day) : 0)))
    }
    return items
  }

  /// Entries whose parts add up to the mean of the day values, times a sign.
  private func mean(_ series: PainSeries, _ period: Period, sign: Double) -> [LedgerItem] {
    let own = series.entries.filter { period.contains($0.recorded.day) }
    let ofDay = Dictionary(grouping: own, by: \.recorded.day).mapValues { Double($0.count) }
    let days = Double(ofDay.count)
    return own.map { entry in
      entry.item(part: sign * entry.score / (ofDay[entry.recorded.day] ?? 1) / days)
    }
  }

  private func painFree(_ series: PainSeries, _ period: Period) -> [LedgerItem] {
    let free = series.painFreeDays.filter { $0.isFree && period.contains($0.day) }.map(\.day)
    return free.map { day in
      let entry =
        series.worstEntries.first { $0.recorded.day == day }
        ?? series.entries.first { $0.recorded.day == day }
      return entry?.item(part: 1) ?? LedgerItem(day, part: 1)
    }
  }

  private func flares(_ finding: PainFinding, _ series: PainSeries, _ index: Int?)
    -> Explanation?
  {
    guard let index else {
      return Explanation(
        "one for each flare day and kind",
        finding.flares.map {
          LedgerItem($0.day, [("state", .text($0.kind.rawValue))], part: 1)
        })
    }
    guard finding.flares.indices.contains(index) else { return nil }
    let flare = finding.flares[index]
    switch flare.kind {
    case .painDefined:
      return Explanation(
        "the day's value lies 2 points above the mean of the 28 days before",
        entries(series, to: flare.day, days: PainEvents.window + 1))
    case .selfReported:
      return Explanation(
        "the diary calls the day a flare",
        findings.table.log.pain.filter { $0.recorded.day == flare.day && $0.flare == true }.map {
          $0.item()
        })
    }
  }

  private func entries(_ series: PainSeries, to day: Day, days: Int) -> [LedgerItem] {
    series.entries.filter { $0.recorded.day <= day && $0.recorded.day > day - days }.map {
      $0.item()
    }
  }
}
