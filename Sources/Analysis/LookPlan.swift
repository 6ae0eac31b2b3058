/// When a question is asked of a diary, and how strictly: at planned numbers of days with pain
/// logged, each with a share of the error that may be made over a lifetime.
///
/// Asked on every night, a question with a p below .05 is answered wrongly by nearly every diary
/// sometime; asked a few times with shares that sum to .05, by one in twenty (Pocock 1977).
public struct LookPlan: Sendable {
  /// Days with pain logged of the first look; later ones double from the last one named here.
  private let first: [Int]
  /// The share of each look; later ones halve.
  private let shares: [Double]

  /// For links of pain with exercise.
  static let links = LookPlan(
    first: [42, 84, 168, 252], shares: [0.010, 0.0125, 0.0125, 0.010, 0.0025])
  /// For a change of pain.
  static let pain = LookPlan(first: [30], shares: [0.01, 0.05, 0.04, 0.02, 0.01])

  /// Days with pain logged at a look, counted from 1.
  public func days(_ look: Int) -> Int {
    look <= first.count ? first[look - 1] : first[first.count - 1] << (look - first.count)
  }

  /// The error that a look may make.
  public func share(_ look: Int) -> Double {
    guard look > shares.count else { return shares[look - 1] }
    return (shares.count..<look).reduce(shares[shares.count - 1]) { share, _ in share / 2 }
  }

  /// The last look passed with so many days logged; 0 before the first.
  public func passed(_ logged: Int) -> Int {
    var look = 0
    while days(look + 1) <= logged { look += 1 }
    return look
  }
}
