import Foundation
import GRDB
import Records

/// A patient with how often the rows have changed and what the last published report was made of.
public struct NightlyPatient: Sendable {
  /// The patient's code.
  public let code: String
  /// Grows with every file that brings something new or another value.
  public let mark: Int64
  /// As it was noted when the report was published; nil when there is none.
  public let madeOf: String?
}

extension Store {
  /// All patients in the order of their codes, with the state of their reports. O(patients).
  public func nightlyPatients() throws -> [NightlyPatient] {
    try explaining {
      try queue.read { database in
        try GRDB.Row.fetchAll(
          database,
          sql: """
            SELECT code, coalesce(mark, 0) AS mark, made_of FROM patient
            LEFT JOIN run_change ON run_change.patient = patient.id
            LEFT JOIN run_report ON run_report.patient = patient.id ORDER BY code
            """
        ).map { NightlyPatient(code: $0["code"], mark: $0["mark"], madeOf: $0["made_of"]) }
      }
    }
  }

  /// Notes what published reports were made of, in one transaction.
  public func noteReports(_ madeOf: [(code: String, madeOf: String)]) throws {
    try explaining {
      try queue.write { database in
        for (code, madeOf) in madeOf {
          try database.execute(
            sql: """
              INSERT OR REPLACE INTO run_report (patient, made_of)
              SELECT id, ? FROM patient WHERE code = ?
              """, arguments: [madeOf, code])
        }
      }
    }
  }

  /// What the published report of all was made of, nil when there is none.
  public func cohortMadeOf() throws -> String? {
    try explaining {
      try queue.read {
        try String.fetchOne($0, sql: "SELECT made_of FROM run_report WHERE patient = 0")
      }
    }
  }

  /// Notes what the published report of all was made of.
  public func noteCohort(madeOf: String) throws {
    try explaining {
      try queue.write {
        try $0.execute(
          sql: "INSERT OR REPLACE INTO run_report (patient, made_of) VALUES (0, ?)",
          arguments: [madeOf])
      }
    }
  }

  /// Remembers that somebody was told of a file, by its SHA-256.
  ///
  /// - Returns: false when it was remembered already.
  public func noteAlarm(sha256: String) throws -> Bool {
    try explaining {
      try queue.write { database in
        try database.execute(
          sql: "INSERT OR IGNORE INTO run_alarm (sha256) VALUES (?)", arguments: [sha256])
        return database.changesCount > 0
      }
    }
  }
}
