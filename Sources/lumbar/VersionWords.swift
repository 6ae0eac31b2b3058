import Foundation
import Records
import Storage

/// What an import says of a file's earlier versions.
extension VersionAccount {
  /// - Parameter isKnown: whether the file was known, so that it was not compared again.
  func sentences(isKnown: Bool) -> [String] {
    var lines: [String] = []
    if gone > 0 {
      lines.append(
        "\(rows(gone)) of \(isKnown ? "an" : "the") earlier version of this file "
          + "\(gone == 1 ? "is" : "are") no longer in it; --replace takes "
          + "\(gone == 1 ? "it" : "them") back")
    }
    if takenBack > 0 {
      lines.append(
        "\(rows(takenBack)) of the earlier version of this file taken back: no longer in it")
    }
    if rescaled > 0 {
      lines.append(
        "\(rescaled == 1 ? "1 score that was" : "\(rescaled) scores that were") taken before on a "
          + "scale from 0 to 10 \(rescaled == 1 ? "is" : "are") on one from 0 to 100 now")
    }
    if cutOff > 0 {
      lines.append(
        "\(rows(cutOff)) of the earlier version, cut off at its end, \(cutOff == 1 ? "is" : "are") "
          + "replaced")
    }
    if heldElsewhere > 0 {
      lines.append(
        "\(rows(heldElsewhere)) of the earlier version \(heldElsewhere == 1 ? "is" : "are") no "
          + "longer in it and \(heldElsewhere == 1 ? "stays" : "stay"): another file holds rows of "
          + "the same days")
    }
    if let notCovered {
      lines.append(
        "it does not reach over all days of its earlier version (\(notCovered.from) to "
          + "\(notCovered.to)), whose rows stay")
    }
    if let corrected {
      lines.append(
        "this file was imported before as \(corrected.kinds.joined(separator: ", ")) (run "
          + "\(corrected.run)): \(rows(corrected.rows)) of it taken back")
    }
    for earlier in besides {
      lines.append(
        "this file was imported before (run \(earlier.run)) as "
          + "\(earlier.kinds.joined(separator: ", ")); "
          + "\(earlier.rows == 1 ? "that 1 row stays" : "those \(earlier.rows) rows stay"): lumbar "
          + "import --undo \(earlier.run)")
    }
    for rename in renames {
      lines.append(
        "\(nameShown(rename.from)) is gone and \(nameShown(rename.to)) stands at the same times. "
          + "If it is the same exercise, the configuration joins them: [aliases] "
          + "\"\(nameShown(rename.from))\" = \"\(nameShown(rename.to))\"")
    }
    return lines
  }

  private func rows(_ count: Int) -> String { count == 1 ? "1 row" : "\(count) rows" }
}
