import Records
import TestSupport
import Testing

@testable import Storage

/// A row of few possible values, so that equal rows and equal keys are frequent.
private enum SampleRow: Hashable {
  case set(patient: Int, day: Int, reps: Int)
  case numbered(patient: Int, session: Int, order: Int)
  case pain(patient: Int, day: Int, score: Int)
  case measure(patient: Int, day: Int, trial: Int)
  case answers(patient: Int, day: Int, instrument: Int)
  case status(patient: Int, day: Int)
  case program(patient: Int, exercise: Int)
  case person(patient: Int)

  init(using random: inout SeededGenerator) {
    let patient = random.below(3)
    let day = random.below(3)
    let value = random.below(3)
    self =
      switch random.below(10) {
      case 0...2: .set(patient: patient, day: day, reps: value)
      case 3: .numbered(patient: patient, session: day, order: value)
      case 4, 5: .pain(patient: patient, day: day, score: value)
      case 6: .measure(patient: patient, day: day, trial: value)
      case 7: .answers(patient: patient, day: day, instrument: value)
      case 8: value == 0 ? .person(patient: patient) : .status(patient: patient, day: day)
      default: .program(patient: patient, exercise: value)
      }
  }

  private static func date(_ number: Int) -> String { "2026-03-0\(number + 1)" }
  private static func code(_ number: Int) -> String { ["anna", "Zoë", "佐藤"][number] }
  private static func note(_ number: Int) -> String? { [nil, "ok\n\"so\"", "weh"][number] }

  /// Rows known by a key or a name take their values from it, so that none contradicts another.
  func write(to sheet: Sheet) {
    switch self {
    case .set(let patient, let day, let reps):
      sheet.set(
        Self.code(patient), Self.date(day), "plank", reps: Double(reps), notes: Self.note(reps))
    case .numbered(let patient, let session, let order):
      sheet.set(
        Self.code(patient), Self.date(session), "bridge", reps: Double(order),
        as: ("s\(session)", Int64(order)))
    case .pain(let patient, let day, let score):
      sheet.pain(Self.code(patient), Self.date(day), Double(score), notes: Self.note(score))
    case .measure(let patient, let day, let trial):
      sheet.measure(Self.code(patient), Self.date(day), "reach", Double(trial)) {
        $0.trial = Int64(trial)
      }
    case .answers(let patient, let day, let number):
      sheet.answers(
        Self.code(patient), Self.date(day), Instrument.allCases[number], items: Self.note(number))
    case .status(let patient, let day):
      sheet.status(Self.code(patient), Self.date(day), .rest, hours: Double(day))
    case .program(let patient, let exercise):
      sheet.program(Self.code(patient), "exercise \(exercise)", perWeek: Double(exercise))
    case .person(let patient):
      sheet.person(Self.code(patient), name: "Name of \(patient)")
    }
  }

  /// How the record reads when it comes back.
  var words: String {
    switch self {
    case .set(let patient, let day, let reps):
      "set \(Self.code(patient)) \(Self.date(day)) plank \(reps).0 \(Self.note(reps) ?? "-") -"
    case .numbered(let patient, let session, let order):
      "set \(Self.code(patient)) \(Self.date(session)) bridge \(order).0 - s\(session)#\(order)"
    case .pain(let patient, let day, let score):
      "pain \(Self.code(patient)) \(Self.date(day)) \(score).0 \(Self.note(score) ?? "-")"
    case .measure(let patient, let day, let trial):
      "measure \(Self.code(patient)) \(Self.date(day)) reach \(trial).0 #\(trial)"
    case .answers(let patient, let day, let number):
      "answers \(Self.code(patient)) \(Self.date(day)) \(Instrument.words[number]) "
        + (Self.note(number) ?? "-")
    case .status(let patient, let day):
      "status \(Self.code(patient)) \(Self.date(day)) rest \(day).0"
    case .program(let patient, let exercise):
      "program \(Self.code(patient)) exercise \(exercise) \(exercise).0"
    case .person(let patient): "person \(Self.code(patient)) Name of \(patient)"
    }
  }

  var keepsEqualRows: Bool {
    if case .set = self { true } else { false }
  }
}

extension Store {
  /// Every record as words, read through the reader of logs.
  fileprivate func words() throws -> [String] {
    let codes = try patientCodes()
    return try readLogs { reader in
      try codes.flatMap { code -> [String] in
        let log = try #require(try reader.log(of: code))
        var words = log.name.map { ["person \(code) \($0)"] } ?? []
        for row in log.sets {
          let source = row.session.map { "\(log.names[$0])#\(row.order ?? -1)" } ?? "-"
          let notes = row.notes.map { log.texts[$0] } ?? "-"
          words.append(
            "set \(code) \(row.started.day) \(log.names[row.exercise]) \(row.reps ?? -1) \(notes) "
              + source)
        }
        for row in log.pain {
          let notes = row.notes.map { log.texts[$0] } ?? "-"
          words.append("pain \(code) \(row.recorded.day) \(row.score) \(notes)")
        }
        for row in log.measurements {
          words.append(
            "measure \(code) \(row.day) \(log.names[row.measure]) \(row.value) #\(row.trial ?? -1)")
        }
        for row in log.questionnaires {
          let items = row.items.map { log.texts[$0] } ?? "-"
          words.append("answers \(code) \(row.day) \(row.instrument.word) \(items)")
        }
        for row in log.days {
          words.append("status \(code) \(row.day) \(row.status.word) \(row.hours ?? -1)")
        }
        for row in log.program {
          words.append(
            "program \(code) \(log.names[row.exercise]) \(row.sessionsPerWeek ?? -1)")
        }
        return words
      }
    }.sorted()
  }

  /// Imports rows, cut into batches by chance.
  fileprivate func importRows(
    _ rows: [SampleRow], _ name: String, cutBy random: inout SeededGenerator
  )
    throws -> Accounts
  {
    try importSheet(name) { sheet in
      for row in rows {
        row.write(to: sheet)
        if random.below(7) == 0 { try sheet.cut() }
      }
    }.accounts
  }
}

/// What a database must hold after these files: of a repeated set as many as one file has at most,
/// of every other row one.
private func expectedWords(_ files: [[SampleRow]]) -> [String] {
  var counts: [SampleRow: Int] = [:]
  for file in files {
    let ofFile = Dictionary(file.map { ($0, 1) }, uniquingKeysWith: +)
    for (row, count) in ofFile {
      counts[row] = max(counts[row] ?? 0, row.keepsEqualRows ? count : 1)
    }
  }
  return counts.flatMap { Array(repeating: $0.key.words, count: $0.value) }.sorted()
}

@Suite("Any order of files")
struct AnyOrderTests {
  @Test(
    "Files in any order, with their rows in any order and cut anywhere, end in the same database",
    arguments: 1...8 as ClosedRange<UInt64>)
  func anyOrder(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let files = (0..<1 + random.below(5)).map { _ in
      (0..<20 + random.below(120)).map { _ in SampleRow(using: &random) }
    }
    let expected = expectedWords(files)
    var contents: Set<[String]> = []
    for _ in 0..<4 {
      try withStore { store in
        var made = 0
        for (number, file) in files.enumerated().shuffled(using: &random) {
          let rows = file.shuffled(using: &random)
          let accounts = try store.importRows(rows, "file \(number)", cutBy: &random)
          #expect(accounts.read == rows.count)
          #expect(accounts.new + accounts.known == rows.count)
          #expect(accounts.changed == 0)
          made += accounts.records
        }
        #expect(made == expected.count)
        #expect(try store.words() == expected)
        contents.insert(try store.content())
      }
    }
    #expect(contents.count == 1)
  }

  @Test(
    "After all files, none of them brings anything new", arguments: 11...14 as ClosedRange<UInt64>)
  func againInAnyOrder(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let files = (0..<3).map { _ in (0..<80).map { _ in SampleRow(using: &random) } }
    try withStore { store in
      for (number, file) in files.enumerated() {
        _ = try store.importRows(file, "file \(number)", cutBy: &random)
      }
      let stored = try store.stored()
      for (number, file) in files.enumerated().shuffled(using: &random) {
        let accounts = try store.importRows(
          file.shuffled(using: &random), "again \(number)", cutBy: &random)
        #expect(accounts.known == file.count)
        #expect(accounts.records == 0)
      }
      #expect(try store.stored() == stored)
    }
  }
}
