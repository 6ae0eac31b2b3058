import Analysis
import Records

/// The words for what analyses say in codes.
extension Sentences {
  /// Why a question of the family has no figures; empty where it has some.
  func note(_ test: AssociationFinding.Test) -> String {
    guard test.refusal == nil else { return test.refusal.map(reason) ?? "" }
    return test.adjustedP == nil ? words[.tooFewIndependent] : ""
  }

  /// An absence in words.
  func reason(_ absence: Absence) -> String {
    if let have = absence.have, let need = absence.need {
      return words(.haveNeed, words.count(have, .day), String(need))
    }
    switch absence.code {
    case .noData: return words[.noData]
    case .nothingDue: return words[.reasonNothingDue]
    case .tooEarly: return words[.tooManyUnknown]
    case .tooFewConsecutive: return words[.tooFewInARow]
    case .tooLittleVariation, .constant: return words[.tooLittleVariation]
    case .lowEffectiveN: return words[.tooFewIndependent]
    case .windowsOverlap: return words[.windowsOverlap]
    case .noThreshold: return words[.noThreshold]
    case .tooFewFlares: return words[.tooFewFlares]
    case .notReached: return words[.notReached]
    }
  }

  func verdict(_ verdict: FlexibilityVerdict?) -> String {
    switch verdict {
    case .improved: words[.improved]
    case .worsened: words[.worsened]
    case .detectableBetter: words[.detectablyBetter]
    case .detectableWorse: words[.detectablyWorse]
    case .withinError: words[.withinError]
    case nil: Format.absent
    }
  }

  /// The band of a dose, or that there is none.
  func band(_ figures: AdherenceFigures) -> String {
    if figures.isLowConfidence { return figures.doseCapped == nil ? "" : words[.lowConfidence] }
    switch figures.band {
    case "good": return words[.good]
    case "moderate": return words[.moderate]
    case "poor": return words[.poor]
    default: return ""
    }
  }

  func side(_ side: Side?) -> String {
    switch side {
    case .left: words[.left]
    case .right: words[.right]
    default: words[.bothSides]
    }
  }

  /// A component's name for people.
  func title(of component: Component) -> String {
    switch component {
    case .warmUp: words[.warmUp]
    case .backStretch: words[.backStretch]
    case .mobility: words[.mobility]
    case .gluteStretch: words[.gluteStretch]
    case .hamstringStretch: words[.hamstringStretch]
    case .strengthening: words[.strengthening]
    case .inversion: words[.inversion]
    case .coolDown: words[.coolDown]
    case .aerobic: words[.aerobic]
    case .other: words[.other]
    }
  }

  /// A test's name for people; measures that lumbar does not know keep theirs.
  func title(of measure: FlexibilityFinding.Measure) -> String {
    switch measure.code {
    case "sit_and_reach": words[.sitAndReach]
    case "fingertip_to_floor": words[.fingertipToFloor]
    case "modified_schober": words[.modifiedSchober]
    case "straight_leg_raise": words[.straightLegRaise]
    case "active_knee_extension": words[.activeKneeExtension]
    case "hip_internal_rotation": words[.hipInternalRotation]
    case "hip_external_rotation": words[.hipExternalRotation]
    case "back_extensor_hold": words[.backExtensorHold]
    default: visible(measure.code)
    }
  }

  /// A test's name with its side.
  func measureTitle(_ measure: FlexibilityFinding.Measure) -> String {
    title(of: measure) + (measure.side.map { ", \(side($0))" } ?? "")
  }

  func kind(_ kind: PainKind) -> String {
    switch kind {
    case .now: words[.now]
    case .average: words[.average]
    case .worst: words[.worst]
    case .least: words[.least]
    case .before: words[.before]
    case .after: words[.after]
    }
  }

  /// The place of a pain series; the usual one has a word in every language.
  func place(_ series: String) -> String {
    series == "lower back" ? words[.lowerBack] : visible(series)
  }

  /// A rule's name for people.
  func title(of rule: ProgrammeRule) -> String {
    switch rule {
    case .warmUpFirst: words[.ruleWarmUp]
    case .coolDownLast: words[.ruleCoolDown]
    case .goSlowly: words[.ruleSlowly]
    case .painCeiling: words[.ruleCeiling]
    case .inversionRamp: words[.ruleInversion]
    case .bedRest: words[.ruleBedRest]
    case .maintenance: words[.ruleMaintenance]
    }
  }

  /// What the log holds where a rule was not kept.
  ///
  /// - Parameter name: how components are named; as for people by default.
  func detail(_ detail: RuleDetail, naming name: ((Component) -> String)? = nil) -> String {
    let name = name ?? title(of:)
    let plain = Format.plain
    switch detail {
    case .noWarmUp: return words[.detailNoWarmUp]
    case .beforeWarmUp(let component): return words(.detailBeforeWarmUp, name(component))
    case .noCoolDown: return words[.detailNoCoolDown]
    case .afterCoolDown(let component): return words(.detailAfterCoolDown, name(component))
    case .pain(let from?, let to): return words(.detailPainFrom, plain(from), plain(to))
    case .pain(nil, let to): return words(.detailPainTo, plain(to))
    case .angle(let from, let to): return words(.detailAngle, plain(from), plain(to))
    case .minutes(let from, let to): return words(.detailMinutes, plain(from), plain(to))
    case .load(let now, let before, let isRated):
      return words(
        isRated ? .detailRatedLoad : .detailLoad, plain(now.rounded()), plain(before.rounded()))
    case .daysInBed(let days):
      return days == 1 ? words[.detailDayInBed] : words(.detailDaysInBed, String(days))
    case .painFreeDays(let days): return words(.detailMaintenance, plain(days))
    }
  }
}
