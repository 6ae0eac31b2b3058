import Statistics

/// When a diary has too little to say: the refusals of statistics.md, in their order.
enum Guardrails {
  static let fewestValues = 7
  static let fewestPairs = 21
  static let fewestConsecutive = 10
  static let fewestDistinct = 3
  static let fewestOfState = 5
  static let largestShare = 0.9
  static let fewestEffective = 10.0
  /// Pairs from which on a link is not called an early sign any more.
  static let manyPairs = 60

  /// Why nothing may be said of paired days, nil when something may.
  ///
  /// - Parameters:
  ///   - days: ascending calendar days of the pairs.
  ///   - x: dense.
  ///   - y: dense.
  ///   - isYesNo: whether x is a state and not an amount.
  static func refusal(days: [Int], _ x: [Double], _ y: [Double], isYesNo: Bool) -> Absence? {
    if days.count < fewestPairs { return Absence(.tooEarly, have: days.count, need: fewestPairs) }
    let consecutive = consecutivePairs(days)
    if consecutive < fewestConsecutive {
      return Absence(.tooFewConsecutive, have: consecutive, need: fewestConsecutive)
    }
    return variation(x, isYesNo: isYesNo) ?? variation(y, isYesNo: false)
  }

  /// Why a side varies too little, nil when it varies enough. O(values), and no table of them.
  ///
  /// - Parameters:
  ///   - values: dense.
  ///   - isYesNo: whether there are two values at most.
  static func variation(_ values: [Double], isYesNo: Bool) -> Absence? {
    guard let first = values.first, let second = values.first(where: { $0 != first }) else {
      return Absence(.constant)
    }
    if isYesNo {
      let rarest = min(values.count { $0 == first }, values.count { $0 != first })
      if rarest < fewestOfState {
        return Absence(.tooLittleVariation, have: rarest, need: fewestOfState)
      }
    } else if !values.contains(where: { $0 != first && $0 != second }) {
      return Absence(.tooLittleVariation, have: 2, need: fewestDistinct)
    }
    // A value that holds more than half of the places outlives all that it is set off against.
    var most = first
    var lead = 0
    for value in values {
      if lead == 0 { most = value }
      lead += value == most ? 1 : -1
    }
    let share = Double(values.count { $0 == most }) / Double(values.count)
    return share > largestShare ? Absence(.tooLittleVariation) : nil
  }
}
