import Foundation
import Testing

@testable import Statistics

@Suite("Calendar series against other libraries")
struct CalendarReferenceTests {
  private func each(
    _ file: String, _ body: (String, [String: Any], [String: Any], [String: Any]) throws -> Void
  ) throws {
    let cases = try referenceCases(file)
    #expect(!cases.isEmpty)
    for item in cases {
      try body(
        item["id"] as? String ?? "", try #require(item["input"] as? [String: Any]),
        try #require(item["output"] as? [String: Any]), item)
    }
  }

  @Test("lagged correlations")
  func lagged() throws {
    try each("lagged") { id, input, output, _ in
      let x = column(input["x"])
      let y = column(input["y"])
      for row in try #require(output["lags"] as? [[String: Any]]) {
        let lag = try #require(count(row["lag"]))
        let days = x.indices.filter { y.indices.contains($0 + lag) }
        let (left, right) = complete(days.map { x[$0] }, days.map { y[$0 + lag] })
        #expect(left.count == count(row["n"]), "\(id) \(lag)")
        expectClose(pearson(left, right), number(row["pearson"]), 1e-12, "\(id) \(lag)")
        guard row["spearman"] != nil else { continue }
        expectClose(spearman(left, right), number(row["spearman"]), 1e-12, "\(id) \(lag)")
      }
    }
  }

  @Test("autocorrelation with missing days")
  func acf() throws {
    try each("autocorrelation") { id, input, output, _ in
      for (name, key) in [("x", "acf_x"), ("y", "acf_y")] where output[key] != nil {
        let expected = column(output[key])
        let found = autocorrelation(column(input[name]), lags: expected.count - 1)
        for (lag, value) in expected.enumerated() {
          expectClose(found?[lag], value, 1e-12, "\(id) \(key) \(lag)")
        }
      }
    }
  }

  @Test("repeated-measures correlation")
  func repeatedMeasures() throws {
    try each("rmcorr") { id, input, output, _ in
      let names = try #require(input["subject"] as? [String])
      let x = column(input["x"])
      let y = column(input["y"])
      let rows = names.indices.filter { x[$0] != nil && y[$0] != nil }
      let order = Array(Set(names)).sorted()
      let found = RepeatedMeasures(
        subjects: rows.map { order.firstIndex(of: names[$0]) ?? 0 },
        x: rows.compactMap { x[$0] }, y: rows.compactMap { y[$0] })
      #expect(found.n == count(output["N"]), "\(id)")
      #expect(found.subjects == count(output["subjects"]), "\(id)")
      #expect(found.degreesOfFreedom == count(output["df"]), "\(id)")
      expectClose(found.r, number(output["r"]), 1e-12, "\(id) r")
      expectClose(found.slope, number(output["slope"]), 1e-12, "\(id) slope")
      expectClose(found.p, number(output["p"]), 1e-9, "\(id) p")
      let ends = column(output["ci95"])
      expectClose(found.interval?.low, ends[0], 1e-9, "\(id) low")
      expectClose(found.interval?.high, ends[1], 1e-9, "\(id) high")
    }
  }

  @Test("smoothing")
  func smoothing() throws {
    try each("smoothing") { id, input, output, _ in
      let y = column(input["y"])
      for (key, found) in [
        ("ewma_a0.3_adjust_true_ignore_na_false", weightedMean(y, alpha: 0.3)),
        ("rolling_mean_7_min3", rolling(y, days: 7, need: 3, .mean)),
        ("rolling_mean_7_min7", rolling(y, days: 7, need: 7, .mean)),
        ("rolling_mean_7_min1_centered", rolling(y, days: 7, need: 1, .mean, isCentered: true)),
        ("rolling_median_7_min3", rolling(y, days: 7, need: 3, .median)),
        ("rolling_sd_7_min3", rolling(y, days: 7, need: 3, .deviation)),
      ] {
        let expected = column(output[key])
        #expect(found.count == expected.count)
        for day in expected.indices {
          expectClose(found[day], expected[day], 1e-12, "\(id) \(key) \(day)")
        }
      }
    }
  }

  @Test("Wilson's interval")
  func wilson() throws {
    try each("proportions") { id, input, output, _ in
      let done = try #require(count(input["done"]))
      let found = wilsonInterval(done: done, planned: try #require(count(input["planned"])))
      let ends = column(output["wilson"])
      expectClose(found?.low, ends[0], 1e-9, "\(id) low")
      expectClose(found?.high, ends[1], 1e-9, "\(id) high")
    }
  }

  @Test("the circular-shift test, exact counts")
  func circularShift() throws {
    try each("resampling") { id, input, output, _ in
      let found = CircularShift(column(input["x"]), column(input["y"]))
      guard let expected = output["circular"] as? [String: Any], let found else {
        #expect(found == nil || output["circular"] == nil, "\(id)")
        return
      }
      #expect(found.pairs == count(output["n_pairs"]), "\(id)")
      expectClose(found.rho, number(output["rho"]), 1e-12, "\(id) rho")
      #expect(found.reaching == count(expected["count_ge"]), "\(id)")
      #expect(found.validShifts == count(expected["valid_shifts"]), "\(id)")
      expectClose(found.p, number(expected["p"]), 1e-12, "\(id) p")
    }
  }

  @Test("partial correlations")
  func partial() throws {
    try each("correlation") { id, input, output, _ in
      guard input["z1"] != nil else { return }
      var columns = [column(input["x"]), column(input["y"]), column(input["z1"])]
      if input["z2"] != nil { columns.append(column(input["z2"])) }
      let rows = columns[0].indices.filter { row in columns.allSatisfy { $0[row] != nil } }
      let dense = columns.map { column in rows.compactMap { column[$0] } }
      let covariates = Array(dense.dropFirst(2))
      for (key, x, y) in [
        ("pearson", dense[0], dense[1]), ("spearman", midRanks(dense[0]), midRanks(dense[1])),
      ] {
        let expected = try #require(output[key] as? [String: Any])
        let z = key == "pearson" ? covariates : covariates.map(midRanks)
        let r = partialCorrelation(x, y, covariates: z)
        expectClose(r, number(expected["r"]), 1e-11, "\(id) \(key)")
        let df = Double(rows.count - 2 - z.count)
        if let r { expectClose(correlationP(r, df: df), number(expected["p"]), 1e-9, "\(id) p") }
      }
    }
  }

  @Test(
    "NIST lag-1 autocorrelation",
    arguments: [
      ("PiDigits", 14.0), ("Lew", 14), ("Mavro", 13), ("Michelso", 12.5), ("NumAcc1", 14),
      ("NumAcc2", 14), ("NumAcc3", 10.5),
    ])
  func nist(_ name: String, _ digits: Double) throws {
    let set = try referenceDocument("nist/\(name)")
    let y = try #require(set["y"] as? [Double])
    let certified = try #require((set["certified"] as? [String: Double])?["lag1_autocorrelation"])
    let found = try #require(autocorrelation(y, lags: 1)?[1])
    let reached = found == certified ? 15 : -log10(abs(found - certified) / abs(certified))
    #expect(reached >= digits, "\(name): \(reached) digits")
  }
}
