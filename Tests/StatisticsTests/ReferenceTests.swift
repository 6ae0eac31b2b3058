import Foundation
import TestSupport
import Testing

@testable import Statistics

@Suite("Against other libraries")
struct ReferenceTests {
  /// Figures that the other library itself loses: exact arithmetic on the same Doubles gives
  /// -0.06655068813590134 for the second, as `skewnessWithOffset` checks.
  static let inexact = [
    "descriptive/edge-huge-and-tiny skew_g1_adjusted",
    "descriptive/offset-1e6-sd-1e-3 skew_g1_adjusted",
  ]

  @Test("skewness keeps its digits under a large offset")
  func skewnessWithOffset() throws {
    let item = try referenceCases("descriptive").first {
      $0["id"] as? String == "descriptive/offset-1e6-sd-1e-3"
    }
    let y = column((item?["input"] as? [String: Any])?["y"]).compactMap { $0 }
    expectClose(skewness(y), -0.06655068813590134, 1e-9, "skewness")
  }

  @Test("descriptive statistics")
  func descriptive() throws {
    for item in try referenceCases("descriptive") {
      let id = item["id"] as? String ?? ""
      let output = try #require(item["output"] as? [String: Any])
      let y = column((item["input"] as? [String: Any])?["y"]).compactMap { $0 }
      #expect(y.count == count(output["n"]))
      let sorted = y.sorted()
      for (key, value) in [
        ("mean", mean(y)), ("var_sample", variance(y)), ("sd_sample", standardDeviation(y)),
        ("median", median(y)), ("mad", medianAbsoluteDeviation(y)),
        ("skew_g1_adjusted", skewness(y)), ("trimmed_mean_10", trimmedMean(y, share: 0.1)),
      ] where output[key] != nil && !Self.inexact.contains("\(id) \(key)") {
        expectClose(value, number(output[key]), 1e-12, "\(id) \(key)")
      }
      let seven = column(output["q_type7"])
      for (p, expected) in zip([0, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 1], seven) {
        expectClose(quantile(sorted: sorted, p), expected, 1e-12, "\(id) quantile \(p)")
      }
      for (key, type) in [("q_type8", QuantileType.eight), ("q_type6", .six)] {
        for (p, expected) in zip([0.25, 0.5, 0.75], column(output[key])) {
          let found = quantile(sorted: sorted, p, type: type)
          expectClose(found, expected, 1e-12, "\(id) \(key) \(p)")
        }
      }
    }
  }

  @Test("Pearson, Spearman and Kendall with p and intervals")
  func correlation() throws {
    for item in try referenceCases("correlation") {
      let id = item["id"] as? String ?? ""
      let input = try #require(item["input"] as? [String: Any])
      guard input["z1"] == nil else { continue }
      let output = try #require(item["output"] as? [String: Any])
      let (x, y) = complete(column(input["x"]), column(input["y"]))
      let n = Double(x.count)
      let linear = try #require(output["pearson"] as? [String: Any])
      let r = pearson(x, y)
      expectClose(r, number(linear["r"]), 1e-12, "\(id) r")
      if let r, x.count > 2 {
        expectClose(correlationP(r, df: n - 2), number(linear["p"]), 1e-9, "\(id) p")
      }
      let ranked = try #require(output["spearman"] as? [String: Any])
      let rho = spearman(x, y)
      expectClose(rho, number(ranked["rho"]), 1e-12, "\(id) rho")
      if let rho, abs(rho) < 1, ranked["ci95_bonett_wright"] != nil {
        let found = correlationInterval(rho, factor: 1 + rho * rho / 2, freedom: n - 3)
        let ends = column(ranked["ci95_bonett_wright"])
        expectClose(found?.low, ends[0], 1e-9, "\(id) low")
        expectClose(found?.high, ends[1], 1e-9, "\(id) high")
      }
      let concordance = try #require(output["kendall"] as? [String: Any])
      let kendall = Kendall(x, y)
      expectClose(kendall?.tauB, number(concordance["tau_b"]), 1e-12, "\(id) tau")
      if let kendall, x.count > 2 {
        #expect(kendall.s == count(concordance["s"]))
        expectClose(
          kendall.asymptoticP, number(concordance["p_asymptotic"]), 1e-9, "\(id) kendall p")
      }
    }
  }

  @Test("least squares and Sen's slope")
  func trend() throws {
    for item in try referenceCases("trend") {
      let id = item["id"] as? String ?? ""
      let input = try #require(item["input"] as? [String: Any])
      let output = try #require(item["output"] as? [String: Any])
      let (t, y) = complete(column(input["t"]), column(input["y"]))
      if let expected = output["ols"] as? [String: Any], t.count > 2,
        let fit = LeastSquares([t], y)
      {
        for (key, value) in [
          ("slope", fit.coefficients[1]), ("intercept", fit.coefficients[0]),
          ("slope_se", fit.standardErrors?[1]), ("intercept_se", fit.standardErrors?[0]),
          ("residual_sd", fit.residualDeviation),
        ] { expectClose(value, number(expected[key]), 1e-10, "\(id) \(key)") }
        expectClose(fit.rSquared, number(expected["r_squared"]), 1e-10, "\(id) r squared")
      }
      guard let expected = output["theil_sen"] as? [String: Any] else { continue }
      let found = try #require(senInterval(t, y))
      expectClose(found.slope, number(expected["slope"]), 1e-12, "\(id) sen")
      #expect(found.pairs == count(expected["pairs"]))
      let ends = column(expected["ci95"])
      guard ends.count == 2 else { continue }
      expectClose(found.low, ends[0], 1e-9, "\(id) low")
      expectClose(found.high, ends[1], 1e-9, "\(id) high")
    }
  }

  @Test("Hodges-Lehmann and Cliff's delta")
  func twoSample() throws {
    for item in try referenceCases("two_sample") {
      let id = item["id"] as? String ?? ""
      let input = try #require(item["input"] as? [String: Any])
      let output = try #require(item["output"] as? [String: Any])
      guard let delta = output["cliffs_delta"] as? [String: Any],
        let lehmann = output["hodges_lehmann"] as? [String: Any]
      else { continue }
      let x = column(input["x"]).compactMap { $0 }
      let y = column(input["y"]).compactMap { $0 }
      let found = try #require(TwoSample(x, y))
      #expect(found.greater == count(delta["greater"]), "\(id)")
      #expect(found.less == count(delta["less"]), "\(id)")
      expectClose(found.cliffsDelta, number(delta["delta"]), 1e-12, "\(id) delta")
      expectClose(found.shift, number(lehmann["shift"]), 1e-12, "\(id) shift")
      guard lehmann["k_normal"] != nil else { continue }
      let interval = found.interval()
      #expect(interval.k == count(lehmann["k_normal"]), "\(id)")
      let ends = column(lehmann["ci95_normal"])
      expectClose(interval.low, ends[0], 1e-9, "\(id) low")
      expectClose(interval.high, ends[1], 1e-9, "\(id) high")
    }
  }

  @Test("the false discovery rate")
  func multiplicity() throws {
    for item in try referenceCases("multiplicity") {
      let id = item["id"] as? String ?? ""
      let p = column((item["input"] as? [String: Any])?["p"])
      let expected = column((item["output"] as? [String: Any])?["bh"])
      let found = benjaminiHochberg(p)
      #expect(found.count == expected.count)
      for (left, right) in zip(found, expected) { expectClose(left, right, 1e-12, id) }
    }
  }

  @Test(
    "NIST univariate sets within half a digit of what Doubles allow",
    arguments: [
      ("PiDigits", 14.5), ("Lew", 14.5), ("Mavro", 12.6), ("Michelso", 13.3), ("NumAcc1", 14.5),
      ("NumAcc2", 14.5), ("NumAcc3", 9.0),
    ])
  func nist(_ name: String, _ digits: Double) throws {
    let set = try referenceDocument("nist/\(name)")
    let y = try #require(set["y"] as? [Double])
    let certified = try #require(set["certified"] as? [String: Double])
    let center = try #require(mean(y))
    let deviation = try #require(standardDeviation(y))
    #expect(try lre(center, #require(certified["mean"])) >= 14.5)
    #expect(try lre(deviation, #require(certified["sample_standard_deviation"])) >= digits)
  }

  private func lre(_ found: Double, _ certified: Double) -> Double {
    found == certified ? 15 : min(15, -log10(abs(found - certified) / abs(certified)))
  }
}
