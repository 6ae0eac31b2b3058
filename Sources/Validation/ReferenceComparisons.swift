import Statistics

func twoSample(_ input: ReferenceValue, _ figures: inout ComputedFigures) {
  if let differences = input["d"]?.column { return signedRank(differences, &figures) }
  let x = (input["x"]?.column ?? []).compactMap { $0 }
  let y = (input["y"]?.column ?? []).compactMap { $0 }
  figures.set("n1", x.count)
  figures.set("n2", y.count)
  guard let found = TwoSample(x, y), let test = MannWhitney(x, y), let delta = CliffsDelta(x, y)
  else { return }
  figures.set("mann_whitney.u1", test.u1)
  figures.set("mann_whitney.u2", test.u2)
  figures.set("mann_whitney.ties", test.hasTies ? 1 : 0)
  figures.set("mann_whitney.p_asymptotic", test.asymptoticP)
  let isSmall = x.count * y.count <= MannWhitney.limit
  if isSmall { figures.set("mann_whitney.p_exact", test.exactP) }
  if let p = test.permutationP { figures.set("mann_whitney.p_permutation", p) }
  figures.set("cliffs_delta.delta", delta.delta)
  figures.set("cliffs_delta.greater", found.greater)
  figures.set("cliffs_delta.less", found.less)
  figures.set("cliffs_delta.ties", x.count * y.count - found.greater - found.less)
  figures.set("cliffs_delta.variance_unbiased", delta.variance)
  figures.set("cliffs_delta.ci95_cliff_asymmetric", delta.interval)
  figures.set("hodges_lehmann.shift", found.shift)
  let interval = found.interval()
  figures.set("hodges_lehmann.ci95_normal", (interval.low, interval.high))
  figures.set("hodges_lehmann.k_normal", interval.k)
  guard isSmall else { return }
  let exact = found.exactInterval()
  figures.set("hodges_lehmann.ci95_exact", (exact.low, exact.high))
  figures.set("hodges_lehmann.k_exact", exact.k)
}

func signedRank(_ column: [Double?], _ figures: inout ComputedFigures) {
  let differences = column.compactMap { $0 }
  figures.set("n", differences.count)
  figures.set("zeros", differences.count { $0 == 0 })
  guard let found = SignedRank(differences) else { return }
  figures.set("w_plus", found.plus)
  figures.set("w_minus", found.minus)
  figures.set("ties", found.hasTies ? 1 : 0)
  if differences.count <= SignedRank.limit {
    figures.set("p_exact", found.exactP)
    figures.set("p_permutation_wilcox", found.permutationP)
  }
  for (name, treatment) in [
    ("wilcox", ZeroDifferences.dropped), ("pratt", .ranked), ("zsplit", .split),
  ] {
    figures.set(
      "p_asymptotic_\(name)", found.asymptoticP(treatment, isContinuous: false))
    figures.set(
      "p_asymptotic_\(name)_cc", found.asymptoticP(treatment, isContinuous: true))
  }
  figures.set("hodges_lehmann", found.median)
  let exact = found.exactInterval
  figures.set("hodges_lehmann_ci95_exact", exact.map { ($0.low, $0.high) })
  figures.set("k_exact", exact.map { Double($0.k) })
}

func autocorrelations(
  _ input: ReferenceValue, _ output: ReferenceValue, _ figures: inout ComputedFigures
) {
  for (name, key) in [("x", "acf_x"), ("y", "acf_y")] {
    guard let lags = output[key]?.list.count, lags > 0 else { continue }
    let found = autocorrelation(input[name]?.column ?? [], lags: lags - 1)
    figures.set(key, (0..<lags).map { found?[$0] })
  }
  let y = input["y"]?.column ?? []
  let values = y.compactMap { $0 }
  if values.count == y.count, let center = mean(values) {
    figures.set("durbin_watson_y", durbinWatson(values.map { $0 - center }))
    for (index, row) in (output["ljung_box_y"]?.list ?? []).enumerated() {
      let lag = Int(row["lag"]?.double ?? 0)
      let found = autocorrelation(y, lags: lag).flatMap { ljungBox($0, lags: lag, n: y.count) }
      figures.set("ljung_box_y[\(index)].lag", lag)
      figures.set("ljung_box_y[\(index)].q", found?.q)
      figures.set("ljung_box_y[\(index)].p", found?.p)
    }
  }
  guard let x = input["x"]?.column else { return }
  effectiveDays(x, y, &figures)
}

func effectiveDays(_ x: [Double?], _ y: [Double?], _ figures: inout ComputedFigures) {
  let days = x.indices.filter { x[$0] != nil && y[$0] != nil }
  func only(_ series: [Double?]) -> [Double?] {
    var kept = [Double?](repeating: nil, count: series.count)
    for day in days { kept[day] = series[day] }
    return kept
  }
  let r = pearson(days.compactMap { x[$0] }, days.compactMap { y[$0] })
  let n = Double(days.count)
  figures.set("n", days.count)
  figures.set("pearson", r)
  figures.set("p_naive", r.flatMap { correlationP($0, df: n - 2) })
  let last = x.count / 5
  figures.set("K", last)
  guard let r, let left = autocorrelation(only(x), lags: max(1, last)),
    let right = autocorrelation(only(y), lags: max(1, last))
  else { return }
  let bartlett = bartlettEffectiveN(days.count, left[1], right[1])
  let pyper = pyperPetermanEffectiveN(
    days.count, Array(left.prefix(last + 1)), Array(right.prefix(last + 1)))
  figures.set("n_eff_bartlett", bartlett)
  figures.set("n_eff_pyper_peterman", pyper)
  figures.set("p_adjusted_bartlett", correlationP(r, df: min(n, bartlett) - 2))
  figures.set("p_adjusted_pyper_peterman", correlationP(r, df: pyper - 2))
}

func repeatedMeasures(_ input: ReferenceValue, _ figures: inout ComputedFigures) {
  let names = (input["subject"]?.list ?? []).map { $0.string ?? "" }
  let x = input["x"]?.column ?? []
  let y = input["y"]?.column ?? []
  let rows = names.indices.filter { x[$0] != nil && y[$0] != nil }
  let order = Array(Set(names)).sorted()
  let found = RepeatedMeasures(
    subjects: rows.map { order.firstIndex(of: names[$0]) ?? 0 }, x: rows.compactMap { x[$0] },
    y: rows.compactMap { y[$0] })
  figures.set("N", found.n)
  figures.set("subjects", found.subjects)
  figures.set("df", found.degreesOfFreedom)
  figures.set("r", found.r)
  figures.set("p", found.p)
  figures.set("slope", found.slope)
  figures.set("ci95", found.interval)
}

func smoothing(_ y: [Double?], _ figures: inout ComputedFigures) {
  figures.set("ewma_a0.3_adjust_true_ignore_na_false", weightedMean(y, alpha: 0.3))
  figures.set(
    "ewma_a0.3_adjust_true_ignore_na_true", weightedMean(y, alpha: 0.3, ageing: .readings))
  figures.set(
    "ewma_a0.3_adjust_false_ignore_na_true",
    weightedMean(y, alpha: 0.3, ageing: .readingsFromFirst))
  figures.set("rolling_mean_7_min3", rolling(y, days: 7, need: 3, .mean))
  figures.set("rolling_mean_7_min7", rolling(y, days: 7, need: 7, .mean))
  figures.set(
    "rolling_mean_7_min1_centered", rolling(y, days: 7, need: 1, .mean, isCentered: true))
  figures.set("rolling_median_7_min3", rolling(y, days: 7, need: 3, .median))
  figures.set("rolling_sd_7_min3", rolling(y, days: 7, need: 3, .deviation))
}

func proportions(_ input: ReferenceValue, _ figures: inout ComputedFigures) {
  let done = input["done"]?.double ?? 0
  let planned = input["planned"]?.double ?? 0
  figures.set("share", planned > 0 ? done / planned : nil)
  figures.set("wilson", wilsonInterval(done: Int(done), planned: Int(planned)))
  figures.set("wilson", nil as Double?)
  figures.set("clopper_pearson", clopperPearsonInterval(done: Int(done), planned: Int(planned)))
  figures.set("clopper_pearson", nil as Double?)
}

func resampling(
  _ input: ReferenceValue, _ output: ReferenceValue, _ figures: inout ComputedFigures
) {
  let x = input["x"]?.column ?? []
  let y = input["y"]?.column ?? []
  figures.set("n_pairs", zip(x, y).count { $0 != nil && $1 != nil })
  let found = CircularShift(x, y)
  figures.set("rho", found?.rho)
  figures.set("circular.count_ge", found.map { Double($0.reaching) })
  figures.set("circular.valid_shifts", found.map { Double($0.validShifts) })
  figures.set("circular.p", found?.p)
  guard let reach = output["truncated"]?["R"]?.double else { return }
  let truncated = TruncatedShift(x, y, reach: Int(reach))
  figures.set("truncated.R", Int(reach))
  figures.set("truncated.rho_middle", truncated?.rho)
  figures.set("truncated.B", truncated.map { Double($0.reaching) })
  figures.set("truncated.p", truncated?.p)
}
