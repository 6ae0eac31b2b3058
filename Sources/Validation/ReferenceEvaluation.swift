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
  case "hc3": robustLeastSquares(input, &figures)
  case "carry_over": carryOver(input, &figures)
  case "diary_trend": diaryTrend(input, &figures)
  case "random_effects": randomEffects(input, &figures)
  case "conditional_logistic": conditionalLogistic(input, &figures)
  case "resampling": resampling(input, output, &figures)
  default: break
  }
  return figures
}

func pairs(_ input: ReferenceValue, _ left: String = "x", _ right: String = "y") -> (
  x: [Double], y: [Double]
) {
  let rows = zip(input[left]?.column ?? [], input[right]?.column ?? []).compactMap { pair in
    pair.0.flatMap { x in pair.1.map { (x, $0) } }
  }
  return (rows.map(\.0), rows.map(\.1))
}

func specialFunctions(
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

func recommended(_ input: ReferenceValue, _ figures: inout ComputedFigures) {
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
  guard let trend = SingleCarryOverTrend(days: kept, values: right) else { return }
  figures.set("trend_y.n", trend.n)
  figures.set("trend_y.consecutive_pairs", trend.consecutivePairs)
  figures.set("trend_y.s", trend.s)
  for (key, value) in [
    ("var_s", trend.variance), ("slope", trend.slope), ("a", trend.a), ("b", trend.b),
    ("inflation", trend.inflation), ("z", trend.z), ("p", trend.p),
  ] { figures.set("trend_y.\(key)", value) }
  figures.set("trend_y.slope_ci95", trend.interval)
}

func descriptive(_ y: [Double?], _ figures: inout ComputedFigures) {
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

func correlation(_ input: ReferenceValue, _ figures: inout ComputedFigures) {
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

func partial(_ input: ReferenceValue, _ figures: inout ComputedFigures) {
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

func lagged(
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

func trend(_ input: ReferenceValue, _ figures: inout ComputedFigures) {
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

func line(_ t: [Double], _ y: [Double], _ figures: inout ComputedFigures) {
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

func mannKendall(_ y: [Double?], _ figures: inout ComputedFigures) {
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

func conditionalLogistic(_ input: ReferenceValue, _ figures: inout ComputedFigures) {
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

func segmented(_ input: ReferenceValue, _ figures: inout ComputedFigures) {
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
