import Foundation
import Records
import TestSupport
import Testing

@testable import Reporting

@Suite("A written workbook is whole")
struct WorkbookCheckTests {
  private func balance(_ text: String, cutting step: Int = 1_000) -> Bool {
    var balance = ElementBalance()
    let bytes = Array(text.utf8)
    for start in stride(from: 0, to: bytes.count, by: step) {
      bytes[start..<min(bytes.count, start + step)].withUnsafeBytes { balance.read($0) }
    }
    return balance.isClosed
  }

  private static let whole = """
    <?xml version="1.0"?>
    <a x='>'><b y="</a>" /><c>text</c><d/></a>
    """

  @Test("elements that close as they opened are whole, however the bytes come", arguments: 1...9)
  func wholeText(_ step: Int) { #expect(balance(Self.whole, cutting: step)) }

  @Test(
    "anything that is missing shows",
    arguments: [
      "", "<?xml version=\"1.0\"?>", "<a>", "<a", "<a><b></a></b>", "<a></b>", "<a/><", "<a><b</a>",
      "</a>", "<a x=\"1></a>",
    ])
  func broken(_ text: String) { #expect(!balance(text)) }

  @Test("no beginning of a text is whole but the whole text")
  func beginnings() {
    for count in 0..<Self.whole.utf8.count {
      #expect(!balance(String(decoding: Array(Self.whole.utf8.prefix(count)), as: UTF8.self)))
    }
  }

  @Test("a workbook is whole; one byte less, or another byte in a part, is not")
  func packages() throws {
    try withTemporaryFolder { folder in
      let path = folder.path + "/book.xlsx"
      let book = Workbook(
        title: "Title", created: Day(number: 20_000), sheets: [Section(name: "One", blocks: [])])
      try book.write(to: path, temporaryFolder: folder.path)
      #expect(isWhole(workbook: path))
      let bytes = try Array(Data(contentsOf: URL(fileURLWithPath: path)))
      #expect(!bytes.dropLast().withUnsafeBytes { isWhole(package: $0) })
      #expect(!bytes.dropFirst(40).withUnsafeBytes { isWhole(package: $0) })
      #expect(!isWhole(workbook: folder.path + "/none.xlsx"))
      var other = bytes
      for index in 60..<80 { other[index] ^= 0xFF }
      #expect(!other.withUnsafeBytes { isWhole(package: $0) })
    }
  }
}
