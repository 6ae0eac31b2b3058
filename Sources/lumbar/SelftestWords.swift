import Analysis
import Foundation
import Reporting
import Validation

/// What `lumbar selftest` prints.
enum SelftestWords {
  typealias Sets = [(set: CertifiedSet, reached: CertifiedSet.Reached?)]

  static func text(
    _ sets: Sets, _ null: [NullCheck.Rate], _ planted: [NullCheck.Rate], _ told: [ToldCheck.Row],
    runs: Int
  ) -> String {
    func padded(_ text: String, _ width: Int) -> String {
      text.padding(toLength: max(width, text.count), withPad: " ", startingAt: 0)
    }
    var lines = ["Certified data (NIST StRD), correct digits out of 15:"]
    for (set, reached) in sets {
      let digits = reached?.digits.map { String(format: "%.1f", $0) } ?? ["no method"]
      let what =
        set.columns.isEmpty
        ? zip(set.figures, digits).map { "\($0) \($1)" }.joined(separator: ", ")
        : "worst coefficient "
          + (reached?.digits.min().map { String(format: "%.1f", $0) } ?? "none")
      let mark = reached?.isGood ?? false ? "" : "  TOO FEW"
      lines.append("  \(padded(set.name, 10))\(what)\(mark)")
    }
    func add(_ rates: [NullCheck.Rate]) {
      for rate in rates {
        let share = String(format: "%5.1f %%  ± %.1f", 100 * rate.share, 100 * rate.error)
        let bounds = String(
          format: "%g to %g %%", 100 * rate.bounds.lowerBound, 100 * rate.bounds.upperBound)
        let mark = rate.isRough ? "  too few runs to judge" : rate.isGood ? "" : "  OUT OF BOUNDS"
        lines.append(
          "  \(padded(rate.name, 22))\(padded("\(rate.days) days", 9))\(share)"
            + "   ought to be \(bounds)\(mark)")
      }
    }
    lines += ["", "Simulated diaries with nothing in them, \(runs) each: called something at 5 %"]
    lines += ["(± the Monte-Carlo error; 15 % of days missing, carry-over 0.5):"]
    add(null)
    lines += [
      "", "Simulated diaries with something planted, \(runs) each: inside the 95 % interval",
    ]
    add(planted)
    lines += ["", "What simulated people are told by nightly reports (15 % of days missing):"]
    for row in told {
      let share = String(format: "%5.1f %%  ± %.1f", 100 * row.share, 100 * row.error)
      let mark = row.isGood ? "" : "  OUT OF BOUNDS"
      lines.append(
        "  \(padded(row.name, 42))\(padded("carry-over \(row.carryOver)", 16))"
          + "\(padded("\(row.days) days", 9))\(share)   \(bar(row.bar))\(mark)")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func bar(_ bar: ToldCheck.Bar) -> String {
    switch bar {
    case .atMost(let most): String(format: "at most %g %%", 100 * most)
    case .atLeast(let least): String(format: "at least %g %%", 100 * least)
    }
  }

  private static func toldFigures(_ told: [ToldCheck.Row]) -> Figure {
    .list(
      told.map { row in
        let bar: (key: String, value: Double) =
          switch row.bar {
          case .atMost(let most): ("at_most", most)
          case .atLeast(let least): ("at_least", least)
          }
        return .record([
          ("name", .text(row.name)), ("carry_over", .number(row.carryOver)),
          ("days", .count(row.days)), ("rate", .number(row.share)),
          ("monte_carlo_error", .number(row.error)), ("people", .count(row.people)),
          (bar.key, .number(bar.value)), ("ok", .flag(row.isGood)),
        ])
      })
  }

  static func document(
    _ sets: Sets, _ null: [NullCheck.Rate], _ planted: [NullCheck.Rate], _ told: [ToldCheck.Row]
  ) -> String {
    func figures(_ rates: [NullCheck.Rate]) -> Figure {
      .list(
        rates.map { rate in
          .record([
            ("name", .text(rate.name)), ("days", .count(rate.days)), ("rate", .number(rate.share)),
            ("monte_carlo_error", .number(rate.error)), ("runs", .count(rate.runs)),
            ("low", .number(rate.bounds.lowerBound)), ("high", .number(rate.bounds.upperBound)),
            ("ok", .flag(rate.isGood)),
          ])
        })
    }
    let nist = sets.map { item -> Figure in
      let digits = zip(item.set.figures, item.reached?.digits ?? []).map {
        (key: $0.replacingOccurrences(of: " ", with: "_"), value: Figure.number($1))
      }
      return .record([
        ("set", .text(item.set.name)), ("digits", .record(digits)),
        ("ok", .flag(item.reached?.isGood ?? false)),
      ])
    }
    return jsonDocument(
      .record([
        ("nist", .list(nist)),
        ("null", .record([("rates", figures(null)), ("planted", figures(planted))])),
        ("told", toldFigures(told)),
      ]))
  }

  static func text(_ results: [ReferenceFile.Result]) -> String {
    var lines = results.map { result in
      let error = result.error.map { "largest error \($0)" } ?? "nothing computed"
      return "\(result.status.rawValue.padding(toLength: 12, withPad: " ", startingAt: 0))"
        + "\(result.topic)  \(result.id)  \(error)" + (result.worst.map { ": \($0)" } ?? "")
    }
    let counts = ReferenceFile.Result.Status.allCases.map { status in
      "\(results.count { $0.status == status }) \(status.rawValue)"
    }
    lines.append(counts.joined(separator: ", "))
    return lines.joined(separator: "\n") + "\n"
  }

  static func document(_ results: [ReferenceFile.Result]) -> String {
    jsonDocument(
      .record([
        (
          "cases",
          .list(
            results.map { result in
              .record([
                ("id", .text(result.id)), ("topic", .text(result.topic)),
                ("status", .text(result.status.rawValue)),
                ("error", result.error.map(Figure.number) ?? .none),
              ])
            })
        )
      ]))
  }
}
