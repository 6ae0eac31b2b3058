import Glibc

/// Seconds of a clock that never turns back.
func now() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

/// What the measured calls give; printed, so that none is optimized away.
nonisolated(unsafe) var sink = 0.0

/// The median seconds of one call, over rounds of as many calls as take a few milliseconds.
func seconds(rounds: Int = 7, _ call: () -> Double) -> Double {
  sink += call()
  let start = now()
  sink += call()
  let once = max(1e-9, now() - start)
  let calls = max(1, min(100_000, Int(0.004 / once)))
  var found: [Double] = []
  for _ in 0..<rounds {
    let start = now()
    for _ in 0..<calls { sink += call() }
    found.append((now() - start) / Double(calls))
  }
  return found.sorted()[rounds / 2]
}

/// The same numbers from the same seed, in every language of the benchmark.
struct Random {
  var state: UInt64

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state >> 33
  }

  mutating func below(_ bound: Int) -> Double { Double(next() % UInt64(bound)) }

  /// Between 0 and 1, with a wide tail of digits.
  mutating func share() -> Double { Double(next()) / 2_147_483_648 }
}
