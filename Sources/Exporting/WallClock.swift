import Records

/// Which clock the times of a diary stand on.
enum WallClock {
  /// Whether times of a diary keep steadier on the person's own clock than as they are written.
  ///
  /// An app that writes UTC moves by an hour when the clocks of the person change; times that were
  /// written without a zone do not. Where a diary knows no such day, they stay as they are written.
  static func isOwn(_ log: PatientLog, _ zone: ZoneRules) -> Bool {
    let times = (log.sets.map(\.started) + log.pain.map(\.recorded)).compactMap { time in
      time.milliseconds.map { (utc: $0 / 1_000, written: Int64(time.offsetMinutes) * 60) }
    }.sorted { $0.utc < $1.utc }
    guard let first = times.first, let last = times.last else { return false }
    var (jumpWritten, jumpOwn) = (Int64(0), Int64(0))
    for change in zone.changes(from: first.utc, to: last.utc) {
      let before = times.filter { (change - window..<change).contains($0.utc) }
      let after = times.filter { (change..<change + window).contains($0.utc) }
      jumpWritten += jump(before.map { $0.utc + $0.written }, after.map { $0.utc + $0.written })
      jumpOwn += jump(
        before.map { $0.utc + Int64(zone.offset(at: $0.utc)) },
        after.map { $0.utc + Int64(zone.offset(at: $0.utc)) })
    }
    return jumpOwn < jumpWritten
  }

  /// Seconds before and after a change of clocks that are compared: four weeks.
  private static let window: Int64 = 28 * 86_400

  /// How far the usual time of day moved, in seconds.
  private static func jump(_ before: [Int64], _ after: [Int64]) -> Int64 {
    guard let early = usual(before), let late = usual(after) else { return 0 }
    let distance = abs(early - late)
    return min(distance, 86_400 - distance)
  }

  /// The median of times of day; nil of none.
  private static func usual(_ local: [Int64]) -> Int64? {
    let ofDay = local.map { (($0 % 86_400) + 86_400) % 86_400 }.sorted()
    return ofDay.isEmpty ? nil : ofDay[ofDay.count / 2]
  }
}
