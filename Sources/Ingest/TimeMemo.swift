import Records

/// Reads the usual form of a timestamp, `2026-10-31T07:15:30` with an offset, `Z` or nothing behind
/// it, and remembers the day of the last one: rows of a day mostly stand together.
final class TimeMemo {
  private var date: UInt64 = 0
  private var dayOfMonth: UInt16 = 0
  private var day = Day(number: 0)

  /// The time; nil for any other form and for times that do not exist, about which `parseTime`
  /// decides.
  func parse(_ bytes: Bytes) -> ParsedTime? {
    guard let base = bytes.baseAddress, bytes.count == 19 || bytes.count == 20 || bytes.count == 25,
      base[10] == 0x54 || base[10] == 0x20, base[13] == 0x3A, base[16] == 0x3A,
      let hour = number(base, 11), hour < 24, let minute = number(base, 14), minute < 60,
      let second = number(base, 17), second < 60, let day = day(base)
    else { return nil }
    var time = ParsedTime(day: day)
    time.milliseconds = Int64((hour * 60 + minute) * 60 + second) * 1_000
    switch bytes.count {
    case 19: return time
    case 20:
      guard base[19] == 0x5A else { return nil }
      time.offsetMinutes = 0
    default:
      guard base[19] == 0x2B || base[19] == 0x2D, base[22] == 0x3A,
        let hours = number(base, 20), let minutes = number(base, 23), minutes < 60,
        hours * 60 + minutes <= 18 * 60
      else { return nil }
      let offset = hours * 60 + minutes
      time.offsetMinutes = base[19] == 0x2D ? -offset : offset
    }
    return time
  }

  /// Two digits.
  @inline(__always)
  private func number(_ base: UnsafePointer<UInt8>, _ offset: Int) -> Int? {
    let tens = base[offset] &- 0x30
    let ones = base[offset + 1] &- 0x30
    return tens <= 9 && ones <= 9 ? Int(tens) * 10 + Int(ones) : nil
  }

  @inline(__always)
  private func day(_ base: UnsafePointer<UInt8>) -> Day? {
    let raw = UnsafeRawPointer(base)
    let date = raw.loadUnaligned(as: UInt64.self)
    let dayOfMonth = raw.loadUnaligned(fromByteOffset: 8, as: UInt16.self)
    if date == self.date, dayOfMonth == self.dayOfMonth { return day }
    guard base[4] == 0x2D, base[7] == 0x2D, let century = number(base, 0),
      let year = number(base, 2), let month = number(base, 5), let number = number(base, 8),
      let found = Day(year: century * 100 + year, month: month, day: number)
    else { return nil }
    (self.date, self.dayOfMonth, day) = (date, dayOfMonth, found)
    return found
  }
}
