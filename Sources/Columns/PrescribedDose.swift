import Records

/// The dose of one session as a programme line prescribes it, in the most specific unit it gives.
public struct PrescribedDose: Sendable {
  private enum Unit { case minutes, seconds, repetitions, session }

  private let unit: Unit
  private let amount: Double
  private let isCountedInReps: Bool
  /// Sets of a session; nil when not prescribed.
  private let sets: Double?

  /// Minutes; else sets × reps × hold in seconds; else sets × reps; else one session.
  public init(_ line: ProgramLine) {
    let product = (line.sets ?? 1) * (line.reps ?? 1)
    isCountedInReps = line.reps != nil
    sets = line.sets
    if let minutes = line.minutes {
      (unit, amount) = (.minutes, minutes)
    } else if let hold = line.holdSeconds {
      (unit, amount) = (.seconds, product * hold)
    } else if line.sets != nil || line.reps != nil {
      (unit, amount) = (.repetitions, product)
    } else {
      (unit, amount) = (.session, 1)
    }
  }

  /// What a performed row counts for: its share of the dose; the whole where it gives no dose of
  /// its own, or with fewer sets than prescribed and no repetitions that share of the sets.
  ///
  /// - Returns: session-equivalents (performed ÷ prescribed), and whether the prescribed dose had
  ///   to be assumed because the row does not give its own.
  public func equivalents(of row: ExerciseSet) -> (count: Double, isAssumed: Bool) {
    guard let performed = performed(row) else {
      if let sets, let done = row.sets, row.reps == nil, done < sets { return (done / sets, true) }
      return (1, unit != .session)
    }
    return (amount > 0 ? performed / amount : 1, false)
  }

  private func performed(_ row: ExerciseSet) -> Double? {
    let product = (row.sets ?? 1) * (row.reps ?? 1)
    switch unit {
    case .minutes: return row.minutes ?? row.holdSeconds.map { product * $0 / 60 }
    case .seconds: return row.holdSeconds.map { product * $0 }
    case .repetitions: return (isCountedInReps ? row.reps : row.sets).map { _ in product }
    case .session: return nil
    }
  }
}
