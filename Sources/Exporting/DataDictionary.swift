import Ingest
import Records
import Reporting

/// What each variable of an export means, for who gets the files without the program.
public enum DataDictionary {
  /// The dictionary as CSV: file, variable, meaning, unit, type, codes.
  public static var csv: String {
    var text = "file,variable,meaning,unit,type,codes\r\n"
    for kind in Kind.allCases {
      for field in kind.fields.fields {
        let entry = entry(field, kind)
        text +=
          [kind.rawValue + ".csv", field.name, entry.meaning, entry.unit, entry.type, entry.codes]
          .map(CSVWriting.quoted).joined(separator: ",") + "\r\n"
      }
    }
    return text
  }

  private typealias Entry = (meaning: String, unit: String, type: String, codes: String)

  private static func entry(_ field: Field, _ kind: Kind) -> Entry {
    func text(_ meaning: String) -> Entry { (meaning, "", "text", "") }
    func number(_ meaning: String, _ unit: String) -> Entry { (meaning, unit, "number", "") }
    func date(_ meaning: String) -> Entry { (meaning, "", "date (ISO 8601)", "") }
    func code(_ meaning: String, _ words: [String]) -> Entry {
      (meaning, "", "code", words.joined(separator: " | "))
    }
    switch field {
    case .patientID: return text("code of the person, the same in every file")
    case .startedAt: return date("start of the exercise: day, or local time with offset")
    case .recordedAt: return date("when the pain was recorded: day, or local time with offset")
    case .localDay: return date("the person's own day, where the time shows another")
    case .measuredOn: return date("day of the measurement")
    case .completedOn: return date("day the questionnaire was completed")
    case .date: return date("the day")
    case .startOn: return date("first day the line is in force")
    case .endOn: return date("last day the line is in force")
    case .exercise: return text("name of the exercise")
    case .component:
      return code("part of the programme", Component.allCases.map(\.word))
    case .sets: return number("sets", "count")
    case .reps: return number("repetitions a set", "count")
    case .holdSeconds: return number("time a repetition is held", "s")
    case .minutes: return number("duration", "min")
    case .rpe: return number("rating of perceived exertion, 0 to 10", "points")
    case .completed, .flare:
      return code(
        field == .flare ? "whether the person calls it a flare" : "whether it was done",
        ["yes", "no"])
    case .notes, .reason: return text("free text; empty in de-identified files")
    case .side: return code("side of the body", Side.words)
    case .loadKilograms: return number("weight moved", "kg")
    case .angleDegrees: return number("angle below horizontal on the inversion table", "deg")
    case .painBefore: return number("pain before the exercise, 0 to 10", "points NRS")
    case .painAfter: return number("pain after the exercise, 0 to 10", "points NRS")
    case .sessionID: return text("rows with the same one belong to one session")
    case .order: return number("place of the row in its session", "count")
    case .score:
      return number(
        kind == .pain ? "pain; 0 to 10 unless a scale is named" : "total score of the instrument",
        "points")
    case .kind: return code("what the score is about", PainKind.words)
    case .location: return text("where it hurts; empty means the back")
    case .scale: return text("scale of the score; empty means 0 to 10 (NRS)")
    case .measure: return text("test of flexibility or strength")
    case .value: return number("result of the test", "as in unit")
    case .unit: return text("unit of the value; empty means the test's usual one")
    case .rater: return text("who measured")
    case .device: return text("what it was measured with")
    case .trial: return number("number of the trial on that day", "count")
    case .convention: return text("how the angle is read: extension or deficit")
    case .sessionsPerWeek: return number("sessions prescribed a week", "count")
    case .weekdays: return text("days prescribed, Monday first; then the weekly number is ignored")
    case .name: return text("name; empty in de-identified files")
    case .timezone: return text("time zone (IANA); empty in de-identified files")
    case .sex: return text("sex as entered; empty where fewer than 5 people share it")
    case .language: return text("language as entered; empty where fewer than 5 people share it")
    case .status: return code("status of the day", DayStatus.words)
    case .hours: return number("hours of the day it is about", "h")
    case .instrument: return code("questionnaire", Instrument.words)
    case .items: return text("answers by number, separated by blanks")
    }
  }
}
