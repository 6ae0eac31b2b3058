import Foundation
import Storage
import TestSupport
import Testing

@testable import Workflows

@Suite("Files that nobody has written to")
struct UnchangedFilesTests {
  private func now() -> Int64 { Int64(Date().timeIntervalSince1970) }

  /// Writes other bytes of the same number into a file and sets its time back.
  private func forge(_ path: String) throws {
    let time = try FileManager.default.attributesOfItem(atPath: path)[.modificationDate]
    let handle = try #require(FileHandle(forWritingAtPath: path))
    try handle.write(contentsOf: Data("B".utf8))
    try handle.close()
    try FileManager.default.setAttributes([.modificationDate: time as Any], ofItemAtPath: path)
  }

  @Test("a file that was read is known by its stamp until somebody writes to it")
  func seen() throws {
    try withTemporaryFolder { folder in
      let path = folder.path + "/a.csv"
      try Data("A,1\n".utf8).write(to: URL(fileURLWithPath: path))
      let first = SeenFiles([:], now: now() + 10)
      let stamp = try #require(FileStamp(path: path))
      #expect(first.sha256(of: stamp) == nil)
      first.note(try InputFile(path: path), standsAs: stamp, sha256: "sum")
      let second = SeenFiles(first.current, now: now() + 10)
      #expect(second.current.isEmpty, "a file that is gone is not remembered")
      #expect(second.sha256(of: stamp) == "sum")
      #expect(second.current == first.current)
      try forge(path)
      let forged = try #require(FileStamp(path: path))
      #expect(forged.bytes == 4)
      #expect(SeenFiles(first.current, now: now() + 10).sha256(of: forged) == nil)
    }
  }

  @Test("a file written just before or while it was read is not remembered")
  func unsettled() throws {
    try withTemporaryFolder { folder in
      let path = folder.path + "/a.csv"
      try Data("A,1\n".utf8).write(to: URL(fileURLWithPath: path))
      let soon = SeenFiles([:], now: now())
      soon.note(
        try InputFile(path: path), standsAs: try #require(FileStamp(path: path)), sha256: "sum")
      #expect(soon.current.isEmpty)
      let late = SeenFiles([:], now: now() + 10)
      let opened = try InputFile(path: path)
      try Data("A,1\nB,2\n".utf8).write(to: URL(fileURLWithPath: path))
      late.note(opened, standsAs: try #require(FileStamp(path: path)), sha256: "sum")
      #expect(late.current.isEmpty)
    }
  }
}
