/// p-values adjusted for a false discovery rate (Benjamini and Hochberg 1995).
///
/// The i-th smallest of m is multiplied by m/i, then each is the smallest of itself and those above.
///
/// - Parameter p: one a test; nil is a test that was not run and is not in the family.
/// - Returns: in the order of the input, at most 1; nil where it was nil. O(m log m). Reference:
///   multiplicity.json.
public func benjaminiHochberg(_ p: [Double?]) -> [Double?] {
  let order = p.indices.filter { p[$0] != nil }.sorted { (p[$0] ?? 0) < (p[$1] ?? 0) }
  var adjusted = [Double?](repeating: nil, count: p.count)
  var smallest = 1.0
  for (rank, index) in order.enumerated().reversed() {
    smallest = min(smallest, (p[index] ?? 1) * Double(order.count) / Double(rank + 1))
    adjusted[index] = smallest
  }
  return adjusted
}
