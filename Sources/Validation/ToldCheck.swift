import Analysis
import Dispatch
import Synchronization

/// How often people of simulated diaries are told what is not there, and how often what is.
///
/// A person is told of a link when any look up to a day tells of one, of a change of pain likewise;
/// between looks answers do not move, so that is the share of people ever told by nightly reports.
public struct ToldCheck: Sendable {
  /// One share of people.
  public struct Row: Sendable {
    /// What was planted, and what people are told of.
    public let name: String
    /// How much of one day's pain carries over to the next.
    public let carryOver: Double
    /// Days of the diary so far.
    public let days: Int
    /// Of the people, 0 to 1.
    public let share: Double
    /// How many there were.
    public let people: Int
    /// What the share may be at most, or must be at least.
    public let bar: Bar

    /// The standard error of the share.
    public var error: Double { (share * (1 - share) / Double(people)).squareRoot() }
    /// Whether the share keeps the bar, give or take two standard errors of so many people there.
    public var isGood: Bool {
      let slack = 2 * (bar.value * (1 - bar.value) / Double(people)).squareRoot()
      switch bar {
      case .atMost(let most): return share <= most + slack
      case .atLeast(let least): return share >= least - slack
      }
    }
  }

  /// What a share is held to.
  public enum Bar: Sendable {
    case atMost(Double), atLeast(Double)

    var value: Double {
      switch self {
      case .atMost(let value), .atLeast(let value): value
      }
    }
  }

  private let people: Int
  private let seed: UInt64
  private let isFull: Bool

  /// A check.
  ///
  /// - Parameters:
  ///   - people: of each kind of diary.
  ///   - seed: where the random numbers start.
  ///   - isFull: whether every kind is asked at every carry-over, and over two years.
  public init(people: Int, seed: UInt64, isFull: Bool) {
    self.people = people
    self.seed = seed
    self.isFull = isFull
  }

  private static let year = 365
  /// Ever told of a link that is not there: .05 is what the looks may use up, 1 % for diaries that
  /// are not as the model has it.
  private static let mostLinks = Bar.atMost(0.06)

  /// One kind of diary at one carry-over.
  private struct Cell: Sendable {
    var diary: SimulatedDiary
    var carryOver: Double
    var days = ToldCheck.year
    var size = 0.0
    /// What is counted: a name, the last day that counts, and the bar.
    var counts: [(name: String, what: Told, by: Int, bar: Bar)]
  }

  /// What people are told.
  private enum Told {
    /// Of a link, or of a change of pain, on any day so far.
    case link, change
    /// Of those told of a change so far: it is told on the last day, or not any more.
    case stillChange, noMoreChange
  }

  private var cells: [Cell] {
    let carryOvers = isFull ? [0, 0.3, 0.5, 0.8] : [0.5, 0.8]
    var cells: [Cell] = []
    for diary in SimulatedDiary.withoutEffect {
      for carryOver in carryOvers {
        for days in isFull ? [ToldCheck.year, 2 * ToldCheck.year] : [ToldCheck.year] {
          let name = "\(diary.rawValue), told of a link"
          cells.append(
            Cell(
              diary: diary, carryOver: carryOver, days: days,
              counts: [(name, .link, days, ToldCheck.mostLinks)]))
        }
      }
    }
    for (carryOver, most) in [(0.3, 0.08), (0.5, 0.10), (0.8, 0.15)] {
      cells.append(
        Cell(
          diary: .null, carryOver: carryOver,
          counts: [("null, told that pain changed", .change, ToldCheck.year, .atMost(most))]))
    }
    func planted(
      _ diary: SimulatedDiary, _ size: Double, isPain: Bool = false, _ least: [(Int, Double)]
    ) -> Cell {
      let name =
        "\(diary.rawValue) of \(size), told " + (isPain ? "that pain changed" : "of a link")
      return Cell(
        diary: diary, carryOver: 0.5, size: size,
        counts: least.map { (name, isPain ? .change : .link, $0.0, .atLeast($0.1)) })
    }
    cells.append(planted(.effect, -1, [(120, 0.25), (240, 0.75), (ToldCheck.year, 0.93)]))
    cells.append(planted(.effect, -1.5, [(120, 0.65), (240, 0.96)]))
    cells.append(planted(.nextDay, -1, [(ToldCheck.year, 0.85)]))
    cells.append(planted(.drop, 2.5, isPain: true, [(90, 0.55), (180, 0.85)]))
    cells.append(
      Cell(
        diary: .drop, carryOver: 0.5, size: 2.5,
        counts: [("drop of 2.5, told and still told", .stillChange, ToldCheck.year, .atLeast(0.88))]
      ))
    let taken = SimulatedDiary.back + 60
    cells.append(
      Cell(
        diary: .dropAndBack, carryOver: 0.5, days: taken, size: 2.5,
        counts: [("drop of 2.5 and back, taken back", .noMoreChange, taken, .atLeast(0.90))]))
    return cells
  }

  /// All shares, in the order of their cells.
  public func rows() -> [Row] {
    let cells = cells
    let results = Results(count: cells.count)
    DispatchQueue.concurrentPerform(iterations: cells.count) { place in
      results.set(place, rows(of: cells[place], place))
    }
    return results.all
  }

  private func rows(of cell: Cell, _ place: Int) -> [Row] {
    var random = Normals(seed: seed &* 1_000_003 &+ UInt64(place))
    var told = [Int](repeating: 0, count: cell.counts.count)
    var asked = told
    for _ in 0..<people {
      let diary = cell.diary.diary(
        days: cell.days, carryOver: cell.carryOver, size: cell.size, &random)
      let links =
        cell.counts.contains { $0.what == .link } ? ToldCheck.linkDays(diary, cell.diary) : []
      let changes =
        cell.counts.contains { $0.what != .link }
        ? diary.painLooks().filter(\.isTold).map { $0.day + 1 } : []
      for (index, count) in cell.counts.enumerated() {
        let days = (count.what == .link ? links : changes).filter { $0 <= count.by }
        switch count.what {
        case .link, .change:
          asked[index] += 1
          if !days.isEmpty { told[index] += 1 }
        case .stillChange, .noMoreChange:
          // A look behind the return tells of another change.
          guard days.contains(where: { cell.diary == .drop || $0 <= SimulatedDiary.back }) else {
            continue
          }
          asked[index] += 1
          let isTold = [.less, .more].contains(diary.painAnswer().code)
          if isTold == (count.what == .stillChange) { told[index] += 1 }
        }
      }
    }
    return zip(cell.counts, zip(told, asked)).map { count, found in
      Row(
        name: count.name, carryOver: cell.carryOver, days: count.by,
        share: Double(found.0) / Double(max(1, found.1)), people: max(1, found.1), bar: count.bar)
    }
  }

  /// The days by which a link is told, each a count of calendar days; of what was planted on the
  /// day after, that question alone.
  private static func linkDays(_ diary: DiaryColumns, _ kind: SimulatedDiary) -> [Int] {
    diary.linksAtLooks.filter { $0.isTold && (kind != .nextDay || $0.shown?.lag == 1) }
      .compactMap { $0.daysLooked }
  }

  /// What threads put together, each at its place.
  private final class Results: Sendable {
    private let rows: Mutex<[[Row]]>

    init(count: Int) { rows = Mutex([[Row]](repeating: [], count: count)) }

    func set(_ place: Int, _ own: [Row]) { rows.withLock { $0[place] = own } }

    var all: [Row] { rows.withLock { $0.flatMap { $0 } } }
  }
}
