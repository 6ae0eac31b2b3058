import Foundation
import Testing

@testable import Ingest

/// Files collected elsewhere that no test of ours may need: `LUMBAR_COLLECTED` names their folder.
private let collected = ProcessInfo.processInfo.environment["LUMBAR_COLLECTED"]

@Suite("Collected hostile files", .enabled(if: collected != nil, "LUMBAR_COLLECTED is not set"))
struct CollectedFilesTests {
  private func folder(_ path: String) throws -> URL {
    URL(fileURLWithPath: try #require(collected)).appendingPathComponent(path)
  }

  private func accepts(_ bytes: [UInt8]) throws -> Bool {
    let reader = JSONReader(Window(MemorySource(bytes)))
    do {
      while try reader.next() != .end {}
      return true
    } catch is JSONProblem {
      return false
    }
  }

  @Test("the JSON reader takes what it must and nothing that it must not")
  func json() throws {
    let files = try FileManager.default.contentsOfDirectory(
      at: folder("json/parsing"), includingPropertiesForKeys: nil)
    #expect(files.count > 200)
    for file in files {
      let bytes = Array(try Data(contentsOf: file))
      let name = file.lastPathComponent
      let isAccepted = try accepts(bytes)
      if name.hasPrefix("n_") { #expect(!isAccepted, "\(name)") }
      // A key that comes twice is refused by decision.
      let isTwice = name.hasPrefix("y_object_duplicated_key")
      if name.hasPrefix("y_") { #expect(isAccepted != isTwice, "\(name)") }
    }
  }

  @Test("the CSV reader finds the records and the faults that are expected")
  func csv() throws {
    let table = try String(contentsOf: folder("csv/EXPECTED.tsv"), encoding: .utf8)
    var compared = 0
    for line in table.split(separator: "\n").dropFirst() {
      let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      let bytes = Array(try Data(contentsOf: folder("csv/" + cells[0])))
      let found = try? structure(bytes)
      compared += 1
      switch cells[1] {
      case "ok", "ragged", "blank-header", "header-only", "duplicate-header":
        let found = try #require(found, "\(cells[0])")
        #expect(found.problems == 0, "\(cells[0])")
        #expect("\(found.header)" == cells[2], "\(cells[0])")
        #expect("\(found.records)" == cells[3] && "\(found.ragged)" == cells[4], "\(cells[0])")
      case "bad-quote", "unterminated-quote":
        #expect(found.map { $0.problems > 0 } ?? true, "\(cells[0])")
      case "utf-16": #expect(found.map { $0.problems == 0 } ?? false, "\(cells[0])")
      case "bad-encoding":
        #expect(bytes.withUnsafeBufferPointer { firstInvalidUTF8($0) } != nil, "\(cells[0])")
      case "empty-file", "nul-byte": #expect(found == nil, "\(cells[0])")
      default: break
      }
    }
    #expect(compared > 50)
  }

  private struct Structure {
    var header = 0
    var records = 0
    var ragged = 0
    var problems = 0
  }

  private func structure(_ bytes: [UInt8]) throws -> Structure {
    let reader = CSVReader(
      Window(try openText(MemorySource(bytes), encoding: nil)), delimiter: 0x2C)
    var found = Structure()
    guard try reader.next() else { return found }
    if reader.problem != nil { found.problems += 1 }
    found.header = reader.fields.count
    while try reader.next() {
      if reader.problem != nil {
        found.problems += 1
        continue
      }
      found.records += 1
      if reader.fields.count != found.header { found.ragged += 1 }
    }
    return found
  }
}
