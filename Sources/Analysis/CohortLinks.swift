import Columns
import Records
import Statistics

/// How pain goes with exercise in a cohort: everybody is asked the same, pain on days with a
/// session against days without, of the same day and in the model of `LinkAnswer`; the answers are
/// put together by random effects.
///
/// A person enters with the whole diary up to the last day with pain, unless sessions hardly vary.
/// One kind of pain enters, the one that most people's series speak of, on the scale 0-10. The
/// method and what was simulated stand in `docs/answers.md`.
public struct CohortLinks: Sendable {
  /// One person beside the others.
  public struct Person: Sendable {
    /// Code of the patient.
    public let patient: String
    /// The person's own points.
    public let points: Double
    /// At 95 %.
    public let interval: (low: Double, high: Double)
    /// The own points drawn towards the mean of all.
    public let drawn: Double
    /// At 95 %.
    public let drawnInterval: (low: Double, high: Double)
    /// Whether the person's own answer is a link.
    public let isLink: Bool
    /// Whether that stands after adjustment for everybody who was asked.
    public let stands: Bool
  }

  /// Everybody taken together; nil below two people.
  public let pooled: RandomEffects?
  /// Those who enter, in the order of the cohort; none below two.
  public let people: [Person]
  /// Those with pain logged who do not.
  public let leftOut: Int
  /// How many could enter.
  private let able: Int
  /// What the pain of those who enter speaks of; nil without any.
  public let kind: PainKind?
  /// People whose own answer is a link, with or without a part here.
  public let ownLinks: Int
  /// Those whose link stands after adjustment.
  public let standing: Int
  /// People who were asked for their own answer.
  public let asked: Int

  private static let alpha = 0.05

  /// Puts people together. O(people).
  init(_ members: [CohortFindings.Member]) {
    let adjusted = benjaminiHochberg(members.map(\.link.p))
    let isLink = members.map { $0.answers.links == .lessPain || $0.answers.links == .morePain }
    let stands = members.indices.map { isLink[$0] && (adjusted[$0] ?? 1) <= CohortLinks.alpha }
    ownLinks = isLink.count { $0 }
    standing = stands.count { $0 }
    asked = adjusted.count { $0 != nil }
    let kinds: [PainKind] = [.average, .now, .worst]
    let able = members.indices.filter { members[$0].link.session != nil }
    kind =
      kinds.map { kind in (kind, able.count { members[$0].pain?.kind == kind }) }
      .filter { $0.1 > 0 }.max { $0.1 < $1.1 }?.0
    let taken = able.filter { [kind] in members[$0].pain?.kind == kind }
    let logged = members.count { $0.pain?.kind != nil }
    let estimates = taken.compactMap { members[$0].link.session }
    let pooled = RandomEffects(
      estimates.map(\.points), variances: estimates.map { $0.error * $0.error })
    self.pooled = pooled
    self.able = taken.count
    guard let pooled else {
      people = []
      leftOut = logged
      return
    }
    leftOut = logged - taken.count
    people = zip(taken, estimates).map { place, own in
      let drawn = pooled.drawn(own.points, variance: own.error * own.error)
      func interval(_ points: Double, _ error: Double) -> (low: Double, high: Double) {
        studentInterval(
          points, error: error, df: Double(own.degreesOfFreedom), alpha: CohortLinks.alpha)
      }
      return Person(
        patient: members[place].patient, points: own.points,
        interval: interval(own.points, own.error), drawn: drawn.value,
        drawnInterval: interval(drawn.value, drawn.error),
        isLink: isLink[place], stands: stands[place])
    }
  }

  /// The interval of the mean at 95 %; nil below two people.
  public var interval: (low: Double, high: Double)? {
    pooled?.interval(alpha: CohortLinks.alpha)
  }

  /// The section `associations` of the cohort's JSON.
  public var figures: Figure {
    let few = Absence(.tooEarly, have: able, need: 2)
    return .record([
      (
        "pooled",
        pooled.map { pooled in
          .record([
            ("points", .number(pooled.mean)), ("interval", Figure(interval, else: few)),
            ("tau", .number(pooled.tau)), ("people", .count(people.count)),
          ])
        } ?? .absent(few)
      ),
      ("exposure", .text("session")), ("lag_days", .count(0)),
      ("kind", Figure(kind?.word, else: Absence(.noData))),
      ("people", .list(people.map(figure))), ("left_out", .count(leftOut)),
      ("own_links", .count(ownLinks)), ("standing", .count(standing)), ("asked", .count(asked)),
    ])
  }

  private func figure(_ person: Person) -> Figure {
    let why = Absence(.noData)
    return .record([
      ("patient", .text(person.patient)), ("points", .number(person.points)),
      ("interval", Figure(person.interval, else: why)), ("drawn", .number(person.drawn)),
      ("drawn_interval", Figure(person.drawnInterval, else: why)),
      ("link", .flag(person.isLink)), ("adjusted", .flag(person.stands)),
    ])
  }
}

extension PersonLink {
  /// A person's part in the links of a cohort, from the whole diary.
  init(_ table: PatientTable) {
    guard let series = table.pain, let daily = table.daily else {
      self.init(code: LinkAnswer.Code.noData.rawValue, p: nil, session: nil)
      return
    }
    let diary = LinkDiary(daily, series, table)
    let answer = LinkAnswer(diary)
    self.init(
      code: answer.code.rawValue,
      p: answer.shown.map { min(1, Double(answer.asked) * $0.p) },
      session: series.isTenPointScale ? diary.sessionEstimate : nil)
  }
}

extension LinkDiary {
  /// Pain on days with a session against days without, of the days up to the last with pain.
  ///
  /// - Returns: nil where sessions hardly vary, or hardly differ from the routine of the week.
  var sessionEstimate: PersonLink.Estimate? {
    guard let last = pain.lastIndex(where: { !$0.isNaN }) else { return nil }
    let seen = upTo(last + 1)
    guard seen.exposure == .session else { return nil }
    let look = LinkLook(seen, .session, share: 1)
    guard let fit = look.model.fit(yesterdayOnly: false),
      fit.squares.keptSquares[0] >= look.guardSquares, fit.squares.standardError(0) > 0
    else { return nil }
    return PersonLink.Estimate(
      points: fit.squares.coefficients[0], error: fit.squares.standardError(0),
      degreesOfFreedom: fit.squares.degreesOfFreedom)
  }
}
