import Testing

@testable import Statistics

/// Columns that break careless formulas: nothing may trap, and nothing undefined may look like a
/// number.
@Suite("Hostile columns")
struct HostileColumnTests {
  static let columns: [(name: String, values: [Double])] = [
    ("none", []), ("one", [5]), ("two", [1, 2]), ("two equal", [3, 3]), ("three", [2, 9, 4]),
    ("constant", Array(repeating: 0.3, count: 12)),
    ("all but one equal", Array(repeating: 4, count: 11) + [5]),
    ("huge", (0..<12).map { 1e300 * Double($0 % 5) }),
    ("tiny", (0..<12).map { 1e-300 * Double($0 % 5) }),
    ("subnormal", (0..<12).map { 5e-324 * Double($0 % 5) }),
    ("an outlier", (0..<11).map(Double.init) + [1e15]),
    ("a large offset", (0..<12).map { 1e12 + Double($0 % 4) }),
    ("mixed signs", (0..<12).map { $0 % 2 == 0 ? 1e200 : -1e200 }),
    ("two levels", (0..<12).map { Double($0 % 2) }),
    ("a line", (0..<12).map(Double.init)),
  ]

  private func isSound(_ value: Double?, in range: ClosedRange<Double>? = nil) -> Bool {
    guard let value else { return true }
    return value.isFinite && (range?.contains(value) ?? true)
  }

  @Test("one column", arguments: columns)
  func single(name: String, values: [Double]) {
    #expect(isSound(mean(values)))
    #expect(isSound(median(values)))
    #expect(isSound(skewness(values)), "\(name)")
    #expect(isSound(trimmedMean(values, share: 0.1)))
    #expect(isSound(medianAbsoluteDeviation(values)))
    #expect(midRanks(values).count == values.count)
    #expect((variance(values) ?? 0) >= 0)
    // Squares of 1e300 are beyond a Double.
    let isTooLarge = values.contains { abs($0) > 1e160 }
    #expect((variance(values) == nil) == (values.count < 2 || isTooLarge), "\(name)")
    #expect(
      autocorrelation(values, lags: 1)?.allSatisfy { isSound($0, in: -1.01...1.01) } ?? true,
      "\(name)")
    #expect(rolling(values, days: 7, need: 3, .median).count == values.count)
    #expect(weightedMean(values, alpha: 0.3).count == values.count)
    #expect(isSound(durbinWatson(values.map { min(max($0, -1e100), 1e100) })))
    let days = Array(values.indices)
    if let trend = DiaryTrend(days: days, values: values) {
      #expect(isSound(trend.p, in: 0...1) && trend.variance >= 0, "\(name)")
      #expect(trend.interval.low <= trend.interval.high)
    } else {
      #expect(values.count < 2)
    }
    let slope = senSlope(days.map(Double.init), values)
    for correction in [
      MannKendall.Correction.none, .hamedRao(lags: nil), .yueWang(lags: 1), .preWhitening,
      .trendFreePreWhitening,
    ] {
      let found = MannKendall(values, correction, slope: slope ?? 0)
      #expect(found?.p.map { (0...1).contains($0) } ?? true, "\(name) \(correction)")
    }
    if let signed = SignedRank(values) {
      #expect(isSound(signed.permutationP, in: 0...1) && isSound(signed.exactP, in: 0...1))
    }
  }

  @Test("two columns, every pair of a length", arguments: columns)
  func paired(name: String, values: [Double]) {
    for other in HostileColumnTests.columns where other.values.count == values.count {
      let place = "\(name) against \(other.name)"
      for r in [
        pearson(values, other.values), spearman(values, other.values),
        Kendall(values, other.values)?.tauB,
      ] { #expect(isSound(r, in: -1...1), "\(place)") }
      let isFlat = Set(values).count < 2 || Set(other.values).count < 2
      if isFlat {
        // Undefined is never r = 0 nor p = 1.
        #expect(pearson(values, other.values) == nil && pearsonP(values, other.values) == nil)
        #expect(spearman(values, other.values) == nil, "\(place)")
        #expect(CircularShift(values, other.values) == nil, "\(place)")
      }
      #expect(isSound(pearsonP(values, other.values), in: 0...1), "\(place)")
      let days = Array(values.indices)
      for q in [1, 2] {
        guard let found = DiaryAssociation(days: days, x: values, y: other.values, q: q) else {
          continue
        }
        #expect(!isFlat, "\(place)")
        #expect(isSound(found.r, in: -1...1) && isSound(found.p, in: 0...1), "\(place)")
        #expect(found.effectiveN >= 3 || found.n < 3)
        #expect(found.interval.map { $0.low <= $0.high } ?? true)
      }
      if let test = MannWhitney(values, other.values) {
        #expect(isSound(test.asymptoticP, in: 0...1) && isSound(test.permutationP, in: 0...1))
      }
      if let two = TwoSample(values, other.values) {
        #expect((-1...1).contains(two.cliffsDelta) && two.interval().low <= two.interval().high)
      }
      if let fit = LeastSquares([values], other.values) {
        #expect(fit.standardErrors?.allSatisfy { $0 >= 0 } ?? true, "\(place)")
        #expect(fit.residuals.count == values.count)
      }
    }
  }

  @Test("columns that depend on each other have no least-squares fit")
  func dependent() {
    let x = (0..<9).map(Double.init)
    #expect(LeastSquares([x, x.map { 2 * $0 + 1 }], x) == nil)
    #expect(LeastSquares([x.map { _ in 7 }], x) == nil)
    #expect(LeastSquares([[1, 2]], [1, 2])?.standardErrors == nil)
    #expect(LeastSquares([[1]], [1]) == nil)
    #expect(LeastSquares([[Double]](), []) == nil)
  }

  @Test("an exact line leaves nothing, whatever its offset")
  func exactLine() throws {
    for offset in [0.0, 1e6, -1e9] {
      let t = (0..<20).map { 19_000 + Double($0) }
      let fit = try #require(LeastSquares([t], t.map { 0.5 * $0 + offset }))
      #expect(fit.coefficients[1] == 0.5 && fit.residualDeviation == 0)
    }
  }

  @Test("empty families, no shifts, no shares")
  func empty() {
    #expect(benjaminiHochberg([]).isEmpty && holm([]).isEmpty && bonferroni([]).isEmpty)
    #expect(benjaminiYekutieli([nil, nil]).allSatisfy { $0 == nil })
    #expect(CircularShift([], []) == nil && TruncatedShift([], [], reach: 3) == nil)
    #expect(TruncatedShift([1, 2, 3], [1, 2, 3], reach: 1) == nil)
    #expect(clopperPearsonInterval(done: 1, planned: 0) == nil)
    #expect(clopperPearsonInterval(done: 3, planned: 2) == nil)
    #expect(ljungBox([1, 0.5], lags: 4, n: 20) == nil)
    #expect(SegmentedLine(days: [], values: [], change: 3) == nil)
  }
}
