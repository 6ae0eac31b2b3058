import Records

/// Turns rows of other programs' files into records, refusals and counts of a batch.
final class ForeignRows {
  private let decoder: RowDecoder
  private let options: ReadingOptions
  private let name: String
  private(set) var kinds: Set<Kind> = []
  private var lastKind: Kind?
  private var number: Int64 = 0
  /// The words of the record that is being decoded, end to end.
  private var bytes: [UInt8] = []
  private var ends: [Int] = []

  init(_ decoder: RowDecoder, named name: String, options: ReadingOptions) {
    self.decoder = decoder
    self.options = options
    self.name = name
    decoder.batch.sharesLines = true
  }

  /// Hands on a batch that is full.
  func flush(_ emit: (inout Batch) throws -> Void) throws {
    guard decoder.batch.read >= options.batchRows else { return }
    try emit(&decoder.batch)
    decoder.batch.removeRows()
  }

  /// Takes a row, whatever becomes of it.
  ///
  /// - Parameter path: where it stands in the file, for refusals.
  ///
  /// - Throws: the question of the whole file that the row leaves open.
  func take(_ row: ForeignRow, path: String) throws {
    switch row.fate {
    case .openQuestion(let question): throw question
    case .records(let drafts): store(drafts, of: row, path: path)
    case .leftOut(let reason):
      leaveOut(reason)
      noteWhole(row, records: 0, patient: row.patient ?? options.patient ?? "")
    case .refused(let reason, let inner):
      refuse(reason, line: row.line, path: ForeignRows.joined(path, inner))
    case .takenBack(let reason):
      leaveOut(reason)
      if let source = source(of: row, patient: row.patient ?? options.patient ?? "") {
        decoder.batch.takenBack.append(SourceLine(source, line: Int64(row.line)))
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
    let wanted = options.kind == nil ? drafts : drafts.filter { options.kind == $0.kind }
    guard let first = wanted.first else { return leaveOut("not \(options.kind?.rawValue ?? "")") }
    let mark = decoder.mark
    var counts: [Int] = []
    for draft in wanted {
      var index = 0
      do throws(Refusal) {
        counts.append(try decode(draft, line: row.line, &index))
      } catch {
        decoder.goBack(to: mark)
        var word = draft.words.first { $0.field == error.field }.map { ($0.text, $0.path) }
        if let series = draft.series.first(where: { $0.field == error.field }) {
          word = (series.texts[index], series.path)
        }
        let place = word?.1 ?? error.field?.name ?? ""
        return refuse(
          error.reason, line: row.line, path: ForeignRows.joined(path, place),
          value: word?.0 ?? "")
      }
    }
    if counts.allSatisfy({ $0 == 0 }) { return leaveOut("nothing done") }
    number += 1
    decoder.batch.read += 1
    let own = first.words.first { $0.field == .patientID }?.text ?? ""
    let patient = own.isEmpty ? options.patient ?? "" : own
    if wanted.count == drafts.count {
      noteWhole(row, records: counts.reduce(0, +), patient: patient)
    }
    let source =
      source(of: row, patient: patient) ?? SourceRow(number: number, identity: nil)
    var part: Int64 = 0
    for (draft, count) in zip(wanted, counts) {
      if draft.kind != lastKind { kinds.insert(draft.kind) }
      lastKind = draft.kind
      let parts = part..<part + Int64(count)
      decoder.batch.sources[draft.kind, default: []].append(
        contentsOf: parts.lazy.map { part in
          var own = source
          own.part = part
          return own
        })
      part = parts.upperBound
    }
  }

  /// Notes how many records a row has that its source counts the versions of.
  private func noteWhole(_ row: ForeignRow, records: Int, patient: String) {
    guard row.version != nil || row.updated != nil,
      var whole = source(of: row, patient: patient)
    else { return }
    whole.part = Int64(records)
    decoder.batch.wholeRows.append(SourceLine(whole, line: Int64(row.line)))
  }

  /// Decodes a draft's records.
  ///
  /// - Parameter index: of the series' text that was decoded last.
  /// - Returns: how many records there are.
  private func decode(_ draft: RecordDraft, line: Int, _ index: inout Int) throws(Refusal) -> Int {
    var count = 0
    bytes.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    for word in draft.words {
      bytes.append(contentsOf: word.text.utf8)
      ends.append(bytes.count)
    }
    for series in draft.series {
      for text in series.texts {
        bytes.append(contentsOf: text.utf8)
        ends.append(bytes.count)
      }
    }
    let result: Result<Int, Refusal> = bytes.withUnsafeBufferPointer { bytes in
      for record in 0..<draft.count {
        index = record
        decoder.clear()
        var start = 0
        for (word, end) in zip(draft.words, ends) {
          if start < end {
            decoder.slots[word.field.rawValue] = Bytes(rebasing: bytes[start..<end])
          }
          start = end
        }
        for (place, series) in draft.series.enumerated() {
          let own = draft.words.count + place * draft.count + record
          let start = own == 0 ? 0 : ends[own - 1]
          decoder.slots[series.field.rawValue] = Bytes(rebasing: bytes[start..<ends[own]])
        }
        do throws(Refusal) {
          if try decoder.decodeQuoted(draft.kind, line: line) { count += 1 }
        } catch {
          return .failure(error)
        }
      }
      return .success(count)
    }
    return try result.get()
  }

  /// What the source says of the row that was taken last; nil where it gives no id. Known by a
  /// digest within the patient: ids of two sources may be equal.
  private func source(of row: ForeignRow, patient: String) -> SourceRow? {
    guard let id = row.id else { return nil }
    return SourceRow(
      number: number, identity: ForeignRows.identity(id, of: patient, in: name),
      version: row.version, updated: row.updated)
  }

  /// A digest of a source's own id of a row, within the format and the patient.
  static func identity(_ id: String, of patient: String, in format: String) -> UInt64 {
    let digest = Array("\(format)\u{0}\(patient)\u{0}\(id)".utf8).withUnsafeBufferPointer {
      Digest.hash($0)
    }
    return digest == 0 ? 1 : digest
  }

  private static func joined(_ path: String, _ inner: String) -> String {
    path.isEmpty || inner.isEmpty ? path + inner : path + "." + inner
  }

  /// Refuses a row.
  func refuse(
    _ reason: RejectionReason, line: Int, path: String, value: String = ""
  ) {
    number += 1
    decoder.batch.read += 1
    decoder.batch.rejections.append(
      Rejection(
        reason: reason, position: SourcePosition(line: Int64(line)), column: path,
        value: Array(value.utf8.prefix(1_024))))
  }
}
