import Records
import TestSupport
import Testing

@testable import Ingest

@Suite("Short cells")
struct ShortCellTests {
  private func key(_ text: [UInt8]) -> WordKey? { text.withUnsafeBufferPointer { WordKey($0) } }

  @Test("A key says every byte of a cell of 1 to 32, and there is none for others")
  func keys() {
    #expect(key([]) == nil && key([UInt8](repeating: 1, count: 33)) == nil)
    for count in 1...32 {
      let plain = [UInt8](repeating: 0x61, count: count)
      #expect(key(plain) != nil && key(plain) == key(plain))
      for index in 0..<count {
        var other = plain
        other[index] = 0x62
        #expect(key(other) != key(plain))
      }
      #expect(key(plain) != key(plain + [0x61]))
      #expect(key(plain) != key(plain + [0]))
      #expect((0..<256).contains(key(plain)?.place ?? -1))
    }
  }

  @Test(
    "A memo gives back what was noted, and nothing else", arguments: 1...5 as ClosedRange<UInt64>)
  func memo(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let memo = WordMemo<Int>(-1)
    var noted: [[UInt8]: Int] = [:]
    var found = 0
    for number in 0..<2_000 {
      let word = (0..<1 + random.below(12)).map { _ in UInt8(0x61 + random.below(2)) }
      let key = try #require(self.key(word))
      if let known = memo[key] {
        #expect(known == noted[word])
        found += 1
      }
      memo.note(key, number)
      noted[word] = number
    }
    #expect(found > 200)
  }

  @Test("A short number is the one that the whole reader finds, or left to it")
  func numbers() {
    let texts = [
      "0", "7", "10", "3.2", "0.1", "12.345", "99999999", "123456789", "5.", ".5", ".", "", "-1",
      "+1",
      "1e3", "1.2.3", "1,5", "٣", " 1", "1 ", "00012", "0.00001", "1234.5678", "9.9999999", "1x",
    ]
    for text in texts {
      for mark in [0x2E, 0x2C] as [UInt8] {
        Array(text.utf8).withUnsafeBufferPointer { bytes in
          guard let short = parseShortNumber(bytes, decimalMark: mark) else { return }
          #expect(parseNumber(bytes, decimalMark: mark) == .value(short))
        }
      }
    }
    Array("12.5".utf8).withUnsafeBufferPointer {
      #expect(parseShortNumber($0, decimalMark: 0x2E) == 12.5)
      #expect(parseShortNumber($0, decimalMark: 0x2C) == nil)
    }
  }

  @Test("A time in the usual form is the one that the whole reader finds, or left to it")
  func times() {
    let memo = TimeMemo()
    var taken = 0
    let dates = [
      "2026-10-31", "2026-02-29", "2024-02-29", "1899-12-31", "2026-1a-31", "2026/10/31",
    ]
    let clocks = [
      "T07:15:30", " 23:59:59", "T24:00:00", "T07:60:00", "T07:15:60", "x07:15:30", "T7:15:300",
    ]
    let offsets = [
      "", "Z", "z", "+02:00", "-18:00", "+18:01", "+02:60", "+0200", "-03:30", "*02:00", "+aa:00",
    ]
    for date in dates {
      for clock in clocks {
        for offset in offsets {
          Array((date + clock + offset).utf8).withUnsafeBufferPointer { bytes in
            guard let time = memo.parse(bytes) else { return }
            taken += 1
            for order in [nil] + DateOrder.allCases.map(Optional.some) {
              #expect(parseTime(bytes, order: order) == .success(time))
            }
          }
        }
      }
    }
    #expect(taken == 2 * 2 * 5)
  }

  @Test("Words, codes and names that stand for nothing are told apart after they were met")
  func missing() throws {
    let reading = try read(
      """
      patient_id,started_at,exercise,component,side,completed
      P1,2026-10-01,plank,strengthening,left,yes
      P1,2026-10-01,NA,strengthening,left,yes
      P1,2026-10-01, plank ,Strengthening,LEFT,no
      P1,2026-10-01,left,strengthening,strengthening,no
      P1,2026-10-01,NA,n/a,,no
      P1,2026-10-01,left,n/a,,no
      P1,2026-10-01,plank,strengthening,left,yes
      """)
    #expect(
      reading.batch.sets.map { reading.batch.names[$0.exercise] } == [
        "plank", "plank", "left", "plank",
      ])
    #expect(
      reading.batch.sets.map(\.component) == [.strengthening, .strengthening, nil, .strengthening])
    #expect(reading.batch.sets.map(\.side) == [.left, .left, nil, .left])
    #expect(reading.batch.rejections.map(\.reason) == [.missingValue, .unknownCode, .missingValue])
  }
}
