import Configuration
import Foundation
import Ingest
import Reporting
import Storage

/// The exit codes of every command, after sysexits.h.
enum Exit: Int32 {
  case done = 0
  case doneWithRefusals = 3
  case usage = 64
  case notData = 65
  case noInput = 66
  case bug = 70
  case cannotCreate = 73
  case inputOutput = 74
  case busy = 75
  case configuration = 78
}

/// A command's end that is not success: its exit code and the sentence on stderr, which may be empty
/// when everything was said already.
struct Failure: Error {
  var exit: Exit
  var sentence: String

  init(_ exit: Exit, _ sentence: String = "") {
    self.exit = exit
    self.sentence = sentence
  }

  /// The failure that any error amounts to.
  init(_ error: any Error) {
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
