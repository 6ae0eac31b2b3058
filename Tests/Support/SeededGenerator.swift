import Foundation

/// SplitMix64 (Steele, Lea and Flood 2014): the same numbers from the same seed.
public struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  /// A stream of its own for each seed.
  public init(seed: UInt64) { state = seed }

  /// 64 random bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A whole number from 0 below a bound.
  public mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }

  /// One of some choices.
  public mutating func pick<T>(_ choices: [T]) -> T { choices[below(choices.count)] }

  /// Between 0 and 1.
  public mutating func share() -> Double { Double.random(in: 0..<1, using: &self) }

  /// Standard normal, by twelve uniform numbers.
  public mutating func normal() -> Double { (0..<12).reduce(-6) { sum, _ in sum + share() } }
}
