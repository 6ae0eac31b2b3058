import TestSupport
import Testing

@testable import Statistics

/// The plain definitions, as slow as they are short.
private enum Plain {
  static func midRanks(_ values: [Double]) -> [Double] {
    values.map { own in
      Double(values.count { $0 < own }) + (Double(values.count { $0 == own }) + 1) / 2
    }
  }

  static func score(_ x: [Double], _ y: [Double]) -> Int {
    var score = 0
    for i in x.indices {
      for j in 0..<i { score += sign(x[i] - x[j]) * sign(y[i] - y[j]) }
    }
    return score
  }

  static func ties(_ values: [Double]) -> Ties {
    var ties = Ties()
    for own in Set(values) { ties.add(values.count { $0 == own }) }
    return ties
  }

  /// The association by general least squares on the ranks.
  static func association(days: [Int], x: [Double], y: [Double], q: Int) -> (
    r: Double, aX: Double, aY: Double
  )? {
    let t = days.map { Double($0 - days[0]) }
    let columns = q == 2 ? [t, t.map { $0 * $0 }] : [t]
    guard let left = LeastSquares(columns, midRanks(x)),
      let right = LeastSquares(columns, midRanks(y)),
      let r = Statistics.pearson(left.residuals, right.residuals)
    else { return nil }
    return (
      r, carryOver(left.residuals, days: days).a, carryOver(right.residuals, days: days).a
    )
  }
}

/// Columns of every kind that a fast path is chosen by.
private enum Kind: CaseIterable, CustomTestStringConvertible {
  case ordinal, binary, halves, tenths, minutes, offset, continuous, wide, zeros, runs

  var testDescription: String { "\(self)" }

  func column(_ n: Int, seed: UInt64) -> [Double] {
    var random = SeededGenerator(seed: seed)
    return (0..<n).map { index in
      switch self {
      case .ordinal: Double(random.below(11))
      case .binary: Double(random.below(2))
      case .halves: Double(random.below(21)) / 2 - 4
      case .tenths: Double(random.below(200)) / 10
      case .minutes: random.below(3) == 0 ? 0 : Double(random.below(600)) / 10
      case .offset: 1e9 + Double(random.below(7))
      case .continuous: random.normal()
      case .wide: Double(random.below(1 << 40)) - 1e11
      case .zeros: random.pick([0.0, -0.0, 1, -1])
      case .runs: Double(index / 5) + (random.below(9) == 0 ? 0.25 : 0)
      }
    }
  }
}

@Suite("Fast paths give what the plain definitions give")
struct FastPathTests {
  static let lengths = [1, 2, 3, 7, 30, 41, 90, 200, 365]

  @Test("mid-ranks and ties", arguments: Kind.allCases)
  fileprivate func ranks(kind: Kind) {
    for n in FastPathTests.lengths {
      let values = kind.column(n, seed: UInt64(n))
      #expect(midRanks(values) == Plain.midRanks(values), "\(n)")
      #expect(Ties(values) == Plain.ties(values), "\(n)")
      let sizes = Set(values).sorted().map { own in values.count { $0 == own } }.filter { $0 > 1 }
      #expect(tieSizes(values) == sizes)
      // Sorted, whatever could be counted.
      var sorted = [Int32](repeating: 0, count: n)
      let ties = values.withUnsafeBufferPointer { values in
        sorted.withUnsafeMutableBufferPointer { out in
          out.baseAddress.map { sortedRanks(values, into: $0) }
        }
      }
      #expect(sorted.map { Double($0) / 2 } == midRanks(values))
      #expect(ties == Ties(values))
    }
    #expect(midRanks([]).isEmpty)
  }

  @Test("values that are all but whole are not taken for whole")
  func almostWhole() {
    for values in [
      [1, 1.0.nextUp, 2], [0.3, 0.1 + 0.2, 0.3], [1e-310, 0, 1], [1e300, 1, -1e300],
    ] {
      #expect(midRanks(values) == Plain.midRanks(values), "\(values)")
    }
    let out = UnsafeMutablePointer<Int32>.allocate(capacity: 3)
    defer { out.deallocate() }
    for values in [[1, .nan, 2], [1, .infinity, 2], [1, 4_294_967_297, 2], [1, 2.1, 1e18]] {
      values.withUnsafeBufferPointer { #expect(wholeNumbers($0, scale: 1, into: out) == nil) }
    }
    [0.1, 2.5, -7].withUnsafeBufferPointer { values in
      let range = wholeNumbers(values, into: out)
      #expect(range?.low == -70 && range?.high == 25)
    }
  }

  @Test("Spearman and Kendall: counted, sorted and by definition", arguments: Kind.allCases)
  fileprivate func rankCorrelations(kind: Kind) {
    for other in [Kind.ordinal, .binary, .minutes, .continuous, .runs] {
      for n in FastPathTests.lengths {
        let (x, y) = (kind.column(n, seed: 5), other.column(n, seed: 9))
        let place = "\(other) \(n)"
        #expect(spearman(x, y) == pearson(Plain.midRanks(x), Plain.midRanks(y)), "\(place)")
        #expect(Kendall.score(x, y) == Plain.score(x, y), "\(place)")
        x.withUnsafeBufferPointer { x in
          y.withUnsafeBufferPointer { y in
            let merged = Kendall.mergedScore(x, y)
            if let counted = JointCounts.with(x, y, { $0.score() }) {
              #expect(counted.s == merged.s, "\(place)")
              #expect(counted.tiesX == merged.tiesX && counted.tiesY == merged.tiesY)
              #expect(JointCounts.with(x, y) { $0.rankSums() } == .some(rankSums(x, y)))
            }
          }
        }
        #expect(risingPairs(y).s == Plain.score((0..<n).map(Double.init), y))
      }
    }
  }

  @Test("inversions, counted on the way of a merge sort")
  func inversions() {
    for n in [0, 1, 2, 8, 9, 33, 100, 257] {
      var codes = Kind.ordinal.column(n, seed: 3).map { Int32($0) }
      let expected = codes.indices.reduce(0) { sum, i in
        sum + (0..<i).count { codes[$0] > codes[i] }
      }
      let sorted = codes.sorted()
      var spare = codes
      let found = codes.withUnsafeMutableBufferPointer { codes in
        spare.withUnsafeMutableBufferPointer { countInversions(codes, spare: $0) }
      }
      #expect(found == expected && codes == sorted)
    }
  }

  @Test("sorting by digits keeps equal keys in order", arguments: [41, 300, 25_000])
  func radix(n: Int) {
    for kind in [Kind.continuous, .ordinal, .wide, .zeros] {
      let values = kind.column(n, seed: 2)
      values.withUnsafeBufferPointer { column in
        withSorted(column) { sorted in
          let expected = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
          #expect(sorted.map { Int($0.index) } == expected)
          #expect(zip(sorted, expected).allSatisfy { $0.value == values[$1] })
        }
      }
    }
  }

  @Test("the association: ranks once for all lags, and general least squares", arguments: 1...12)
  func association(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let n = random.pick([24, 30, 61, 90, 365])
    func calendar(_ kind: Kind) -> [Double?] {
      kind.column(n, seed: UInt64(seed * 7)).map { random.below(7) == 0 ? nil : $0 }
    }
    let x = calendar(random.pick([.minutes, .binary, .continuous]))
    let y = calendar(.halves)
    let (rankedX, rankedY) = (RankedColumn(x), RankedColumn(y))
    for lag in 0...4 {
      let days = (0..<n - lag).filter { x[$0] != nil && y[$0 + lag] != nil }
      let left = days.compactMap { x[$0] }
      let right = days.compactMap { y[$0 + lag] }
      for q in [1, 2] {
        let found = try #require(DiaryAssociation(days: days, x: left, y: right, q: q))
        let ranked = try #require(DiaryAssociation(rankedX, rankedY, lag: lag, q: q))
        #expect(ranked.r == found.r && ranked.p == found.p && ranked.n == found.n)
        #expect(ranked.aX == found.aX && ranked.bY == found.bY)
        #expect(ranked.interval?.low == found.interval?.low)
        let plain = try #require(Plain.association(days: days, x: left, y: right, q: q))
        #expect(abs(found.r - plain.r) < 1e-13 && abs(found.aX - plain.aX) < 1e-13)
        #expect(abs(found.aY - plain.aY) < 1e-13)
      }
    }
  }

  @Test("ranks once for all lags: nothing, a constant side, lags beyond the calendar")
  func emptyRanked() {
    let some = RankedColumn([1, nil, 3, 2, 5, 4])
    #expect(DiaryAssociation(RankedColumn([]), some, lag: 0, q: 1) == nil)
    #expect(DiaryAssociation(RankedColumn([nil, nil, nil, nil]), some, lag: 0, q: 1) == nil)
    #expect(DiaryAssociation(RankedColumn([7, 7, 7, 7, 7, 7]), some, lag: 0, q: 1) == nil)
    #expect(DiaryAssociation(some, some, lag: 9, q: 1) == nil)
    #expect(DiaryAssociation(days: [4, 4, 4, 4], x: [1, 2, 3, 4], y: [2, 1, 4, 3], q: 1) == nil)
    #expect(DiaryAssociation(days: [1, 1, 2, 2], x: [1, 2, 3, 4], y: [2, 1, 4, 3], q: 2) == nil)
  }
}
