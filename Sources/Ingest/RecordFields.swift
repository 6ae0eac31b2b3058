import Records

/// Writes rows as the fields of lumbar's own formats: what the decoder reads back as the same rows.
public struct RecordFields {
  private let names: NamePool
  private let texts: TextArena

  /// - Parameters:
  ///   - names: the names that the rows refer to.
  ///   - texts: the free texts that they refer to.
  public init(names: NamePool, texts: TextArena) {
    self.names = names
    self.texts = texts
  }

  /// A field with what the row says of it.
  public typealias Filled = (field: Field, text: String)

  private func filled(_ patient: NameID, _ fields: [(Field, String?)]) -> [Filled] {
    ([(.patientID, names[patient])] + fields).compactMap { field, text in text.map { (field, $0) } }
  }

  private func name(_ id: NameID?) -> String? { id.map { names[$0] } }
  private func free(_ range: TextRange?) -> String? { range.map { texts[$0] } }

  /// The fields of an exercise row that say something.
  public func fields(of row: ExerciseSet) -> [Filled] {
    filled(
      row.patient,
      [
        (.startedAt, text(row.started)), (.localDay, ownDay(row.started)),
        (.exercise, names[row.exercise]), (.component, row.component?.word),
        (.sets, text(row.sets)), (.reps, text(row.reps)), (.holdSeconds, text(row.holdSeconds)),
        (.minutes, text(row.minutes)), (.rpe, text(row.rpe)), (.completed, text(row.completed)),
        (.side, row.side?.word), (.loadKilograms, text(row.loadKilograms)),
        (.angleDegrees, text(row.angleDegrees)), (.painBefore, text(row.painBefore)),
        (.painAfter, text(row.painAfter)), (.sessionID, name(row.session)),
        (.order, row.order.map { String($0) }), (.notes, free(row.notes)),
      ])
  }

  /// The fields of a pain entry that say something.
  public func fields(of row: PainEntry) -> [Filled] {
    filled(
      row.patient,
      [
        (.recordedAt, text(row.recorded)), (.localDay, ownDay(row.recorded)),
        (.score, text(row.score)), (.kind, row.kind?.word), (.location, name(row.location)),
        (.scale, name(row.scale)), (.flare, text(row.flare)), (.notes, free(row.notes)),
      ])
  }

  /// The fields of a measurement that say something.
  public func fields(of row: Measurement) -> [Filled] {
    filled(
      row.patient,
      [
        (.measuredOn, row.day.description), (.measure, names[row.measure]),
        (.value, text(row.value)), (.unit, name(row.unit)), (.side, row.side?.word),
        (.rater, name(row.rater)), (.device, name(row.device)),
        (.trial, row.trial.map { String($0) }), (.convention, name(row.convention)),
      ])
  }

  /// The fields of a line of the programme that say something.
  public func fields(of row: ProgramLine) -> [Filled] {
    let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].enumerated()
      .filter { row.weekdays & (1 << UInt8($0.offset)) != 0 }.map(\.element)
    return filled(
      row.patient,
      [
        (.exercise, names[row.exercise]), (.component, row.component.word),
        (.sessionsPerWeek, text(row.sessionsPerWeek)),
        (.weekdays, days.isEmpty ? nil : days.joined(separator: " ")), (.sets, text(row.sets)),
        (.reps, text(row.reps)), (.holdSeconds, text(row.holdSeconds)),
        (.minutes, text(row.minutes)), (.angleDegrees, text(row.angleDegrees)),
        (.side, row.side?.word), (.startOn, row.startOn?.description),
        (.endOn, row.endOn?.description),
      ])
  }

  /// What is known about a person.
  public func fields(of row: Patient) -> [Filled] {
    filled(
      row.patient,
      [
        (.name, name(row.name)), (.timezone, name(row.zone)), (.sex, name(row.sex)),
        (.language, name(row.language)),
      ])
  }

  /// The fields of a day's status that say something.
  public func fields(of row: DayEntry) -> [Filled] {
    filled(
      row.patient,
      [
        (.date, row.day.description), (.status, row.status.word), (.hours, text(row.hours)),
        (.reason, free(row.reason)),
      ])
  }

  /// The fields of a questionnaire that say something.
  public func fields(of row: Questionnaire) -> [Filled] {
    filled(
      row.patient,
      [
        (.completedOn, row.day.description), (.instrument, row.instrument.word),
        (.score, text(row.score)), (.items, free(row.items)),
      ])
  }

  private func text(_ flag: Bool?) -> String? { flag.map { $0 ? "yes" : "no" } }

  private func text(_ number: Double?) -> String? {
    number.map { $0 == $0.rounded() && abs($0) < 1e15 ? String(Int64($0)) : "\($0)" }
  }

  /// The day that a timestamp's own clock shows, and the milliseconds of that day.
  private func clockDay(_ time: Timestamp) -> (day: Day, ofDay: Int64)? {
    guard let utc = time.milliseconds else { return nil }
    let local = utc + Int64(time.offsetMinutes) * 60_000
    let day = Day(number: Int32((Double(local) / 86_400_000).rounded(.down)))
    return (day, local - Int64(day.number) * 86_400_000)
  }

  /// The patient's own day where the clock shows another.
  private func ownDay(_ time: Timestamp) -> String? {
    guard let shown = clockDay(time)?.day, shown != time.day else { return nil }
    return time.day.description
  }

  /// `2026-10-31`, or `2026-10-31T07:15:30+01:00`, with milliseconds where there are any.
  private func text(_ time: Timestamp) -> String {
    guard let (day, ofDay) = clockDay(time) else { return time.day.description }
    func two(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }
    var clock =
      "\(two(ofDay / 3_600_000)):\(two(ofDay / 60_000 % 60)):\(two(ofDay / 1_000 % 60))"
    let rest = ofDay % 1_000
    if rest > 0 { clock += "." + String(String(1_000 + rest).dropFirst()) }
    let offset = Int64(time.offsetMinutes.magnitude)
    let sign = time.offsetMinutes < 0 ? "-" : "+"
    return "\(day)T\(clock)\(sign)\(two(offset / 60)):\(two(offset % 60))"
  }
}
