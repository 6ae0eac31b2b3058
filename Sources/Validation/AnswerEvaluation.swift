import Foundation
import Statistics

/// Digits that QR decompositions of different libraries share on these columns.
private let decompositionError = 1e-9

func robustLeastSquares(_ input: ReferenceValue, _ figures: inout ComputedFigures) {
  let columns = (input["columns"]?.list ?? []).map { $0.column.compactMap { $0 } }
  let y = (input["y"]?.column ?? []).compactMap { $0 }
  guard let fit = OrderedLeastSquares(columns, y, leading: columns.count) else { return }
  func set(_ path: String, _ value: Double) {
    figures.set(path, value)
    figures.allow(path, decompositionError)
  }
  for (path, values) in [
    ("coefficients", fit.coefficients), ("leverages", fit.leverages), ("kept", fit.keptSquares),
  ] {
    for (index, value) in values.enumerated() { set("\(path)[\(index)]", value) }
  }
  figures.set("df", fit.degreesOfFreedom)
  for a in 0..<3 {
    for b in 0..<3 { set("covariance[\(a)][\(b)]", fit.covariance(a, b)) }
    let t = fit.coefficients[a] / fit.standardError(a)
    set("p[\(a)]", studentTwoSidedTail(t, df: Double(fit.degreesOfFreedom)))
  }
  guard let reverse = input["reverse"]?.double,
    let found = fit.fit(of: 0, coefficient: Int(reverse), allRows: y.count)
  else { return }
  set("reverse.coefficient", found.coefficient)
  set("reverse.se", found.standardError)
  figures.set("reverse.df", found.degreesOfFreedom)
}

func carryOver(_ input: ReferenceValue, _ figures: inout ComputedFigures) {
  func days(_ key: String) -> [Int] {
    (input[key]?.column ?? []).compactMap { $0.map { Int($0) } }
  }
  let own = days("day")
  let values = (input["value"]?.column ?? []).compactMap { $0 }
  guard let last = own.last, let waves = input["waves"]?.double, let alpha = input["alpha"]?.double
  else { return }
  let span = Double(last + 1)
  var curve = [own.map { _ in 1.0 }, own.map { (Double($0) - span / 2) / span }]
  for wave in 0..<Int(waves) {
    curve.append(own.map { cos(Double.pi * Double(wave + 1) * (Double($0) + 0.5) / span) })
  }
  guard let swing = CarryOver(days: own, values: values, curve: curve) else { return }
  let (baseline, latest) = (days("baseline"), days("latest"))
  let errors = swing.standardErrors(baseline: baseline, latest: latest)
  func set(_ path: String, _ value: Double) {
    figures.set(path, value)
    figures.allow(path, decompositionError)
  }
  for (path, column) in [
    ("log_likelihood", swing.logLikelihood), ("weights", swing.weights),
    ("variances", swing.variances), ("errors", errors),
  ] {
    for (index, value) in column.enumerated() { set("\(path)[\(index)]", value) }
  }
  figures.set("df", swing.degreesOfFreedom)
  func mean(_ window: [Int]) -> Double {
    let inside = zip(own, values).filter { window.contains($0.0) }.map(\.1)
    return inside.reduce(0, +) / Double(inside.count)
  }
  let change = mean(latest) - mean(baseline)
  set("change", change)
  set("p", swing.tails(errors: errors).p(of: change))
  set("half_width", swing.tails(errors: errors).halfWidth(alpha: alpha))
}

func diaryTrend(_ input: ReferenceValue, _ figures: inout ComputedFigures) {
  let days = (input["day"]?.column ?? []).compactMap { $0.map { Int($0) } }
  let values = (input["value"]?.column ?? []).compactMap { $0 }
  let carriesOver = input["carries_over"]?.double == 1
  guard let trend = DiaryTrend(days: days, values: values, carriesOver: carriesOver) else { return }
  figures.set("s", trend.s)
  figures.set("variance", trend.variance)
  figures.set("slope", trend.slope)
  figures.set("p", trend.p)
  figures.allow("p", decompositionError)
  figures.set("interval", trend.interval)
  figures.set("is_cut[0]", trend.lowIsCut ? 1 : 0)
  figures.set("is_cut[1]", trend.highIsCut ? 1 : 0)
}

func randomEffects(_ input: ReferenceValue, _ figures: inout ComputedFigures) {
  func values(_ key: String) -> [Double] { (input[key]?.column ?? []).compactMap { $0 } }
  guard let pooled = RandomEffects(values("estimate"), variances: values("variance")) else {
    return
  }
  for (key, value) in [
    ("points", pooled.mean), ("tau2", pooled.tauSquared),
    ("se_hartung_knapp", pooled.hartungKnappError), ("se_plain", pooled.plainError),
  ] {
    figures.set(key, value)
    figures.allow(key, decompositionError)
  }
  figures.set("df", pooled.degreesOfFreedom)
}
