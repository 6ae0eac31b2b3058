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
  decoder.use(components: options.profileOfFormat?.components ?? [:])
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
  var kinds: Set<Kind> { sink.kinds }
  var holdsOnlyDefinitions: Bool { sink.holdsOnlyDefinitions }

  private let reader: JSONReader
  private let sink: ForeignRows
  private let options: ReadingOptions
  private let containers: Set<String>
  private var format: any JSONFormat

  /// Values that one record may hold.
  private static let mostValues = 1 << 20

  init(
    _ window: Window, format: any JSONFormat.Type, decoder: RowDecoder, options: ReadingOptions
  ) {
    reader = JSONReader(window)
    sink = ForeignRows(decoder, named: format.name, options: options)
    self.options = options
    self.format = format.init()
    self.format.begin(options)
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
        sink.refuse(reason(of: problem), line: line, path: "")
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
    default: sink.refuse(.notAnObject, line: reader.line, path: path)
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
        try take(value, in: key, line: line, path: "\(start)[\(index)]")
        try flush(emit)
        index += 1
      }
    }
    if !holdsRecords { try take(.object(own), in: "", line: own.line, path: path) }
  }

  private func flush(_ emit: (inout Batch) throws -> Void) throws {
    try sink.flush(emit)
  }

  private func take(_ record: JSONValue, in container: String, line: Int, path: String) throws {
    guard case .object = record else { return sink.refuse(.notAnObject, line: line, path: path) }
    for row in format.rows(of: record, in: container) { try sink.take(row, path: path) }
  }

  private func reason(of problem: JSONProblem) -> RejectionReason {
    switch problem.what {
    case .duplicateKey: .duplicateKey
    case .encoding: .badEncoding
    default: .badJSON
    }
  }
}
