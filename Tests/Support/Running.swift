import Foundation

/// What a run of the program left.
public struct Outcome {
  /// The exit code, or the number of the signal that ended it.
  public let exit: Int32
  /// Standard output.
  public let output: String
  /// Standard error.
  public let errors: String
}

/// The program as it was built for the tests.
public let program: URL = {
  let name = "lumbar"
  // Test bundles and programs lie side by side in the build folder.
  let arguments = CommandLine.arguments.map { URL(fileURLWithPath: $0) }
  let candidates =
    arguments.map { $0.deletingLastPathComponent().appendingPathComponent(name) }
    + [
      Bundle.main.bundleURL.appendingPathComponent(name),
      projectFolder.appendingPathComponent(".build/debug/\(name)"),
    ]
  return candidates.first { FileManager.default.isExecutableFile(atPath: $0.path) }
    ?? candidates[candidates.count - 1]
}()

/// Runs the program.
///
/// - Parameters:
///   - arguments: its arguments.
///   - environment: the whole environment; nothing is inherited.
///   - folder: the working folder.
///   - input: what stands on standard input.
public func runProgram(
  _ arguments: [String], environment: [String: String] = [:], in folder: URL? = nil,
  input: String? = nil
) throws -> Outcome {
  let process = Process()
  process.executableURL = program
  process.arguments = arguments
  process.environment = environment
  if let folder { process.currentDirectoryURL = folder }
  return try finish(process, input: input)
}

/// Runs a process to its end and collects what it prints.
public func finish(_ process: Process, input: String? = nil) throws -> Outcome {
  try withTemporaryFolder { folder in
    let output = folder.appendingPathComponent("output")
    let errors = folder.appendingPathComponent("errors")
    let source = folder.appendingPathComponent("input")
    try Data((input ?? "").utf8).write(to: source)
    for file in [output, errors] { try Data().write(to: file) }
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    process.standardInput = try FileHandle(forReadingFrom: source)
    try process.run()
    process.waitUntilExit()
    return Outcome(
      exit: process.terminationStatus, output: try String(contentsOf: output, encoding: .utf8),
      errors: try String(contentsOf: errors, encoding: .utf8))
  }
}
