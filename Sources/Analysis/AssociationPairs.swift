import Columns

/// The days behind one question about an amount of exercise and the pain after it.
public struct AssociationPairs: Sendable {
  /// The exposure's name.
  public let exposure: String
  /// Days from the exposure to the pain.
  public let lag: Int
  /// Exposure and pain of each paired day.
  public let points: [(exposure: Double, pain: Double)]
}

extension PatientFindings {
  /// The days behind the strongest question about an amount; active minutes and the pain of the
  /// same day when none stood out.
  public var strongestPairs: AssociationPairs {
    let amounts = (table.exposures + table.componentExposures).filter { !$0.isYesNo }
    let tests = (finding(AssociationFinding.self)?.tests ?? []).filter { test in
      test.adjustedP != nil && test.outcome == "pain"
        && amounts.contains { $0.name == test.exposure }
    }
    let strongest = tests.max { abs($0.association?.r ?? 0) < abs($1.association?.r ?? 0) }
    let name = strongest?.exposure ?? "active_minutes"
    let lag = strongest?.lag ?? 0
    let pairs = amounts.first { $0.name == name }.map { table.pairs($0, lag: lag) }
    return AssociationPairs(
      exposure: name, lag: lag,
      points: zip(pairs?.exposure ?? [], pairs?.outcome ?? []).map { ($0, $1) })
  }
}
