import Testing

@testable import Records

@Suite("Text arena")
struct TextArenaTests {
  @Test("Texts lie end to end and come back")
  func append() throws {
    var arena = TextArena()
    let first = try #require(stored("slowly", in: &arena))
    let second = try #require(stored("mit Mühe", in: &arena))
    #expect(first == TextRange(start: 0, count: 6))
    #expect(second == TextRange(start: 6, count: 9))
    #expect(arena[first] == "slowly" && arena[second] == "mit Mühe")
  }

  @Test("Empty text takes no place")
  func empty() {
    var arena = TextArena()
    #expect(stored("", in: &arena) == nil)
    #expect(arena.bytes.isEmpty)
  }

  @Test("Equal texts have equal digests wherever they lie; no text has that of nothing")
  func digests() throws {
    var arena = TextArena()
    let first = stored("slowly", in: &arena)
    let other = stored("slowlY", in: &arena)
    let again = stored("slowly", in: &arena)
    #expect(first != again)
    #expect(arena.digest(first) == arena.digest(again))
    #expect(arena.digest(first) != arena.digest(other))
    #expect(arena.digest(nil) == nil)
  }

  @Test("An emptied arena begins anew")
  func removeAll() {
    var arena = TextArena()
    _ = stored("slowly", in: &arena)
    arena.removeAll()
    #expect(arena.bytes.isEmpty)
    #expect(stored("x", in: &arena) == TextRange(start: 0, count: 1))
  }
}

func stored(_ text: String, in arena: inout TextArena) -> TextRange? {
  Array(text.utf8).withUnsafeBufferPointer { arena.append($0) }
}

/// The 24 bits of a row's digest that come from its natural key.
private func key(_ digest: UInt64) -> UInt64 { digest >> 40 }

@Suite("Digests of rows")
struct RowDigestTests {
  private var names = NamePool()
  private var texts = TextArena()
  private let position = SourcePosition(line: 2)
  private let today = Day(number: 20_757)

  private mutating func set() -> ExerciseSet {
    ExerciseSet(
      patient: names.intern("A"),
      started: Timestamp(day: today, milliseconds: 1_793_427_300_000, offsetMinutes: 60),
      exercise: names.intern("Cat-cow"), position: position)
  }

  private mutating func pain() -> PainEntry {
    PainEntry(
      patient: names.intern("A"), recorded: Timestamp(day: today), score: 4, position: position)
  }

  private func digest(_ row: some Row) -> UInt64 { row.digest(names: names, texts: texts) }

  @Test("A row with the same key and another note shares 24 bits and differs below")
  mutating func otherNote() {
    var row = set()
    let bare = digest(row)
    row.notes = stored("slowly", in: &texts)
    let noted = digest(row)
    row.notes = stored("quickly", in: &texts)
    let other = digest(row)
    #expect(key(bare) == key(noted) && key(noted) == key(other))
    #expect(Set([bare, noted, other]).count == 3)
  }

  @Test("Another start, exercise or side is another key")
  mutating func otherKey() {
    var rows = [set(), set(), set(), set(), set()]
    rows[1].started.milliseconds = 1_793_427_300_001
    rows[2].started.milliseconds = nil
    rows[3].exercise = names.intern("Bird dog")
    rows[4].side = .left
    #expect(Set(rows.map { key(digest($0)) }).count == 5)
  }

  @Test("Patient, day and place in the file are no part of the digest")
  mutating func leftOut() {
    let row = set()
    var other = set()
    other.patient = names.intern("B")
    other.started.day = today + 1
    other.position = SourcePosition(file: 9, line: 99)
    #expect(digest(row) == digest(other))
  }

  @Test("Pools that hold the names in another order give the same digest")
  mutating func otherPool() {
    let row = set()
    var pool = NamePool()
    for name in ["x", "Cat-cow", "A"] { _ = pool.intern(name) }
    var same = row
    same.patient = pool.intern("A")
    same.exercise = pool.intern("Cat-cow")
    #expect(same.digest(names: pool, texts: TextArena()) == digest(row))
  }

  @Test("Every field of an exercise row changes its digest")
  mutating func fieldsOfSet() {
    let name = names.intern("other")
    let text = stored("slowly", in: &texts)
    let changes: [(inout ExerciseSet) -> Void] = [
      { _ in }, { $0.started.offsetMinutes = 120 }, { $0.started.milliseconds = 0 },
      { $0.exercise = name }, { $0.component = .mobility }, { $0.side = .right }, { $0.sets = 3 },
      { $0.reps = 3 }, { $0.holdSeconds = 3 }, { $0.minutes = 3 }, { $0.rpe = 3 },
      { $0.completed = true }, { $0.completed = false }, { $0.loadKilograms = 3 },
      { $0.angleDegrees = 3 }, { $0.painBefore = 3 }, { $0.painAfter = 3 }, { $0.session = name },
      { $0.order = 3 }, { $0.notes = text }, { $0.sets = 0 }, { $0.order = 0 },
    ]
    let row = set()
    let digests = changes.map { change in
      var changed = row
      change(&changed)
      return digest(changed)
    }
    #expect(Set(digests).count == changes.count)
  }

  @Test("Every field of a pain entry changes its digest; time, kind and place are the key")
  mutating func fieldsOfPain() {
    let name = names.intern("left leg")
    let text = stored("rain", in: &texts)
    let keys: [(inout PainEntry) -> Void] = [
      { _ in }, { $0.recorded.milliseconds = 0 }, { $0.kind = .worst }, { $0.location = name },
    ]
    let others: [(inout PainEntry) -> Void] = [
      { $0.score = 5 }, { $0.scale = name }, { $0.flare = true }, { $0.flare = false },
      { $0.notes = text },
    ]
    let entry = pain()
    let digests = (keys + others).map { change in
      var changed = entry
      change(&changed)
      return digest(changed)
    }
    #expect(Set(digests).count == keys.count + others.count)
    #expect(Set(digests[..<keys.count].map(key)).count == keys.count)
    #expect(digests[keys.count...].allSatisfy { key($0) == key(digests[0]) })
  }

  @Test("A day without a time has no clock offset to differ in")
  mutating func offsetOfDay() {
    var entry = pain()
    let bare = digest(entry)
    entry.recorded.offsetMinutes = 60
    #expect(digest(entry) == bare)
  }

  @Test("Measure, side and trial are the key of a measurement")
  mutating func measurement() {
    let name = names.intern("goniometer")
    let row = Records.Measurement(
      patient: names.intern("A"), day: today, measure: names.intern("straight_leg_raise"),
      value: 60, position: position)
    let keys: [(inout Records.Measurement) -> Void] = [
      { _ in }, { $0.measure = name }, { $0.side = .left }, { $0.trial = 1 },
    ]
    let others: [(inout Records.Measurement) -> Void] = [
      { $0.value = 61 }, { $0.unit = name }, { $0.rater = name }, { $0.device = name },
      { $0.convention = name },
    ]
    let digests = (keys + others).map { change in
      var changed = row
      change(&changed)
      return digest(changed)
    }
    #expect(Set(digests).count == 9)
    #expect(Set(digests[..<4].map(key)).count == 4)
    #expect(digests[4...].allSatisfy { key($0) == key(digests[0]) })
  }

  @Test("Exercise, side and first day are the key of a programme line")
  mutating func programLine() {
    let name = names.intern("Bird dog")
    let row = ProgramLine(
      patient: names.intern("A"), exercise: names.intern("Cat-cow"), component: .mobility,
      sessionsPerWeek: 5, position: position)
    let first = today
    let keys: [(inout ProgramLine) -> Void] = [
      { _ in }, { $0.exercise = name }, { $0.side = .left }, { $0.startOn = first },
    ]
    let others: [(inout ProgramLine) -> Void] = [
      { $0.component = .other }, { $0.sessionsPerWeek = 4 }, { $0.weekdays = 1 }, { $0.sets = 1 },
      { $0.reps = 1 }, { $0.holdSeconds = 1 }, { $0.minutes = 1 }, { $0.angleDegrees = 1 },
      { $0.endOn = first }, { $0.sessionsPerWeek = nil },
    ]
    let digests = (keys + others).map { change in
      var changed = row
      change(&changed)
      return digest(changed)
    }
    #expect(Set(digests).count == 14)
    #expect(Set(digests[..<4].map(key)).count == 4)
    #expect(digests[4...].allSatisfy { key($0) == key(digests[0]) })
  }

  @Test("A day has one status and a person one entry, whatever they say")
  mutating func oneKey() {
    let patient = names.intern("A")
    var day = DayEntry(patient: patient, day: today, status: .rest, position: position)
    let days = [DayStatus.rest, .travel, .sick].map { status in
      day.status = status
      return digest(day)
    }
    #expect(Set(days).count == 3)
    #expect(Set(days.map(key)).count == 1)
    var person = Patient(patient: patient, position: position)
    let bare = digest(person)
    person.zone = names.intern("Europe/Berlin")
    let zoned = digest(person)
    person.name = person.zone
    person.zone = nil
    #expect(Set([bare, zoned, digest(person)]).count == 3)
    #expect(Set([bare, zoned, digest(person)].map(key)).count == 1)
  }

  @Test("Reason and hours of a day, score and items of a questionnaire count")
  mutating func restOfFields() {
    let patient = names.intern("A")
    let text = stored("1 2 3", in: &texts)
    var day = DayEntry(patient: patient, day: today, status: .bedRest, position: position)
    let bare = digest(day)
    day.hours = 4
    let timed = digest(day)
    day.hours = nil
    day.reason = text
    #expect(Set([bare, timed, digest(day)]).count == 3)
    var form = Questionnaire(patient: patient, day: today, instrument: .odi, position: position)
    let empty = digest(form)
    form.score = 30
    let scored = digest(form)
    form.score = nil
    form.items = text
    let itemized = digest(form)
    form.items = nil
    form.instrument = .rmdq
    #expect(Set([empty, scored, itemized, digest(form)]).count == 4)
    #expect(key(empty) == key(scored) && key(empty) == key(itemized))
    #expect(key(empty) != key(digest(form)))
  }
}

@Suite("Exercise rows")
struct ExerciseSetTests {
  private func row(_ change: (inout ExerciseSet) -> Void) -> ExerciseSet {
    var row = ExerciseSet(
      patient: NameID(index: 0), started: Timestamp(day: Day(number: 0)),
      exercise: NameID(index: 1), position: SourcePosition(line: 2))
    change(&row)
    return row
  }

  @Test("A row was performed unless the source says no and gives no figures")
  func performed() {
    #expect(row { _ in }.isPerformed)
    #expect(row { $0.completed = true }.isPerformed)
    #expect(!row { $0.completed = false }.isPerformed)
    #expect(row { ($0.completed, $0.reps) = (false, 4) }.isPerformed)
  }

  @Test("Sets, repetitions, seconds and minutes are figures; effort and pain are not")
  func figures() {
    #expect(!row { ($0.rpe, $0.painAfter, $0.loadKilograms) = (3, 2, 5) }.hasFigures)
    #expect(row { $0.sets = 0 }.hasFigures)
    #expect(row { $0.reps = 1 }.hasFigures)
    #expect(row { $0.holdSeconds = 1 }.hasFigures)
    #expect(row { $0.minutes = 1 }.hasFigures)
  }
}
