import Records

/// One reason of somebody on the list.
public struct Call: Sendable {
  /// Why.
  public let reason: CallReason
  /// The as-of day of the list that first gave it; nil where no list was made before.
  public let since: Day?
  /// Whether the list before this one did not have it.
  public let isNew: Bool
}

/// What lists before this one noted, and who is on none: what tells news from what is known.
public struct CallBook: Sendable {
  /// Lists after which a reason that still holds is not given any more, days.
  static let longestStay = 28

  /// The notes, by the codes of people.
  public var notes: [String: [CallNote]]
  /// Who is snoozed or discharged, by code.
  public var standings: [String: Standing]
  /// The as-of day of the last list; nil before the first.
  public var lastList: Day?
  /// The day that the list is looked at on: snoozes end by it.
  public var today: Day
  /// Whether this is itself a list that is noted.
  public var isNoted: Bool

  /// What is known of lists.
  public init(
    notes: [String: [CallNote]] = [:], standings: [String: Standing] = [:], lastList: Day? = nil,
    today: Day, isNoted: Bool = false
  ) {
    self.notes = notes
    self.standings = standings
    self.lastList = lastList
    self.today = today
    self.isNoted = isNoted
  }

  /// The same with other ids of everybody.
  public func naming(_ id: (String) -> String) -> CallBook {
    var book = self
    book.notes = Dictionary(notes.map { (id($0.key), $0.value) }) { first, _ in first }
    book.standings = Dictionary(standings.map { (id($0.key), $0.value) }) { first, _ in first }
    return book
  }

  /// Those who are on no list today, in the order of their codes.
  public var away: [(patient: String, standing: Standing)] {
    standings.filter { $0.value.holds(on: today) }.sorted { $0.key < $1.key }.map {
      ($0.key, $0.value)
    }
  }

  /// What of the reasons for somebody the list gives, and what the next one is to know.
  func judged(_ reasons: [CallReason], of patient: String, asOf: Day) -> (
    calls: [Call], notes: [CallNote]
  ) {
    if standings[patient]?.holds(on: today) == true { return ([], []) }
    let marks = isNoted || (lastList.map { $0 <= asOf } ?? false)
    let known = notes[patient] ?? []
    var (calls, kept): ([Call], [CallNote]) = ([], [])
    for reason in reasons {
      let own = reason.keys.map { key in
        note(key, among: known, asOf: asOf) ?? CallNote(key, since: asOf, last: asOf)
      }
      let given = own.filter { isGiven($0, once: reason.isGivenOnce, asOf: asOf) }
      if let since = given.map(\.since).max() {
        calls.append(
          Call(reason: reason, since: marks ? since : nil, isNew: marks && since == asOf))
      }
      for note in own where !kept.contains(where: { $0.reason == note.reason }) {
        kept.append(note)
      }
    }
    return (calls, kept)
  }

  /// The note of a reason that is still the same one, brought up to a day.
  private func note(_ key: String, among notes: [CallNote], asOf: Day) -> CallNote? {
    guard var note = notes.first(where: { $0.reason == key }), note.since <= asOf,
      note.last == lastList || asOf - note.last <= CallNote.shortestAway
    else { return nil }
    note.last = max(note.last, asOf)
    return note
  }

  private func isGiven(_ note: CallNote, once: Bool, asOf: Day) -> Bool {
    once ? note.since == asOf : asOf - note.since < CallBook.longestStay
  }
}

/// What of the data somebody who runs the program should look at: no reason to call anybody.
public struct DataProblems: Sendable, Equatable {
  /// Refused rows that name a person, by code.
  public var refused: [String: Int] = [:]
  /// Refused rows that name nobody who is known.
  public var refusedOfNobody = 0
  /// Files of the inbox that are not in the database, with the reason.
  public var unread: [(file: String, reason: String)] = []
  /// Ids that look like one another.
  public var lookAlikes: [(id: String, like: String)] = []

  /// Nothing is wrong.
  public init() {}

  /// The same with other ids of everybody, and without the names of files.
  public func naming(_ id: (String) -> String) -> DataProblems {
    var problems = self
    problems.refused = Dictionary(refused.map { (id($0.key), $0.value) }) { $0 + $1 }
    problems.unread = []
    problems.lookAlikes = []
    return problems
  }

  /// Whether there is nothing to look at.
  public var isEmpty: Bool {
    refused.isEmpty && refusedOfNobody == 0 && unread.isEmpty && lookAlikes.isEmpty
  }

  /// Whether both say the same.
  public static func == (one: DataProblems, other: DataProblems) -> Bool {
    one.text == other.text
  }

  /// All of it on one line, the same for the same problems.
  public var text: String {
    "\(refused.sorted { $0.key < $1.key }) \(refusedOfNobody) \(unread) \(lookAlikes)"
  }
}

extension CohortFindings {
  /// Those to call: who is new on the list first, then by what can wait least.
  public var triage: [Member] {
    func order(_ member: Member) -> (Int, Int, Int, String) {
      let rank = member.calls.map(\.reason.rank).min() ?? .max
      return (member.isNewCall ? 0 : 1, rank, -member.calls.count, member.patient)
    }
    return members.filter { !$0.calls.isEmpty }.map { (order($0), $0) }
      .sorted { $0.0 < $1.0 }.map(\.1)
  }

  /// What the next list is to know of everybody, by code.
  ///
  /// - Parameter isTold: whether somebody was told of all that the list gives.
  public func callNotes(told isTold: Bool) -> [String: [CallNote]] {
    var all: [String: [CallNote]] = [:]
    for member in members where !member.notes.isEmpty {
      let given = Set(member.calls.flatMap(\.reason.keys))
      all[member.patient] = member.notes.map { note in
        var note = note
        if isTold, given.contains(note.reason) { note.isTold = true }
        return note
      }
    }
    return all
  }

  /// Those on the list of whom some reason was never told.
  public var untold: [Member] {
    triage.filter { member in
      member.calls.contains { call in
        let keys = call.reason.keys
        return member.notes.contains { keys.contains($0.reason) && !$0.isTold && isFresh($0, call) }
      }
    }
  }

  /// Whether a note is what puts its reason on the list.
  private func isFresh(_ note: CallNote, _ call: Call) -> Bool {
    call.since.map { note.since == $0 } ?? true
  }
}

extension CohortFindings.Member {
  /// Why the patient should be called, as the list gives it.
  public var reasons: [CallReason] { calls.map(\.reason) }

  /// Whether any of the reasons is new since the last list.
  public var isNewCall: Bool { calls.contains(where: \.isNew) }

  /// The as-of day of the list that the patient came onto; nil where lists are not noted.
  public var calledSince: Day? { calls.compactMap(\.since).min() }
}
