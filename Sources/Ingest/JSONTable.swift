import Records

/// An array of flat objects in JSON, or one object a line, as a table of CSV: the keys are the
/// columns, in the order in which they come up, and each object is a row.
enum JSONTable {
  /// The table.
  ///
  /// Nested values are columns of their own, under a name with points: `{"pain": {"back": 3}}` is a
  /// column `pain.back`; lists of texts and numbers are one cell, parted by semicolons.
  ///
  /// - Parameter window: the text from its start.
  /// - Returns: nil where no array of objects is found. O(text), also in memory.
  /// - Throws: `IngestError.json` where it is not JSON.
  static func csv(_ window: Window, isLines: Bool) throws -> [UInt8]? {
    var rows = Rows()
    let reader = JSONReader(window)
    do {
      if isLines {
        while try reader.beginLine() {
          if try reader.next() == .beginObject { try rows.readObject(reader) }
          try reader.endLine()
        }
      } else {
        try rows.readDocument(reader)
      }
    } catch let problem as JSONProblem {
      throw IngestError.json(line: problem.line, what: problem.sentence)
    }
    return rows.rows.isEmpty ? nil : rows.csv
  }

  private struct Rows {
    private var columns: [String] = []
    private var places: [String: Int] = [:]
    private(set) var rows: [[Int: String]] = []

    /// The array at the top, or the first that an object at the top holds.
    mutating func readDocument(_ reader: JSONReader) throws {
      var token = try reader.next()
      if token == .beginObject {
        repeat { token = try reader.next() } while token != .beginArray && token != .end
      }
      guard token == .beginArray else { return }
      let depth = reader.depth
      while true {
        switch try reader.next() {
        case .beginObject: try readObject(reader)
        case .endArray where reader.depth < depth: return
        case .end: return
        default: continue
        }
      }
    }

    /// The object that was just opened.
    mutating func readObject(_ reader: JSONReader) throws {
      var row: [Int: String] = [:]
      try readMembers(reader, within: "", into: &row)
      if !row.isEmpty { rows.append(row) }
    }

    private mutating func readMembers(
      _ reader: JSONReader, within path: String, into row: inout [Int: String]
    ) throws {
      while true {
        guard try reader.next() == .key else { return }
        let name = path + String(decoding: reader.text, as: UTF8.self)
        switch try reader.next() {
        case .string, .number: put(String(decoding: reader.text, as: UTF8.self), name, &row)
        case .yes: put("yes", name, &row)
        case .no: put("no", name, &row)
        case .beginObject: try readMembers(reader, within: name + ".", into: &row)
        case .beginArray: put(try list(reader), name, &row)
        default: continue
        }
      }
    }

    private func list(_ reader: JSONReader) throws -> String {
      var parts: [String] = []
      let depth = reader.depth
      while true {
        switch try reader.next() {
        case .string, .number: parts.append(String(decoding: reader.text, as: UTF8.self))
        case .endArray where reader.depth < depth: return parts.joined(separator: "; ")
        case .end: return parts.joined(separator: "; ")
        default: continue
        }
      }
    }

    private mutating func put(_ text: String, _ name: String, _ row: inout [Int: String]) {
      let place = places[name] ?? columns.count
      if place == columns.count {
        columns.append(name)
        places[name] = place
      }
      row[place] = text
    }

    var csv: [UInt8] {
      func line(_ cells: [String]) -> [UInt8] {
        let written = cells.map { cell in cell.withBytes { csvCell($0, delimiter: 0x2C) } }
        return Array(written.joined(separator: [0x2C])) + [0x0A]
      }
      return line(columns) + rows.flatMap { row in line(columns.indices.map { row[$0] ?? "" }) }
    }
  }
}
