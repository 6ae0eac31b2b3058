import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Storage

/// Writes other bytes into a file and sets its time back.
private func overwrite(_ path: String, at offset: UInt64, count: Int = 64) throws {
  let time = try FileManager.default.attributesOfItem(atPath: path)[.modificationDate]
  let handle = try #require(FileHandle(forWritingAtPath: path))
  try handle.seek(toOffset: offset)
  try handle.write(contentsOf: Data(repeating: 0xA5, count: count))
  try handle.close()
  try FileManager.default.setAttributes([.modificationDate: time as Any], ofItemAtPath: path)
}

@Suite("The writer's lock")
struct WriterLockTests {
  private func word(in folder: URL) throws -> WriterLock.Left? {
    try WriterLock(database: folder.path + "/db", wait: 0, now: 0).left
  }

  @Test("hands on what a run left, and nothing of one that did not end")
  func handedOn() throws {
    try withTemporaryFolder { folder in
      let path = folder.path + "/db"
      try Data("A database".utf8).write(to: URL(fileURLWithPath: path))
      do {
        let lock = try WriterLock(database: path, wait: 0, now: 5)
        #expect(lock.left == nil)
        lock.note(lookedThrough: 1_000_000)
      }
      let left = WriterLock.Left(
        stamp: try #require(FileStamp(path: path)), lookedThrough: 1_000_000)
      #expect(WriterLock.left(of: path) == left)
      do { #expect(try word(in: folder) == left) }
      #expect(try word(in: folder) == left, "a run that wrote nothing leaves it there")
      for text in ["", "1 2\n", "1 2\n3 4 5\n", "1 2\n1 2 3 4 5 x\n", "noise"] {
        try Data(text.utf8).write(to: URL(fileURLWithPath: path + ".lock"))
        #expect(try word(in: folder) == nil, "\(text)")
      }
    }
  }

  @Test("taken on a database that is met once leaves no file, and nobody holds what is gone")
  func once() throws {
    try withTemporaryFolder { folder in
      let path = folder.path + "/db"
      do { _ = try WriterLock(database: path, wait: 0, now: 5, leavesWord: false) }
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
      let ended = DispatchSemaphore(value: 0)
      let inside = Mutex(0)
      for number in 0..<8 {
        Thread.detachNewThread {
          for _ in 0..<40 {
            guard
              let lock = try? WriterLock(
                database: path, wait: 60, now: 5, leavesWord: number % 2 == 0)
            else {
              Issue.record("the lock could not be had")
              continue
            }
            withExtendedLifetime(lock) {
              let count = inside.withLock { count in
                count += 1
                return count
              }
              #expect(count == 1)
              usleep(50)
              inside.withLock { $0 -= 1 }
            }
          }
          ended.signal()
        }
      }
      for _ in 0..<8 { ended.wait() }
    }
  }

  @Test("a look through the file counts for a week, and of the very file that was left")
  func week() throws {
    try withTemporaryFolder { folder in
      let path = folder.path + "/db"
      try Data("A database".utf8).write(to: URL(fileURLWithPath: path))
      let left = WriterLock.Left(
        stamp: try #require(FileStamp(path: path)), lookedThrough: 1_000_000)
      #expect(left.isRecent(now: 1_000_000) && left.isRecent(now: 1_604_799))
      #expect(!left.isRecent(now: 1_604_800))
      #expect(!left.isRecent(now: 999_999), "a clock that was set back")
      #expect(left.holds(of: path))
      #expect(!left.holds(of: folder.path + "/none"))
      try overwrite(path, at: 0, count: 1)
      #expect(!left.holds(of: path))
    }
  }

  @Test("is the same whatever link a database is called by")
  func links() throws {
    try withTemporaryFolder { folder in
      let path = folder.path + "/disk/real.sqlite"
      try FileManager.default.createDirectory(
        atPath: folder.path + "/disk", withIntermediateDirectories: false)
      for (link, target) in [("a", "disk/real.sqlite"), ("b", "a"), ("c", path), ("loop", "loop")] {
        try FileManager.default.createSymbolicLink(
          atPath: folder.path + "/" + link, withDestinationPath: target)
      }
      // Also where there is no database yet.
      let own = WriterLock.resolved(path)
      for link in ["a", "b", "c"] { #expect(WriterLock.resolved(folder.path + "/" + link) == own) }
      _ = WriterLock.resolved(folder.path + "/loop")
      let store = try Store.open(creating: folder.path + "/b")
      #expect(store.path == own)
      #expect(throws: StorageError.self) { try Store.open(creating: path, wait: 0) }
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: folder.path + "/disk").sorted()
          == ["real.sqlite", "real.sqlite.lock"])
    }
  }

  @Test("a database that the last run left so is not looked through, any other one is")
  func lookedThrough() throws {
    try withTemporaryFolder { folder in
      let path = folder.path + "/db"
      func looks(_ open: () throws -> Store) throws -> Int {
        let store = try open()
        var looks = 0
        store.whileLooking = { _, look in
          looks += 1
          try look()
        }
        try store.requireSound()
        try store.requireSound()
        return looks
      }
      let writing = { (now: Int64) in { try Store.open(creating: path, now: now) } }
      let reading = { try Store.open(existing: path) }
      #expect(try looks(writing(1_000)) == 0, "a new one is sound")
      #expect(try looks(writing(1_000 + WriterLock.Left.longest - 1)) == 0)
      #expect(try looks(writing(1_000 + WriterLock.Left.longest)) == 1, "after a week")
      #expect(try looks(writing(1_001 + WriterLock.Left.longest)) == 0)
      #expect(try looks(reading) == 0)
      try FileManager.default.copyItem(atPath: path, toPath: path + "2")
      try FileManager.default.removeItem(atPath: path)
      try FileManager.default.moveItem(atPath: path + "2", toPath: path)
      #expect(try looks(reading) == 1, "another file in its place")
      #expect(try looks(reading) == 1, "who reads leaves no word")
      #expect(try looks(writing(1_002 + WriterLock.Left.longest)) == 1)
      #expect(try looks(reading) == 0)
    }
  }

  @Test("damage in a file that somebody else wrote to is found, by who writes and who reads")
  func damage() throws {
    try withTemporaryFolder { folder in
      let path = folder.path + "/db"
      try Store.open(creating: path).importSheet { sheet in
        for _ in 0..<2_000 { sheet.pain("p", "2026-03-02", 1) }
      }
      try overwrite(path, at: 3 * 16_384)
      #expect(throws: StorageError.self) { try Store.open(creating: path).requireSound() }
      #expect(throws: StorageError.self) { try Store.open(existing: path).requireSound() }
      #expect(throws: StorageError.self) {
        try Store.open(creating: path).requireSound()
      }
    }
  }
}
