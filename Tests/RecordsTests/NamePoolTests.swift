import Testing

@testable import Records

@Suite("Name pool")
struct NamePoolTests {
  @Test("A name interned twice is one name")
  func twice() {
    var pool = NamePool()
    let first = pool.intern("Cat-cow")
    let other = pool.intern("Bird dog")
    #expect(pool.intern("Cat-cow") == first)
    #expect(other != first)
    #expect(pool.count == 2)
    #expect(pool[first] == "Cat-cow" && pool[other] == "Bird dog")
  }

  @Test("Identities count from 0 in the order of first sight")
  func order() {
    var pool = NamePool()
    let names = ["b", "a", "b", "c", "a"]
    #expect(names.map { pool.intern($0).index } == [0, 1, 0, 2, 1])
  }

  @Test("Names stay themselves while the table grows far beyond its first size")
  func growth() {
    var pool = NamePool()
    let names = (0..<5_000).map { "exercise \($0)" }
    let identities = names.map { pool.intern($0) }
    #expect(pool.count == 5_000)
    #expect(Set(identities).count == 5_000)
    #expect(names.map { pool.intern($0) } == identities)
    #expect(identities.map { pool[$0] } == names)
    #expect(pool.count == 5_000)
  }

  @Test("The empty name and names that begin another are names of their own")
  func prefixes() {
    var pool = NamePool()
    let names = ["ab", "", "a", "abc"]
    let identities = names.map { pool.intern($0) }
    #expect(Set(identities).count == 4)
    #expect(identities.map { pool[$0] } == names)
  }

  @Test("Bytes decide, so é written in two ways is two names")
  func bytesDecide() {
    var pool = NamePool()
    #expect(pool.intern("caf\u{E9}") != pool.intern("cafe\u{301}"))
  }

  @Test("Equal names have equal digests in every pool, others have others")
  func digests() {
    var here = NamePool()
    var there = NamePool()
    let names = (0..<200).map { "name \($0)" }
    let forward = names.map { here.intern($0) }
    let backward = names.reversed().map { there.intern($0) }
    #expect(forward.map { here.digest($0) } == backward.reversed().map { there.digest($0) })
    #expect(Set(forward.map { here.digest($0) }).count == 200)
  }

  @Test("The bytes of a name are its UTF-8")
  func bytes() {
    var pool = NamePool()
    _ = pool.intern("first")
    let name = pool.intern("Hüftöffner")
    #expect(pool.withBytes(of: name) { Array($0) } == Array("Hüftöffner".utf8))
  }

  @Test("A copy of a pool goes its own way")
  func copies() {
    var pool = NamePool()
    _ = pool.intern("shared")
    var copy = pool
    _ = copy.intern("own")
    #expect(pool.count == 1 && copy.count == 2)
  }
}
