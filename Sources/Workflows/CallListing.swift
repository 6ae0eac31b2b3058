import Analysis
import Foundation
import Records
import Storage

extension CallBook {
  /// What a database knows of lists.
  ///
  /// - Parameters:
  ///   - day: on which the list is looked at.
  ///   - isNoted: whether what this list gives will be noted.
  init(_ store: Store, on day: Day, isNoted: Bool = false) throws {
    let (notes, lastList) = try store.callNotes()
    self.init(
      notes: notes, standings: try store.standings(), lastList: lastList, today: day,
      isNoted: isNoted)
  }

  /// A text that is another one when somebody goes off the list or comes back.
  func madeOf(_ store: Store) throws -> String {
    "\(try store.standingsMark())/\(away.count)"
  }
}

extension UnreadFile {
  /// Whether it is still where the night met it; bytes that are no UTF-8 are not asked for.
  public var isThere: Bool {
    var status = stat()
    return path.unicodeScalars.contains("\u{FFFD}") || lstat(path, &status) == 0
  }
}

extension DataProblems {
  /// What is wrong with the data of a database.
  ///
  /// - Parameter unread: files of the inbox that are not in it.
  init(_ store: Store, unread: [UnreadFile]) throws {
    self.init()
    refused = try store.refusalsNaming()
    refusedOfNobody = try store.openRefusalCount() - refused.values.reduce(0, +)
    self.unread = unread.map { ($0.path.nameOfPath, $0.reason) }
    // Names alone say too little: many people share one.
    let people = try store.people().map { person in
      var person = person
      person.name = nil
      return person
    }
    lookAlikes = Workflows.lookAlikes(among: people, isNew: { _ in true }).map {
      ($0.new, $0.known)
    }
  }
}
