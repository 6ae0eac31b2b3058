import Statistics

/// Computes the figures of one reference case anew, as far as lumbar has their methods.
///
/// - Parameters:
///   - topic: the file's name without its ending.
///   - method: what the case names.
///   - input: its input.
///   - output: its expected output, from which nothing but lengths is taken.
func evaluate(topic: String, method: String, input: ReferenceValue, output: ReferenceValue)
  -> ComputedFigures
{
  var figures = ComputedFigures()
  switch topic {
  case "special_functions": specialFunctions(method, output, &figures)
  case "recommended": recommended(input, &figures)
  case "descriptive": descriptive(input["y"]?.column ?? [], &figures)
  case "correlation": correlation(input, &figures)
  case "lagged": lagged(input, output, &figures)
  case "trend": trend(input, &figures)
  case "two_sample": twoSample(input, &figures)
  case "mann_kendall": mannKendall(input["y"]?.column ?? [], &figures)
  case "segmented": segmented(input, &figures)
  case "multiplicity":
    let p = input["p"]?.column ?? []
    figures.set("m", p.compactMap { $0 }.count)
    figures.set("bh", benjaminiHochberg(p))
    figures.set("by", benjaminiYekutieli(p))
    figures.set("holm", holm(p))
    figures.set("bonferroni", bonferroni(p))
  case "autocorrelation": autocorrelations(input, output, &figures)
  case "rmcorr": repeatedMeasures(input, &figures)
  case "smoothing": smoothing(input["y"]?.column ?? [], &figures)
  case "proportions": proportions(input, &figures)
  case "conditional_logistic": conditionalLogistic(input, &figures)
  case "resampling": resampling(input, output, &figures)
  default: break
  }
  return figures
}

private func pairs(_ input: ReferenceValue, _ left: String = "x", _ right: String = "y") -> (
  x: [Double], y: [Double]
) {
  let rows = zip(input[left]?.column ?? [], input[right]?.column ?? []).compactMap { pair in
    pair.0.flatMap { x in pair.1.map { (x, $0) } }
  }
  return (rows.map(\.0), rows.map(\.1))
}

private func specialFunctions(
  _ method: String, _ output: ReferenceValue, _ figures: inout ComputedFigures
) {
  for (index, row) in (output["rows"]?.list ?? []).enumerated() {
    let cells = row.list.compactMap(\.double)
    for column in cells.indices.dropLast() {
      figures.set("rows[\(index)][\(column)]", cells[column])
    }
    let value: Double?
    switch (method, cells.count) {
    case ("two-sided t tail", 3): value = studentTwoSidedTail(cells[0], df: cells[1])
    case ("Student t quantile", 3): value = studentQuantile(cells[0], df: cells[1])
    case ("normal upper tail", 2): value = normalUpperTail(cells[0])
    case ("normal quantile", 2): value = normalQuantile(cells[0])
    case ("regularized incomplete beta", 4): value = incompleteBeta(cells[2], cells[0], cells[1])
    case ("lgamma", 2): value = logGamma(cells[0])
    case ("chi-square upper tail", 3): value = chiSquareUpperTail(cells[0], df: cells[1])
    case ("erf", 2): value = errorFunction(cells[0])
    case ("erfc", 2): value = complementaryErrorFunction(cells[0])
    default: return
    }
    figures.set("rows[\(index)][\(cells.count - 1)]", value)
  }
}

private func recommended(_ input: ReferenceValue, _ figures: inout ComputedFigures) {
  let x = input["x"]?.column ?? []
  let y = input["y"]?.column ?? []
  let days = (input["day"]?.column ?? []).map { Int($0 ?? 0) }
  let rows = days.indices.filter { x[$0] != nil && y[$0] != nil }
  let kept = rows.map { days[$0] }
  let left = rows.compactMap { x[$0] }
  let right = rows.compactMap { y[$0] }
  for q in [1, 2] {
    let path = "association_q\(q)"
    let found = DiaryAssociation(days: kept, x: left, y: right, q: q)
    figures.set("\(path).n", rows.count)
    figures.set("\(path).q", q)
    figures.set("\(path).consecutive_pairs", consecutivePairs(kept))
    for (key, value) in [
      ("r", found?.r), ("a_x", found?.aX), ("a_y", found?.aY), ("b_x", found?.bX),
      ("b_y", found?.bY), ("n_eff", found?.effectiveN), ("df", found?.degreesOfFreedom),
      ("t", found?.t), ("p", found?.p),
    ] { figures.set("\(path).\(key)", value) }
    figures.set("\(path).ci95", found?.interval)
  }
  guard let trend = DiaryTrend(days: kept, values: right) else { return }
  figures.set("trend_y.n", trend.n)
  figures.set("trend_y.consecutive_pairs", trend.consecutivePairs)
  figures.set("trend_y.s", trend.s)
  for (key, value) in [
    ("var_s", trend.variance), ("slope", trend.slope), ("a", trend.a), ("b", trend.b),
    ("inflation", trend.inflation), ("z", trend.z), ("p", trend.p),
  ] { figures.set("trend_y.\(key)", value) }
  figures.set("trend_y.slope_ci95", trend.interval)
}

private func descriptive(_ y: [Double?], _ figures: inout ComputedFigures) {
  let values = y.compactMap { $0 }
  let sorted = values.sorted()
  let n = Double(values.count)
  let deviation = standardDeviation(values)
  let error = deviation.map { $0 / n.squareRoot() }
  let center = mean(values)
  figures.set("n", values.count)
  figures.set("missing", y.count - values.count)
  figures.set("sum", values.isEmpty ? nil : compensatedSum(values))
  figures.set("mean", center)
  figures.set("var_sample", variance(values))
  figures.set("sd_sample", deviation)
  figures.set("var_population", sumOfSquares(values).map { $0 / n })
  figures.set("sem", error)
  figures.set("min", sorted.first)
  figures.set("max", sorted.last)
  figures.set("median", median(values))
  figures.set(
    "q_type7",
    [0, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 1].map { quantile(sorted: sorted, $0) })
  figures.set("q_type8", [0.25, 0.5, 0.75].map { quantile(sorted: sorted, $0, type: .eight) })
  figures.set("q_type6", [0.25, 0.5, 0.75].map { quantile(sorted: sorted, $0, type: .six) })
  for key in ["q_type7", "q_type8", "q_type6"] where values.isEmpty {
    figures.set(key, nil as Double?)
  }
  figures.set(
    "iqr_type7",
    quantile(sorted: sorted, 0.75).flatMap { high in
      quantile(sorted: sorted, 0.25).map { high - $0 }
    })
  figures.set("mad", medianAbsoluteDeviation(values))
  figures.set("skew_g1_adjusted", skewness(values))
  // Half a unit in the last place of the values moves their skewness by about this much.
  if let skew = skewness(values), let deviation, skew != 0, let largest = values.map(abs).max() {
    figures.allow("skew_g1_adjusted", 8 * Double.ulpOfOne * largest / deviation / abs(skew))
  }
  figures.set("trimmed_mean_10", trimmedMean(values, share: 0.1))
  let reach = error.flatMap { error in studentQuantile(0.975, df: n - 1).map { $0 * error } }
  let interval = reach.flatMap { reach in center.map { ($0 - reach, $0 + reach) } }
  figures.set("mean_ci95_t", interval.map { (low: $0.0, high: $0.1) })
  figures.set("mean_ci95_t", nil as Double?)
}

private func correlation(_ input: ReferenceValue, _ figures: inout ComputedFigures) {
  if input["z1"] != nil { return partial(input, &figures) }
  let (x, y) = pairs(input)
  let n = Double(x.count)
  let r = pearson(x, y)
  let rho = spearman(x, y)
  for path in ["pearson", "spearman", "kendall"] { figures.set("\(path).n", x.count) }
  figures.set("pearson.r", r)
  figures.set("pearson.p", pearsonP(x, y))
  figures.set(
    "pearson.ci95_fisher", r.flatMap { correlationInterval($0, factor: 1, freedom: n - 3) })
  figures.set("spearman.rho", rho)
  figures.set("spearman.p_t", rho.flatMap { correlationP($0, df: n - 2) })
  figures.set(
    "spearman.ci95_bonett_wright",
    rho.flatMap { correlationInterval($0, factor: 1 + $0 * $0 / 2, freedom: n - 3) })
  figures.set(
    "spearman.ci95_fieller", rho.flatMap { correlationInterval($0, factor: 1.06, freedom: n - 3) })
  let kendall = Kendall(x, y)
  figures.set("kendall.tau_b", kendall?.tauB)
  figures.set("kendall.s", x.count > 1 ? Double(Kendall.score(x, y)) : nil)
  figures.set("kendall.p_asymptotic", x.count > 2 ? kendall?.asymptoticP : nil)
  let isTied = Set(x).count < x.count || Set(y).count < y.count
  figures.set(
    "kendall.p_exact", isTied ? nil : kendall.flatMap { Kendall.exactP(s: $0.s, n: x.count) })
  let orders = SpearmanPermutation(x, y)
  if x.count <= SpearmanPermutation.limit {
    figures.set("spearman.p_permutation_abs", orders?.absolute)
    figures.set("spearman.p_permutation_2min", orders?.doubled)
  }
}

private func partial(_ input: ReferenceValue, _ figures: inout ComputedFigures) {
  let names = ["x", "y", "z1", "z2"].filter { input[$0] != nil }
  let columns = names.map { input[$0]?.column ?? [] }
  let rows = columns[0].indices.filter { row in columns.allSatisfy { $0[row] != nil } }
  let dense = columns.map { column in rows.compactMap { column[$0] } }
  let df = rows.count - names.count
  for (path, data) in [("pearson", dense), ("spearman", dense.map(midRanks))] {
    let r = partialCorrelation(data[0], data[1], covariates: Array(data.dropFirst(2)))
    figures.set("\(path).n", rows.count)
    figures.set("\(path).df", df)
    figures.set("\(path).r", r)
    figures.set("\(path).p", r.flatMap { correlationP($0, df: Double(df)) })
    figures.set(
      "\(path).ci95_fisher",
      r.flatMap { correlationInterval($0, factor: 1, freedom: Double(df - 1)) })
  }
}

private func lagged(
  _ input: ReferenceValue, _ output: ReferenceValue, _ figures: inout ComputedFigures
) {
  let x = input["x"]?.column ?? []
  let y = input["y"]?.column ?? []
  for (index, row) in (output["lags"]?.list ?? []).enumerated() {
    let lag = Int(row["lag"]?.double ?? 0)
    let both = x.indices.compactMap { day -> (Double, Double)? in
      guard y.indices.contains(day + lag), let a = x[day], let b = y[day + lag] else { return nil }
      return (a, b)
    }
    let r = pearson(both.map(\.0), both.map(\.1))
    let rho = spearman(both.map(\.0), both.map(\.1))
    let df = Double(both.count - 2)
    figures.set("lags[\(index)].lag", lag)
    figures.set("lags[\(index)].n", both.count)
    figures.set("lags[\(index)].pearson", r)
    figures.set("lags[\(index)].pearson_p_t", r.flatMap { correlationP($0, df: df) })
    figures.set("lags[\(index)].spearman", rho)
    figures.set("lags[\(index)].spearman_p_t", rho.flatMap { correlationP($0, df: df) })
  }
}

private func trend(_ input: ReferenceValue, _ figures: inout ComputedFigures) {
  let (t, y) = pairs(input, "t", "y")
  figures.set("n", t.count)
  line(t, y, &figures)
  guard let sen = senInterval(t, y) else {
    figures.set("theil_sen", nil as Double?)
    return
  }
  figures.set("theil_sen.slope", sen.slope)
  figures.set("theil_sen.ci95", (sen.low, sen.high))
  figures.set("theil_sen.pairs", sen.pairs)
  if let level = median(y), let middle = median(t) {
    figures.set("theil_sen.intercept_separate", level - sen.slope * middle)
  }
  figures.set("theil_sen.intercept_joint", median(zip(t, y).map { $1 - sen.slope * $0 }))
}

private func line(_ t: [Double], _ y: [Double], _ figures: inout ComputedFigures) {
  guard let fit = LeastSquares([t], y) else {
    figures.set("ols", nil as Double?)
    return
  }
  let slope = fit.coefficients[1]
  let df = Double(fit.degreesOfFreedom)
  figures.set("ols.slope", slope)
  figures.set("ols.intercept", fit.coefficients[0])
  figures.set("ols.r_squared", fit.rSquared)
  figures.set("ols.residual_sd", fit.residualDeviation)
  guard let errors = fit.standardErrors else { return }
  figures.set("ols.slope_se", errors[1])
  figures.set("ols.intercept_se", errors[0])
  figures.set("ols.p", errors[1] > 0 ? studentTwoSidedTail(slope / errors[1], df: df) : nil)
  let reach = studentQuantile(0.975, df: df).map { $0 * errors[1] }
  figures.set("ols.slope_ci95", reach.map { (slope - $0, slope + $0) })
  figures.set("newey_west_auto_lag", neweyWestLag(t.count))
  for lags in 1...3 {
    for isCorrected in [false, true] {
      let name = "L\(lags)" + (isCorrected ? "_corrected" : "")
      let error = fit.neweyWestErrors(lags: lags, isCorrected: isCorrected)?[1]
      let ratio = error.flatMap { $0 > 0 ? slope / $0 : nil }
      figures.set("newey_west.\(name).slope_se", error)
      figures.set(
        "newey_west.\(name).p_t", ratio.map { studentTwoSidedTail($0, df: df) })
      figures.set(
        "newey_west.\(name).p_normal", ratio.map { 2 * normalUpperTail(abs($0)) })
      figures.set(
        "newey_west_calendar.\(name).slope_se",
        fit.neweyWestErrors(lags: lags, days: t, isCorrected: isCorrected)?[1])
    }
  }
  let adjusted = AdjustedSlope(days: t, values: y)
  figures.set("santer.r1", adjusted?.carryOver)
  figures.set("santer.n_eff", adjusted?.effectiveN)
  figures.set("santer.slope_se", adjusted?.standardError)
  figures.set("santer.df", adjusted?.degreesOfFreedom)
  figures.set("santer.p", adjusted?.p)
}

private func mannKendall(_ y: [Double?], _ figures: inout ComputedFigures) {
  let values = y.compactMap { $0 }
  let rows = y.indices.filter { y[$0] != nil }.map(Double.init)
  let slope = senSlope(rows, values)
  let corrections: [(String, MannKendall.Correction)] = [
    ("original", .none), ("hamed_rao_all", .hamedRao(lags: nil)),
    ("hamed_rao_lag3", .hamedRao(lags: 3)), ("yue_wang_all", .yueWang(lags: nil)),
    ("yue_wang_lag1", .yueWang(lags: 1)), ("pre_whitening", .preWhitening),
    ("trend_free_pre_whitening", .trendFreePreWhitening),
  ]
  for (name, correction) in corrections {
    // Plain pre-whitening has the slope of what it tests, the others that of the readings.
    let found = MannKendall(values, correction, slope: slope ?? 0)
    figures.set("\(name).s", found.map { Double($0.s) })
    figures.set("\(name).var_s", found?.variance)
    figures.set("\(name).z", found?.z)
    figures.set("\(name).p", found?.p)
    figures.set("\(name).tau_a", found?.tauA)
    figures.set("\(name).slope", slope)
    let intercept = slope.flatMap { slope in
      median(values).flatMap { level in median(rows).map { level - slope * $0 } }
    }
    figures.set("\(name).intercept", intercept)
  }
}

private func conditionalLogistic(_ input: ReferenceValue, _ figures: inout ComputedFigures) {
  let groups = input["groups"]?.column ?? []
  let cases = input["cases"]?.column ?? []
  let exposure = input["exposure"]?.column ?? []
  let sets = Set(groups.compactMap { $0 }).sorted().map { group in
    let own = groups.indices.filter { groups[$0] == group }
    return MatchedSet(
      isCase: own.map { cases[$0] == 1 }, exposure: own.map { (exposure[$0] ?? .nan) })
  }
  guard let fit = ConditionalLogistic(sets) else { return }
  figures.set("coefficient", fit.coefficient)
  figures.set("standard_error", fit.standardError)
  figures.allow("coefficient", 1e-9)
  figures.allow("standard_error", 1e-9)
}

private func segmented(_ input: ReferenceValue, _ figures: inout ComputedFigures) {
  let (t, y) = pairs(input, "t", "y")
  guard let line = SegmentedLine(days: t, values: y, change: input["t0"]?.double ?? 0) else {
    return
  }
  let fit = line.fit
  let df = Double(fit.degreesOfFreedom)
  figures.set("n", t.count)
  figures.set("n_before", line.before)
  figures.set("n_after", line.after)
  figures.set("coef", fit.coefficients.map(Optional.some))
  figures.set("residual_sd", fit.residualDeviation)
  figures.set("r_squared", fit.rSquared)
  figures.set("durbin_watson", durbinWatson(fit.residuals))
  let reach = studentQuantile(0.975, df: df)
  let errors: [(String, [Double]?)] = [
    ("ols", fit.standardErrors), ("hac_L1", fit.neweyWestErrors(lags: 1)),
    ("hac_L3", fit.neweyWestErrors(lags: 3)),
  ]
  for (name, errors) in errors {
    for (index, error) in (errors ?? []).enumerated() {
      let estimate = fit.coefficients[index]
      figures.set("\(name)_se[\(index)]", error)
      figures.set("\(name)_p[\(index)]", studentTwoSidedTail(estimate / error, df: df))
      guard name == "ols", let reach else { continue }
      figures.set(
        "ols_ci95[\(index)]", (estimate - reach * error, estimate + reach * error))
    }
  }
}

private func twoSample(_ input: ReferenceValue, _ figures: inout ComputedFigures) {
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

private func signedRank(_ column: [Double?], _ figures: inout ComputedFigures) {
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

private func autocorrelations(
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

private func effectiveDays(_ x: [Double?], _ y: [Double?], _ figures: inout ComputedFigures) {
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

private func repeatedMeasures(_ input: ReferenceValue, _ figures: inout ComputedFigures) {
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

private func smoothing(_ y: [Double?], _ figures: inout ComputedFigures) {
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

private func proportions(_ input: ReferenceValue, _ figures: inout ComputedFigures) {
  let done = input["done"]?.double ?? 0
  let planned = input["planned"]?.double ?? 0
  figures.set("share", planned > 0 ? done / planned : nil)
  figures.set("wilson", wilsonInterval(done: Int(done), planned: Int(planned)))
  figures.set("wilson", nil as Double?)
  figures.set("clopper_pearson", clopperPearsonInterval(done: Int(done), planned: Int(planned)))
  figures.set("clopper_pearson", nil as Double?)
}

private func resampling(
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
