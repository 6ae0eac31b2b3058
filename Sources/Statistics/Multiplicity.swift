/// p-values adjusted for a false discovery rate (Benjamini and Hochberg 1995).
///
/// The i-th smallest of m is multiplied by m/i, then each is the smallest of itself and those
/// above.
///
/// - Parameter p: one a test; nil is a test that was not run and is not in the family.
/// - Returns: in the order of the input, at most 1; nil where it was nil. O(m log m). Reference:
///   multiplicity.json.
public func benjaminiHochberg(_ p: [Double?]) -> [Double?] {
  let m = Double(p.count { $0 != nil })
  return adjusted(p, isFromSmallest: false) { m / Double($0) }
}

/// p-values adjusted for a false discovery rate under any dependence (Benjamini and Yekutieli
/// 2001): those of Benjamini and Hochberg times Σ 1/i. Reference: multiplicity.json.
public func benjaminiYekutieli(_ p: [Double?]) -> [Double?] {
  let m = p.count { $0 != nil }
  let factor = (1...max(1, m)).reduce(0) { $0 + 1 / Double($1) }
  return adjusted(p, isFromSmallest: false) { Double(m) / Double($0) * factor }
}

/// p-values adjusted so that any false finding at all is rare (Holm 1979): the i-th smallest of m
/// times m - i + 1, then each the largest of itself and those below. Reference: multiplicity.json.
public func holm(_ p: [Double?]) -> [Double?] {
  let m = p.count { $0 != nil }
  return adjusted(p, isFromSmallest: true) { Double(m - $0 + 1) }
}

/// p-values times the number of tests that were run, at most 1. Reference: multiplicity.json.
public func bonferroni(_ p: [Double?]) -> [Double?] {
  let m = Double(p.count { $0 != nil })
  return p.map { $0.map { min(1, $0 * m) } }
}

/// Multiplies the i-th smallest p by a factor of i and keeps the order of the results.
///
/// - Parameters:
///   - isFromSmallest: true passes the largest so far upwards, false the smallest so far downwards.
private func adjusted(
  _ p: [Double?], isFromSmallest: Bool, _ factor: (Int) -> Double
) -> [Double?] {
  let order = p.indices.filter { p[$0] != nil }.sorted { (p[$0] ?? 0) < (p[$1] ?? 0) }
  let ranked = Array(order.enumerated())
  var adjusted = [Double?](repeating: nil, count: p.count)
  var kept = isFromSmallest ? 0.0 : 1.0
  for (rank, index) in isFromSmallest ? ranked : ranked.reversed() {
    let raised = (p[index] ?? 1) * factor(rank + 1)
    kept = isFromSmallest ? min(1, max(kept, raised)) : min(kept, raised)
    adjusted[index] = kept
  }
  return adjusted
}
