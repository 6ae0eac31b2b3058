import Foundation
import Records
import Workflows

/// Ends the process when a run takes too long; what it wrote so far is whole.
func setDeadline(hours: Int) {
  let thread = Thread {
    Thread.sleep(forTimeInterval: Double(hours) * 3_600)
    say("lumbar: the nightly run took longer than \(hours) h and was ended. The next one goes on.")
    _exit(Exit.inputOutput.rawValue)
  }
  thread.stackSize = 256 << 10
  thread.start()
}

/// Writes results to stdout, in lines in which nothing can act on a terminal; a full disk or a
/// closed pipe is an error like any other.
///
/// JSON, which has such characters as numbers, comes out as it is.
func printResult(_ text: String) throws {
  let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
  let shown = lines.map { visible(String($0)) }.joined(separator: "\n")
  do {
    try writeAll(STDOUT_FILENO, Array(shown.utf8)[...], path: "standard output")
  } catch {
    throw Failure(.inputOutput, "standard output cannot be written: \(systemCause()).")
  }
}

/// Writes a message of one line to stderr, whatever names it shows.
///
/// - Returns: whether it could be written.
@discardableResult
func say(_ sentence: String) -> Bool {
  let line = Array((visible(sentence) + "\n").utf8)
  return (try? writeAll(STDERR_FILENO, line[...], path: "standard error")) != nil
}
