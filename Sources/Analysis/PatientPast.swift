import Columns
import Records

extension PatientFindings {
  /// What the figures of later periods ask of the days before one, so that their rows need not be
  /// read again while they stay as they are.
  ///
  /// - Parameter day: the rows from it on will be read.
  /// - Precondition: the findings are of a log with all of its rows.
  public func past(before day: Day) -> Past {
    let pain = finding(PainFinding.self)
    let baseline = pain.flatMap { pain in
      pain.baselineWindow.flatMap { window in
        pain.baseline.map { EarlierPain.Baseline(window: window, mean: $0) }
      }
    }
    return table.past(before: day, baseline: baseline)
  }
}
