import Foundation
import Ingest
import Records
import Storage

/// The user's crontab as bytes: lines that are not lumbar's stay as they are, whatever they hold.
public struct Crontab: Equatable {
  /// All of it.
  public private(set) var bytes: [UInt8]

  private static let begin = "# BEGIN lumbar nightly (written by lumbar schedule)"
  private static let end = "# END lumbar nightly"

  /// A night that is scheduled.
  public struct Block: Equatable {
    /// The line of the night, without its end.
    public let line: String
    /// Where the block stands, from its first mark to behind the line end of its second.
    let range: Range<Int>

    /// The words of the command that the line runs; empty for a line that lumbar did not write.
    var command: [String] {
      shellWords(line.split(separator: " ", maxSplits: 5).last.map(String.init) ?? "")
    }
    /// The minute and the hour that it runs at.
    public var time: (minute: Int, hour: Int)? {
      let fields = line.split(separator: " ", maxSplits: 2)
      guard fields.count == 3, let minute = Int(fields[0]), let hour = Int(fields[1]) else {
        return nil
      }
      return (minute, hour)
    }

    /// What follows a flag of the command.
    public func word(after flag: String) -> String? {
      let words = command
      return words.firstIndex(of: flag).flatMap {
        words.indices.contains($0 + 1) ? words[$0 + 1] : nil
      }
    }
  }

  /// lumbar's blocks, in their order.
  ///
  /// - Throws: when a block is not as lumbar wrote it, so that nobody can tell which lines are
  ///   whose.
  public func blocks() throws -> [Block] {
    var blocks: [Block] = []
    var open: (start: Int, number: Int, lines: [String])?
    for (index, line) in lines().enumerated() {
      let text = String(decoding: line.bytes, as: UTF8.self)
      if text == Crontab.begin {
        if let open { throw Crontab.unclear(open.number) }
        open = (line.range.lowerBound, index + 1, [])
      } else if text == Crontab.end, let block = open {
        guard block.lines.count == 1 else { throw Crontab.unclear(block.number) }
        blocks.append(Block(line: block.lines[0], range: block.start..<line.range.upperBound))
        open = nil
      } else {
        open?.lines.append(text)
      }
    }
    if let open { throw Crontab.unclear(open.number) }
    return blocks
  }

  private static func unclear(_ line: Int) -> Failure {
    Failure(
      .configuration,
      "the block of lumbar that begins on line \(line) of the crontab is not as lumbar wrote it: "
        + "it "
        + "should hold one line and end with \"\(end)\". Nothing was changed; mend it with crontab "
        + "-e."
    )
  }

  /// The lines without their ends, each with where it stands, its end included.
  private func lines() -> [(bytes: ArraySlice<UInt8>, range: Range<Int>)] {
    var lines: [(ArraySlice<UInt8>, Range<Int>)] = []
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
      let isCRLF = end > start && bytes[end - 1] == 0x0D
      lines.append((bytes[start..<(isCRLF ? end - 1 : end)], start..<min(end + 1, bytes.count)))
      start = end + 1
    }
    return lines
  }

  /// The crontab with a line in the place of a block, or in a new block at the end.
  public func with(_ line: String, inPlaceOf block: Block?) -> Crontab {
    var bytes = bytes
    let text = Array(Crontab.text(of: line).utf8)
    if let block {
      bytes.replaceSubrange(block.range, with: text)
    } else {
      if let last = bytes.last, last != 0x0A { bytes.append(0x0A) }
      bytes += text
    }
    return Crontab(bytes: bytes)
  }

  /// The crontab without a block.
  public func without(_ block: Block) -> Crontab {
    var bytes = bytes
    bytes.removeSubrange(block.range)
    return Crontab(bytes: bytes)
  }

  /// A block as it stands in the crontab.
  public static func text(of line: String) -> String { "\(begin)\n\(line)\n\(end)\n" }

  // MARK: The command crontab

  /// The user's crontab; empty where there is none.
  public static func read() throws -> Crontab {
    let (status, output, errors) = try run(["-l"], input: [])
    if status == 0 { return Crontab(bytes: output) }
    // Nothing else counts: what cannot be read must not be replaced.
    if errors.wholeMatch(of: /(crontab: )?no crontab for \S+\s*/.ignoresCase()) != nil {
      return Crontab(bytes: [])
    }
    throw Failure(.inputOutput, "crontab -l failed: \(reason(errors, status)).")
  }

  /// Replaces the user's crontab, and makes sure that it is what was given.
  ///
  /// - Parameter before: what it held.
  public func install(inPlaceOf before: Crontab) throws {
    let (status, _, errors) = try Crontab.run(["-"], input: bytes)
    guard status == 0 else {
      throw Failure(
        .inputOutput,
        "crontab refused the new lines: \(Crontab.reason(errors, status)). Nothing was changed.")
    }
    let now = try Crontab.read()
    // Some put lines of their own above.
    guard now.bytes.suffix(bytes.count) == bytes[...] else {
      throw Failure(
        .inputOutput,
        now == before
          ? "the command crontab ended well and changed nothing. Nothing is scheduled anew; "
            + "crontab -e "
            + "shows what there is."
          : "the crontab is not what was written to it. Look at it with crontab -e; the copy as it "
            + "was "
            + "lies beside the database.")
    }
  }

  private static func reason(_ errors: String, _ status: Int32) -> String {
    if status == 127 { return "there is no such command. Install cron" }
    let words = errors.trimmingCharacters(in: .whitespacesAndNewlines).prefix(200)
    return words.isEmpty ? "it ended with \(status)" : String(words)
  }

  /// Runs it with files in the place of pipes: however it ends, nothing waits for it.
  private static func run(_ arguments: [String], input: [UInt8]) throws -> (
    status: Int32, output: [UInt8], errors: String
  ) {
    let files = try (0..<3).map { _ in try FileHandle(temporary: ()) }
    try files[0].write(contentsOf: Data(input))
    try files[0].seek(toOffset: 0)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["crontab"] + arguments
    process.standardInput = files[0]
    process.standardOutput = files[1]
    process.standardError = files[2]
    do { try process.run() } catch {
      throw Failure(.inputOutput, "the command crontab cannot be run. Install cron.")
    }
    process.waitUntilExit()
    let outputs = try files[1...].map { file in
      try file.seek(toOffset: 0)
      return [UInt8](try file.readToEnd() ?? Data())
    }
    return (process.terminationStatus, outputs[0], String(decoding: outputs[1], as: UTF8.self))
  }
}

extension FileHandle {
  /// A private file without a name.
  fileprivate convenience init(temporary: Void) throws {
    self.init(fileDescriptor: try temporaryFile(), closeOnDealloc: true)
  }
}
