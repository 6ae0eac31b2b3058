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
    switch path.first {
    case "days":
      return Explanation(.painDays, perDay(series, period) { _ in 1 })
    case "mean":
      return Explanation(.painMean, series.items(ofMeanOver: period))
    case "baseline", "baseline_window":
      return finding.ends.map {
        Explanation(.painBaseline, series.items(ofMeanOver: $0.baseline.days))
      }
    case "latest", "latest_window":
      return finding.ends.map {
        Explanation(.painLatest, series.items(ofMeanOver: $0.latest.days))
      }
    case "change", "change_share":
      guard let windows = finding.windows else { return nil }
      let unit = path.first == "change_share" ? windows.baseline : 1
      return Explanation(
        path.first == "change" ? .painChange : .painChangeShare,
        series.items(of: windows, over: unit))
    case "pain_free_days":
      return Explanation(.painFreeDays, painFree(series, period))
    case "flares": return flares(finding, series, path.index)
    case "recurrences":
      guard let index = path.index, finding.recurrences.indices.contains(index) else {
        return nil
      }
      let day = finding.recurrences[index]
      return Explanation(
        .recurrence, entries(series, to: day, days: 45))
    case "improved_since":
      guard let since = finding.improvedSince else { return nil }
      return Explanation(
        .improvedSince,
        series.entries.filter {
          $0.recorded.day > since - PainAnalysis.window && $0.recorded.day <= period.to
        }.map { $0.item() })
    case "triggers":
      return Explanation(
        .triggers,
        finding.flares.filter { $0.kind == .painDefined }.flatMap {
          entries(series, to: $0.day, days: 1)
        })
    default:
      return Explanation(
        .painEntries,
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
        .flares,
        finding.flares.map {
          LedgerItem($0.day, [("state", .text($0.kind.rawValue))], part: 1)
        })
    }
    guard finding.flares.indices.contains(index) else { return nil }
    let flare = finding.flares[index]
    switch flare.kind {
    case .painDefined:
      return Explanation(
        .definedFlare,
        entries(series, to: flare.day, days: PainEvents.window + 1))
    case .selfReported:
      return Explanation(
        .reportedFlare,
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

extension PainSeries {
  /// Entries whose parts add up to the mean of the day values of a window, times a factor.
  func items(ofMeanOver window: Period, times factor: Double = 1) -> [LedgerItem] {
    let own = entries.filter { window.contains($0.recorded.day) }
    let byDay = Dictionary(grouping: own, by: \.recorded.day)
    let days = Double(byDay.count)
    return own.map { entry in
      let others = byDay[entry.recorded.day] ?? []
      guard kind == .worst else {
        return entry.item(part: factor * entry.score / Double(others.count) / days)
      }
      // The highest of a day is its value; of several the first.
      let highest = others.max { $0.score < $1.score }
      let isValue = others.first { $0.score == highest?.score }?.position == entry.position
      return entry.item(part: isValue ? factor * entry.score / days : 0)
    }
  }

  /// Entries whose parts add up to a change, over a unit.
  func items(of change: PainChange, over unit: Double = 1) -> [LedgerItem] {
    items(ofMeanOver: change.baselineWindow, times: -1 / unit)
      + items(ofMeanOver: change.latestWindow, times: 1 / unit)
  }
}
