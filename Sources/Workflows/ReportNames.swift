import Ingest

/// The names of people's reports without their endings: safe whatever somebody is called, and never
/// the same for two people, on file systems that know one case of letters alone either.
struct ReportNames {
  private var names: [String: String] = [:]

  /// - Parameter codes: of everybody who may have a report.
  init(_ codes: [String]) {
    for code in codes { names[code] = safeFileName(for: code) }
    var digits = 16
    while digits <= 64 {
      let groups = Dictionary(grouping: names.keys) { names[$0]?.lowercased() ?? "" }
      let shared = groups.values.filter { $0.count > 1 }.joined()
      if shared.isEmpty { return }
      for code in shared { names[code] = hashedName(for: code, digits: digits) }
      digits *= 2
    }
  }

  /// The name of one of these people's reports.
  subscript(code: String) -> String { names[code] ?? safeFileName(for: code) }

  /// The file of each person's page beside the others.
  func pages(of codes: [String]) -> [String: String] {
    Dictionary(codes.map { ($0, self[$0] + ".html") }, uniquingKeysWith: { first, _ in first })
  }

  /// All names.
  var all: Set<String> { Set(names.values) }
}

/// A file name that is safe whatever a text holds; a changed one carries a hash of it.
public func safeFileName(for code: String) -> String {
  let safe = code.unicodeScalars.allSatisfy {
    ("a"..."z").contains($0) || ("A"..."Z").contains($0) || ("0"..."9").contains($0)
      || $0 == "-" || $0 == "_" || $0 == "."
  }
  let isPlain =
    safe && (1...64).contains(code.utf8.count) && !code.hasPrefix("-") && !code.hasPrefix(".")
    && code.lowercased() != "cohort"
  return isPlain ? code : hashedName(for: code, digits: 8)
}

private func hashedName(for code: String, digits: Int) -> String {
  var kept = ""
  for scalar in code.lowercased().unicodeScalars.prefix(40) {
    let isPlain = ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar)
    kept += isPlain ? String(scalar) : kept.hasSuffix("-") ? "" : "-"
  }
  while kept.hasPrefix("-") { kept.removeFirst() }
  while kept.hasSuffix("-") { kept.removeLast() }
  return (kept.isEmpty ? "patient" : kept) + "-" + SHA256.hex(of: code.utf8).prefix(digits)
}
