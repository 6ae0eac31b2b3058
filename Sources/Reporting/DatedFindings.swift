import Analysis
import Records

extension PatientTables {
  /// Findings of rules, flares, recurrences and changes of the programme, by day.
  var datedFindings: Table {
    var rows: [(day: Day, cells: [Cell])] = []
    func add(_ day: Day, _ what: String, _ detail: String, session: String = "") {
      rows.append((day, [.day(day), .text(what), .text(detail), .text(visible(session))]))
    }
    for finding in findings.finding(RulesFinding.self)?.findings ?? [] {
      add(
        finding.day, Sentences.title(of: finding.rule), finding.detail,
        session: finding.session ?? "")
    }
    let pain = findings.finding(PainFinding.self)
    for flare in pain?.flares ?? [] {
      let isDefined = flare.kind == .painDefined
      add(
        flare.day, "Flare",
        isDefined ? "2 points above the 28 days before" : "called a flare in the diary")
    }
    for day in pain?.recurrences ?? [] {
      add(day, "Recurrence", "pain of 2 or more after 30 pain-free days")
    }
    if let day = pain?.improvedSince {
      add(day, "Lasting improvement", "30 % better than the first week from here on")
    }
    for change in findings.finding(BeforeFinding.self)?.changes ?? [] {
      let level =
        change.level.map { "; pain \(Format.signed($0)) points on the day (rough)" } ?? ""
      add(change.day, "Programme changed", "a line begins or has ended\(level)")
    }
    let sorted = rows.enumerated().sorted {
      ($0.element.day, $0.offset) < ($1.element.day, $1.offset)
    }
    return Table(
      "Dated findings", ["Day", "Finding", "What", "Session"], sorted.map(\.element.cells),
      name: "Findings")
  }
}
