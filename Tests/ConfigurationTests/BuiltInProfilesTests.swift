import Configuration
import Ingest
import Testing

@Suite("Built-in profiles")
struct BuiltInProfilesTests {
  @Test("They all parse, under their own names and with a line about each")
  func parse() throws {
    let profiles = try builtInProfiles()
    #expect(
      profiles.map(\.name) == [
        "fill-down", "fitnotes", "garmin-csv", "google-fit-csv", "gymrun",
        "habitbull", "hevy", "loop", "moves", "oswestry", "split-date", "strava-csv", "strong",
      ])
    #expect(profiles.allSatisfy { !$0.about.isEmpty && !$0.about.contains("\n") })
  }

  @Test("Each layout gives the fields that its kind requires, and knows its files by columns")
  func complete() throws {
    for layout in try builtInProfiles().flatMap(\.layouts) {
      for field in layout.kind.requiredFields.fields {
        let rest = [layout.rest?.name, layout.rest?.value]
        let isGiven =
          layout.fields[field] != nil || layout.choices[field] != nil || rest.contains(field)
          || !layout.pivots.isEmpty && layout.pivots.allSatisfy { $0.fields[field] != nil }
          || field == .patientID
        #expect(isGiven, "\(layout.kind) without \(field.name)")
      }
      let ending = layout.rest.map { $0.suffix.isEmpty ? 0 : 1 } ?? 0
      let marks = layout.columns.count + layout.choices.count + layout.needs.count + ending
      #expect(marks >= 3 || !layout.signs.isEmpty)
      #expect(Set(layout.filledDown).isSubset(of: layout.columns))
    }
  }

  @Test("split-date reads the patient's own day from three columns and leaves moods out")
  func splitDate() throws {
    let profile = try #require(try builtInProfiles().first { $0.name == "split-date" })
    var layout = Layout(
      kind: .pain,
      fields: [
        .localDay: .date(year: "startyear", month: "startmonth", day: "startday", time: nil),
        .recordedAt: .column("date"), .location: .column("name"), .score: .column("intensity"),
      ])
    layout.exclusions = [
      .init(column: "name", equals: "happiness", reason: "not pain: happiness")
    ]
    var withoutMoment = layout
    withoutMoment.fields[.recordedAt] = layout.fields[.localDay]
    withoutMoment.fields[.localDay] = nil
    #expect(profile.layouts == [layout, withoutMoment])
  }

  @Test("fill-down reads pain below a line of prose, and sport with equal rows kept")
  func fillDown() throws {
    let profile = try #require(try builtInProfiles().first { $0.name == "fill-down" })
    #expect(profile.layouts.map(\.kind) == [.pain, .sessions])
    let pain = try #require(profile.layouts.first)
    #expect(pain.skippedLines == 1)
    #expect(pain.filledDown == ["year", "month", "day"])
    #expect(
      pain.fields == [
        .recordedAt: .date(year: "year", month: "month", day: "day", time: nil),
        .location: .column("region"), .score: .column("intensity"), .notes: .column("side"),
      ])
    #expect(pain.keepsEqualRows == nil)
    let sport = try #require(profile.layouts.last)
    #expect(sport.skippedLines == 0)
    #expect(sport.filledDown == ["year", "month", "day"])
    #expect(sport.missing == ["taplog", "Garmin", "Fitbit", "Garmin/Fitbit", "?"])
    #expect(sport.keepsEqualRows == true)
    #expect(
      sport.fields[.startedAt]
        == .date(year: "year", month: "month", day: "day", time: "start time"))
    #expect(sport.fields[.component] == .constant("aerobic"))
  }
}
