import Testing

@testable import Records

@Suite("Batch")
struct BatchTests {
  private func full() -> Batch {
    var batch = Batch()
    let patient = batch.names.intern("A")
    let name = batch.names.intern("x")
    let day = Day(number: 20_757)
    let position = SourcePosition(line: 2)
    batch.sets = [
      ExerciseSet(
        patient: patient, started: Timestamp(day: day), exercise: name, position: position)
    ]
    batch.pain = [
      PainEntry(patient: patient, recorded: Timestamp(day: day), score: 1, position: position)
    ]
    batch.measurements = [
      Records.Measurement(
        patient: patient, day: day, measure: name, value: 1, position: position)
    ]
    batch.program = [
      ProgramLine(
        patient: patient, exercise: name, component: .other, sessionsPerWeek: 1,
        position: position)
    ]
    batch.patients = [Patient(patient: patient, position: position)]
    batch.days = [DayEntry(patient: patient, day: day, status: .rest, position: position)]
    batch.questionnaires = [
      Questionnaire(patient: patient, day: day, instrument: .odi, position: position)
    ]
    batch.rejections = [Rejection(reason: .badJSON, position: position, column: "")]
    batch.leftOut = ["not pain": 3]
    batch.read = 11
    batch.keepsEqualRows = true
    _ = stored("note", in: &batch.texts)
    return batch
  }

  @Test("Records of every kind are counted, refused and left-out rows are not")
  func count() {
    #expect(Batch().recordCount == 0)
    #expect(full().recordCount == 7)
  }

  @Test("Without its rows a batch keeps its names and the rule for equal rows")
  func removeRows() {
    var batch = full()
    batch.removeRows()
    #expect(batch.recordCount == 0 && batch.read == 0)
    #expect(batch.rejections.isEmpty && batch.leftOut.isEmpty && batch.texts.bytes.isEmpty)
    #expect(batch.names.count == 2)
    #expect(batch.keepsEqualRows == true)
  }
}
