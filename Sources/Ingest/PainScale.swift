import Records

/// What a whole file was found to mean, which its rows were not read by: it has to be read again
/// with these options, and what was made of it is to be dropped.
public struct ReadAgain: Error {
  /// The options of the second reading.
  public var options: ReadingOptions
}

// Pain on a scale from 0 to 100 is known by the whole column of a person, never by a row alone.
extension RowDecoder {
  /// The scale of a score whose row names none; nil for 0 to 10.
  func scale(of score: Double, _ patient: NameID) throws(Refusal) -> NameID? {
    let person = Int(patient.index)
    while scores.count <= person { scores.append((0, 0)) }
    let isBeyond = score > ValueRange.score.upperBound
    scores[person].count += 1
    if isBeyond { scores[person].beyond += 1 }
    scored = (person, isBeyond)
    guard !options.peopleOnHundred.isEmpty,
      options.peopleOnHundred.contains(batch.names[patient])
    else { return nil }
    guard (0...100).contains(score) else { throw Refusal(reason: .outOfRange, field: .score) }
    return hundred
  }

  /// Takes back the score of a row that is decoded once more.
  func forgetScore() {
    guard let (person, isBeyond) = scored else { return }
    scored = nil
    scores[person].count -= 1
    if isBeyond { scores[person].beyond -= 1 }
  }

  /// Asks for a second reading where the scores of people turn out to be from 0 to 100: at least
  /// three of them and at least one in twenty pass 10.
  ///
  /// - Throws: `ReadAgain`.
  func requireScales() throws {
    var found: Set<String> = []
    for (person, scores) in scores.enumerated()
    where scores.beyond >= 3 && scores.beyond * 20 >= scores.count {
      found.insert(batch.names[NameID(index: UInt32(person))])
    }
    found.subtract(options.peopleOnHundred)
    guard !found.isEmpty else { return }
    var again = options
    again.peopleOnHundred.formUnion(found)
    throw ReadAgain(options: again)
  }
}
