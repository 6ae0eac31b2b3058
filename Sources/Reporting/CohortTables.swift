import Analysis
import Records

/// The tables and sentences of a cohort, and the workbook and text made of them.
extension CohortReport {
  private var distributionTable: Table {
    Table(
      words[.distributionTable], words.list(.distributionColumns),
      distributions.flatMap { name, groups in
        groups.map {
          [
            .text(words[name == "pain" ? .painWord : .adherenceWord]), .text(group($0.label)),
            .count($0.count),
          ]
        }
      })
  }

  /// A band or verdict in words.
  private func group(_ label: String) -> String {
    switch label {
    case "good": words[.good]
    case "moderate": words[.moderate]
    case "poor": words[.poor]
    case "low-confidence": words[.lowConfidence]
    case "absent": words[.absent]
    default: PainVerdict(rawValue: label).map { sentences.verdict($0) } ?? label
    }
  }

  /// Within and between people, in words.
  private var associationSentences: [String] {
    let found = associations
    func interval(_ correlation: CohortAssociations.Correlation) -> String {
      correlation.interval.map {
        words(.range, Format.signed($0.low, places: 2), Format.signed($0.high, places: 2))
      } ?? ""
    }
    var lines: [String] = []
    if let within = found.within {
      lines.append(
        words(
          .withinPeople, Format.signed(within.rho, places: 2), interval(within),
          words.count(within.n, .day), words.count(found.people, .person)))
    }
    if let between = found.between {
      lines.append(
        words(
          .betweenPeople, Format.signed(between.rho, places: 2), interval(between),
          String(between.n)))
    }
    if found.signConflict == true { lines.append(words[.signConflict]) }
    return lines
  }

  private func why(_ member: Member) -> String {
    member.reasons.map { $0.text(words) }.joined(separator: "; ")
  }

  private var triageTable: Table {
    Table(
      words[.toCallTable], words.list(.toCallColumns),
      triage.map {
        [.text(visible($0.patient)), .text(visible($0.name ?? "")), .text(why($0))]
      })
  }

  /// One row a patient.
  var memberTable: Table {
    Table(
      words[.memberTable], words.list(.memberColumns),
      members.map { member in
        let figures = member.adherence
        let band = sentences.band(figures)
        return [
          .text(visible(member.patient)), .text(visible(member.name ?? "")),
          .count(member.covered), .percent(orAbsent: figures.doseCapped),
          .percent(orAbsent: figures.doseAllDays), .percent(orAbsent: figures.sessions),
          .percent(orAbsent: figures.unknownShare), .text(band.isEmpty ? Format.absent : band),
          .number(member.pain?.mean), .number(member.pain?.change, signed: true),
          .text(sentences.verdict(member.pain?.verdict)), .count(member.testsBetter),
          .count(member.testsWorse),
          .number(member.daysSinceLast.map(Double.init), places: 0),
          member.lastRecord.map(Cell.day) ?? .absent(nil),
        ]
      }, name: "Patients")
  }

  private var summary: String {
    let doses = members.compactMap(\.adherence.doseCapped).sorted()
    let middle =
      doses.isEmpty ? 0 : (doses[(doses.count - 1) / 2] + doses[doses.count / 2]) / 2
    let better = members.count {
      ($0.pain?.change ?? 0) < 0 && $0.pain?.verdict?.isImportant == true
    }
    return words(
      .cohortSummary, words.count(members.count, .patient),
      doses.isEmpty ? words[.noAdherenceFigure] : words(.medianDose, Format.percent(middle)),
      String(better), String(members.count { $0.pain?.verdict != nil }), String(triage.count))
  }

  /// The cohort as a workbook, those to call first.
  public var workbook: Workbook {
    Workbook(
      title: "\(words[.cohortTitle]), \(period)", created: asOf, paper: style.paper,
      sheets: [
        Sheet(
          name: words[.sheetToCall],
          blocks: [
            .title(words[.cohortTitle]), .paragraph("\(sentences.period(period)). \(summary)"),
            .table(triageTable), .heading(words[.pleaseNote]), .paragraph(words[.safety]),
          ], landscape: true),
        Sheet(
          name: words[.sheetPatients],
          blocks: [.title(words[.sheetPatients]), .table(memberTable)], landscape: true,
          hasEvenColumns: true),
        Sheet(
          name: words[.sheetOverview],
          blocks: [
            .title(words[.sheetOverview]), .table(distributionTable),
            .heading(words[.sheetAssociations]),
          ]
            + (associationSentences.isEmpty ? [words[.tooLittleData]] : associationSentences).map(
              Block.paragraph), landscape: true),
        Sheet(
          name: words[.sheetNotes],
          blocks: [.title(words[.sheetNotes])]
            + PatientReport.definitions.map { .paragraph(words[$0]) }
            + [.paragraph(words(.thresholdsLine, thresholds.version, version))],
          landscape: true),
      ])
  }

  /// The cohort as plain text.
  public func text(ascii: Bool = false) -> String {
    var page = TextPage(ascii: ascii)
    page.line(page.spread(words[.cohortTitle].uppercased(), sentences.period(period)))
    page.rule()
    page.paragraph(summary)
    page.list(
      words[.toCall], triage.map { "\(visible($0.patient)): \(why($0))" }, orElse: words[.nobody])
    if !associationSentences.isEmpty { page.blank() }
    for sentence in associationSentences { page.paragraph(sentence) }
    page.heading(words[.memberHeading])
    let widths = [19, 7, 8, 9, 9, 14]
    func line(_ cells: [String]) -> String {
      "  "
        + zip(cells, widths).enumerated().map {
          padded($0.element.0, to: $0.element.1, right: $0.offset > 0)
        }.joined()
    }
    page.line(line(words.list(.memberLine)))
    for member in members {
      page.line(
        line([
          visible(member.patient), member.adherence.doseCapped.map(Format.percent) ?? Format.absent,
          String(member.covered), member.pain?.mean.map { Format.decimal($0) } ?? Format.absent,
          member.pain?.change.map { Format.signed($0) } ?? Format.absent,
          words(.ofTests, String(member.testsBetter), String(member.testsJudged)),
        ]))
    }
    page.blank()
    page.paragraph(words(.thresholdsLine, thresholds.version, version))
    page.paragraph(words[.safety])
    return page.text
  }
}
