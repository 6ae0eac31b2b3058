import Columns
import Records

/// A pain score with its clock.
struct TimedScore: Sendable {
  /// The wall clock in minutes of the day.
  let minute: Int
  let score: Double
}

/// Which came first on the days that have a session and pain.
enum LinkTiming {
  /// Pain is logged after the session.
  case after
  /// Pain is logged before it.
  case before
  /// It cannot be told.
  case unknown

  /// The share of days that must agree.
  static let agreeing = 0.8
}

extension LinkDiary {
  /// The diary of a person, from the first record to the table's last day.
  init(_ daily: DailyTable, _ series: PainSeries, _ table: PatientTable) {
    let count = daily.count
    var pain = [Double](repeating: .nan, count: count)
    for (day, value) in zip(series.days, series.values) {
      if let index = daily.index(of: day) { pain[index] = value }
    }
    let session = (0..<count).map { day in
      daily.isCovered[day] ? (daily.sessions[day] > 0 ? 1.0 : 0) : .nan
    }
    let minutes = (0..<count).map { day in daily.activeTenths[day].map { Double($0) / 10 } ?? .nan }
    self.init(first: daily.first, pain: pain, session: session, minutes: minutes)
    isWorst = series.kind == .worst
    readClocks(series, table)
  }

  /// Notes when sessions began and pain was logged, where both have a clock at all.
  private mutating func readClocks(_ series: PainSeries, _ table: PatientTable) {
    guard series.entries.contains(where: { $0.recorded.minute != nil }) else { return }
    scores = .init(repeating: [], count: pain.count)
    starts = .init(repeating: nil, count: pain.count)
    for entry in series.entries {
      let day = entry.recorded.day - first
      guard pain.indices.contains(day), let minute = entry.recorded.minute else { continue }
      scores[day].append(TimedScore(minute: minute, score: entry.score))
    }
    // Of each day the row that began first, which mostly is the first of its rows.
    var earliest = [Int64](repeating: .max, count: pain.count)
    for row in table.log.sets {
      let day = row.started.day - first
      guard pain.indices.contains(day), let moment = row.started.milliseconds,
        moment < earliest[day], row.isPerformed
      else { continue }
      earliest[day] = moment
      starts[day] = row.started.minute
    }
  }

  /// Which came first on the days that have both.
  var timing: LinkTiming {
    guard !scores.isEmpty else { return .unknown }
    var both = 0
    var (after, before) = (0, 0)
    for day in pain.indices where !pain[day].isNaN && session[day] == 1 {
      both += 1
      guard let start = starts[day], !scores[day].isEmpty else { continue }
      if scores[day].contains(where: { $0.minute > start }) {
        after += 1
      } else {
        before += 1
      }
    }
    let least = LinkTiming.agreeing * Double(both)
    guard both > 0 else { return .unknown }
    return Double(after) >= least ? .after : Double(before) >= least ? .before : .unknown
  }

  /// The diary with the entries behind the session as the day's pain, and the last before it.
  ///
  /// A day without a session is parted where sessions usually begin, at the median start. Where
  /// nothing was logged before, the pain known last stands in.
  var parted: (diary: LinkDiary, painBefore: [Double]) {
    let known = starts.compactMap(\.self).sorted()
    let usual = known.isEmpty ? 0 : known[known.count / 2]
    var diary = self
    var before = [Double](repeating: .nan, count: pain.count)
    for day in pain.indices where !pain[day].isNaN {
      let start = starts[day] ?? usual
      let later = scores[day].filter { $0.minute > start }.map(\.score)
      diary.pain[day] =
        later.isEmpty
        ? .nan : isWorst ? later.max() ?? .nan : later.reduce(0, +) / Double(later.count)
      let earlier = scores[day].filter { $0.minute <= start }.max { $0.minute < $1.minute }
      let recent = (1...LinkModel.reach).lazy.compactMap { back -> Double? in
        let past = day - back
        return past >= 0 && !diary.pain[past].isNaN ? diary.pain[past] : nil
      }.first
      before[day] = earlier?.score ?? recent ?? .nan
    }
    return (diary, before)
  }
}

extension Timestamp {
  /// The wall clock in minutes of the day; nil without an instant.
  fileprivate var minute: Int? {
    milliseconds.map { moment in
      let local = moment / 60_000 + Int64(offsetMinutes)
      return Int(((local % 1_440) + 1_440) % 1_440)
    }
  }
}
