import Foundation

/// A file of reference numbers of another program, or one of NIST's sets.
public struct ReferenceFile {
  private let topic: String
  private let document: ReferenceValue

  /// A file, nil where its bytes are not such JSON.
  ///
  /// - Parameters:
  ///   - json: its content.
  ///   - topic: its name without the ending, which says what its cases are about.
  public init?(json: Data, topic: String) {
    guard let document = try? JSONDecoder().decode(ReferenceValue.self, from: json) else {
      return nil
    }
    self.topic = topic
    self.document = document
  }

  /// What became of one case.
  public struct Result {
    /// Whether the figures agree, or there is no method for one of them.
    public enum Status: String, CaseIterable {
      /// All of them agree; one does not; one has no method here.
      case pass, fail, unsupported
    }

    /// The case's name.
    public var id: String
    /// What the case is about.
    public var topic: String
    /// What became of it.
    public var status: Status
    /// The largest relative error of its figures; nil when none was computed.
    public var error: Double?
    /// The figure that is furthest from what it may be, for a case that fails.
    public var worst: String?
  }

  /// Computes every case of the file anew.
  public func results() -> [Result] {
    if document["certified"] != nil {
      let reached = CertifiedSet(document)?.reached()
      return [
        Result(
          id: topic, topic: "nist",
          status: reached.map { $0.isGood ? .pass : .fail } ?? .unsupported,
          error: reached?.digits.min().map { pow(10, -$0) })
      ]
    }
    return (document["cases"]?.list ?? []).map { item in
      let output = item["output"] ?? .null
      let computed = evaluate(
        topic: topic, method: item["method"]?.string ?? "", input: item["input"] ?? .null,
        output: output)
      return judge(item["id"]?.string ?? topic, output.leaves(), computed)
    }
  }

  private func judge(
    _ id: String, _ expected: [(path: String, value: Double?)],
    _ computed: ComputedFigures
  ) -> Result {
    var result = Result(id: id, topic: topic, status: .pass, error: nil)
    var isComplete = true
    var furthest = 1.0
    for (path, value) in expected {
      guard let found = computed.values[path] else {
        isComplete = false
        continue
      }
      let error = ReferenceFile.error(found, value)
      result.error = max(result.error ?? 0, error)
      let share = error / max(ReferenceFile.tolerance(path), computed.limits[path] ?? 0)
      guard share > furthest else { continue }
      furthest = share
      result.status = .fail
      let text = { (figure: Double?) in figure.map { "\($0)" } ?? "undefined" }
      result.worst = "\(path) is \(text(found)), expected \(text(value))"
    }
    if result.status == .pass, !isComplete { result.status = .unsupported }
    return result
  }

  /// The relative error; infinite when only one of the two is defined.
  private static func error(_ found: Double?, _ expected: Double?) -> Double {
    guard let found, let expected else {
      return found == nil && expected == nil ? 0 : .infinity
    }
    if found == expected || abs(found - expected) < 1e-15 { return 0 }
    return abs(found - expected) / max(abs(expected), 1e-300)
  }

  private static func tolerance(_ path: String) -> Double {
    let last = path.split(separator: ".").last ?? ""
    let key = String(last.prefix { $0 != "[" })
    let isTail = key == "p" || key.hasPrefix("p_") || key.contains("_p_") || key.hasSuffix("_p")
    return isTail || key.contains("ci95") || key.hasPrefix("wilson") || key.hasPrefix("clopper")
      ? 1e-9 : 1e-12
  }
}
