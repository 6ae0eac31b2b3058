import Foundation
import Records

/// lumbar's version.
public let version = "0.1.0"

/// The clock, read once a command.
public struct Moment: Sendable {
  /// Since 1970, in UTC.
  public let seconds: Int64
  private let start: ContinuousClock.Instant

  /// Now.
  public init() {
    seconds = Int64(Date().timeIntervalSince1970)
    start = ContinuousClock.now
  }

  /// As if the command had begun at another time, seconds since 1970 in UTC.
  public init(seconds: Int64) {
    self.seconds = seconds
    start = ContinuousClock.now
  }

  /// ISO 8601 in UTC.
  public var text: String {
    let stamp = Timestamp(day: day, milliseconds: seconds * 1_000)
    let clock = stamp.clock ?? "00:00"
    return "\(day)T\(clock)\(clock.count == 5 ? ":00" : "")Z"
  }

  /// The day in UTC.
  public var day: Day { Day(number: Int32(seconds / 86_400)) }

  /// Seconds since 1970 of a moment as `text` writes it; nil for other texts.
  public static func seconds(of text: String) -> Double? {
    let parts = text.split(whereSeparator: { "-T:Z".contains($0) }).compactMap { Int($0) }
    guard parts.count == 6, let day = Day(year: parts[0], month: parts[1], day: parts[2]) else {
      return nil
    }
    return Double(Int(day.number) * 86_400 + parts[3] * 3_600 + parts[4] * 60 + parts[5])
  }

  /// The clock as it is by now, likewise.
  public var secondsNow: Int64 { seconds + Int64(elapsed) }

  /// Seconds since the command began.
  public var elapsed: Double {
    let duration = (ContinuousClock.now - start).components
    return Double(duration.seconds) + Double(duration.attoseconds) / 1e18
  }
}
