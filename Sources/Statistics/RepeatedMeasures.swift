/// The repeated-measures correlation (Bakdash and Marusich 2017): how two columns go together
/// within people, levels of people left out.
///
/// r = Σ within cross products ÷ √(Σ within squares of x × of y); df = N - k - 1.
public struct RepeatedMeasures: Sendable {
  /// Complete rows.
  public let n: Int
  /// People with at least one of them.
  public let subjects: Int
  /// N - k - 1; it assumes independent days within a person.
  public let degreesOfFreedom: Int
  /// -1 to 1; nil when either column is constant within people.
  public let r: Double?
  /// Common slope of y on x within people; nil when x is constant within people.
  public let slope: Double?
  /// Two-sided; nil without r or degrees of freedom.
  public let p: Double?
  /// tanh(atanh r ± z/√(df - 1)); nil for df ≤ 1 or |r| = 1.
  public let interval: (low: Double, high: Double)?

  /// - Parameters:
  ///   - subjects: which person each row belongs to, any order.
  ///   - x: dense, as many.
  ///   - y: dense, as many.
  /// O(n). Reference: rmcorr.json.
  public init(subjects: [Int], x: [Double], y: [Double]) {
    precondition(subjects.count == x.count && x.count == y.count, "columns of one length")
    var rows: [Int: [Int]] = [:]
    for (row, subject) in subjects.enumerated() { rows[subject, default: []].append(row) }
    // In the order of people: sums in the order of a dictionary would differ in their last digit.
    self.init(
      rows.keys.sorted().map { subject in
        let own = rows[subject] ?? []
        return Person(own.map { x[$0] }, own.map { y[$0] })
      })
  }

  /// One person's rows, as far as the correlation needs them.
  public struct Person: Sendable {
    let n: Int
    let xx: Double
    let yy: Double
    let xy: Double

    /// - Parameters:
    ///   - x: dense.
    ///   - y: dense, as many.
    /// O(n).
    public init(_ x: [Double], _ y: [Double]) {
      precondition(x.count == y.count, "columns of one length")
      let meanX = mean(x) ?? 0
      let meanY = mean(y) ?? 0
      var sums = (xx: 0.0, yy: 0.0, xy: 0.0)
      for row in x.indices {
        sums.xx += (x[row] - meanX) * (x[row] - meanX)
        sums.yy += (y[row] - meanY) * (y[row] - meanY)
        sums.xy += (x[row] - meanX) * (y[row] - meanY)
      }
      n = x.count
      (xx, yy, xy) = sums
    }
  }

  /// Puts people together, in their order; those without rows count for nothing. O(people).
  public init(_ people: [Person]) {
    let people = people.filter { $0.n > 0 }
    let xx = compensatedSum(people.lazy.map(\.xx))
    let yy = compensatedSum(people.lazy.map(\.yy))
    let xy = compensatedSum(people.lazy.map(\.xy))
    n = people.reduce(0) { $0 + $1.n }
    subjects = people.count
    let df = n - subjects - 1
    degreesOfFreedom = df
    let r = xx > 0 && yy > 0 && df > 0 ? min(1, max(-1, xy / (xx * yy).squareRoot())) : nil
    self.r = r
    slope = xx > 0 && df > 0 ? xy / xx : nil
    p = r.flatMap { correlationP($0, df: Double(df)) }
    interval = r.flatMap { correlationInterval($0, factor: 1, freedom: Double(df - 1)) }
  }
}
