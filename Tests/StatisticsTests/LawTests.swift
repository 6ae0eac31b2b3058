import TestSupport
import Testing

@testable import Statistics

/// Columns as diaries have them, the same for the same seed.
private struct Sample {
  var x: [Double] = []
  var y: [Double] = []
  var z: [Double] = []
  var days: [Int] = []

  /// Whole numbers with many ties, or tenths with few.
  init(seed: UInt64, isOrdinal: Bool, n: Int = 0) {
    var random = SeededGenerator(seed: seed)
    let count = n > 0 ? n : 12 + random.below(40)
    var day = 100
    for _ in 0..<count {
      day += random.below(5) == 0 ? 2 : 1
      days.append(day)
      let common = random.normal()
      func value() -> Double {
        let raw = 5 + 1.5 * (common + random.normal())
        return isOrdinal ? raw.rounded() : (raw * 1000).rounded() / 1000
      }
      x.append(value())
      y.append(value())
      z.append(value())
    }
  }

  /// The same rows in another order.
  func shuffled(seed: UInt64) -> Sample {
    var random = SeededGenerator(seed: seed)
    let order = x.indices.shuffled(using: &random)
    var other = self
    other.x = order.map { x[$0] }
    other.y = order.map { y[$0] }
    other.z = order.map { z[$0] }
    return other
  }
}

private func expectNear(
  _ left: Double?, _ right: Double?, _ tolerance: Double = 1e-10,
  _ source: SourceLocation = #_sourceLocation
) {
  guard let left, let right else {
    #expect(left == nil && right == nil, sourceLocation: source)
    return
  }
  #expect(
    abs(left - right) <= tolerance * max(1, abs(left), abs(right)), "\(left) and \(right)",
    sourceLocation: source)
}

@Suite("Laws of the statistics")
struct LawTests {
  static let seeds: [UInt64] = Array(1...25)

  @Test("moments: shift, scale, order", arguments: seeds)
  func moments(seed: UInt64) {
    let sample = Sample(seed: seed, isOrdinal: false)
    let (x, mixed) = (sample.x, sample.shuffled(seed: seed).x)
    let scaled = x.map { -3 * $0 + 7 }
    expectNear(mean(scaled), mean(x).map { -3 * $0 + 7 })
    expectNear(standardDeviation(scaled), standardDeviation(x).map { 3 * $0 })
    expectNear(variance(mixed), variance(x))
    expectNear(skewness(scaled), skewness(x).map { -$0 })
    expectNear(skewness(mixed), skewness(x))
    expectNear(trimmedMean(mixed, share: 0.1), trimmedMean(x, share: 0.1))
    expectNear(medianAbsoluteDeviation(scaled), medianAbsoluteDeviation(x).map { 3 * $0 })
    #expect(median(mixed) == median(x))
  }

  @Test("quantiles rise with their share, lie in the range and mirror", arguments: seeds)
  func quantiles(seed: UInt64) throws {
    let sorted = Sample(seed: seed, isOrdinal: seed % 2 == 0).x.sorted()
    let mirrored = sorted.map { -$0 }.sorted()
    for type in [QuantileType.six, .seven, .eight] {
      var last = -Double.infinity
      for step in 0...20 {
        let share = Double(step) / 20
        let found = try #require(quantile(sorted: sorted, share, type: type))
        #expect(found >= last && found >= sorted[0] && found <= sorted[sorted.count - 1])
        last = found
        expectNear(quantile(sorted: mirrored, 1 - share, type: type).map { -$0 }, found)
      }
    }
  }

  @Test("mid-ranks add up, keep the order and know only the order", arguments: seeds)
  func ranks(seed: UInt64) {
    let x = Sample(seed: seed, isOrdinal: true).x
    let ranks = midRanks(x)
    #expect(ranks.reduce(0, +) == Double(x.count * (x.count + 1)) / 2)
    #expect(midRanks(x.map { $0 * $0 * $0 }) == ranks)
    for (i, j) in zip(x.indices, x.indices.reversed()) {
      #expect((x[i] < x[j]) == (ranks[i] < ranks[j]))
    }
    #expect(midRanks(x.map { -$0 }) == ranks.map { Double(x.count + 1) - $0 })
  }

  @Test("correlations: symmetry, order, shift, scale and sign", arguments: seeds)
  func correlations(seed: UInt64) throws {
    let sample = Sample(seed: seed, isOrdinal: seed % 2 == 0)
    let (x, y) = (sample.x, sample.y)
    let mixed = sample.shuffled(seed: seed + 1)
    for correlate in [pearson, spearman, { Kendall($0, $1)?.tauB }] {
      let r = try #require(correlate(x, y))
      #expect((-1...1).contains(r))
      expectNear(correlate(y, x), r)
      expectNear(correlate(mixed.x, mixed.y), r)
      expectNear(correlate(x.map { 2 * $0 - 5 }, y), r)
      expectNear(correlate(x.map { -$0 }, y), -r)
      expectNear(correlate(x, x), 1)
    }
    // Ranks only: any rising function of a side leaves them.
    expectNear(spearman(x.map { $0 * $0 * $0 }, y), spearman(x, y))
    #expect(Kendall(x.map { $0 * $0 * $0 }, y)?.s == Kendall(x, y)?.s)
  }

  @Test("p falls as a correlation grows, and its interval holds it", arguments: [5.0, 20.5, 300])
  func tails(df: Double) throws {
    var last = 1.1
    for step in 0..<40 {
      let r = Double(step) / 40
      let p = try #require(correlationP(r, df: df))
      #expect(p < last && p == correlationP(-r, df: df))
      last = p
      let ends = try #require(correlationInterval(r, factor: 1, freedom: df))
      #expect(ends.low < r && r < ends.high)
    }
    expectNear(correlationP(0, df: df), 1)
  }

  @Test("a partial correlation ignores what is taken out", arguments: seeds)
  func partial(seed: UInt64) {
    let sample = Sample(seed: seed, isOrdinal: false)
    let plain = partialCorrelation(sample.x, sample.y, covariates: [sample.z])
    let moved = zip(sample.x, sample.z).map { $0 + 4 * $1 - 2 }
    expectNear(partialCorrelation(moved, sample.y, covariates: [sample.z]), plain, 1e-9)
    expectNear(partialCorrelation(sample.y, sample.x, covariates: [sample.z]), plain)
    expectNear(
      partialCorrelation(sample.x, sample.y, covariates: []), pearson(sample.x, sample.y))
  }

  @Test("least squares: residuals are orthogonal, units carry over", arguments: seeds)
  func leastSquares(seed: UInt64) throws {
    let sample = Sample(seed: seed, isOrdinal: false)
    let fit = try #require(LeastSquares([sample.x, sample.z], sample.y))
    expectNear(fit.residuals.reduce(0, +), 0)
    for column in [sample.x, sample.z] {
      expectNear(zip(column, fit.residuals).reduce(0) { $0 + $1.0 * $1.1 }, 0)
    }
    let other = try #require(
      LeastSquares([sample.x.map { 10 * $0 + 3 }, sample.z], sample.y.map { 2 * $0 }))
    expectNear(other.coefficients[1], fit.coefficients[1] / 5)
    expectNear(other.coefficients[2], 2 * fit.coefficients[2])
    expectNear(other.standardErrors?[1], fit.standardErrors.map { $0[1] / 5 })
    expectNear(other.rSquared, fit.rSquared)
    // One column: the slope is r s_y/s_x, and r² is R².
    let line = try #require(LeastSquares([sample.x], sample.y))
    let r = try #require(pearson(sample.x, sample.y))
    expectNear(line.rSquared, r * r)
    // No lag and no correction are the sandwich of White, which equal residuals make plain.
    let none = try #require(line.neweyWestErrors(lags: 0, isCorrected: false))
    #expect(none.allSatisfy { $0 > 0 })
    let rows = (0..<sample.x.count).map(Double.init)
    #expect(line.neweyWestErrors(lags: 3) == line.neweyWestErrors(lags: 3, days: rows))
  }

  @Test("Sen's slope: order, units, reversal; its test likewise", arguments: seeds)
  func sen(seed: UInt64) throws {
    let sample = Sample(seed: seed, isOrdinal: seed % 2 == 0)
    let times = sample.days.map(Double.init)
    let plain = try #require(senInterval(times, sample.y))
    #expect(plain.low <= plain.slope && plain.slope <= plain.high)
    expectNear(senSlope(times, zip(sample.y, times).map { $0 + 0.25 * $1 }), plain.slope + 0.25)
    expectNear(senSlope(times.map { $0 / 7 }, sample.y), 7 * plain.slope)
    expectNear(senSlope(times.reversed(), sample.y.reversed()), plain.slope)
    let trend = try #require(DiaryTrend(days: sample.days, values: sample.y))
    let shifted = try #require(
      DiaryTrend(days: sample.days.map { $0 + 9000 }, values: sample.y.map { $0 + 3 }))
    #expect(shifted.s == trend.s)
    expectNear(shifted.p, trend.p)
    let falling = try #require(DiaryTrend(days: sample.days, values: sample.y.map { -$0 }))
    #expect(falling.s == -trend.s)
    expectNear(falling.p, trend.p)
    expectNear(falling.slope, -trend.slope)
    let back = try #require(
      DiaryTrend(
        days: sample.days.reversed().map { 10_000 - $0 }, values: sample.y.reversed()))
    #expect(back.s == -trend.s)
    expectNear(back.p, trend.p)
    #expect((0...1).contains(trend.p))
  }

  @Test(
    "the association: symmetry, monotone change of a side, shift of the calendar", arguments: seeds)
  func association(seed: UInt64) throws {
    let sample = Sample(seed: seed, isOrdinal: seed % 2 == 0, n: 45)
    for q in [1, 2] {
      let plain = try #require(
        DiaryAssociation(days: sample.days, x: sample.x, y: sample.y, q: q))
      let turned = try #require(
        DiaryAssociation(days: sample.days, x: sample.y, y: sample.x, q: q))
      expectNear(turned.r, plain.r)
      expectNear(turned.p, plain.p)
      let bent = try #require(
        DiaryAssociation(
          days: sample.days.map { $0 + 12_345 }, x: sample.x.map { $0 * $0 * $0 }, y: sample.y,
          q: q))
      expectNear(bent.r, plain.r)
      expectNear(bent.p, plain.p)
      let mirrored = try #require(
        DiaryAssociation(days: sample.days, x: sample.x.map { -$0 }, y: sample.y, q: q))
      expectNear(mirrored.r, -plain.r)
      expectNear(mirrored.p, plain.p)
      #expect(plain.effectiveN >= 3 && plain.effectiveN <= 45)
      let ends = try #require(plain.interval)
      #expect(ends.low <= plain.r && plain.r <= ends.high)
    }
  }

  @Test("two groups: shift, exchange and order", arguments: seeds)
  func twoGroups(seed: UInt64) throws {
    let sample = Sample(seed: seed, isOrdinal: seed % 2 == 0)
    let x = sample.x
    let y = Array(sample.y.dropLast(3))
    let plain = try #require(TwoSample(x, y))
    let turned = try #require(TwoSample(y, x))
    expectNear(turned.shift, -plain.shift)
    #expect(turned.greater == plain.less && turned.cliffsDelta == -plain.cliffsDelta)
    expectNear(TwoSample(x.map { $0 + 2 }, y)?.shift, plain.shift + 2)
    #expect(TwoSample(x.shuffled(), y.shuffled())?.shift == plain.shift)
    let ends = plain.interval()
    #expect(ends.low <= plain.shift && plain.shift <= ends.high)
    let wide = plain.interval(widening: 2)
    #expect(wide.low <= ends.low && ends.high <= wide.high)
    let test = try #require(MannWhitney(x, y))
    #expect(test.u1 + test.u2 == Double(x.count * y.count))
    // U counts pairs, ties by half.
    let ties = x.count * y.count - plain.greater - plain.less
    #expect(test.u1 == Double(plain.greater) + Double(ties) / 2)
    let exchanged = try #require(MannWhitney(y, x))
    expectNear(exchanged.asymptoticP, test.asymptoticP)
    expectNear(exchanged.permutationP, test.permutationP)
    let delta = try #require(CliffsDelta(x, y))
    expectNear(delta.delta, plain.cliffsDelta)
    expectNear(CliffsDelta(y, x)?.variance, delta.variance)
    if let ends = delta.interval { #expect(ends.low < delta.delta && delta.delta < ends.high) }
  }

  @Test("signed ranks: sign and scale", arguments: seeds)
  func signedRanks(seed: UInt64) throws {
    let sample = Sample(seed: seed, isOrdinal: true, n: 15)
    let differences = zip(sample.x, sample.y).map { $0 - $1 }
    let plain = try #require(SignedRank(differences))
    let turned = try #require(SignedRank(differences.map { -2 * $0 }))
    #expect(turned.plus == plain.minus && turned.minus == plain.plus)
    expectNear(turned.median, -2 * plain.median)
    expectNear(turned.permutationP, plain.permutationP)
    for treatment in ZeroDifferences.allCases {
      expectNear(
        turned.asymptoticP(treatment, isContinuous: true),
        plain.asymptoticP(treatment, isContinuous: true))
    }
  }

  @Test(
    "adjusted p-values: never below p, in p's order, each kind against the others", arguments: seeds
  )
  func multiplicity(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let p: [Double?] = (0..<20).map { _ in
      let share = random.share()
      return random.below(6) == 0 ? nil : share * share
    }
    let (bh, by, holm, bonferroni) = (
      benjaminiHochberg(p), benjaminiYekutieli(p), holm(p), bonferroni(p)
    )
    for index in p.indices {
      guard let own = p[index] else {
        #expect(bh[index] == nil && by[index] == nil && holm[index] == nil)
        continue
      }
      let adjusted = [bh[index], holm[index], bonferroni[index]].compactMap { $0 }
      #expect(adjusted.count == 3 && adjusted[0] >= own)
      #expect(adjusted[0] <= adjusted[1] + 1e-12 && adjusted[1] <= adjusted[2] + 1e-12)
      #expect((by[index] ?? 0) >= adjusted[0])
      for other in p.indices {
        guard let second = p[other], second > own else { continue }
        #expect((bh[other] ?? 0) >= adjusted[0] && (holm[other] ?? 0) >= adjusted[1])
      }
    }
  }

  @Test("autocorrelation: lag 0 is 1, units and direction do not matter", arguments: seeds)
  func autocorrelations(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let series: [Double?] = (0..<40).map { _ in random.below(7) == 0 ? nil : random.normal() }
    let plain = try #require(autocorrelation(series, lags: 8))
    #expect(plain[0] == 1 && plain.allSatisfy { abs($0) <= 1 })
    let scaled = try #require(autocorrelation(series.map { $0.map { -4 * $0 + 1 } }, lags: 8))
    let back = try #require(autocorrelation(series.reversed(), lags: 8))
    for lag in plain.indices {
      expectNear(scaled[lag], plain[lag])
      expectNear(back[lag], plain[lag])
    }
  }

  @Test("repeated measures: a person's own level is of no account", arguments: seeds)
  func repeated(seed: UInt64) throws {
    let sample = Sample(seed: seed, isOrdinal: false, n: 40)
    let subjects = (0..<40).map { $0 / 8 }
    let plain = RepeatedMeasures(subjects: subjects, x: sample.x, y: sample.y)
    let moved = RepeatedMeasures(
      subjects: subjects.map { 9 - $0 }, x: zip(sample.x, subjects).map { $0 + 10 * Double($1) },
      y: zip(sample.y, subjects).map { $0 - 7 * Double($1) })
    expectNear(moved.r, plain.r, 1e-9)
    #expect(moved.degreesOfFreedom == 40 - 5 - 1)
    let one = RepeatedMeasures(subjects: sample.x.map { _ in 3 }, x: sample.x, y: sample.y)
    expectNear(one.r, pearson(sample.x, sample.y))
  }

  @Test("smoothing: a constant stays, windows lie within what they show", arguments: seeds)
  func smoothing(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let series: [Double?] = (0..<50).map { _ in
      random.below(4) == 0 ? nil : Double(random.below(11))
    }
    for ageing in [Ageing.days, .readings, .readingsFromFirst] {
      let constant = weightedMean(series.map { $0 == nil ? nil : 4 }, alpha: 0.3, ageing: ageing)
      for value in constant { expectNear(value, value == nil ? nil : 4) }
      let found = weightedMean(series, alpha: 0.3, ageing: ageing).compactMap { $0 }
      #expect(found.allSatisfy { $0 >= -1e-12 && $0 <= 10 + 1e-12 })
      let last = weightedMean(series, alpha: 1, ageing: .readings)
      #expect(last.last == series.last { $0 != nil })
    }
    let means = rolling(series, days: 7, need: 3, .mean)
    for (day, value) in means.enumerated() {
      let window = series[max(0, day - 6)...day].compactMap { $0 }
      #expect((value == nil) == (window.count < 3))
      if let value { #expect(value >= (window.min() ?? 0) && value <= (window.max() ?? 0)) }
    }
  }

  @Test("shares: the interval holds the share, mirrors, and the careful one is wider")
  func proportions() throws {
    for planned in [1, 7, 30, 365] {
      for done in 0...planned {
        let share = Double(done) / Double(planned)
        let wilson = try #require(wilsonInterval(done: done, planned: planned))
        let exact = try #require(clopperPearsonInterval(done: done, planned: planned))
        #expect(wilson.low <= share + 1e-12 && share <= wilson.high + 1e-12)
        #expect(exact.low <= wilson.low + 0.02 && exact.high >= wilson.high - 0.02)
        let mirror = try #require(clopperPearsonInterval(done: planned - done, planned: planned))
        expectNear(mirror.low, 1 - exact.high)
        // The tail of the binomial at the lower end is 2.5 %.
        if done > 0 {
          let k = Double(done)
          expectNear(incompleteBeta(exact.low, k, Double(planned) - k + 1), 0.025, 1e-9)
        }
      }
    }
  }

  @Test("shift tests: a series against itself is unmatched, and p has its floor", arguments: seeds)
  func shifts(seed: UInt64) throws {
    let sample = Sample(seed: seed, isOrdinal: true, n: 60)
    let plain = try #require(CircularShift(sample.x, sample.y))
    #expect(plain.p >= 1 / Double(1 + plain.validShifts) && plain.p <= 1)
    let turned = try #require(CircularShift(sample.y, sample.x))
    // Shifting one forwards is shifting the other backwards.
    #expect(turned.reaching == plain.reaching && turned.validShifts == plain.validShifts)
    let own = try #require(CircularShift(sample.x, sample.x))
    #expect(own.rho == 1)
    let middle = try #require(TruncatedShift(sample.x, sample.y, reach: 20))
    #expect(middle.reaching >= 1 && middle.p >= 1 / 21.0)
  }
}

@Suite("Exact tests")
struct ExactTests {
  @Test("Kendall's score: every order counted by hand for three and four")
  func kendall() {
    #expect(Kendall.exactP(s: 3, n: 3) == 2 / 6.0)
    #expect(Kendall.exactP(s: 1, n: 3) == 1)
    #expect(Kendall.exactP(s: 6, n: 4) == 2 / 24.0)
    #expect(Kendall.exactP(s: 4, n: 4) == 8 / 24.0)
    #expect(Kendall.exactP(s: 1, n: 1) == nil)
  }

  @Test("all orders of a perfect rank correlation")
  func spearman() throws {
    let found = try #require(SpearmanPermutation([1, 2, 3, 4], [2, 4, 6, 9]))
    #expect(found.absolute == 2 / 24.0 && found.doubled == 2 / 24.0)
    #expect(found.absolute == perfectOrderP(4))
    #expect(SpearmanPermutation([1, 1, 1], [1, 2, 3]) == nil)
    let nine = (0..<9).map(Double.init)
    #expect(SpearmanPermutation(nine, nine) == nil)
  }

  @Test("the exact p of a score agrees with the enumeration of all orders", arguments: 2...7)
  func kendallEnumerated(n: Int) throws {
    let x = (0..<n).map(Double.init)
    var counts: [Int: Int] = [:]
    var y = x
    func permute(_ start: Int) {
      if start == n { return counts[Kendall.score(x, y), default: 0] += 1 }
      for index in start..<n {
        y.swapAt(start, index)
        permute(start + 1)
        y.swapAt(start, index)
      }
    }
    permute(0)
    let total = Double(counts.values.reduce(0, +))
    for s in counts.keys {
      let reaching = counts.reduce(0) { $0 + (abs($1.key) >= abs(s) ? $1.value : 0) }
      #expect(abs((Kendall.exactP(s: s, n: n) ?? 0) - Double(reaching) / total) < 1e-12)
    }
  }

  @Test("Mann-Whitney: complete separation is two splits out of all")
  func mannWhitney() throws {
    let found = try #require(MannWhitney([1, 2, 3], [10, 11, 12, 13]))
    #expect(found.u1 == 0 && found.u2 == 12 && !found.hasTies)
    #expect(abs((found.exactP ?? 0) - 2 / 35.0) < 1e-15)
    #expect(found.exactP == found.permutationP)
    let tied = try #require(MannWhitney([1, 1, 1], [1, 1]))
    #expect(tied.asymptoticP == nil && tied.exactP == nil && tied.permutationP == 1)
    #expect(MannWhitney([], [1]) == nil)
    let many = try #require(
      MannWhitney((0..<150).map(Double.init), (0..<150).map { Double($0) + 0.5 }))
    #expect(many.exactP == nil && many.permutationP == nil && many.asymptoticP != nil)
    // 30 values have 155 million splits; the two ways of counting them agree.
    let some = try #require(
      MannWhitney(
        (0..<15).map { Double($0 * $0) }, (0..<15).map { Double($0 * 11) + 0.5 }))
    #expect(abs((some.exactP ?? 0) - (some.permutationP ?? 1)) < 1e-12)
  }

  @Test("signed ranks: all of one sign is two out of all")
  func signedRank() throws {
    let found = try #require(SignedRank([1, 2, 3, 4, 5]))
    #expect(found.exactP == 2 / 32.0 && found.permutationP == 2 / 32.0)
    #expect(found.plus == 15 && found.median == 3)
    let zeros = try #require(SignedRank([0, 0, 0]))
    #expect(zeros.exactP == nil && zeros.permutationP == nil)
    #expect(zeros.asymptoticP(.ranked, isContinuous: true) == nil)
    #expect(SignedRank([]) == nil)
  }

  @Test("ranks of exact intervals, from printed tables")
  func exactRanks() {
    // Two-sided 5 % critical values of U and W are one less than these ranks.
    #expect(MannWhitney.exactRank(5, 5) - 1 == 2)
    #expect(MannWhitney.exactRank(10, 10) - 1 == 23)
    #expect(MannWhitney.exactRank(8, 12) - 1 == 22)
    #expect(SignedRank((1...10).map(Double.init))?.exactInterval?.k == 9)
    #expect(SignedRank((1...20).map(Double.init))?.exactInterval?.k == 53)
  }
}

@Suite("Trends by other methods")
struct OtherTrendTests {
  private let series = Sample(seed: 3, isOrdinal: true, n: 30)

  @Test("without a correction Mann-Kendall is the diary's test without carry-over")
  func plain() throws {
    let slope = try #require(senSlope((0..<30).map(Double.init), series.y))
    let found = try #require(MannKendall(series.y, slope: slope))
    let diary = try #require(
      DiaryTrend(days: Array(0..<30), values: series.y, carriesOver: false))
    #expect(found.s == diary.s && found.variance == diary.variance && found.p == diary.p)
  }

  @Test("a constant series has no trend, and one value no test")
  func constant() {
    let found = MannKendall([4, 4, 4, 4], slope: 0)
    #expect(found?.s == 0 && found?.p == 1 && found?.z == 0)
    #expect(MannKendall([4], slope: 0) == nil)
  }

  @Test("a known step is found and the slope beside it is none")
  func segmented() throws {
    let days = (0..<40).map(Double.init)
    let line = try #require(
      SegmentedLine(days: days, values: days.map { $0 < 20 ? 3 : 5 }, change: 20))
    #expect(line.before == 20 && line.after == 20)
    expectNear(line.fit.coefficients[2], 2)
    expectNear(line.fit.coefficients[3], 0)
    #expect(SegmentedLine(days: [0, 1, 2], values: [1, 2, 3], change: 2) == nil)
  }

  @Test("carry-over makes days worth less, alternation does not make them worth more")
  func adjusted() throws {
    let days = (0..<60).map(Double.init)
    let slow = days.map { ($0 / 10).rounded(.down).truncatingRemainder(dividingBy: 2) }
    let found = try #require(AdjustedSlope(days: days, values: slow))
    #expect(found.carryOver > 0.5 && found.effectiveN < 20)
    let quick = try #require(
      AdjustedSlope(days: days, values: days.map { $0.truncatingRemainder(dividingBy: 2) }))
    #expect(quick.carryOver < 0 && quick.effectiveN == 60)
    #expect(AdjustedSlope(days: days, values: days) == nil)
  }

  @Test("Durbin-Watson: 0 for a drift, 4 for alternation, none for nothing")
  func durbinWatsons() throws {
    #expect(durbinWatson([0, 0, 0]) == nil)
    let alternating = (0..<100).map { $0 % 2 == 0 ? 1.0 : -1 }
    #expect(try #require(durbinWatson(alternating)) > 3.9)
    #expect(try #require(durbinWatson((0..<100).map { Double($0) - 49.5 })) < 0.01)
  }
}
