import Analysis
import Records

/// The words for what a reader should look at.
extension Sentences {
  /// What to look at; nil for what no one has to.
  func attention(_ found: Attention) -> String? {
    switch found {
    case .painRose(let points): words(.painRose, Format.decimal(points))
    case .painCameBack(let day): words(.painCameBack, self.day(day))
    case .flareDays(let count): words(.flareDays, words.count(count, .dayOfFlare))
    case .noSession(let days): words(.noSessionFor, String(days))
    case .uncertain(let share): words(.uncertain, Format.percent(share))
    case .lowDose: words[.lessThanModerate]
    case .lowComponentDose(let component, let dose):
      words(.componentDose, title(of: component), Format.percent(dose))
    case .measureWorse(let measure): words(.measureWorse, measureTitle(measure))
    case .sidesDiffer(let measure, let difference):
      words(
        .sidesDiffer, title(of: measure), Format.decimal(difference), unit(measure.unit ?? ""))
    case .rule(let rule, let count): self.rule(rule, count)
    }
  }

  /// How often a rule of the programme was broken; nil for what no one has to look at.
  private func rule(_ rule: ProgrammeRule, _ count: Int) -> String? {
    let sessions = words.count(count, .session)
    switch rule {
    case .warmUpFirst: return words(.noWarmUpFirst, sessions)
    case .coolDownLast: return words(.noCoolDownLast, sessions)
    case .goSlowly: return words(.tooMuchLoad, words.count(count, .week))
    case .painCeiling: return words(.tooMuchPain, sessions)
    case .inversionRamp: return words(.tooMuchInversion, sessions)
    case .bedRest, .maintenance: return nil
    }
  }

  /// What is missing for an answer.
  func gap(_ gap: Gap) -> String {
    switch gap {
    case .noRecord(let days, let all): words(.noRecord, words.count(days, .day), String(all))
    case .changeOfPain(let absence): words(.changeOfPain, reason(absence))
    case .links(let absence): words(.linksMissing, reason(absence))
    case .refused(let count): words(.refusedRows, words.count(count, .rowWas))
    }
  }

  /// Why a patient should be called.
  func reason(_ reason: CallReason) -> String {
    switch reason {
    case .stoppedLogging(let days, _, _): words(.callStoppedLogging, String(days))
    case .noSession(let days): words(.callNoSession, String(days))
    case .doseFell(let from, let to):
      words(.callDoseFell, Format.percent(from), Format.percent(to))
    case .doseFalling: words[.callFalling]
    case .newFlare(let day): words(.callNewFlare, day.description)
    case .painUp(let points, let isTold, _):
      words(isTold ? .callPainUp : .callPainMaybe, Format.decimal(points))
    }
  }
}
