import Records
import TestSupport

/// A person of some kind: more or less pain, more or fewer days, tests, a programme or none.
func madeUpDiary(_ seed: UInt64) -> LogBuilder {
  var random = SeededGenerator(seed: seed)
  var builder = LogBuilder("P\(seed)")
  let days = random.pick([3, 20, 33, 45, 60, 100, 190, 300])
  let drift = random.pick([0, 0, -0.03, 0.03, -0.01])
  let effect = random.pick([0, 0, -1.5, 1.5])
  let carry = random.pick([0, 0.5, 0.8])
  let density = random.pick([1, 0.85, 0.5])
  let chance = random.pick([0, 0.1, 0.5, 0.6, 0.95, 1])
  let isReactive = random.below(4) == 0
  if random.below(4) > 0 {
    builder.line("bridge", .strengthening, perWeek: Double(1 + random.below(7)))
  }
  var state = random.normal()
  var last = 5.0
  for day in 1...days {
    state = carry * state + (1 - carry * carry).squareRoot() * random.normal()
    guard random.share() < density else { continue }
    let isHeld = random.share() < (isReactive ? (last > 5 ? 0.2 : 0.8) : chance)
    if isHeld { builder.set(day, "bridge") { $0.minutes = Double(5 + random.below(30)) } }
    let level = 5 + drift * Double(day) + (isHeld ? effect : 0) + 1.3 * state
    last = min(10, max(0, level.rounded()))
    if random.below(20) > 0 { builder.pain(day, last, scale: seed % 17 == 0 ? "VAS 0-100" : nil) }
    if day % 14 == 1, seed % 3 > 0 {
      builder.measure(day, "sit_and_reach", 20 + 0.1 * Double(day) * Double(seed % 5) - 5)
      builder.measure(day, "straight_leg_raise", 60 + Double(random.below(9)), side: .left)
    }
  }
  return builder
}
