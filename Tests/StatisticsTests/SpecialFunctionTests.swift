import Foundation
import Testing

@testable import Statistics

/// Against 50-digit arithmetic; no absolute slack, so that tails count to their last digit.
@Suite("Special functions")
struct SpecialFunctionTests {
  private func check(_ name: String, _ tolerance: Double, _ compute: ([Double]) -> Double?) throws {
    let found = try referenceCases("special_functions").first {
      $0["id"] as? String == "special_functions/\(name)"
    }
    let output = try #require(found?["output"] as? [String: Any])
    let rows = try #require(output["rows"] as? [[Double]])
    #expect(rows.count > 3)
    for row in rows {
      let expected = row[row.count - 1]
      let value = try #require(compute(Array(row.dropLast())))
      let error = expected == 0 ? abs(value) : abs(value - expected) / abs(expected)
      #expect(error <= tolerance, "\(name)\(row): \(value), error \(error)")
    }
  }

  @Test("Student's two-sided tail") func studentTail() throws {
    try check("t2", 1e-13) { studentTwoSidedTail($0[0], df: $0[1]) }
  }

  @Test("Student's quantile") func studentQuantiles() throws {
    try check("t_quantile", 1e-13) { studentQuantile($0[0], df: $0[1]) }
  }

  @Test("the normal tail") func normalTail() throws {
    try check("normal_sf", 1e-13) { normalUpperTail($0[0]) }
  }

  @Test("the normal quantile") func normalQuantiles() throws {
    try check("normal_quantile", 1e-13) { normalQuantile($0[0]) }
  }

  @Test("the incomplete beta function") func beta() throws {
    try check("betainc", 1e-13) { incompleteBeta($0[2], $0[0], $0[1]) }
  }

  @Test("both ways to the incomplete beta function meet where one takes over from the other")
  func betaSeam() {
    for a in [0.75, 2, 14, 182.5, 5_000, 400_000] {
      for b in [0.1, 0.5, 0.9, 1] {
        let series = incompleteBeta(0.6, a, b)
        let fraction = incompleteBeta(0.6.nextUp, a, b)
        // One step of x changes the logarithm by at most a and some steps.
        #expect(
          series == fraction || abs(series / fraction - 1) < 1e-13 + 4e-16 * a, "\(a) \(b)")
      }
    }
    // P(T > t) of one degree of freedom is an arctangent.
    for t in [0.9, 1.5, 4, 60, 1e5] {
      let tail = 1 - 2 / Double.pi * atan(t)
      #expect(abs(studentTwoSidedTail(t, df: 1) / tail - 1) < 1e-15 * t + 1e-14, "\(t)")
    }
    #expect(incompleteBeta(0.5, 500_000, 0.5) == 0)
  }

  @Test("the logarithm of gamma") func gamma() throws {
    try check("lgamma", 1e-13) { logGamma($0[0]) }
  }

  @Test("the chi-square tail") func chiSquare() throws {
    try check("chi2_sf", 1e-13) { chiSquareUpperTail($0[0], df: $0[1]) }
  }

  @Test("outside their range they are undefined") func undefined() {
    for p in [0.0, 1, -1, 2, .nan] {
      #expect(normalQuantile(p) == nil)
      #expect(studentQuantile(p, df: 5) == nil)
    }
    #expect(studentQuantile(0.9, df: 0) == nil)
    #expect(studentTwoSidedTail(.infinity, df: 3) == 0)
    #expect(studentTwoSidedTail(0, df: 3) == 1)
  }

  @Test("quantile and tail undo each other, also for fractional freedom")
  func roundTrip() throws {
    for df in [0.7, 1, 2.5, 4.31, 17, 133.3, 4_000] {
      for p in [0.51, 0.6, 0.9, 0.975, 0.9999] {
        let t = try #require(studentQuantile(p, df: df))
        let back = studentTwoSidedTail(t, df: df) / 2
        #expect(abs(back - (1 - p)) <= 1e-12 * (1 - p), "\(p) \(df)")
      }
    }
  }
}
