import Testing

@testable import Storage

private func accounts(
  _ read: Int, new: Int = 0, changed: Int = 0, known: Int = 0, refused: Int = 0, leftOut: Int = 0
) -> Accounts {
  var accounts = Accounts()
  accounts.read = read
  accounts.new = new
  accounts.changed = changed
  accounts.known = known
  accounts.refused = refused
  accounts.leftOut = leftOut
  return accounts
}

@Suite("Accounts")
struct AccountsTests {
  @Test(
    "Accounts add up when every row read went to one place",
    arguments: [
      (accounts(0), true),
      (accounts(31, new: 16, changed: 8, known: 4, refused: 2, leftOut: 1), true),
      (accounts(1), false),
      (accounts(0, new: 1), false),
      (accounts(1, new: 1, refused: 1), false),
      (accounts(3, changed: 1, known: 1), false),
      (accounts(2, leftOut: 2), true),
    ])
  func addUp(sample: Accounts, expected: Bool) {
    #expect(sample.addUp == expected)
  }

  @Test("Records made and further records are counted beside the rows")
  func recordsAreBeside() {
    var one = accounts(1, new: 1)
    one.records = 40
    one.further = 3
    #expect(one.addUp)
  }

  @Test("A sum adds each count to its own")
  func sum() {
    var total = accounts(31, new: 16, changed: 8, known: 4, refused: 2, leftOut: 1)
    total.records = 100
    total.further = 5
    var other = accounts(310, new: 160, changed: 80, known: 40, refused: 20, leftOut: 10)
    other.records = 1_000
    other.further = 50
    total += other
    var expected = accounts(341, new: 176, changed: 88, known: 44, refused: 22, leftOut: 11)
    expected.records = 1_100
    expected.further = 55
    #expect(total == expected)
  }
}
