import Columns
import Records
import TestSupport
import Testing

@Suite("The headline pain series")
struct PainSeriesTests {
  private func series(_ build: (inout LogBuilder) -> Void) -> PainSeries? {
    var builder = LogBuilder()
    build(&builder)
    return PainSeries(builder.log, asOf: LogBuilder.october(31))
  }

  @Test("a day's value is the mean of its entries")
  func dayMean() throws {
    let series = try #require(
      series {
        $0.pain(1, 4)
        $0.pain(1, 7)
        $0.pain(3, 2)
      })
    #expect(series.values == [5.5, 2])
    #expect(series.days == [LogBuilder.october(1), LogBuilder.october(3)])
    #expect(series.value(on: LogBuilder.october(1)) == 5.5)
    #expect(series.value(on: LogBuilder.october(2)) == nil)
    #expect(Array(series.values(from: LogBuilder.october(2), to: LogBuilder.october(9))) == [2])
  }

  @Test("the kind of most days wins; ties go to average, then now")
  func kinds() {
    let most = series {
      $0.pain(1, 4, kind: .now)
      $0.pain(1, 4, kind: .now)
      $0.pain(1, 5, kind: .worst)
      $0.pain(2, 5, kind: .worst)
    }
    #expect(most?.kind == .worst)
    let tie = series {
      $0.pain(1, 4, kind: .worst)
      $0.pain(2, 4, kind: .now)
      $0.pain(3, 4, kind: .average)
    }
    #expect(tie?.kind == .average)
    #expect(tie?.values == [4])
  }

  @Test("before, after and least enter no series; no kind is the moment")
  func otherKinds() {
    #expect(
      series { for kind in [PainKind.before, .after, .least] { $0.pain(1, 4, kind: kind) } } == nil)
    #expect(series { $0.pain(1, 4, kind: nil) }?.kind == .now)
  }

  @Test("names of the back are one place, other places are left out")
  func back() throws {
    let series = try #require(
      series {
        $0.pain(1, 4, at: "Lower Back")
        $0.pain(2, 6, at: "lumbar")
        $0.pain(3, 5, at: nil)
        for day in 4...20 { $0.pain(day, 9, at: "knee") }
      })
    #expect(series.location == "back")
    #expect(series.values == [4, 6, 5])
  }

  @Test("without the back the most logged place counts")
  func otherPlaces() {
    let series = series {
      $0.pain(1, 4, at: "hip")
      $0.pain(2, 6, at: "knee")
      $0.pain(3, 6, at: "knee")
    }
    #expect(series?.location == "knee")
    #expect(series?.values.count == 2)
  }

  @Test("the series is that of all days, and stays when later ones are left out")
  func allDays() {
    let series = series {
      for day in -40...(-20) { $0.pain(day, 4, kind: .average) }
      for day in 1...9 { $0.pain(day, 6, kind: .worst) }
    }
    #expect(series?.kind == .average)
    #expect(series?.upTo(LogBuilder.october(-30))?.days.last == LogBuilder.october(-30))
    #expect(series?.upTo(LogBuilder.october(-30))?.name == series?.name)
    #expect(series?.upTo(LogBuilder.october(-41)) == nil)
  }

  @Test("a day of the kind worst counts with its maximum")
  func worstAsHeadline() {
    let series = series {
      $0.pain(1, 4, kind: .worst)
      $0.pain(1, 7, kind: .worst)
    }
    #expect(series?.kind == .worst && series?.values == [7])
  }

  @Test("scales are never mixed: the NRS first, else the most logged")
  func scales() {
    let nrs = series {
      $0.pain(1, 40, scale: "VAS100")
      $0.pain(2, 50, scale: "VAS100")
      $0.pain(3, 5)
    }
    #expect(nrs?.scale == nil)
    #expect(nrs?.values == [5])
    let other = series {
      $0.pain(1, 40, scale: "VAS100")
      $0.pain(2, 50, scale: "VAS100")
      $0.pain(3, 2, scale: "faces")
    }
    #expect(other?.scale == "VAS100")
    #expect(other?.values == [40, 50])
  }

  @Test("of scales logged equally often the first by name is taken, whichever was logged first")
  func equalScales() {
    for names in [["VAS100", "faces"], ["faces", "VAS100"]] {
      let series = series {
        $0.pain(1, 40, scale: names[0])
        $0.pain(2, 3, scale: names[1])
      }
      #expect(series?.scale == "VAS100")
      #expect(series?.name == PainSeriesName(scale: "VAS100", location: nil, kind: .average))
    }
  }

  @Test("entries of the past count towards the scale")
  func past() {
    var builder = LogBuilder()
    builder.pain(-20, 3, at: "knee", scale: "faces")
    for day in 1...3 { builder.pain(day, 40, at: "knee", scale: day < 3 ? "VAS100" : "faces") }
    var past = Past(before: LogBuilder.october(-10))
    func series(of day: Int) -> PainSeries? {
      PainSeries(builder.log.behind(past), asOf: LogBuilder.october(day))
    }
    #expect(series(of: 9)?.scale == "VAS100")
    past.pain.scales = ["faces": 2]
    #expect(series(of: 9)?.scale == "faces")
    #expect(series(of: 9)?.name.location == "knee")
    past.pain.hasNRS = true
    #expect(series(of: 9) == nil)
  }

  @Test("worst is a series of its own, the maximum of the day")
  func worst() {
    let series = series {
      $0.pain(1, 4)
      $0.pain(1, 6, kind: .worst)
      $0.pain(1, 8, kind: .worst)
      $0.pain(2, 3)
    }
    #expect(series?.kind == .average)
    #expect(series?.values == [4, 3])
    #expect(series?.worstValues == [8])
  }

  @Test("entries after the as-of day are not seen")
  func asOf() {
    var builder = LogBuilder()
    builder.pain(1, 4)
    builder.pain(5, 9)
    let series = PainSeries(builder.log, asOf: LogBuilder.october(4))
    #expect(series?.values == [4])
  }

  @Test("a kind that lacks an entry now and then ties with the commonest")
  func nearlyAsOften() throws {
    func kind(_ average: Int, _ worst: Int, _ now: Int = 0) throws -> PainKind {
      var builder = LogBuilder()
      for day in 0..<average { builder.pain(day - 20, 4) }
      for day in 0..<worst { builder.pain(day - 20, 8, kind: .worst) }
      for day in 0..<now { builder.pain(day - 20, 5, kind: .now) }
      return try #require(PainSeries(builder.log, asOf: LogBuilder.october(31))).kind
    }
    #expect(try kind(27, 28) == .average && kind(28, 28) == .average)
    #expect(try kind(26, 28) == .average && kind(25, 28) == .worst)
    #expect(try kind(0, 28, 26) == .now && kind(1, 1) == .average && kind(0, 3) == .worst)
  }
}

@Suite("Measurement series")
struct MeasurementSeriesTests {
  @Test("one value a day, the mean of its trials, by measure and side")
  func trials() {
    var builder = LogBuilder()
    builder.measure(1, "straight_leg_raise", 60, side: .right)
    builder.measure(1, "straight_leg_raise", 50, side: .left, rater: "self")
    builder.measure(1, "straight_leg_raise", 54, side: .left)
    builder.measure(4, "straight_leg_raise", 56, side: .left, rater: "kim")
    builder.measure(40, "straight_leg_raise", 99, side: .left)
    builder.measure(2, "modified_schober", 5, unit: "cm")
    let all = MeasurementSeries.all(
      builder.log, period: Period(from: LogBuilder.october(1), to: LogBuilder.october(31)))
    #expect(all.map(\.measure) == ["modified_schober", "straight_leg_raise", "straight_leg_raise"])
    #expect(all.map(\.side) == [nil, .left, .right])
    #expect(all[1].values == [52, 56])
    #expect(all[1].raters == ["self", "kim"])
    #expect(all[0].unit == "cm")
  }
}
