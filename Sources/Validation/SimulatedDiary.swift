import Analysis
import Foundation

/// Diaries of which it is known what goes with what, and why the two may only look related.
///
/// Pain carries over from day to day (AR(1), standard deviation 1.6, around 4.5), is written in
/// whole points from 0 to 10, and 15 % of the days are missing. In every kind but those that plant
/// something, exercise does nothing to pain.
enum SimulatedDiary: String, CaseIterable {
  /// Exercise by coin.
  case null
  /// Exercise mostly on Mondays, Wednesdays and Fridays.
  case weekday
  /// Exercise itself carries over.
  case spells
  /// Less exercise after a day of more pain.
  case reactive
  /// Both drift.
  case trend
  /// Both change on one day.
  case step
  /// Fortnights of two points more pain, without exercise.
  case badWeeks = "bad-weeks"
  /// Exercise on Mondays, Wednesdays and Fridays; pain 1.5 higher on Mondays.
  case mondays
  /// Pain 1.5 lower and less exercise at weekends.
  case weekends
  /// Little pain, most days 0.
  case floor
  /// Pain in the morning decides whether exercise is done; pain is logged before and after it.
  case morning
  /// Three weeks in each quarter of a year without any record.
  case holidays
  /// A day of little pain is logged half as often as one of much.
  case badDaysLogged = "bad-days-logged"
  /// A session on nearly every day, of a few minutes; one in thirty of 300.
  case longDays = "long-days"
  /// Points on the day of a session.
  case effect
  /// Points on the day after a session.
  case nextDay = "next-day"
  /// Pain falls over three weeks from day 20 on, and stays.
  case drop
  /// The same, and all of it back on day 180.
  case dropAndBack = "drop-and-back"

  /// The day on which a drop is over.
  static let back = 180

  /// Those in which exercise does nothing.
  static let withoutEffect: [SimulatedDiary] = allCases.filter {
    ![.effect, .nextDay, .drop, .dropAndBack].contains($0)
  }

  private static let deviation = 1.6
  private static let level = 4.5
  private static let missing = 0.15

  /// A person's diary.
  ///
  /// - Parameters:
  ///   - days: calendar days.
  ///   - carryOver: of pain, 0 to below 1.
  ///   - size: points that are planted.
  func diary(days: Int, carryOver: Double, size: Double, _ random: inout Normals) -> DiaryColumns {
    // Twice a day for who logs twice: half a day carries over the root.
    let isTwice = self == .morning
    let latent = SimulatedDiary.carried(
      isTwice ? 2 * days : days, isTwice ? carryOver.squareRoot() : carryOver, &random)
    var base = [Double](
      repeating: self == .floor ? 0.3 : SimulatedDiary.level, count: days)
    var isHeld = (0..<days).map { _ in random.uniform() < 0.6 }
    shape(&base, &isHeld, size: size, &random)
    func score(_ level: Double, _ swing: Double) -> Double {
      min(10, max(0, (level + SimulatedDiary.deviation * swing).rounded()))
    }
    var pain = (0..<days).map { score(base[$0], latent[isTwice ? 2 * $0 + 1 : $0]) }
    let morning = isTwice ? (0..<days).map { score(base[$0], latent[2 * $0]) } : []
    if self == .reactive || self == .morning {
      for day in (self == .reactive ? 1 : 0)..<days {
        let felt = self == .reactive ? pain[day - 1] : morning[day]
        isHeld[day] =
          random.uniform() < 1 / (1 + exp(0.9 * (felt - SimulatedDiary.level) - 0.5))
      }
    }
    let isLogged = (0..<days).map { day in
      let chance = self == .badDaysLogged && pain[day] < SimulatedDiary.level ? 0.5 : 1
      return random.uniform() < chance * (1 - SimulatedDiary.missing)
        && !(self == .holidays && day % 91 >= 70)
    }
    func known(_ values: [Double]) -> [Double] {
      zip(values, isLogged).map { $1 ? $0 : .nan }
    }
    let evening = known(pain)
    if isTwice { pain = zip(morning, pain).map { ($0 + $1) / 2 } }
    var columns = DiaryColumns(
      pain: known(pain), session: known(isHeld.map { $0 ? 1 : 0 }),
      minutes: known(
        isHeld.map { isHeld in
          guard isHeld else { return 0 }
          return self == .longDays && random.uniform() < 1.0 / 30
            ? 300 : (10 + 30 * random.uniform()).rounded(.down)
        }))
    if isTwice { columns.timed = (known(morning), evening) }
    return columns
  }

  private func shape(
    _ base: inout [Double], _ isHeld: inout [Bool], size: Double, _ random: inout Normals
  ) {
    let days = base.count
    func hold(_ chance: (Int) -> Double) {
      for day in 0..<days { isHeld[day] = random.uniform() < chance(day) }
    }
    let isRoutine: (Int) -> Bool = { [0, 2, 4].contains($0 % 7) }
    switch self {
    case .null, .reactive, .floor, .morning, .holidays, .badDaysLogged: break
    case .longDays: hold { _ in 0.97 }
    case .weekday: hold { isRoutine($0) ? 0.85 : 0.3 }
    case .spells:
      isHeld = SimulatedDiary.carried(days, 0.6, &random).map { $0 > -0.25 }
    case .trend:
      for day in 0..<days { base[day] -= Double(day) / Double(days) * 2.5 }
      hold { 0.3 + 0.5 * Double($0) / Double(days) }
    case .step:
      let change = days / 4 + Int(random.uniform() * Double(days / 2))
      for day in 0..<days where day > change { base[day] -= 2 }
      hold { $0 > change ? 0.8 : 0.35 }
    case .badWeeks:
      for _ in 0..<max(1, days / 60) {
        let first = Int(random.uniform() * Double(max(1, days - 14)))
        for day in first..<min(days, first + 14) {
          if base[day] <= SimulatedDiary.level { base[day] += 2 }
          isHeld[day] = false
        }
      }
    case .mondays:
      for day in stride(from: 0, to: days, by: 7) { base[day] += 1.5 }
      hold { isRoutine($0) ? 0.9 : 0 }
    case .weekends:
      for day in 0..<days where day % 7 >= 5 { base[day] -= 1.5 }
      hold { $0 % 7 >= 5 ? 0.2 : 0.75 }
    case .effect:
      for day in 0..<days { base[day] += size * ((isHeld[day] ? 1 : 0) - 0.6) }
    case .nextDay:
      for day in 0..<days { base[day] += size * ((day > 0 && isHeld[day - 1] ? 1 : 0) - 0.6) }
    case .drop, .dropAndBack:
      for day in 0..<days where self == .drop || day < SimulatedDiary.back {
        base[day] -= size * min(1, max(0, Double(day - 20) / 21))
      }
    }
  }

  /// A stationary AR(1) series of standard deviation 1.
  private static func carried(_ count: Int, _ carryOver: Double, _ random: inout Normals)
    -> [Double]
  {
    let fresh = (1 - carryOver * carryOver).squareRoot()
    var state = random.next()
    return (0..<count).map { _ in
      defer { state = carryOver * state + fresh * random.next() }
      return state
    }
  }
}
