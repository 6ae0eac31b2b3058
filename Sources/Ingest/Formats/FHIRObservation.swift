import Records

// What an Observation becomes.
extension FHIR {
  func fate(observation: JSONValue) -> ForeignRow.Fate {
    let status = observation["status"]?.text ?? "final"
    if status == "entered-in-error" || status == "cancelled" { return .takenBack(status) }
    if status == "unknown" { return .leftOut(status) }
    var drafts: [RecordDraft] = []
    var codes = [FHIR.loinc(observation["code", "coding"]?.list ?? [])]
    for (index, part) in ([observation] + (observation["component"]?.list ?? [])).enumerated() {
      let code = FHIR.loinc(part["code", "coding"]?.list ?? [])
      codes.append(code)
      guard let code, FHIRCodes.known.contains(code) else { continue }
      let path = index == 0 ? "" : "component[\(index - 1)]"
      switch reading(of: part, code: code, in: observation, path: path) {
      case .records(let found): drafts += found
      case .leftOut: break
      case let other: return other
      }
    }
    if !drafts.isEmpty { return .records(drafts) }
    let known = codes.compactMap { $0 }.first { FHIRCodes.known.contains($0) }
    if codes.contains(where: { $0.map(FHIRCodes.steps.contains) ?? false }) {
      return .leftOut("steps")
    }
    if known == nil { return .leftOut("other observations") }
    if FHIR.saysAbsent(observation) { return .leftOut("data absent") }
    return .refused(.missingValue, path: "value[x]")
  }

  /// Whether a resource or all of its components say why there is no value.
  private static func saysAbsent(_ observation: JSONValue) -> Bool {
    let parts = observation["component"]?.list ?? []
    return observation["dataAbsentReason"] != nil
      || (!parts.isEmpty && parts.allSatisfy { $0["dataAbsentReason"] != nil })
  }

  /// One value of an observation, its own or a component's.
  private func reading(
    of part: JSONValue, code: String, in observation: JSONValue, path: String
  ) -> ForeignRow.Fate {
    if FHIRCodes.steps.contains(code) { return .leftOut("steps") }
    guard let value = FHIRValue(of: part) else { return .leftOut("no value") }
    let place = path.isEmpty ? value.path : path + "." + value.path
    if value.comparator != nil { return .refused(.notANumber, path: place + ".comparator") }
    let when = FHIRMoment(observation)
    if code == FHIRCodes.exerciseDuration {
      guard let factor = FHIRCodes.minutes(in: value.unit ?? "") else {
        return .refused(.unknownCode, path: place + ".unit")
      }
      return .records([exercise(part, observation, value, factor, when, place)])
    }
    guard FHIRCodes.countsPoints(value.unit) || (value.unit == "%" && code == FHIRCodes.oswestry)
    else { return .refused(.unknownCode, path: place + ".unit") }
    if code == FHIRCodes.oswestry || code == FHIRCodes.oswestryPanel {
      var draft = RecordDraft(.questionnaires)
      draft.set(.patientID, FHIR.patient(of: observation), at: "subject")
      draft.set(.completedOn, when.start.map { String($0.prefix(10)) }, at: when.path)
      draft.set(.instrument, Instrument.odi.word)
      draft.set(.score, value.text, at: place)
      return .records([draft])
    }
    return .records([pain(part, observation, code, value, when, place)])
  }

  private func pain(
    _ part: JSONValue, _ observation: JSONValue, _ code: String, _ value: FHIRValue,
    _ when: FHIRMoment, _ place: String
  ) -> RecordDraft {
    var draft = RecordDraft(.pain)
    draft.set(.patientID, FHIR.patient(of: observation), at: "subject")
    draft.set(.recordedAt, when.start, at: when.path)
    draft.set(.score, value.text, at: place)
    let method = observation["method", "text"]?.text
    let kind = method.flatMap { PainKind(word: $0.lowercased()) }
    draft.set(.kind, code == FHIRCodes.averagePain ? PainKind.average.word : kind?.word)
    draft.set(.location, FHIR.words(observation["bodySite"]), at: "bodySite")
    draft.set(.notes, observation["note"]?.list.first?["text"]?.text, at: "note")
    return draft
  }

  private func exercise(
    _ part: JSONValue, _ observation: JSONValue, _ value: FHIRValue, _ factor: Double,
    _ when: FHIRMoment, _ place: String
  ) -> RecordDraft {
    var draft = RecordDraft(.sessions)
    draft.set(.patientID, FHIR.patient(of: observation), at: "subject")
    draft.set(.startedAt, when.start, at: when.path)
    let display = part["code", "coding"]?.list.first?["display"]?.text
    let named = part["code", "text"]?.text
    let name = named == nil || named == display || named == "Exercise duration" ? nil : named
    draft.set(.exercise, name ?? "Exercise", at: "code.text")
    let component = name.map { ExerciseCatalogue.entry(of: $0)?.component } ?? .aerobic
    draft.set(.component, component?.word)
    // A unit of one minute keeps the number's own digits.
    if factor == 1 {
      draft.set(.minutes, value.text, at: place)
    } else {
      draft.set(.minutes, value.number.map { $0 * factor }, at: place)
    }
    draft.set(.notes, observation["note"]?.list.first?["text"]?.text, at: "note")
    return draft
  }

  /// The words of a concept: its text, else the first label of its codings.
  static func words(_ concept: JSONValue?) -> String? {
    concept?["text"]?.text ?? concept?["coding"]?.list.lazy.compactMap { $0["display"]?.text }.first
  }
}

/// When an observation holds: its moment, or the start of its stretch of time.
struct FHIRMoment {
  var start: String?
  var path: String

  init(_ observation: JSONValue) {
    let places: [(String, JSONValue?)] = [
      ("effectiveDateTime", observation["effectiveDateTime"]),
      ("effectiveInstant", observation["effectiveInstant"]),
      ("effectivePeriod.start", observation["effectivePeriod", "start"]),
      ("effectivePeriod.end", observation["effectivePeriod", "end"]),
      ("effectiveTiming.event[0]", observation["effectiveTiming", "event"]?.list.first),
    ]
    let found = places.first { $0.1?.text != nil }
    start = found?.1?.text
    path = found?.0 ?? "effective[x]"
  }
}

/// The value of an observation, a component or an answer.
struct FHIRValue {
  /// The number as written; what stands there otherwise.
  var text: String
  var unit: String?
  var comparator: String?
  var path: String

  var number: Double? { JSONValue.string(text).number }

  /// nil when there is no value.
  init?(of part: JSONValue) {
    for key in ["valueInteger", "valueDecimal", "valueString"] {
      if let found = part[key]?.text { (text, path) = (found, key); return }
    }
    if let quantity = part["valueQuantity"], let number = quantity["value"]?.text {
      text = number
      unit = quantity["code"]?.text ?? quantity["unit"]?.text
      comparator = quantity["comparator"]?.text
      path = "valueQuantity"
      return
    }
    let concept = part["valueCodeableConcept", "coding"]?.list
    let codings = concept ?? part["valueCoding"].map { [$0] } ?? []
    path = concept == nil ? "valueCoding" : "valueCodeableConcept"
    let codes = codings.compactMap { $0["code"]?.text }
    guard let first = codes.first else { return nil }
    // A code outside the list is no number, and is refused as such.
    text = codes.lazy.compactMap { FHIRCodes.ratings[$0] }.first ?? first
  }
}

/// UTC milliseconds of a time with an offset; nil for anything else.
func instant(_ text: String) -> Int64? {
  let parsed = text.withBytes { parseTime($0, order: nil) }
  guard case .success(let time) = parsed, let ofDay = time.milliseconds else { return nil }
  return Int64(time.day.number) * 86_400_000 + ofDay - Int64(time.offsetMinutes ?? 0) * 60_000
}
