import Records
import TestSupport
import Testing

@testable import Ingest

/// Cells that hold several things: what was met before must mean what it means alone.
@Suite("Packed cells of other programs")
struct PackedCellTests {
  /// Records as their kind and values.
  private func records(_ text: String) throws -> [String] {
    try read(text) { $0.patient = "anna" }.batch.descriptions.map { record in
      "\(record.kind.rawValue) " + record.fields.map(\.text).joined(separator: " ")
    }
  }

  private static let daylio = "full_date,date,weekday,time,mood,activities,scales,note_title,note"

  private func daylio(_ activities: String, _ scales: String, day: Int = 1) -> String {
    "2026-09-0\(day),x,Monday,8:05 AM,good,\"\(activities)\",\"\(scales)\",\"\",\"\""
  }

  @Test(
    "A part of a Daylio cell means the same the hundredth time",
    arguments: 1...6 as ClosedRange<UInt64>)
  func repeated(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let scales =
      (0...10).map { "Back pain: \($0)/10 points" }
      + (0...5).map { "Rückenschmerz: \($0)/5 points" }
      + (0...10).map { "Sleep: \($0)/10 points" }
      + [
        "Pain in the left knee when walking: 3/10 points", "Pain in the left knee on stairs: 7/10",
        "Schmerz:\u{A0}4/10\u{A0}points", "Pain 4", "Ache: many", "Energy: 3/10 points",
      ]
    let activities = [
      "yoga", "chess", "walking", "swimming", "cat cow", "glute bridge", "a", "Yoga", "stretching",
      "a very long activity that nobody else would ever write", "child's pose", "plank",
    ]
    func some(_ of: [String]) -> String {
      (0..<random.below(5)).map { _ in of[random.below(of.count)] }.joined(separator: " | ")
    }
    let lines = (0..<120).map { daylio(some(activities), some(scales), day: 1 + $0 % 9) }
    let alone = try lines.flatMap { line -> [String] in
      let reading = try? records(Self.daylio + "\n" + line + "\n")
      return try #require(reading)
    }
    let together = try records(([Self.daylio] + lines).joined(separator: "\n") + "\n")
    #expect(together == alone)
    #expect(together.count > 100)
  }

  @Test("Spaces around bars, empty parts and parts alone are what they say")
  func bars() throws {
    let found = try records(
      """
      \(Self.daylio)
      \(daylio("|cat cow||  plank |", " | Back pain: 3/10 points |"))
      \(daylio("plank", ""))
      \(daylio("", "Back pain: 3/10 points"))

      """)
    #expect(
      found.map { $0.split(separator: " ")[0] }
        == ["sessions", "sessions", "pain", "sessions", "pain"])
  }

  @Test("Sets of a JEFIT log are taken apart at commas and at one x")
  func sets() throws {
    let text = """
      ### WORKOUT SESSIONS ###
      _id,mydate,starttime,starttimie,total_time
      7,2026-09-06,1788681600,,2400
      ### EXERCISE LOGS ###
      belongsession,ename,logs
      7,"Plank"," 0x12 ,,22.5x 8,0x9"
      7,"Plank","20x10x3"
      7,"Plank",","
      7,"Plank","5x5,5x6,5xmany,5x7"

      """
    let reading = try read(text) { ($0.patient, $0.weightUnit) = ("anna", .lb) }
    #expect(reading.batch.sets.map(\.reps) == [12, 8, 9])
    let loads = reading.batch.sets.map { $0.loadKilograms.map { ($0 * 1_000).rounded() } }
    #expect(loads == [nil, 10_206, nil])
    // The file does not say what weights are in.
    #expect(throws: IngestError.weightWithoutUnit) {
      try read(text) { $0.patient = "anna" }
    }
    #expect(reading.batch.sets.allSatisfy { $0.component == reading.batch.sets[0].component })
    #expect(
      reading.refusals == ["7 logs not-a-number", "8 logs missing-value", "9 logs not-a-number"])
    // The set that is refused takes the others of its line with it.
    #expect(
      reading.batch.rejections.map { String(decoding: $0.value, as: UTF8.self) } == [
        "?", "", "many",
      ])
    #expect(reading.batch.sources[.sessions]?.map(\.part) == [0, 1, 2])
  }
}
