import Foundation
import TestSupport
import Testing

/// What the files of apps mean: habits that are exercises, amounts, units, ids, several sections.
@Suite("The files of apps")
struct AppFileTests {
  /// A database of its own, with the files that a test writes.
  private struct Place {
    let folder: URL
    var database: String { folder.path + "/db" }

    /// Imports a text under a name.
    func bring(_ text: String, as name: String, _ arguments: String...) throws -> Outcome {
      let file = folder.appendingPathComponent(name)
      try text.write(to: file, atomically: true, encoding: .utf8)
      return try runProgram(
        ["import", "--database", database, "--patient", "A", file.path] + arguments)
    }

    /// Some columns of the records of a kind, sorted.
    func rows(_ kind: String, _ columns: String...) throws -> [String] {
      let out = folder.path + "/out-\(UUID().uuidString)"
      _ = try runProgram(["export", "--database", database, "--format", "csv", "--out", out])
      guard let text = try? String(contentsOfFile: "\(out)/\(kind).csv", encoding: .utf8) else {
        return []
      }
      let lines = text.split(whereSeparator: \.isNewline).map {
        $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      }
      guard let header = lines.first else { return [] }
      return lines.dropFirst().map { cells in
        columns.map { name in header.firstIndex(of: name).map { cells[$0] } ?? "?" }
          .joined(separator: " ")
      }.sorted()
    }
  }

  private func withPlace(_ body: (Place) throws -> Void) throws {
    try withTemporaryFolder { try body(Place(folder: $0)) }
  }

  @Test("measured habits of Loop are what their names say; ticks of the same day stay")
  func measured() throws {
    try withPlace { place in
      let run = try place.bring(
        """
        Date,Plank seconds,Laufen Minuten,Squat,Cat Cow,Meditate,
        2026-09-10,45000,20500,30000,YES_MANUAL,YES_MANUAL,
        2026-09-09,UNKNOWN,NO,UNKNOWN,2,SKIP,
        2026-09-08,SKIP,2147483647,UNKNOWN,0,YES_AUTO,

        """, as: "Checkmarks.csv")
      #expect(run.exit == 0 && run.output.contains("3 read, 3 new"), "\(run)")
      #expect(run.output.contains("an amount whose unit is not told: Squat"), "\(run)")
      #expect(run.output.contains("a number that is no amount: Laufen Minuten"))
      #expect(run.output.contains("2 entries not taken, no exercise: Meditate"))
      #expect(
        try place.rows("sessions", "started_at", "exercise", "hold_seconds", "minutes", "completed")
          == [
            "2026-09-08 Cat Cow   no", "2026-09-09 Cat Cow   yes",
            "2026-09-09 Laufen Minuten   no", "2026-09-10 Cat Cow   yes",
            "2026-09-10 Laufen Minuten  20.5 ", "2026-09-10 Plank seconds 45  ",
          ])
      #expect(
        try place.rows("days", "date", "exercise", "status") == [
          "2026-09-08 Plank seconds excused"
        ])
    }
  }

  @Test("a skipped habit excuses its day, that of one file with its note; adherence is of the rest")
  func skipped() throws {
    try withPlace { place in
      var ticks = "Date,Value,Notes\n"
      for day in 1...7 { ticks += "2026-09-0\(8 - day),\(day < 4 ? "SKIP" : "YES_MANUAL"),sick\n" }
      let run = try place.bring(ticks, as: "001_Cat_Cow__Checkmarks.csv")
      #expect(run.output.contains("7 read, 7 new"), "\(run)")
      #expect(
        try place.rows("days", "date", "exercise", "reason").first == "2026-09-05 Cat Cow sick")
      let habits = """
        Position,Name,Type,FrequencyNumerator,FrequencyDenominator,Unit,Target Type,Target Value,Archived?
        001,Cat Cow,YES_NO,1,1,,,,false

        """
      _ = try place.bring(habits, as: "Habits.csv")
      let report = try runProgram([
        "report", "--database", place.database, "--patient", "A", "--from", "2026-09-01", "--to",
        "2026-09-07", "--out", "-",
      ])
      #expect(report.output.contains("Yes: 100 %"), "\(report.output)")
    }
  }

  @Test("once in N days is every N days; targets of measured habits are doses")
  func habits() throws {
    try withPlace { place in
      let run = try place.bring(
        """
        Position,Name,Type,FrequencyNumerator,FrequencyDenominator,Unit,Target Type,Target Value,Archived?
        001,Cat Cow,YES_NO,1,2,,,,false
        002,Plank,YES_NO,3,7,,,,false
        003,Walk,NUMERICAL,1,1,minutes,AT_LEAST,20,false
        004,Push ups,NUMERICAL,1,1,reps,AT_LEAST,15,false
        005,Read a book,YES_NO,1,1,,,,false
        006,Étirements,YES_NO,1,30,,,,false

        """, as: "Habits.csv")
      #expect(run.output.contains("6 read, 5 new, 1 left out"), "\(run)")
      #expect(run.output.contains("no exercise: Read a book"))
      #expect(
        try place.rows(
          "program", "exercise", "component", "sessions_per_week", "every_days", "minutes", "reps")
          == [
            "Cat Cow mobility  2  ", "Plank strengthening 3   ", "Push ups strengthening 7   15",
            "Walk aerobic 7  20 ", "Étirements mobility  30  ",
          ])
    }
  }

  @Test("counts of HabitBull are repetitions, or what their name says; a profile adds an exercise")
  func counts() throws {
    let habits = """
      HabitName,HabitDescription,HabitCategory,CalendarDate,Value,CommentText
      Pushups,,Fitness,2026-10-01,30,
      Walking,,Fitness,2026-10-01,30,
      Walk minutes,,Fitness,2026-10-01,30,
      Avoid sugar,,Health,2026-10-01,1,
      Garden,,Fitness,2026-10-01,1,
      Dehnen,,Fitness,2026-10-01,0,

      """
    try withPlace { place in
      let run = try place.bring(habits, as: "in.csv")
      #expect(run.output.contains("6 read, 3 new, 3 left out"), "\(run)")
      #expect(run.output.contains("no exercise: Avoid sugar, Garden"))
      #expect(run.output.contains("an amount whose unit is not told: Walking"))
      #expect(
        try place.rows("sessions", "exercise", "reps", "minutes", "completed") == [
          "Dehnen   no", "Pushups 30  ", "Walk minutes  30 ",
        ])
    }
    try withPlace { place in
      let profile = place.folder.path + "/own.toml"
      try """
      kind = "sessions"
      exercises = "known"
      amounts = "counts"
      [columns]
      started_at = "CalendarDate"
      exercise = "HabitName"
      completed = "Value"
      [components]
      "Garden" = "aerobic"
      """.write(toFile: profile, atomically: true, encoding: .utf8)
      let run = try place.bring(habits, as: "in.csv", "--profile", profile)
      #expect(run.output.contains("6 read, 4 new, 2 left out"), "\(run)")
      #expect(
        try place.rows("sessions", "exercise", "component").contains("Garden aerobic"))
    }
  }

  @Test("activities of Daylio are exercises by the catalogue; other scales than to 10 are kept")
  func daylio() throws {
    try withPlace { place in
      let run = try place.bring(
        """
        full_date,date,weekday,time,mood,activities,scales,note_title,note
        2026-10-01,October 1,Thursday,8:00 AM,good,chess | étirements | Gym,Back pain: 4/5,"",""
        2026-10-02,October 2,Friday,8:00 AM,meh,work,Back pain: 6/10 points | Pain relief: 3/5,"",""
        2026-10-03,October 3,Saturday,8:00 AM,meh,Krankengymnastik,"Rückenschmerzen: 2,5/5","",""
        2026-10-04,October 4,Sunday,8:00 AM,meh,yoga,Back pain: 7/5,"",""

        """, as: "d.csv")
      #expect(run.exit == 3 && run.output.contains("4 read, 3 new, 1 refused"), "\(run)")
      #expect(run.output.contains("2 entries not taken, no exercise: chess, work"))
      #expect(
        try place.rows("sessions", "exercise", "component") == [
          "Gym other", "Krankengymnastik other", "étirements mobility",
        ])
      #expect(
        try place.rows("pain", "score", "scale", "location") == [
          "2.5 0-5 Rückenschmerzen", "4 0-5 Back pain", "6  Back pain",
        ])
    }
  }

  @Test("the time of cardio is minutes, a plank's is a hold")
  func cardio() throws {
    let strong = """
      Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,Notes,Workout Notes,RPE
      2026-10-01 08:00:00,A,45m,Running (Treadmill),1,0,0,5,1800,,,
      2026-10-01 08:00:00,A,45m,Plank,1,0,0,0,45,,,
      2026-10-01 08:00:00,A,45m,Bird Dog,W,0,10,0,0,,,

      """
    let fitNotes = """
      Date,Exercise,Category,Weight,Weight Unit,Reps,Distance,Distance Unit,Time,Comment
      2026-10-01,Cycling,Cardio,,,,10,km,0:25:00,
      2026-10-01,Plank,Abs,,,,,,0:00:40,

      """
    try withPlace { place in
      for (name, text) in [("strong.csv", strong), ("fitnotes.csv", fitNotes)] {
        let run = try place.bring(text, as: name)
        #expect(run.exit == 0, "\(run)")
      }
      #expect(
        try place.rows("sessions", "exercise", "component", "hold_seconds", "minutes") == [
          "Bird Dog warm-up  ", "Cycling   25", "Plank  40 ", "Plank  45 ",
          "Running (Treadmill)   30",
        ])
    }
  }

  @Test("sets that warm up are none of the prescribed ones, in Hevy, Strong and OpenWeight")
  func warmUps() throws {
    var hevy =
      "title,start_time,end_time,description,exercise_title,superset_id,exercise_notes,set_index,"
    hevy += "set_type,weight_kg,reps,distance_km,duration_seconds,rpe\n"
    for (index, (type, reps)) in [
      ("warmup", 10), ("warmup", 10), ("normal", 10), ("dropset", 5), ("failure", 5),
    ].enumerated() {
      hevy += "M,\"3 Sep 2026, 06:45\",\"3 Sep 2026, 07:10\",,Glute Bridge,,,\(index),\(type),,"
      hevy += "\(reps),,,\n"
    }
    var strong =
      "Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,Notes,"
    strong += "Workout Notes,RPE\n"
    for (order, reps) in [("W", 10), ("W", 10), ("1", 10), ("D", 5), ("F", 5)] {
      strong += "2026-09-03 06:45:00,M,25m,Glute Bridge,\(order),0,\(reps),0,0,,,\n"
    }
    var sets = [("warmup", 10), ("warmup", 10), ("working", 10), ("drop", 5), ("failure", 5)]
      .map { "{\"type\":\"\($0)\",\"reps\":\($1)}" }
    sets = [sets.joined(separator: ",")]
    let openWeight = """
      {"date":"2026-09-03T06:45:00Z","exercises":[{"exercise":{"name":"Glute Bridge"},"sets":[\(sets[0])]}]}
      """
    for (name, text) in [("h.csv", hevy), ("s.csv", strong), ("o.json", openWeight)] {
      try withPlace { place in
        _ = try place.bring(
          "patient_id,exercise,component,weekdays,sets,reps,start_on\n"
            + "A,Glute Bridge,strengthening,thu,3,10,2026-08-31\n", as: "program.csv")
        let run = try place.bring(text, as: name)
        #expect(run.output.contains("5 read, 5 new"), "\(run)")
        let report = try runProgram([
          "report", "--database", place.database, "--patient", "A", "--from", "2026-08-31", "--to",
          "2026-09-06", "--out", "-",
        ])
        // 10, 5 and 5 of 30.
        #expect(report.output.contains("67 % of the planned exercise"), "\(name) \(report.output)")
      }
    }
  }

  @Test(
    "weights of a unit that nobody says refuse the file once, an option or a profile settles it")
  func weights() throws {
    let gymRun = """
      Date;Time;Routine;Exercise;Set;Weight;Reps;Duration;Note
      05.09.2026;17:30:00;Back;Pallof Press;1;0;12;;
      05.09.2026;17:33:00;Back;Pallof Press;2;10;12;;

      """
    let strong = """
      Date,Workout Name,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,Notes,Workout Notes,RPE
      2026-10-01 08:00:00,A,Deadlift,1,10,5,0,0,,,

      """
    let fitNotes = """
      Date,Exercise,Category,Weight,Weight Unit,Reps,Distance,Distance Unit,Time,Comment
      2026-10-01,Deadlift,Back,10,,5,,,,

      """
    for text in [gymRun, strong, fitNotes] {
      try withPlace { place in
        let refused = try place.bring(text, as: "in.csv")
        #expect(refused.exit == 65 && refused.errors.contains("--unit lb"))
        #expect(try place.rows("sessions", "load_kg").isEmpty)
        let run = try place.bring(text, as: "in.csv", "--unit", "lb")
        #expect(run.exit == 0, "\(run)")
        #expect(try place.rows("sessions", "load_kg").last?.hasPrefix("4.53") == true)
      }
    }
    try withPlace { place in
      // What the file says goes before the option.
      let run = try place.bring(
        fitNotes.replacingOccurrences(of: "10,,5", with: "10,kgs,5"), as: "in.csv", "--unit", "lb")
      #expect(run.exit == 0)
      #expect(try place.rows("sessions", "load_kg") == ["10"])
      let none = try place.bring(
        strong.replacingOccurrences(of: "1,10,5", with: "1,0,5"), as: "s.csv")
      #expect(none.exit == 0, "\(none)")
    }
  }

  @Test("the later version of an activity of Strava counts, in any language")
  func stravaIDs() throws {
    let english = "Activity ID,Activity Date,Activity Name,Activity Type,Elapsed Time,Distance\n"
    let german =
      "Aktivitäts-ID,Aktivitätsdatum,Name der Aktivität,Aktivitätsart,Verstrichene Zeit,Distanz\n"
    try withPlace { place in
      _ = try place.bring(english + "7,\"9 Dec 2025, 15:24:49\",Out,Walk,3180,9\n", as: "1.csv")
      let later = try place.bring(
        german + "7,2025-12-09 15:24:49,Draußen,Wanderung,3180,9\n"
          + "8,2025-12-13 15:24:49,Draußen,Lauf,600,2\n", as: "2.csv")
      #expect(later.output.contains("2 read, 1 new, 1 changed"), "\(later)")
      #expect(
        try place.rows("sessions", "exercise", "minutes") == ["Lauf 10", "Wanderung 53"])
      let again = try place.bring(
        german + "7,2025-12-09 15:24:49,Draußen,Wanderung,3180,9\n"
          + "8,2025-12-13 15:24:49,Draußen,Lauf,600,2\n", as: "3.csv", "--force")
      #expect(again.output.contains("2 known"), "\(again)")
    }
  }

  @Test("Google Fit's days are known by what an account has; only activities are read")
  func googleFit() throws {
    try withPlace { place in
      let run = try place.bring(
        """
        Date,Move Minutes count,Step count,Average weight (kg),Sleep duration (ms),Swimming duration (ms)
        2026-10-01,45,6000,80,28800000,1800000
        2026-10-02,45,6000,80,28800000,

        """, as: "in.csv")
      #expect(run.output.contains("2 read, 1 new, 1 left out"), "\(run)")
      #expect(run.output.contains("Sleep duration (ms)") && run.output.contains("Step count"))
      #expect(try place.rows("sessions", "exercise", "minutes") == ["Swimming 30"])
    }
  }

  @Test("dates of JSON are decided by the whole file, Fitbit's else as Fitbit writes them")
  func datesOfJSON() throws {
    func fitbit(_ dates: String...) -> String {
      let rows = dates.enumerated().map { index, date in
        "{\"logId\":\(index),\"activityName\":\"Walk\",\"duration\":600000,\"startTime\":\"\(date)\"}"
      }
      return "[" + rows.joined(separator: ",\n") + "]"
    }
    for (dates, found) in [
      (["10/02/26 07:15:00", "10/13/26 07:15:00"], ["2026-10-02", "2026-10-13"]),
      (["10/02/26 07:15:00", "10/03/26 07:15:00"], ["2026-10-02", "2026-10-03"]),
      (["02/10/26 07:15:00", "13/10/26 07:15:00"], ["2026-10-02", "2026-10-13"]),
    ] {
      try withPlace { place in
        let run = try place.bring(fitbit(dates[0], dates[1]), as: "exercise-0.json")
        #expect(run.exit == 0, "\(run)")
        #expect(try place.rows("sessions", "started_at").map { String($0.prefix(10)) } == found)
      }
    }
    func own(_ first: String, _ second: String) -> String {
      "{\"pain\":[{\"recorded_at\":\"\(first)\",\"score\":\"3,5\"},"
        + "{\"recorded_at\":\"\(second)\",\"score\":4.5}]}"
    }
    try withPlace { place in
      let run = try place.bring(own("01/10/2026", "13/10/2026"), as: "own.json")
      #expect(run.exit == 0, "\(run)")
      #expect(
        try place.rows("pain", "recorded_at", "score") == ["2026-10-01 3.5", "2026-10-13 4.5"])
      let open = try place.bring(own("01/10/2026", "02/10/2026"), as: "open.json")
      #expect(open.exit == 65 && open.errors.contains("--date-order"), "\(open)")
    }
  }

  @Test("a profile says what exercises are in files of a format")
  func profileOfFormat() throws {
    try withPlace { place in
      let diary = """
        full_date,date,weekday,time,mood,activities,scales,note_title,note
        2026-10-01,October 1,Thursday,8:00 AM,good,garden | chess,,"",""

        """
      let plain = try place.bring(diary, as: "d.csv")
      #expect(plain.output.contains("no exercise: chess, garden; a profile makes one an exercise"))
      #expect(plain.output.contains("format = \"daylio\", [components] \"chess\" = \"other\""))
      let profile = place.folder.path + "/own.toml"
      try "format = \"daylio\"\n[components]\nGarden = \"aerobic\"\n"
        .write(toFile: profile, atomically: true, encoding: .utf8)
      let run = try place.bring(diary, as: "d.csv", "--profile", profile)
      #expect(run.output.contains("1 read, 1 new"), "\(run)")
      #expect(try place.rows("sessions", "exercise", "component") == ["garden aerobic"])
      let sets = """
        {"date":"2026-10-01","exercises":[{"exercise":{"name":"Row"},"sets":[{"reps":5,"weight":10}]}]}
        """
      try "format = \"openweight\"\nunits = { load_kg = \"lb\" }\n"
        .write(toFile: profile, atomically: true, encoding: .utf8)
      let weighed = try place.bring(sets, as: "w.json", "--profile", profile)
      #expect(weighed.exit == 0, "\(weighed)")
      #expect(try place.rows("sessions", "load_kg").last?.hasPrefix("4.53592") == true)
      try "format = \"dailyo\"\n".write(toFile: profile, atomically: true, encoding: .utf8)
      let wrong = try place.bring(diary, as: "d.csv", "--profile", profile)
      #expect(wrong.exit == 78 && wrong.errors.contains("one of daylio, fhir"), "\(wrong)")
    }
  }

  @Test("sleep, weight and steps of a Fitbit archive are no sessions; its active minutes are")
  func fitbitArchive() throws {
    let night = "\"dateOfSleep\":\"2026-01-02\",\"startTime\":\"2026-01-01T23:00:00\""
    let midnight = "00:00:00\",\"value\":"
    let files = [
      ("sleep-2026-01-01.json", "[{\"logId\":1,\(night),\"duration\":1}]", "1 left out: sleep"),
      (
        "weight-2026-01-01.json", "[{\"logId\":2,\"weight\":180,\"date\":\"01/02/26\"}]",
        "1 left out: weight"
      ),
      (
        "steps-2026-01-01.json", "[{\"dateTime\":\"01/13/26 \(midnight)\"9\"}]", "1 left out: steps"
      ),
      (
        "very_active_minutes-2026-01-01.json",
        "[{\"dateTime\":\"01/02/26 \(midnight)\"34\"},{\"dateTime\":\"01/13/26 \(midnight)\"0\"}]",
        "2 read, 1 new, 1 left out"
      ),
    ]
    try withPlace { place in
      for (name, text, word) in files {
        let run = try place.bring(text, as: name)
        #expect(run.exit == 0 && run.output.contains(word), "\(run)")
      }
      #expect(
        try place.rows("sessions", "started_at", "exercise", "minutes") == [
          "2026-01-02 Very active minutes 34"
        ])
    }
  }

  @Test("the order of dates that a format usually has gives way to what a file proves")
  func usualOrder() throws {
    let head = "HabitName,HabitDescription,HabitCategory,CalendarDate,Value,CommentText\n"
    for (dates, found) in [
      (["2/10/2026", "13/10/2026"], ["2026-10-02", "2026-10-13"]),
      (["10/2/2026", "10/3/2026"], ["2026-10-02", "2026-10-03"]),
    ] {
      try withPlace { place in
        let rows = dates.map { "Yoga,,,\($0),1,\n" }.joined()
        let run = try place.bring(head + rows, as: "in.csv")
        #expect(run.exit == 0, "\(run)")
        #expect(try place.rows("sessions", "started_at") == found)
      }
    }
    try withPlace { place in
      let run = try place.bring(
        """
        Activities
        Date,Minutes Fairly Active,Minutes Very Active
        "01/10/2026","5","10"
        "12/10/2026","5","0"

        """, as: "fitbit.csv")
      #expect(run.exit == 0, "\(run)")
      #expect(
        try place.rows("sessions", "started_at", "minutes") == [
          "2026-10-01 10", "2026-10-01 5", "2026-10-12 5",
        ])
    }
  }
}
