import Analysis
import Configuration
import Foundation
import Ingest
import Records
import Reporting
import Storage
import TestSupport
import Testing

@testable import Workflows

/// Weeks of a clinic's nights, each morning's list compared with one that knows the truth.
@Suite("The list for a clinic, night by night")
struct ClinicListTests {
  /// The first day that anybody logs, the 3rd of March 2025.
  private static let first = Day(number: 20_150)

  /// One clinic's folders.
  private final class Clinic {
    let folder: String
    let plan: ClinicPlan
    var truth = ClinicTruth()
    let settings: Settings
    var said: [String] = []
    private var exported: [String: Int] = [:]

    init(_ folder: String, seed: UInt64) throws {
      self.folder = folder
      plan = ClinicPlan(seed: seed)
      var settings = Settings()
      settings.formats = ["json"]
      settings.settleSeconds = 0
      settings.tellsChanges = true
      self.settings = settings
      for name in ["in", "fix"] {
        try FileManager.default.createDirectory(
          atPath: "\(folder)/\(name)", withIntermediateDirectories: true)
      }
      for patient in plan.diaries.keys { truth.meet(patient) }
      let lines = plan.diaries.keys.sorted().map { "\($0),walk,aerobic,7\n" }.joined()
      try write(
        "in/program.csv", "patient_id,exercise,component,sessions_per_week\n" + lines)
    }

    func write(_ name: String, _ text: String) throws {
      try text.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
    }

    func moment(_ night: Int) -> Moment {
      Moment(seconds: Int64(first.number + Int32(ClinicTruth.history + night)) * 86_400 + 14_400)
    }

    /// What a night finds: of each person the days since the last export, every day or every few
    /// days; of those with corrections the whole diary.
    func bring(_ night: Int) throws {
      let end = ClinicTruth.history + night
      var pain = "patient_id,recorded_at,score,flare\n"
      var sessions = "patient_id,started_at,exercise,minutes\n"
      for (patient, diary) in plan.diaries.sorted(by: { $0.key < $1.key }) {
        let person = Int(patient.dropFirst().prefix(2)) ?? 0
        let days = [4, 8].contains(person) ? 1 : [3, 4, 5, 6][person % 4]
        guard night == 0 || (night + person) % days == 0 else { continue }
        if plan.corrected.contains(patient) { try bringAll(patient, before: end) }
        for day in (exported[patient] ?? 0)..<end {
          guard let entry = diary[day] else { continue }
          if entry.hasSession { sessions += "\(patient),\(first + day)T09:00,walk,20\n" }
          guard !plan.corrected.contains(patient) else { continue }
          truth.read(patient, day, entry)
          pain += line(patient, day, entry)
        }
        exported[patient] = end
      }
      try write("in/pain-\(night).csv", pain)
      try write("in/sessions-\(night).csv", sessions)
      // Now and then the day before comes once more, under another name.
      if night % 5 == 3 { try write("in/again-\(night).csv", pain) }
    }

    private func bringAll(_ patient: String, before end: Int) throws {
      var text = "patient_id,recorded_at,score,flare\n"
      for day in 0..<end {
        guard var entry = plan.diaries[patient]?[day] else { continue }
        for mistake in plan.mistakes
        where mistake.patient == patient && mistake.day == day
          && end < ClinicTruth.history + mistake.untilNight
        {
          entry.pain = mistake.score
        }
        truth.read(patient, day, entry)
        text += line(patient, day, entry)
      }
      try write("fix/\(patient).csv", text)
    }

    private func line(_ patient: String, _ day: Int, _ entry: ClinicTruth.Entry) -> String {
      "\(patient),\(first + day),\(entry.pain ?? 0),\(entry.isFlare ? "true" : "")\n"
    }

    func store(_ night: Int) throws -> Store {
      try Store.open(creating: folder + "/db", now: moment(night).seconds)
    }

    func run(_ night: Int) throws {
      let moment = moment(night)
      var options = ReadingOptions(latestDay: moment.day)
      options.profiles = try builtInProfiles()
      options.zoneNamed = { zoneRules(named: $0) }
      var replacing = FileOrigin()
      replacing.replaces = true
      said = []
      _ = try Night(
        settings: settings, thresholds: try Thresholds(changing: [:]), style: ReportStyle(),
        moment: moment, store: try store(night),
        inboxes: [("in", FileOrigin()), ("fix", replacing)].map { name, origin in
          NightInbox(path: "\(folder)/\(name)", options: options, reading: "1", origin: origin)
        }, reports: folder + "/r", archive: nil, place: "", watch: { _, _ in nil },
        tell: {
          self.said.append($0)
          return true
        }
      ).run()
    }

    func act(_ night: Int) throws {
      for act in plan.acts[night] ?? [] {
        let store = try store(night)
        let day = ClinicTruth.history + night
        switch act {
        case .snooze(let id, let days):
          _ = try StandingRun(patient: id, .snooze(until: first + (day + days)))
            .run(store, moment(night))
          truth.snooze(id, until: day + days)
        case .discharge(let id):
          _ = try StandingRun(patient: id, .discharge).run(store, moment(night))
          truth.discharge(id)
        case .readmit(let id):
          _ = try StandingRun(patient: id, .readmit).run(store, moment(night))
          truth.readmit(id)
        case .merge(let old, let new):
          _ = try MergeRun(old: old, new: new).run(store, reports: folder + "/r", moment(night))
          truth.merge(old, into: new)
        }
      }
    }

    func cohort(in reports: String) throws -> [String: Any] {
      let data = try Data(contentsOf: URL(fileURLWithPath: reports + "/cohort.json"))
      return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    }
  }

  /// The program's list; a dose that falls week by week is left to its own tests.
  private func lines(_ cohort: [String: Any]) throws -> [ClinicTruth.Line] {
    try #require(cohort["triage"] as? [[String: Any]]).map { entry in
      let codes = try #require(entry["codes"] as? [String])
      let reasons = try #require(entry["reasons"] as? [String])
      #expect(reasons.count == codes.count)
      let ranks = try zip(codes, reasons).map { code, reason in
        let known = ["pain", "flare", "stopped-logging", "dose-fell", "no-session", "dose-falling"]
        let rank = try #require(known.firstIndex(of: code)) + 1
        return code == "pain" && !reason.contains("swing") ? 0 : rank
      }
      return ClinicTruth.Line(
        patient: try #require(entry["patient"] as? String), codes: codes,
        isNew: try #require(entry["new"] as? Bool), rank: ranks.min() ?? .max)
    }
  }

  @Test("is right every morning of four to eight weeks, and nobody stays on it for ever")
  func weeks() throws {
    try withTemporaryFolder { folder in
      let clinic = try Clinic(folder.path, seed: 7)
      var kinds: Set<String> = []
      for night in 0..<ClinicTruth.nights {
        try clinic.act(night)
        try clinic.bring(night)
        try clinic.run(night)
        let cohort = try clinic.cohort(in: folder.path + "/r/latest")
        let found = try lines(cohort)
        let members = try #require(cohort["patients"] as? [[String: Any]])
        let told = members.filter { ($0["answers"] as? [String: String])?["pain"] == "more" }
          .compactMap { $0["patient"] as? String }
        let today = ClinicTruth.history + night
        let asOf = today - 1
        #expect(cohort["as_of"] as? String == "\(Self.first + asOf)")
        let expected = clinic.truth.list(asOf: asOf, today: today, told: Set(told))
        compare(found, expected, night)
        // Who is new stands first, then who can wait least; each is told once, by the id alone.
        let order = found.map { ($0.isNew ? 0 : 1, $0.rank) }
        #expect(zip(order, order.dropFirst()).allSatisfy { $0 <= $1 }, "night \(night): \(found)")
        let new = found.filter(\.isNew).map(\.patient)
        #expect(clinic.said.count == (new.isEmpty ? 0 : 1), "night \(night): \(clinic.said)")
        #expect(clinic.said.first.map { said in new.allSatisfy(said.contains) } ?? true)
        kinds.formUnion(found.flatMap(\.codes))
        // Whatever is on the list came onto it in the last four weeks.
        for since in try since(cohort) { #expect(asOf - since < 28, "night \(night)") }
        let out = Set(members.compactMap { $0["patient"] as? String })
        #expect(out == Set(clinic.truth.known.keys).subtracting(clinic.truth.discharged))
        for patient in clinic.truth.discharged {
          #expect(
            !FileManager.default.fileExists(atPath: "\(folder.path)/r/latest/\(patient).json"))
        }
        if night % 11 == 10 { try compareByHand(clinic, night, cohort) }
      }
      #expect(
        kinds.isSuperset(of: ["pain", "flare", "stopped-logging", "dose-fell", "no-session"]))
    }
  }

  /// Since when people are on the list, days from the first.
  private func since(_ cohort: [String: Any]) throws -> [Int] {
    try #require(cohort["triage"] as? [[String: Any]]).map { entry in
      let parts = try #require(entry["since"] as? String).split(separator: "-").compactMap {
        Int($0)
      }
      return try #require(Day(year: parts[0], month: parts[1], day: parts[2])) - Self.first
    }
  }

  private func compare(
    _ found: [ClinicTruth.Line], _ expected: [String: ClinicTruth.Line], _ night: Int
  ) {
    for line in found {
      let codes = line.codes.filter { $0 != "dose-falling" }
      if codes.isEmpty { continue }
      let own = expected[line.patient]
      #expect(own?.codes == codes, "night \(night), \(line.patient)")
      if codes == line.codes {
        #expect(own?.isNew == line.isNew, "night \(night), \(line.patient)")
      }
    }
    for (patient, line) in expected where !found.contains(where: { $0.patient == patient }) {
      Issue.record("night \(night): \(patient) is missing: \(line)")
    }
  }

  /// A night reads of people without news their last days alone; a report by hand reads all.
  private func compareByHand(_ clinic: Clinic, _ night: Int, _ cohort: [String: Any]) throws {
    let store = try clinic.store(night)
    let asOf = try #require(try store.lastDay())
    let codes = try store.patientCodes().filter { !clinic.truth.discharged.contains($0) }
    let out = clinic.folder + "/hand"
    try ReportRun(
      store: store, days: .period(Period(from: asOf - 29, to: asOf)), asOf: asOf,
      thresholds: try Thresholds(changing: [:]), style: ReportStyle(),
      target: ReportTarget(folder: out, formats: ["json"], isASCII: false), withCohort: true,
      isCohortAlone: true, pseudonyms: nil, today: clinic.moment(night).day
    ).write(codes)
    let byHand = try clinic.cohort(in: out)
    for key in ["triage", "snoozed", "discharged", "data_problems"] {
      let (hand, own) = (byHand[key] as? NSObject, cohort[key] as? NSObject)
      #expect(hand != nil && hand == own, "night \(night), \(key)")
    }
  }
}
