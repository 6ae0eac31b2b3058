import Foundation
import TestSupport
import Testing

@testable import Storage

@Suite("What the end of a night leaves")
struct SeenFilesTests {
  private func stamp(_ inode: Int64, bytes: Int64 = 10) -> FileStamp {
    FileStamp(device: 1, inode: inode, bytes: bytes, modified: 2, changed: 3)
  }

  private func end(
    _ store: Store, _ seen: [FileStamp: String], _ reading: String = "plain",
    cohort: String? = nil
  ) throws {
    let run = try store.beginRun(started: "2026-10-01T00:00:00Z", command: "nightly", version: "1")
    try store.endNight(
      run,
      NightlyEnd(exit: 3, seconds: 1.5, cohortMadeOf: cohort, seen: [reading: seen]))
  }

  @Test("Files are known by their stamps and the options that they were read with")
  func files() throws {
    try withStore { store in
      #expect(try store.seenFiles(reading: "plain").isEmpty)
      let first = [stamp(1): "a", stamp(2): "b"]
      try end(store, first)
      #expect(try store.seenFiles(reading: "plain") == first)
      #expect(try store.seenFiles(reading: "other").isEmpty)
      // The second file was written to, the first is gone.
      let second = [stamp(2, bytes: 20): "c"]
      try end(store, second)
      #expect(try store.seenFiles(reading: "plain") == second)
      try end(store, second, "other")
      #expect(try store.seenFiles(reading: "plain").isEmpty)
      #expect(try store.seenFiles(reading: "other") == second)
      try end(store, [:], "other")
      #expect(try store.rows("SELECT count(*) FROM run_file") == ["0"])
    }
  }

  @Test(
    "The end stands in the ledger, and what the report of all was made of is kept until the next")
  func ledger() throws {
    try withStore { store in
      try end(store, [:], cohort: "all of now")
      try end(store, [:])
      #expect(try store.cohortMadeOf() == "all of now")
      #expect(
        try store.rows("SELECT exit, seconds FROM run WHERE command = 'nightly'")
          == ["3|1.5", "3|1.5"])
    }
  }
}
