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

  /// Why a side varies too little, nil when it varies enough.
  static func variation(_ values: [Double], isYesNo: Bool) -> Absence? {
    var counts: [Double: Int] = [:]
    for value in values { counts[value, default: 0] += 1 }
    if counts.count < 2 { return Absence(.constant) }
    if isYesNo {
      let rarest = counts.values.min() ?? 0
      if rarest < fewestOfState {
        return Absence(.tooLittleVariation, have: rarest, need: fewestOfState)
      }
    } else if counts.count < fewestDistinct {
      return Absence(.tooLittleVariation, have: counts.count, need: fewestDistinct)
    }
    let most = Double(counts.values.max() ?? 0) / Double(values.count)
    return most > largestShare ? Absence(.tooLittleVariation) : nil
  }
}
