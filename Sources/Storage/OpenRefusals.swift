import Foundation
import GRDB
import Records

/// A refused row that waits to be mended.
public struct OpenRefusal: Sendable {
  /// Its number in the database.
  public var id: Int64
  /// Name of its file without the folders.
  public var file: String
  /// `csv`, `json` or `ndjson`.
  public var format: String
  /// The lines of the file up to and with the header; none for JSON.
  public var head: [UInt8]
  /// Physical line that the row begins on, from 1.
  public var line: Int64
  /// Column as the header writes it; empty where the row as a whole is meant.
  public var column: String
  /// The row as it stood.
  public var row: [UInt8]
  /// Whether it was refused by the run that asks: nobody has seen it yet.
  public var isOfThisRun: Bool
}

extension FileWriter {
  /// Has the lines of new, changed and refused rows noted, if any refused row of an earlier file
  /// waits to be mended.
  func watchForMended() throws {
    let waits = try Bool.fetchOne(
      database, sql: "SELECT 1 FROM rejection WHERE replaced_by IS NULL AND row <> x'' LIMIT 1")
    watchedLines = waits ?? false ? [] : nil
  }

  /// The lines of new, changed and refused rows; nil where no refused row waits, or so many are new
  /// that they are no mended ones.
  public var linesThatMayMend: Set<Int64>? {
    guard let watchedLines, !watchedLines.isEmpty, watchedLines.count < FileWriter.mostWatched
    else {
      return nil
    }
    return Set(watchedLines)
  }

  /// More new rows than anybody mends.
  static let mostWatched = 100_000

  /// Notes a line while so many are watched for.
  @inline(__always)
  func watch(_ line: Int64) {
    if watchedLines != nil, watchedLines?.count ?? 0 < FileWriter.mostWatched {
      watchedLines?.append(line)
    }
  }

  /// Refused rows of earlier files that wait to be mended, where those were read for the same kind
  /// with the same profile.
  ///
  /// - Parameter most: how many at most, the newest first.
  public func openRefusals(most: Int) throws -> [OpenRefusal] {
    try GRDB.Row.fetchAll(
      database,
      sql: """
        SELECT rejection.id AS id, name, reading, format, head, line, "column", row,
          run = (SELECT run FROM file WHERE id = ?1) AS own FROM rejection
        JOIN file ON file.id = written_by
        WHERE replaced_by IS NULL AND written_by <> ?1 AND row <> x''
        ORDER BY rejection.id DESC LIMIT ?2
        """, arguments: [fileID, most]
    ).filter { file.isRead(as: $0["reading"]) }.map {
      OpenRefusal(
        id: $0["id"], file: $0["name"], format: $0["format"],
        head: [UInt8]($0["head"] as Data? ?? Data()), line: $0["line"], column: $0["column"],
        row: [UInt8]($0["row"] as Data), isOfThisRun: $0["own"])
    }
  }

  /// Takes refused rows off the list: they stand mended in this file.
  public func takeOff(_ refusals: [Int64]) throws {
    let replace = try statement("UPDATE rejection SET replaced_by = ?1 WHERE id = ?2")
    for refusal in refusals {
      replace.bind(1, fileID)
      replace.bind(2, refusal)
      try replace.run()
    }
  }
}
