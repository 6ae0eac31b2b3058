import Analysis
import Records

/// The four answers in words: one sentence for each, in one place, from which every output speaks.
extension Sentences {
  // MARK: Did I do it?

  func answer(_ answer: AdherenceAnswer, _ finding: AdherenceFinding?, isShort: Bool = false)
    -> String
  {
    guard let dose = answer.doseCapped else {
      return words[answer.code == .noData ? .noProgramme : .nothingWasDue]
    }
    let share = words(.dose, percent(dose, answer.code))
    let sentence =
      switch answer.code {
      case .yes: words(.doseGood, share)
      case .mostly: words(.doseModerate, share)
      case .partly: words(.dosePartly, share)
      case .hardly: words(.doseHardly, share)
      case .cannotTell, .nothingDue, .noData:
        words(.doseUnsure, share, Format.percent(finding?.program.unknownShare ?? 1))
      }
    if !isShort, let all = answer.doseAllDays, all < dose - 0.005 {
      return words(.doseAllDays, sentence, Format.percent(all))
    }
    return sentence + "."
  }

  /// A dose, with a decimal where whole percents would show it in the next band.
  private func percent(_ dose: Double, _ code: AdherenceAnswer.Code) -> String {
    let bounds: [AdherenceAnswer.Code: Threshold] = [
      .mostly: .goodAdherence, .partly: .moderateAdherence, .hardly: .partlyAdherence,
    ]
    guard let bound = bounds[code], (dose * 100).rounded() >= (bound.value * 100).rounded() else {
      return Format.percent(dose)
    }
    return Format.decimal((dose * 1_000).rounded(.down) / 10) + " %"
  }

  // MARK: Is the pain changing?

  func answer(_ answer: PainAnswer, isShort: Bool = false) -> String {
    guard answer.code != .noData else { return words[.noPain] }
    guard let change = answer.change, let interval = answer.interval else {
      return words(.tooEarly, reason(answer.absence ?? Absence(.noData)))
    }
    let from = Format.decimal(change.baseline)
    let to = Format.decimal(change.latest)
    let range = range(interval)
    let points = Format.decimal(abs(change.points))
    let direction = words[change.points < 0 ? .lower : .higher]
    let less = words.either(change.points < 0, .lessPain)
    switch answer.code {
    case .less, .more:
      let lead = Words.capital(less)
      if isShort { return words(.painShort, lead, from, to, range) }
      guard interval.low > 0 || interval.high < 0 else {
        let day = answer.toldOn.map { self.day($0) } ?? ""
        return words(.painToldBefore, lead, from, to, points, direction, range, day)
      }
      return words(.painTold, lead, from, to, points, direction, range)
    case .perhapsLess, .perhapsMore:
      let look = String(answer.nextLook)
      guard interval.low > 0 || interval.high < 0 else {
        return isShort
          ? words(.painPerhapsShort, less, from, to, range)
          : words(.painPerhaps, less, from, to, points, direction, range)
      }
      return isShort
        ? words(.painLookShort, less, from, to, range, look)
        : words(.painUntilLook, less, from, to, points, direction, range, look)
    case .noThreshold: return words(.noScaleThreshold, from, to, range)
    case .noChangeShown, .tooEarly, .noData: return words(.painNoChange, from, to, range)
    }
  }

  /// An answer's code for a table.
  func code(_ code: PainAnswer.Code) -> String { self.code(code, .painCodes) }

  /// A code's place among its fellows is that of its words in a list.
  func code<Code: CaseIterable & Equatable>(_ code: Code, _ list: Phrase) -> String {
    let place = Array(Code.allCases).firstIndex(of: code) ?? 0
    return words.list(list)[place]
  }

  /// The ends of an interval of points in words.
  func range(_ interval: (low: Double, high: Double)) -> String {
    let (low, high) = (Format.decimal(abs(interval.low)), Format.decimal(abs(interval.high)))
    if interval.high <= 0 { return words(.rangeLower, high, low) }
    return interval.low >= 0 ? words(.rangeHigher, low, high) : words(.rangeBoth, low, high)
  }

  // MARK: What goes with what?

  func answer(_ answer: LinkAnswer, isShort: Bool = false) -> String {
    let next = words(.nextLook, String(answer.nextLook), String(answer.logged))
    switch answer.code {
    case .noData: return words[.noPairs]
    case .tooEarly:
      return words(
        answer.look == nil ? .linkFirstLook : .linkTooFew, String(answer.nextLook),
        String(answer.logged))
    case .tooLittleVariation:
      let sentence = words[answer.hasSessions ? .linkVariation : .linkNoSessions]
      return isShort || !answer.hasSessions ? sentence : sentence + next
    case .lessPain, .morePain, .noneShown: break
    }
    guard let shown = answer.shown, let interval = answer.interval else { return words[.noPairs] }
    let when = Words.capital(when(answer.exposure, shown.lag))
    let points = Format.decimal(abs(shown.points))
    let direction = words[shown.points < 0 ? .lower : .higher]
    guard answer.isTold else {
      let sentence = words(.linkNone, when, points, direction, range(interval))
      return isShort ? sentence : sentence + next
    }
    let sentence =
      words(.linkTold, when, points, direction, range(interval))
      + (answer.direction == .unknown ? words[.linkUnknown] : "")
    return isShort ? sentence : sentence + reverse(answer)
  }

  /// What is said of a factor.
  func factor(_ answer: FactorAnswer) -> String {
    let name = visible(answer.factor)
    guard let shown = answer.shown, let interval = answer.interval, let unit = answer.unit else {
      let reason = code(answer.code, .linkCodes)
      return words(.factorUnasked, name, reason)
    }
    return words(
      answer.isTold ? .factorTold : .factorNone, name, words.list(.factorWhen)[shown.lag],
      visible(unit), Format.decimal(abs(shown.points)),
      words[shown.points < 0 ? .lower : .higher], range(interval))
  }

  private func reverse(_ answer: LinkAnswer) -> String {
    guard answer.reverse == true, let isLess = answer.isLessAfterPain else { return "" }
    return words(.linkReverse, words.either(isLess, .lessPain))
  }

  /// When pain is compared, as `on days with a session`.
  private func when(_ exposure: LinkAnswer.Exposure?, _ lag: Int) -> String {
    let ways = words.list(.linkWhen)
    return ways[(exposure == .session ? 0 : 2) + lag]
  }
}
