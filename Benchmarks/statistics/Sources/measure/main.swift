import Glibc
import Analysis
import Statistics

// One line a measurement: name, tab, seconds of one call.
// Usage: measure [patients]

func report(_ name: String, _ seconds: Double) {
  print("\(name)\t\(seconds)")
  fflush(nil)
}

func single(_ n: Int) {
  var random = Random(state: 42)
  let x = (0..<n).map { _ in random.share() }
  let y = x.map { $0 + random.share() }
  let minutes = (0..<n).map { _ in random.below(13) }
  let pain = minutes.map { (($0 + random.below(13)) * 10 / 24).rounded() }
  let times = (0..<n).map(Double.init)
  report("mean and variance, n = \(n)", seconds { Moments(x)?.variance ?? 0 })
  report("Pearson with p, n = \(n)") { n > 2 ? pearsonP(x, y) ?? 0 : 0 }
  report("Pearson, n = \(n)", seconds { pearson(x, y) ?? 0 })
  report("Spearman, continuous, n = \(n)", seconds { spearman(x, y) ?? 0 })
  report("Spearman, 0-12 by 0-10, n = \(n)", seconds { spearman(minutes, pain) ?? 0 })
  report("Kendall, continuous, n = \(n)", seconds { Kendall(x, y)?.tauB ?? 0 })
  report("Kendall, 0-12 by 0-10, n = \(n)", seconds { Kendall(minutes, pain)?.tauB ?? 0 })
  if n <= 10_000 {
    report("Sen, continuous, n = \(n)", seconds { senSlope(times, y) ?? 0 })
    report("Sen, 0-10, n = \(n)", seconds { senSlope(times, pain) ?? 0 })
  }
}

func report(_ name: String, _ call: () -> Double) { report(name, seconds(call)) }

func diary(_ days: Int) {
  var random = Random(state: 7)
  let x = (0..<days).map { _ in random.below(5) == 0 ? 0 : random.below(450) / 10 }
  let y = (0..<days).map { _ in random.below(21) / 2 }
  let calendar = Array(0..<days)
  let q = days >= 60 ? 2 : 1
  report("association with p, \(days) days") {
    DiaryAssociation(days: calendar, x: x, y: y, q: q)?.p ?? 0
  }
  let (left, right) = (RankedColumn(x), RankedColumn(y))
  report("association with p, \(days) days, ranked once") {
    DiaryAssociation(left, right, lag: 1, q: q)?.p ?? 0
  }
  report("trend with p, \(days) days") { DiaryTrend(days: calendar, values: y)?.p ?? 0 }
}

/// The answers about pain and links of one person with a year, 15 % of the days missing.
func answers() {
  var random = Random(state: 11)
  var pain: [Double] = []
  var session: [Double] = []
  var state = 0.0
  for _ in 0..<365 {
    state = 0.5 * state + 0.866 * 3.46 * (random.share() - 0.5)
    let isLogged = random.share() < 0.85
    pain.append(isLogged ? min(10, max(0, (4.5 + 1.6 * state).rounded())) : .nan)
    session.append(isLogged ? (random.share() < 0.6 ? 1 : 0) : .nan)
  }
  let diary = DiaryColumns(pain: pain, session: session, minutes: session.map { $0 * 20 })
  report("look at a year's diary, both directions") { diary.links.shown?.points ?? 0 }
  report("answer about pain, a year's diary") { diary.painAnswer().change?.points ?? 0 }
}

func batches() {
  let (rows, columns) = (10_000, 365)
  var random = Random(state: 1)
  var x = [Double](repeating: 0, count: rows * columns)
  var y = x
  var minutes = x
  var pain = x
  for index in x.indices {
    x[index] = random.share()
    y[index] = x[index] + random.share()
    minutes[index] = random.below(13)
    pain[index] = ((minutes[index] + random.below(13)) * 10 / 24).rounded()
  }
  let (left, right) = (SeriesMatrix(x, columns: columns), SeriesMatrix(y, columns: columns))
  let whole = SeriesMatrix(minutes, columns: columns)
  let ordinal = SeriesMatrix(pain, columns: columns)
  let times = (0..<columns).map(Double.init)
  let shape = "10,000 x 365"
  report("mean and variance, \(shape)") { left.moments().reduce(0) { $0 + ($1?.mean ?? 0) } }
  report("Pearson, \(shape)") { left.pearson(right).reduce(0) { $0 + ($1 ?? 0) } }
  report("Spearman, continuous, \(shape)") { left.spearman(right).reduce(0) { $0 + ($1 ?? 0) } }
  report("Spearman, 0-12 by 0-10, \(shape)") {
    whole.spearman(ordinal).reduce(0) { $0 + ($1 ?? 0) }
  }
  report("Kendall, continuous, \(shape)") {
    left.kendall(right).reduce(0) { $0 + ($1?.tauB ?? 0) }
  }
  report("Kendall, 0-12 by 0-10, \(shape)") {
    whole.kendall(ordinal).reduce(0) { $0 + ($1?.tauB ?? 0) }
  }
  report("Sen, 0-10, \(shape)", seconds(rounds: 3) {
    ordinal.senSlopes(times).reduce(0) { $0 + ($1 ?? 0) }
  })
}

/// 20 adjusted associations and 3 trends for each of many patients, on two threads.
func cohort(_ patients: Int, days: Int) {
  func patient(_ number: Int) -> Double {
    var random = Random(state: UInt64(number))
    var sum = 0.0
    func calendar(_ value: (inout Random) -> Double) -> [Double?] {
      (0..<days).map { _ in random.below(20) < 3 ? nil : value(&random) }
    }
    let pain = calendar { $0.below(21) / 2 }
    let ranked = RankedColumn(pain)
    let q = days >= 60 ? 2 : 1
    var p: [Double?] = []
    for _ in 0..<5 {
      let exposure = RankedColumn(calendar { $0.below(4) == 0 ? 0 : $0.below(450) / 10 })
      for lag in 0...3 { p.append(DiaryAssociation(exposure, ranked, lag: lag, q: q)?.p) }
    }
    for adjusted in benjaminiHochberg(p) { sum += adjusted ?? 0 }
    for series in [pain, calendar { $0.below(300) / 10 }, calendar { $0.below(11) }] {
      let present = series.indices.filter { series[$0] != nil }
      sum += DiaryTrend(days: present, values: series.compactMap { $0 })?.p ?? 0
    }
    return sum
  }
  let start = now()
  let half = Task.detached { (0..<patients / 2).reduce(0.0) { $0 + patient($1) } }
  var other = 0.0
  for number in patients / 2..<patients { other += patient(number) }
  let semaphore = Waiting()
  Task.detached {
    let found = await half.value
    semaphore.finish(found)
  }
  sink += other + semaphore.wait()
  report("\(patients) patients, \(days) days, two threads", now() - start)
}

/// A figure that another thread hands over.
final class Waiting: @unchecked Sendable {
  private var semaphore = sem_t()
  private var found = 0.0

  init() { sem_init(&semaphore, 0, 0) }

  func finish(_ value: Double) {
    found = value
    sem_post(&semaphore)
  }

  func wait() -> Double {
    sem_wait(&semaphore)
    return found
  }
}

let patients = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 100_000
for n in [30, 365, 10_000, 1_000_000] { single(n) }
for days in [30, 90, 365] { diary(days) }
answers()
batches()
for days in [30, 90] { cohort(patients, days: days) }
if sink.isNaN { print("not a number") }
