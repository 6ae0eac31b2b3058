import Analysis
import Records

/// The list for a clinic: whom to call, who is off the list, and what is wrong with the data.
extension CohortReport {
  /// Lines of each list on the page at most; the JSON has all of them.
  private static let mostLines = 20
  /// Days after which a discharge is no news.
  private static let dischargeDays = 28

  private func why(_ member: CohortFindings.Member) -> String {
    member.reasons.map(sentences.reason).joined(separator: words[.partsParted])
  }

  // MARK: Words

  /// Those to call, who is new first, and below them who is on no list.
  ///
  /// - Parameter name: how somebody is called.
  func callList(_ name: (CohortFindings.Member) -> String) -> [PageBlock] {
    let calls = findings.triage.map { member in
      let line = words(.labelled, name(member), why(member))
      return member.isNewCall ? words(.callNew, line) : line
    }
    return [.list(words[.toCall], calls.isEmpty ? [words[.nobody]] : calls)]
      + (awayLines.isEmpty ? [] : [.list(words[.awayHeading], awayLines)])
  }

  /// Those who are snoozed, and who was discharged lately.
  private var awayLines: [String] {
    let away = findings.book.away
    var lines = away.compactMap { patient, standing -> String? in
      guard case .snoozed(let until) = standing else { return nil }
      return words(.awaySnoozed, visible(patient), until.description)
    }
    var earlier = 0
    for case (let patient, .discharged(let day)) in away {
      if findings.book.today - day < CohortReport.dischargeDays {
        lines.append(words(.awayDischarged, visible(patient), day.description))
      } else {
        earlier += 1
      }
    }
    lines = shortened(lines)
    if earlier > 0 { lines.append(words(.awayEarlier, words.count(earlier, .person))) }
    return lines
  }

  /// What is wrong with the data, for whoever runs the program.
  var problemList: [PageBlock] {
    let lines = shortened(problemLines)
    return lines.isEmpty ? [] : [.list(words[.problemsHeading], lines)]
  }

  private var problemLines: [String] {
    let problems = findings.problems
    var lines = problems.refused.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map {
      words(
        .labelled, visible($0.key), words(.callRefused, words.count($0.value, .rowWas)))
    }
    if problems.refusedOfNobody > 0 {
      lines.append(words(.problemNobody, words.count(problems.refusedOfNobody, .rowWas)))
    }
    lines += problems.unread.map { words(.problemUnread, visible($0.file)) }
    lines += problems.lookAlikes.map { words(.problemAlike, visible($0.id), visible($0.like)) }
    return lines
  }

  private func shortened(_ lines: [String]) -> [String] {
    guard lines.count > CohortReport.mostLines else { return lines }
    return lines.prefix(CohortReport.mostLines - 1)
      + [words(.andMore, String(lines.count - CohortReport.mostLines + 1))]
  }

  // MARK: Sheets

  /// Names first; no column of names where nobody has one.
  var callTable: Table {
    let hasNames = findings.triage.contains { $0.name?.isEmpty == false }
    var columns = words.list(.callColumns)
    columns.swapAt(0, 1)
    return Table(
      words[.toCallTable], hasNames ? columns : Array(columns.dropFirst()),
      findings.triage.map { member in
        let since = member.isNewCall ? words[.callNewCell] : member.calledSince?.description ?? ""
        return (hasNames ? [.text(visible(member.name ?? ""))] : [])
          + [.text(visible(member.patient)), .text(why(member)), .text(since)]
      })
  }

  var awaySection: [Block] {
    awayLines.isEmpty
      ? [] : [.heading(words[.awayHeading])] + awayLines.map { .paragraph($0) }
  }

  /// A sheet of its own, where there is anything to say.
  var problemSections: [Section] {
    let lines = problemLines
    guard !lines.isEmpty else { return [] }
    return [
      Section(
        name: words[.sheetProblems],
        blocks: [.title(words[.problemsHeading])] + lines.map { .paragraph($0) })
    ]
  }

  // MARK: Figures

  /// Those to call.
  var triageFigure: Figure { .list(findings.triage.map(figure)) }

  /// Who is off the list, and until when.
  var snoozedFigure: Figure {
    .list(
      findings.book.away.compactMap { patient, standing in
        guard case .snoozed(let until) = standing else { return nil }
        return .record([("patient", .text(patient)), ("until", .text(until.description))])
      })
  }

  /// Who was discharged, and when.
  var dischargedFigure: Figure {
    .list(
      findings.book.away.compactMap { patient, standing in
        guard case .discharged(let day) = standing else { return nil }
        return .record([("patient", .text(patient)), ("on", .text(day.description))])
      })
  }

  private func figure(_ member: CohortFindings.Member) -> Figure {
    .record([
      ("patient", .text(member.patient)),
      ("reasons", .list(member.reasons.map { .text(Sentences.ofFigures.reason($0)) })),
      ("codes", .list(member.reasons.map { .text($0.code.rawValue) })),
      ("new", .flag(member.isNewCall)),
      ("since", member.calledSince.map { .text($0.description) } ?? .none),
    ])
  }

  /// What is wrong with the data.
  var problemFigures: Figure {
    let problems = findings.problems
    return .record([
      (
        "refused",
        .list(
          problems.refused.sorted { $0.key < $1.key }.map {
            .record([("patient", .text($0.key)), ("rows", .count($0.value))])
          })
      ), ("refused_of_nobody", .count(problems.refusedOfNobody)),
      (
        "unread",
        .list(
          problems.unread.map {
            .record([("file", .text($0.file)), ("reason", .text($0.reason))])
          })
      ),
      (
        "look_alikes",
        .list(
          problems.lookAlikes.map {
            .record([("patient", .text($0.id)), ("like", .text($0.like))])
          })
      ),
    ])
  }
}
