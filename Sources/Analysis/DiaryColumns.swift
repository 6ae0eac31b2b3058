import Records

/// A diary as bare columns, an element a calendar day from a Monday on: what the answers about pain
/// and links are worked out of, for simulations and for programs that have no log.
public struct DiaryColumns: Sendable {
  /// The pain of each day on the scale 0-10; NaN where none was logged.
  public var pain: [Double]
  /// Whether a session was held, 1 or 0; NaN on days without a record.
  public var session: [Double]
  /// Active minutes; NaN where unknown.
  public var minutes: [Double]
  /// Pain in the morning and in the evening, where the diary times both and sessions lie between;
  /// nil where it has no clock.
  public var timed: (morning: [Double], evening: [Double])?

  /// A diary without clocks.
  public init(pain: [Double], session: [Double], minutes: [Double]) {
    precondition(
      pain.count == session.count && pain.count == minutes.count, "columns of one length")
    self.pain = pain
    self.session = session
    self.minutes = minutes
  }

  /// A Monday.
  private static let first = Day(number: 4)
  /// Morning, noon and evening in minutes of the day.
  private static let hours = (morning: 8 * 60, session: 12 * 60, evening: 20 * 60)

  /// The answer about links as of the last day.
  public var links: LinkAnswer { LinkAnswer(linkDiary) }

  private var linkDiary: LinkDiary {
    var diary = LinkDiary(
      first: DiaryColumns.first, pain: pain, session: session, minutes: minutes)
    if let timed {
      diary.scores = pain.indices.map { day in
        [
          (DiaryColumns.hours.morning, timed.morning[day]),
          (DiaryColumns.hours.evening, timed.evening[day]),
        ].filter { !$0.1.isNaN }.map { TimedScore(minute: $0.0, score: $0.1) }
      }
      diary.starts = session.map { $0 == 1 ? DiaryColumns.hours.session : nil }
    }
    return diary
  }

  /// The answers about links at every look that the diary passes, in order.
  public var linksAtLooks: [LinkAnswer] {
    var answers: [LinkAnswer] = []
    var seen = linkDiary
    while let (look, days) = seen.lastLook {
      answers.append(LinkAnswer(days))
      guard look > 1 else { break }
      // One day less is before this look.
      seen = days.upTo(days.pain.count - 1)
    }
    return answers.reversed()
  }

  /// The days of the looks at pain, and whether each tells of a change.
  public func painLooks(by thresholds: Thresholds = .standard) -> [(day: Int, isTold: Bool)] {
    let diary = painDiary
    let passed = LookPlan.pain.passed(diary.days.count)
    guard passed > 0 else { return [] }
    return (1...passed).map { look in
      (
        diary.days[LookPlan.pain.days(look) - 1],
        PainAnswer.tells(diary, at: look, by: thresholds) != nil
      )
    }
  }

  /// The answer about pain as of the last day.
  public func painAnswer(by thresholds: Thresholds = .standard) -> PainAnswer {
    PainAnswer(painDiary, asOf: pain.count - 1, isJudged: true, by: thresholds)
  }

  private var painDiary: PainDiary {
    let days = pain.indices.filter { !pain[$0].isNaN }
    return PainDiary(first: DiaryColumns.first, days: days, values: days.map { pain[$0] })
  }
}
