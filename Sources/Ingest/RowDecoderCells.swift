import Records

// Fields of one row.
extension RowDecoder {
  /// The bytes of a field without spaces at its ends; nil when the value is missing.
  @inline(__always)
  func present(_ field: Field) -> Bytes? {
    let bytes = slots[field.rawValue]
    if bytes.count == 0 { return nil }
    let value = bytes.trimmed
    if isMissing(value) { return nil }
    for word in missing where word.count == value.count && value.elementsEqual(word) { return nil }
    return value
  }

  func patientName() throws(Refusal) -> NameID {
    if let id = try name(.patientID) {
      namesPeople = true
      return id
    }
    guard let givenPatient else {
      lacksPeople = true
      throw Refusal(reason: .noPatient, field: .patientID)
    }
    return givenPatient
  }

  func name(_ field: Field) throws(Refusal) -> NameID? {
    let cell = slots[field.rawValue]
    if cell.count == 0 { return nil }
    guard let key = WordKey(cell) else { return try lookUpName(field) }
    if let known = nameMemo[key] { return known }
    let name = try lookUpName(field)
    nameMemo.note(key, name)
    return name
  }

  func lookUpName(_ field: Field) throws(Refusal) -> NameID? {
    guard let written = present(field) else { return nil }
    let bytes = unguarded(written)
    guard bytes.count <= 4_096 else { throw Refusal(reason: .fieldTooLong, field: field) }
    if isSurelyNormalized(bytes) { return batch.names.intern(bytes) }
    return batch.names.intern(normalized(bytes))
  }

  /// A text without the apostrophe that writers of CSV set before `=`, `+`, `-`, `@`, a tab or a
  /// carriage return, and before further apostrophes in front of one of these.
  @inline(__always)
  func unguarded(_ bytes: Bytes) -> Bytes {
    guard unguardsFormulas, bytes.count > 1, bytes[0] == 0x27 else { return bytes }
    var index = 1
    while index < bytes.count, bytes[index] == 0x27 { index += 1 }
    guard index < bytes.count, [0x3D, 0x2B, 0x2D, 0x40, 0x09, 0x0D].contains(bytes[index]) else {
      return bytes
    }
    return Bytes(rebasing: bytes[1...])
  }

  @inline(__always)
  func text(_ field: Field) throws(Refusal) -> TextRange? {
    slots[field.rawValue].count == 0 ? nil : try writtenText(field)
  }

  func writtenText(_ field: Field) throws(Refusal) -> TextRange? {
    let bytes = unguarded(slots[field.rawValue])
    guard bytes.count <= options.limits.fieldBytes else {
      throw Refusal(reason: .fieldTooLong, field: field)
    }
    if isSurelyNormalized(bytes) { return batch.texts.append(bytes) }
    var text = normalized(bytes)
    return text.withUTF8 { batch.texts.append($0) }
  }

  @inline(__always)
  func number(_ field: Field, in range: ClosedRange<Double>) throws(Refusal) -> Double? {
    let cell = slots[field.rawValue]
    return cell.count == 0 ? nil : try writtenNumber(cell, of: field, in: range)
  }

  func writtenNumber(_ cell: Bytes, of field: Field, in range: ClosedRange<Double>)
    throws(Refusal) -> Double?
  {
    let form = numberForms[field.rawValue]
    if readsPlainly[field.rawValue],
      let value = parseShortNumber(cell, decimalMark: form.mark)
    {
      guard range.contains(value) else { throw Refusal(reason: .outOfRange, field: field) }
      return value
    }
    guard let bytes = present(field) else { return nil }
    switch parseNumber(bytes, decimalMark: form.mark, grouping: form.grouping) {
    case .missing: return nil
    case .invalid:
      let value: Double
      if field == .minutes || field == .holdSeconds, let seconds = parseDuration(bytes) {
        value = field == .minutes ? seconds / 60 : seconds
      } else if let written = parseWrittenNumber(
        bytes, form, mayBeShare: Field.points.contains(field))
      {
        value = scales[field.rawValue].map { $0.apply(written) } ?? written
      } else {
        throw Refusal(reason: .notANumber, field: field)
      }
      guard range.contains(value) else { throw Refusal(reason: .outOfRange, field: field) }
      return value
    case .value(let written):
      let value = scales[field.rawValue].map { $0.apply(written) } ?? written
      guard range.contains(value) else { throw Refusal(reason: .outOfRange, field: field) }
      return value
    }
  }

  func integer(_ field: Field) throws(Refusal) -> Int64? {
    if slots[field.rawValue].count == 0 { return nil }
    guard let bytes = present(field) else { return nil }
    guard let value = parseInteger(bytes) else { throw Refusal(reason: .notANumber, field: field) }
    return value
  }

  @inline(__always)
  func yesOrNo(_ field: Field) throws(Refusal) -> Bool? {
    let cell = slots[field.rawValue]
    if cell.count == 0 { return nil }
    let key = WordKey(cell)
    if let key, let known = codeMemo[key], known & 0xFF00 == UInt16(field.rawValue) << 8 {
      return known & 1 == 1
    }
    return try writtenYesOrNo(field, key)
  }

  func writtenYesOrNo(_ field: Field, _ key: WordKey?) throws(Refusal) -> Bool? {
    guard let bytes = present(field) else { return nil }
    guard let isYes = parseYesOrNo(bytes) else { throw Refusal(reason: .unknownCode, field: field) }
    if let key { codeMemo.note(key, UInt16(field.rawValue) << 8 | (isYes ? 1 : 0)) }
    return isYes
  }

  func code<T: Code>(_ field: Field) throws(Refusal) -> T? {
    let cell = slots[field.rawValue]
    if cell.count == 0 { return nil }
    let key = WordKey(cell)
    let ofField = UInt16(field.rawValue) << 8
    if let key, let known = codeMemo[key], known & 0xFF00 == ofField {
      return T(rawValue: UInt8(known & 0xFF))
    }
    guard let bytes = present(field) else { return nil }
    let words = T.words
    for index in words.indices where matches(bytes, words[index]) {
      if let key { codeMemo.note(key, ofField | UInt16(index + 1)) }
      return T(rawValue: UInt8(index + 1))
    }
    throw Refusal(reason: .unknownCode, field: field)
  }

  /// Case does not matter, and neither do `_`, space and `-` in a code.
  func matches(_ bytes: Bytes, _ word: String) -> Bool {
    let letters = word.utf8
    guard bytes.count == letters.count else { return false }
    var index = 0
    for letter in letters {
      var byte = lowercased(bytes[index])
      if byte == 0x5F || byte == 0x20 { byte = 0x2D }
      if byte != letter { return false }
      index += 1
    }
    return true
  }

  /// A row that was done on both sides at once is one of no side; a line that asks for both is kept
  /// as such.
  func side<C: Code>() throws(Refusal) -> C? {
    if slots[Field.side.rawValue].count == 0 { return nil }
    guard let bytes = present(.side) else { return nil }
    if bytes.equals("none") { return nil }
    if bytes.equals("both") { return C(rawValue: PrescribedSide.both.rawValue) }
    if bytes.equals("l") { return C(rawValue: Side.left.rawValue) }
    if bytes.equals("r") { return C(rawValue: Side.right.rawValue) }
    return try code(.side)
  }

  func weekdays() throws(Refusal) -> UInt8 {
    guard let bytes = present(.weekdays) else { return 0 }
    var days: UInt8 = 0
    let isJoint: (UInt8) -> Bool = { [0x20, 0x2C, 0x3B, 0x2F, 0x7C].contains($0) }
    for word in bytes.split(whereSeparator: isJoint) {
      let ends = word.split(separator: 0x2D, omittingEmptySubsequences: false).map { weekday($0) }
      guard let first = ends[0], let last = ends[ends.count - 1], ends.count <= 2 else {
        throw Refusal(reason: .unknownCode, field: .weekdays)
      }
      // A span such as Mon-Fri, over the end of the week where it must.
      var day = first
      days |= 1 << UInt8(day)
      while day != last {
        day = (day + 1) % 7
        days |= 1 << UInt8(day)
      }
    }
    return days
  }

  /// A weekday by its number from 1, its name or the first three letters of it; Monday is 0.
  func weekday(_ word: some Sequence<UInt8>) -> Int? {
    let text = String(decoding: Array(word), as: UTF8.self).lowercased()
    if let number = Int(text), (1...7).contains(number) { return number - 1 }
    let names = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
    return names.firstIndex { $0 == text || $0.prefix(3) == text }
  }

  func day(_ field: Field, mayBeAhead: Bool = false) throws(Refusal) -> Day? {
    guard let parsed = try parsedTime(field) else { return nil }
    if !mayBeAhead, parsed.day > options.latestDay {
      throw Refusal(reason: .dateInTheFuture, field: field)
    }
    return parsed.day
  }

  func parsedTime(_ field: Field) throws(Refusal) -> ParsedTime? {
    if missing.isEmpty, let time = timeMemo.parse(slots[field.rawValue]) { return time }
    guard let bytes = present(field) else { return nil }
    if let time = timeMemo.parse(bytes) { return time }
    if serialDates.contains(field) {
      guard let time = parseSerial(bytes) else { throw Refusal(reason: .notADate, field: field) }
      return time
    }
    switch parseTime(bytes, order: dateOrders[field.rawValue], year: assumedYear) {
    case .success(let time): return time
    case .failure(.notADate): throw Refusal(reason: .notADate, field: field)
    case .failure(.orderUnknown): throw Refusal(reason: .dateOrderUnknown, field: field)
    }
  }

  /// The moment of a row: its own day when the file names one, else that of the timestamp.
  func time(_ field: Field, of patient: NameID) throws(Refusal) -> Timestamp {
    let ownDay = slots[Field.localDay.rawValue].count == 0 ? nil : try day(.localDay)
    guard let parsed = try parsedTime(field) else {
      guard let ownDay else { throw Refusal(reason: .missingValue, field: field) }
      return Timestamp(day: ownDay)
    }
    guard parsed.day <= options.latestDay else {
      throw Refusal(reason: .dateInTheFuture, field: field)
    }
    guard let ofDay = parsed.milliseconds else { return Timestamp(day: ownDay ?? parsed.day) }
    let local = Int64(parsed.day.number) * 86_400_000 + ofDay
    let clock = try writtenTime()
    // A day of its own leaves nothing to the zone.
    if ownDay == nil, clock == .utc || (clock == nil && parsed.offsetMinutes == 0) {
      let offset = parsed.offsetMinutes ?? 0
      return moment(local - Int64(offset) * 60_000, parsed.day, offset, of: patient)
    }
    let isOpen = clock == .local || clock == .told
    if let offset = parsed.offsetMinutes, !isOpen || zoneOfPerson(patient) == nil {
      return Timestamp(
        day: ownDay ?? parsed.day, milliseconds: local - Int64(offset) * 60_000,
        offsetMinutes: Int16(offset), written: isOpen && ownDay == nil ? clock ?? .offset : .offset)
    }
    if readsUTC, ownDay == nil, clock == nil {
      return moment(local, parsed.day, 0, of: patient)
    }
    var time = Timestamp(day: ownDay ?? parsed.day, milliseconds: local, written: .local)
    time = time.read(in: zone(of: patient))
    time.day = ownDay ?? parsed.day
    if fileZone != nil { time.written = .told }
    if time.skippedMinutes != 0 || isRepeated(local, of: patient) { clockChanges += 1 }
    return time
  }

  /// A moment in UTC, on the day of the person's zone where one is known.
  private func moment(_ milliseconds: Int64, _ day: Day, _ offset: Int, of patient: NameID)
    -> Timestamp
  {
    let time = Timestamp(
      day: day, milliseconds: milliseconds, offsetMinutes: Int16(offset), written: .utc)
    return zoneOfMoments(patient).map(time.read) ?? time
  }

  /// How the row says that its time was written; nil where it does not say.
  private func writtenTime() throws(Refusal) -> WrittenTime? {
    guard slots[Field.clock.rawValue].count > 0, let word = present(.clock) else { return nil }
    guard
      let index = WrittenTime.words.firstIndex(where: { matches(word, $0) }),
      let written = WrittenTime(rawValue: UInt8(index))
    else { throw Refusal(reason: .unknownCode, field: .clock) }
    return written
  }

  private func isRepeated(_ local: Int64, of patient: NameID) -> Bool {
    zone(of: patient).resolve(local: local / 1_000).reading == .repeated
  }

  /// Makes zones known that stand elsewhere in the file, whatever comes first.
  func learn(zones known: [String: ZoneRules]) {
    for (patient, rules) in known where fileZone == nil {
      let name = batch.names.intern(patient)
      zones[name] = rules
      learned[name] = rules
    }
  }

  /// The zones learned from the people of a file.
  var learnedZones: [String: ZoneRules] {
    Dictionary(uniqueKeysWithValues: zones.map { (batch.names[$0.key], $0.value) })
  }

  func zone(of patient: NameID) -> ZoneRules {
    if let known = zones[patient] { return known }
    let rules = fileZone ?? zoneOfPerson(patient) ?? options.defaultZone
    zones[patient] = rules
    return rules
  }

  /// The zone that a person is known to have; nil for none.
  private func zoneOfPerson(_ patient: NameID) -> ZoneRules? {
    learned[patient] ?? options.zoneOfPatient(batch.names[patient])
  }

  /// The zone in which a person's moments in UTC have their day: the person's own, else that of the
  /// whole call; nil for none.
  private func zoneOfMoments(_ patient: NameID) -> ZoneRules? {
    if let known = momentZones[patient] { return known }
    let told = options.zone ?? (options.hasDefaultZone ? options.defaultZone : nil)
    let rules = zoneOfPerson(patient) ?? told
    momentZones[patient] = .some(rules)
    return rules
  }
}
