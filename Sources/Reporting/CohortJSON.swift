import Analysis
import Records

extension CohortReport {
  /// The cohort's machine form.
  public var json: String {
    let nothing = Absence(.noData)
    let body: [(key: String, value: Figure)] = [
      ("schema", .count(1)), ("as_of", .text(asOf.description)),
      (
        "period",
        .record([("from", .text(period.from.description)), ("to", .text(period.to.description))])
      ),
      (
        "patients",
        .list(
          members.map { member in
            .record([
              ("patient", .text(member.patient)), ("days_covered", .count(member.covered)),
              ("adherence", .record(member.adherence.members)),
              (
                "pain",
                .record([
                  ("mean", Figure(member.pain?.mean, else: nothing)),
                  (
                    "change",
                    Figure(member.pain?.change, else: member.pain?.changeAbsence ?? nothing)
                  ),
                  (
                    "verdict",
                    Figure(
                      member.pain?.verdict?.rawValue, else: member.pain?.changeAbsence ?? nothing)
                  ),
                ])
              ),
              (
                "flexibility",
                .record([
                  ("better", .count(member.testsBetter)), ("worse", .count(member.testsWorse)),
                  ("judged", .count(member.testsJudged)),
                ])
              ), ("days_since_last", Figure(member.daysSinceLast, else: nothing)),
            ])
          })
      ),
      (
        "triage",
        .list(
          triage.map { member in
            .record([
              ("patient", .text(member.patient)),
              ("reasons", .list(member.reasons.map { .text($0.text(Words(.english))) })),
            ])
          })
      ),
      ("associations", associations.figures),
      (
        "distributions",
        .record(
          distributions.map { name, groups in
            (name, .record(groups.map { ($0.label, .count($0.count)) }))
          })
      ),
    ]
    return JSONWriter.document(
      .record(
        body + [
          ("reasons", .record(reasons(in: .record(body)))),
          ("thresholds_version", .text(thresholds.version)),
        ]))
  }
}
