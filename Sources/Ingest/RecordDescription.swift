import Records

/// One record in words, as a reader made it of its row.
public struct RecordDescription: Sendable {
  /// The line the row begins on.
  public var line: Int64
  /// What the row became.
  public var kind: Kind
  /// Its fields that say something, under the names of lumbar's own format.
  public var fields: [(name: String, text: String)]
}

extension Batch {
  /// Every record of the batch in words, in the order of lines. O(rows log rows).
  public var descriptions: [RecordDescription] {
    var found: [RecordDescription] = []
    func add(_ row: any Row, _ kind: Kind, _ fields: [(Field, String?)]) {
      let all = [(Field.patientID, names[row.patient])] + fields
      found.append(
        RecordDescription(
          line: row.position.line, kind: kind,
          fields: all.compactMap { field, text in text.map { (field.name, $0) } }))
    }
    for row in sets {
      add(
        row, .sessions,
        [
          (.startedAt, text(row.started)), (.exercise, names[row.exercise]),
          (.component, row.component?.word), (.sets, text(row.sets)), (.reps, text(row.reps)),
          (.holdSeconds, text(row.holdSeconds)), (.minutes, text(row.minutes)),
          (.rpe, text(row.rpe)), (.completed, row.completed.map { $0 ? "yes" : "no" }),
          (.side, row.side?.word), (.loadKilograms, text(row.loadKilograms)),
          (.angleDegrees, text(row.angleDegrees)), (.painBefore, text(row.painBefore)),
          (.painAfter, text(row.painAfter)), (.sessionID, row.session.map { names[$0] }),
          (.order, row.order.map(String.init)), (.notes, row.notes.map { texts[$0] }),
        ])
    }
    for row in pain {
      add(
        row, .pain,
        [
          (.recordedAt, text(row.recorded)), (.score, text(row.score)), (.kind, row.kind?.word),
          (.location, row.location.map { names[$0] }), (.scale, row.scale.map { names[$0] }),
          (.flare, row.flare.map { $0 ? "yes" : "no" }), (.notes, row.notes.map { texts[$0] }),
        ])
    }
    for row in measurements {
      add(
        row, .flexibility,
        [
          (.measuredOn, row.day.description), (.measure, names[row.measure]),
          (.value, text(row.value)), (.unit, row.unit.map { names[$0] }), (.side, row.side?.word),
          (.rater, row.rater.map { names[$0] }), (.device, row.device.map { names[$0] }),
          (.trial, row.trial.map(String.init)), (.convention, row.convention.map { names[$0] }),
        ])
    }
    for row in program {
      add(
        row, .program,
        [
          (.exercise, names[row.exercise]), (.component, row.component.word),
          (.sessionsPerWeek, text(row.sessionsPerWeek)), (.sets, text(row.sets)),
          (.reps, text(row.reps)), (.holdSeconds, text(row.holdSeconds)),
          (.minutes, text(row.minutes)), (.angleDegrees, text(row.angleDegrees)),
          (.side, row.side?.word), (.startOn, row.startOn?.description),
          (.endOn, row.endOn?.description),
        ])
    }
    for row in patients {
      add(
        row, .patients,
        [
          (.name, row.name.map { names[$0] }), (.timezone, row.zone.map { names[$0] }),
          (.sex, row.sex.map { names[$0] }), (.language, row.language.map { names[$0] }),
        ])
    }
    for row in days {
      add(
        row, .days,
        [
          (.date, row.day.description), (.status, row.status.word), (.hours, text(row.hours)),
          (.reason, row.reason.map { texts[$0] }),
        ])
    }
    for row in questionnaires {
      add(
        row, .questionnaires,
        [
          (.completedOn, row.day.description), (.instrument, row.instrument.word),
          (.score, text(row.score)), (.items, row.items.map { texts[$0] }),
        ])
    }
    return found.sorted { $0.line < $1.line }
  }

  private func text(_ number: Double?) -> String? {
    number.map { $0 == $0.rounded() && abs($0) < 1e15 ? String(Int64($0)) : "\($0)" }
  }

  /// `2026-10-31`, or `2026-10-31T07:15:30+01:00`; with the patient's own day where it is another.
  private func text(_ time: Timestamp) -> String {
    guard let utc = time.milliseconds else { return time.day.description }
    let local = utc + Int64(time.offsetMinutes) * 60_000
    let day = Day(number: Int32((Double(local) / 86_400_000).rounded(.down)))
    let ofDay = local - Int64(day.number) * 86_400_000
    func two(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }
    let clock =
      "\(two(ofDay / 3_600_000)):\(two(ofDay / 60_000 % 60)):\(two(ofDay / 1_000 % 60))"
    let offset = Int64(time.offsetMinutes.magnitude)
    let sign = time.offsetMinutes < 0 ? "-" : "+"
    let written = "\(day)T\(clock)\(sign)\(two(offset / 60)):\(two(offset % 60))"
    return day == time.day ? written : "\(written) (day \(time.day))"
  }
}
