import Records

/// Reads a JSON file of another program record by record.
///
/// Memory holds one record and one batch, whatever the file's size.
func readForeignJSON(
  _ window: Window, head: [UInt8], format: any JSONFormat.Type, decoder: RowDecoder,
  options: ReadingOptions, emit: (inout Batch) throws -> Void
) throws -> ReadingSummary {
  let isLines = looksLikeLines(head)
  let file = ForeignJSON(window, format: format, decoder: decoder, options: options)
  decoder.batch.sharesLines = true
  do {
    try isLines ? file.readLines(emit: emit) : file.readDocument(emit: emit)
  } catch let problem as JSONProblem {
    throw IngestError.json(line: problem.line, what: problem.sentence)
  }
  if file.holdsOnlyDefinitions { throw IngestError.onlyDefinitions }
  try emit(&decoder.batch)
  decoder.batch.removeRows()
  return ReadingSummary(
    format: isLines ? "ndjson" : "json", kinds: Kind.allCases.filter(file.kinds.contains),
    profile: format.name, ignoredColumns: [], clockChanges: decoder.clockChanges,
    exercisesWithoutComponent: decoder.unmappedExercises)
}

private final class ForeignJSON {
  private let reader: JSONReader
  private let decoder: RowDecoder
  private let options: ReadingOptions
  private let containers: Set<String>
  private var format: any JSONFormat
  private let name: String
  private(set) var kinds: Set<Kind> = []
  private var number: Int64 = 0

  /// Values that one record may hold.
  private static let mostValues = 1 << 20

  init(
    _ window: Window, format: any JSONFormat.Type, decoder: RowDecoder, options: ReadingOptions
  ) {
    reader = JSONReader(window)
    self.decoder = decoder
    self.options = options
    self.format = format.init()
    name = format.name
    containers = format.containers
  }

  func readDocument(emit: (inout Batch) throws -> Void) throws {
    try read(try reader.next(), path: "", emit: emit)
    _ = try reader.next()
  }

  /// One record a line; a line that is not JSON is refused and the next one read.
  func readLines(emit: (inout Batch) throws -> Void) throws {
    while try reader.beginLine() {
      let line = reader.line
      do {
        try read(try reader.next(), path: "", emit: emit)
        _ = try reader.next()
      } catch let problem as JSONProblem {
        refuse(reason(of: problem), line: line, path: "")
      }
      try reader.endLine()
      try flush(emit)
    }
  }

  /// What stands at the top: records, arrays of them, or objects that hold them in arrays.
  private func read(
    _ token: JSONReader.Token, path: String, emit: (inout Batch) throws -> Void
  ) throws {
    switch token {
    case .beginArray:
      var index = 0
      while true {
        let token = try reader.next()
        if token == .endArray { return }
        try read(token, path: "\(path)[\(index)]", emit: emit)
        try flush(emit)
        index += 1
      }
    case .beginObject: try readObject(path: path, emit: emit)
    default: refuse(.notAnObject, line: reader.line, path: path)
    }
  }

  private func readObject(path: String, emit: (inout Batch) throws -> Void) throws {
    var own = JSONObject(line: reader.line)
    var holdsRecords = false
    var room = ForeignJSON.mostValues
    while try reader.next() == .key {
      let key = String(decoding: reader.text, as: UTF8.self)
      let token = try reader.next()
      guard token == .beginArray, containers.contains(key) else {
        own.members.append(.init(key: key, value: try reader.value(from: token, room: &room)))
        continue
      }
      holdsRecords = true
      let start = path.isEmpty ? key : path + "." + key
      var index = 0
      while true {
        let token = try reader.next()
        if token == .endArray { break }
        let line = reader.line
        var room = ForeignJSON.mostValues
        let value = try reader.value(from: token, room: &room)
        take(value, in: key, line: line, path: "\(start)[\(index)]")
        try flush(emit)
        index += 1
      }
    }
    if !holdsRecords { take(.object(own), in: "", line: own.line, path: path) }
  }

  private func flush(_ emit: (inout Batch) throws -> Void) throws {
    guard decoder.batch.read >= options.batchRows else { return }
    try emit(&decoder.batch)
    decoder.batch.removeRows()
  }

  private func take(_ record: JSONValue, in container: String, line: Int, path: String) {
    guard case .object = record else { return refuse(.notAnObject, line: line, path: path) }
    for row in format.rows(of: record, in: container) { take(row, path: path) }
  }

  private func take(_ row: ForeignRow, path: String) {
    switch row.fate {
    case .records(let drafts): store(drafts, of: row, path: path)
    case .leftOut(let reason): leaveOut(reason)
    case .refused(let reason, let inner):
      refuse(reason, line: row.line, path: ForeignJSON.joined(path, inner))
    case .takenBack(let reason):
      leaveOut(reason)
      if let identity = identity(of: row, patient: row.patient ?? options.patient ?? "") {
        decoder.batch.takenBack.append(
          SourceRow(number: number, identity: identity, version: row.version, updated: row.updated)
        )
        decoder.batch.takenBackLines.append(Int64(row.line))
      }
    }
  }

  /// Whether the file asks questions and holds nothing else.
  var holdsOnlyDefinitions: Bool { definitions > 0 && definitions == number }
  private var definitions: Int64 = 0

  private func leaveOut(_ reason: String) {
    number += 1
    if reason == FHIR.definition { definitions += 1 }
    decoder.batch.read += 1
    decoder.batch.leftOut[reason, default: 0] += 1
  }

  private func store(_ drafts: [RecordDraft], of row: ForeignRow, path: String) {
    let wanted = drafts.filter { options.kind == nil || options.kind == $0.kind }
    guard let first = wanted.first else { return leaveOut("not \(options.kind?.rawValue ?? "")") }
    let mark = decoder.mark
    for draft in wanted {
      do throws(Refusal) {
        try decode(draft, line: row.line)
      } catch {
        decoder.goBack(to: mark)
        let word = draft.words.first { $0.field == error.field }
        let place = word.map(\.path) ?? error.field?.name ?? ""
        return refuse(
          error.reason, line: row.line, path: ForeignJSON.joined(path, place),
          value: word?.text ?? "")
      }
    }
    number += 1
    decoder.batch.read += 1
    let own = first.words.first { $0.field == .patientID }?.text ?? ""
    let patient = own.isEmpty ? options.patient ?? "" : own
    let identity = identity(of: row, patient: patient)
    for (part, draft) in wanted.enumerated() {
      kinds.insert(draft.kind)
      decoder.batch.sources[draft.kind, default: []].append(
        SourceRow(
          number: number, identity: identity, part: Int64(part), version: row.version,
          updated: row.updated))
    }
  }

  private func decode(_ draft: RecordDraft, line: Int) throws(Refusal) {
    var bytes: [UInt8] = []
    var ranges: [(Field, Range<Int>)] = []
    for word in draft.words {
      let start = bytes.count
      bytes += word.text.utf8
      ranges.append((word.field, start..<bytes.count))
    }
    let result: Result<Void, Refusal> = bytes.withUnsafeBufferPointer { bytes in
      decoder.clear()
      for (field, range) in ranges where !range.isEmpty {
        decoder.slots[field.rawValue] = Bytes(rebasing: bytes[range])
      }
      do throws(Refusal) {
        return .success(try decoder.decode(draft.kind, line: line))
      } catch {
        return .failure(error)
      }
    }
    try result.get()
  }

  /// The digest of what the source calls a row, within its patient: ids of two sources may be equal.
  private func identity(of row: ForeignRow, patient: String) -> UInt64? {
    guard let id = row.id else { return nil }
    let digest = Array("\(name)\u{0}\(patient)\u{0}\(id)".utf8).withUnsafeBufferPointer {
      Digest.hash($0)
    }
    return digest == 0 ? 1 : digest
  }

  private static func joined(_ path: String, _ inner: String) -> String {
    path.isEmpty || inner.isEmpty ? path + inner : path + "." + inner
  }

  private func refuse(
    _ reason: RejectionReason, line: Int, path: String, value: String = ""
  ) {
    number += 1
    decoder.batch.read += 1
    decoder.batch.rejections.append(
      Rejection(
        reason: reason, position: SourcePosition(line: Int64(line)), column: path,
        value: Array(value.utf8.prefix(1_024))))
  }

  private func reason(of problem: JSONProblem) -> RejectionReason {
    switch problem.what {
    case .duplicateKey: .duplicateKey
    case .encoding: .badEncoding
    default: .badJSON
    }
  }
}
