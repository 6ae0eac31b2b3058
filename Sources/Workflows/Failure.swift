import Configuration
import Foundation
import Ingest
import Reporting
import Storage

/// The exit codes of every command, after sysexits.h.
public enum Exit: Int32, Sendable {
  /// Done, or nothing to do.
  case done = 0
  /// Done, but something was refused, or somebody is needed.
  case doneWithRefusals = 3
  /// Wrong usage.
  case usage = 64
  /// No file could be read as data; the database is damaged, foreign or newer.
  case notData = 65
  /// No such file or person.
  case noInput = 66
  /// A bug.
  case bug = 70
  /// Something cannot be created.
  case cannotCreate = 73
  /// The disk or another device failed.
  case inputOutput = 74
  /// Another run holds the lock.
  case busy = 75
  /// The configuration is wrong.
  case configuration = 78
}

/// A command's end that is not success: its exit code and the sentence on stderr, which may be
/// empty when everything was said already.
public struct Failure: Error {
  /// The code that the process ends with.
  public var exit: Exit
  /// What is wrong and what to do next.
  public var sentence: String

  /// A failure in words.
  public init(_ exit: Exit, _ sentence: String = "") {
    self.exit = exit
    self.sentence = sentence
  }

  /// The failure that any error amounts to.
  public init(_ error: any Error) {
    switch error {
    case let failure as Failure: self = failure
    case let error as StorageError: self.init(Failure.exit(of: error), error.description)
    case let error as IngestError: self.init(.notData, error.description)
    case let error as ConfigurationError: self.init(.configuration, error.description)
    case let error as WorkbookError: self.init(.cannotCreate, error.description)
    case let error as FileError: self.init(error.exit, error.description)
    default: self.init(.bug, "\(error). This is a bug, please report it.")
    }
  }

  private static func exit(of error: StorageError) -> Exit {
    switch error {
    case .missing, .restoreUnfinished: .noInput
    case .cannotOpen, .cannotCopy, .notACopy, .outdated: .cannotCreate
    case .notADatabase, .foreign, .newer, .damaged: .notData
    case .busy, .unfinished: .busy
    case .failed: .inputOutput
    case .accountsDoNotAddUp: .bug
    case .unknownRun, .nothingToUndo, .laterRuns: .usage
    }
  }
}
