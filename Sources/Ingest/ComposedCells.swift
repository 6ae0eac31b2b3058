import Records

/// Room for dates that are put together from several cells; they stay in place while a row is
/// decoded.
struct ComposedCells {
  private static let length = 64
  private let memory: UnsafeMutablePointer<UInt8>

  /// Room for so many dates at a time.
  init(count: Int) { memory = .allocate(capacity: ComposedCells.length * max(count, 1)) }

  /// Gives the memory back.
  func deallocate() { memory.deallocate() }

  /// Text that grows in a room of its own; what does not fit is cut.
  private struct Text {
    let target: UnsafeMutablePointer<UInt8>
    var count = 0

    mutating func put(_ byte: UInt8) {
      guard count < ComposedCells.length else { return }
      target[count] = byte
      count += 1
    }

    mutating func put(_ bytes: some Sequence<UInt8>) { for byte in bytes { put(byte) } }

    mutating func put(_ number: Int64, digits: Int) {
      guard number >= 0, number < 10_000 else { return put(0x3F) }
      var unit: Int64 = 1_000
      for place in 0..<4 {
        if 4 - place <= digits || number >= unit { put(UInt8(0x30 + number / unit % 10)) }
        unit /= 10
      }
    }

    var bytes: Bytes { Bytes(start: target, count: count) }
  }

  private func text(_ room: Int) -> Text { Text(target: memory + room * ComposedCells.length) }

  /// `2015-11-25` or `2015-11-25 16:30`; nothing when the date is not there, and what is no date
  /// when a part of it is no number. A part that is nil is missing.
  func date(in room: Int, year: Bytes?, month: Bytes?, day: Bytes?, time: Bytes?) -> Bytes {
    func number(_ cell: Bytes?) -> Int64? { cell.map(parseInteger) ?? 0 }
    var text = text(room)
    guard let yearNumber = number(year), let monthNumber = number(month),
      let dayNumber = number(day)
    else {
      text.put("no date".utf8)
      put(time, behind: &text)
      return text.bytes
    }
    // Zeros stand for a date that was not entered.
    let isZero = yearNumber == 0 && monthNumber == 0 && dayNumber == 0
    if year == nil || month == nil || day == nil || isZero { return .empty }
    text.put(yearNumber, digits: 4)
    text.put(0x2D)
    text.put(monthNumber, digits: 2)
    text.put(0x2D)
    text.put(dayNumber, digits: 2)
    put(time, behind: &text)
    return text.bytes
  }

  private func put(_ time: Bytes?, behind text: inout Text) {
    guard let time else { return }
    text.put(0x20)
    text.put(time.prefix(40))
  }

  /// A date and a time, the date alone where there is no time.
  func moment(in room: Int, date: Bytes, time: Bytes?) -> Bytes {
    var text = text(room)
    text.put(date)
    if let time {
      text.put(0x20)
      text.put(time)
    }
    return text.bytes
  }
}

/// Text in memory of its own.
func laid(_ text: String) -> Bytes {
  let room = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: max(text.utf8.count, 1))
  _ = room.initialize(from: text.utf8)
  return Bytes(rebasing: room[..<text.utf8.count])
}
