import Testing

@testable import Ingest

@Suite("Window")
struct WindowTests {
  private func visible(_ window: Window) -> String { window.bytes(window.start..<window.end).text }

  @Test("Needed bytes move to the front and more arrive behind them")
  func slides() throws {
    let window = Window(MemorySource(Array("abcdefghij".utf8)), capacity: 4)
    #expect(try window.fill() == 0)
    #expect(visible(window) == "abcd")
    window.start = 2
    #expect(try window.fill() == 2)
    #expect(visible(window) == "cdef")
    #expect(window.consumed == 2)
    window.start = 4
    #expect(try window.fill() == 4)
    #expect(visible(window) == "ghij")
    #expect(window.consumed == 6)
    #expect(!window.reachedEnd)
  }

  @Test("A window grows when everything in it is needed")
  func grows() throws {
    let window = Window(MemorySource(Array("abcdefghij".utf8)), capacity: 1)
    try window.require(7)
    #expect(window.start == 0 && window.consumed == 0)
    #expect(visible(window).hasPrefix("abcdefg"))
  }

  @Test("At the end of the file nothing more is brought")
  func end() throws {
    let window = Window(MemorySource(Array("ab".utf8)), capacity: 8)
    try window.require(100)
    #expect(visible(window) == "ab")
    #expect(window.reachedEnd)
    #expect(try window.fill() == nil)
    #expect(visible(window) == "ab")
  }

  @Test("A device that fails is told to whoever reads")
  func failure() {
    let window = Window(FailingSource(after: [0x61]), capacity: 8)
    #expect(throws: FailingSource.Failure.self) { try window.require(2) }
  }
}
