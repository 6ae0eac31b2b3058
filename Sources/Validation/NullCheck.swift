import Foundation
import Statistics

/// How the recommended methods do on simulated diaries: how often they see a link or a trend where
/// there is none, and how often their intervals hold what was planted.
///
/// Diaries carry over from day to day (AR(1), 0.5), are written in tenths and lack 15 % of their
/// days.
public struct NullCheck {
  /// One share of all runs, with what it ought to be.
  public struct Rate {
    /// What was asked.
    public var name: String
    /// The length of the diaries.
    public var days: Int
    /// Of the runs, from 0 to 1.
    public var share: Double
    /// Where the true share must lie.
    public var bounds: ClosedRange<Double>
    /// How many diaries were simulated.
    public var runs: Int

    /// The Monte-Carlo standard error.
    public var error: Double { (share * (1 - share) / Double(runs)).squareRoot() }
    /// Whether so few runs cannot tell.
    public var isRough: Bool { error > 0.005 }
    /// Whether the share is as it ought to be, as far as so many runs can tell.
    public var isGood: Bool { isRough || bounds.contains(share) }
  }

  private let runs: Int
  private let seed: UInt64

  /// A check.
  ///
  /// - Parameters:
  ///   - runs: simulated diaries for each figure.
  ///   - seed: where the random numbers start.
  public init(runs: Int, seed: UInt64) {
    self.runs = runs
    self.seed = seed
  }

  static let lengths = [30, 90, 365]
  static let missing = 0.15
  static let carryOver = 0.5
  /// Questions of a null family.
  static let questions = 20

  /// How often nothing is called something.
  public func null() -> [Rate] {
    NullCheck.lengths.flatMap { days in
      [
        rate("association", days, 0.03...0.07) { random in
          let (days, x, y) = diary(days, link: 0, &random)
          return (NullCheck.associate(days, x, y)?.p ?? 1) < 0.05
        },
        rate("trend", days, 0.02...0.06) { random in
          let (days, _, y) = diary(days, link: 0, &random)
          return (DiaryTrend(days: days, values: y)?.p ?? 1) < 0.05
        },
        rate("trend, carry-over 0.8", days, 0.02...0.06) { random in
          let (days, _, y) = diary(days, link: 0, carryOver: 0.8, &random)
          return (DiaryTrend(days: days, values: y)?.p ?? 1) < 0.05
        },
      ]
    } + [
      rate("family of \(NullCheck.questions)", 90, 0...0.05) { random in
        let (days, x, y) = diary(90, link: 0, &random)
        var tests = [NullCheck.associate(days, x, y)?.p]
        for _ in 1..<NullCheck.questions {
          let other = series(90, NullCheck.carryOver, &random)
          tests.append(NullCheck.associate(days, days.map { other[$0] }, y)?.p)
        }
        return benjaminiHochberg(tests).contains { ($0 ?? 1) <= 0.05 }
      }
    ]
  }

  /// How often a 95 % interval holds what was planted.
  public func planted() -> [Rate] {
    let bounds = 0.9...0.99
    // Normal series correlated by 0.5 have ranks correlated by 6/π asin(0.25).
    let rho = 6 / Double.pi * asin(0.25)
    return NullCheck.lengths.flatMap { days in
      [
        rate("association of 0.48", days, bounds) { random in
          let (days, x, y) = diary(days, link: 0.5, &random)
          return NullCheck.holds(NullCheck.associate(days, x, y)?.interval, rho)
        },
        rate("trend of -0.14 a week", days, bounds) { random in
          var (days, _, y) = diary(days, link: 0, &random)
          for index in y.indices {
            y[index] = NullCheck.tenths(y[index] - 0.02 * Double(days[index]))
          }
          return NullCheck.holds(DiaryTrend(days: days, values: y)?.interval, -0.02)
        },
        rate("shift of -1 point", days, bounds) { random in
          let (days, x, y) = diary(days, link: 0, &random)
          let isWith = x.map { $0 > 5 }
          let pain = zip(isWith, y).map { $0 ? $1 - 1 : $1 }
          let found = NullCheck.associate(days, isWith.map { $0 ? 1 : 0 }, pain)
          let with = zip(isWith, pain).compactMap { $0 ? $1 : nil }
          let without = zip(isWith, pain).compactMap { $0 ? nil : $1 }
          let widening = found.map { (Double($0.n) / $0.effectiveN).squareRoot() } ?? 1
          let interval = TwoSample(with, without)?.interval(widening: widening)
          return NullCheck.holds(interval.map { ($0.low, $0.high) }, -1)
        },
      ]
    }
  }

  /// The share of runs of which something holds.
  private func rate(
    _ name: String, _ days: Int, _ bounds: ClosedRange<Double>,
    _ holds: (inout Normals) -> Bool
  ) -> Rate {
    var random = Normals(seed: seed)
    let hits = (0..<runs).count { _ in holds(&random) }
    return Rate(
      name: name, days: days, share: Double(hits) / Double(runs), bounds: bounds, runs: runs)
  }

  private static func associate(_ days: [Int], _ x: [Double], _ y: [Double]) -> DiaryAssociation? {
    DiaryAssociation(days: days, x: x, y: y, q: days.count >= 60 ? 2 : 1)
  }

  private static func holds(_ interval: (low: Double, high: Double)?, _ value: Double) -> Bool {
    // Written in tenths, a bound may equal what was planted but for rounding.
    interval.map { $0.low - 1e-9 <= value && value <= $0.high + 1e-9 } ?? true
  }

  private static func tenths(_ value: Double) -> Double { (value * 10).rounded() / 10 }

  /// The days that were written down, with exercise and pain around 5.
  private func diary(
    _ days: Int, link: Double, carryOver: Double = NullCheck.carryOver, _ random: inout Normals
  ) -> (days: [Int], x: [Double], y: [Double]) {
    let left = series(days, carryOver, &random)
    let own = series(days, carryOver, &random)
    let share = (1 - link * link).squareRoot()
    let kept = (0..<days).filter { _ in random.uniform() >= NullCheck.missing }
    let y = kept.map { NullCheck.tenths(5 + link * (left[$0] - 5) + share * (own[$0] - 5)) }
    return (kept, kept.map { NullCheck.tenths(left[$0]) }, y)
  }

  /// A stationary AR(1) series around 5 with a standard deviation of 1.5.
  private func series(_ days: Int, _ carryOver: Double, _ random: inout Normals) -> [Double] {
    let fresh = (1 - carryOver * carryOver).squareRoot()
    var state = random.next()
    return (0..<days).map { _ in
      defer { state = carryOver * state + fresh * random.next() }
      return 5 + 1.5 * state
    }
  }
}

/// Random numbers that are the same for the same seed: SplitMix64 (Steele, Lea and Flood 2014).
struct Normals {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// Between 0 and 1, never either.
  mutating func uniform() -> Double {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return (Double((mixed ^ (mixed >> 31)) >> 11) + 0.5) / 9_007_199_254_740_992
  }

  /// Standard normal (Box and Muller 1958).
  mutating func next() -> Double {
    (-2 * log(uniform())).squareRoot() * cos(2 * Double.pi * uniform())
  }
}
