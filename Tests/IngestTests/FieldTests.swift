import Records
import Testing

@testable import Ingest

@Suite("Field")
struct FieldTests {
  @Test("Every field has a name of its own, and the name finds the field")
  func names() {
    #expect(Field.names.count == Field.allCases.count)
    #expect(Set(Field.names).count == Field.names.count)
    for field in Field.allCases {
      #expect(Field(header: field.name) == field)
      #expect(Field.folded(field.name) == field.name)
    }
  }

  @Test(
    "Case, spaces, dashes and underlines do not matter in a header",
    arguments: [
      "patient_id", "Patient ID", "PATIENT-ID", "patient id", "  patient  id ", "_patient__id_",
      "Patient\u{A0}ID", "patient - id",
    ])
  func folding(header: String) {
    #expect(Field(header: header) == .patientID)
  }

  @Test(
    "Synonyms are known",
    arguments: [
      ("person", .patientID), ("patient", .patientID), ("Participant", .patientID),
      ("participant id", .patientID), ("Subject", .patientID), ("start time", .startedAt),
      ("Hold (s)", nil), ("hold", .holdSeconds), ("repetitions", .reps), ("Comment", .notes),
      ("weight_kg", .loadKilograms), ("angle", .angleDegrees), ("Pain", .score), ("NRS", .score),
      ("recorded on", .recordedAt), ("measured at", .measuredOn), ("Time zone", .timezone),
      ("per week", .sessionsPerWeek), ("duration_minutes", .minutes),
    ] as [(String, Field?)])
  func synonyms(header: String, field: Field?) {
    #expect(Field(header: header) == field)
  }

  @Test(
    "Other words are no field",
    arguments: ["", " ", "_", "patientid", "patient.id", "id", "heart_rate", "ｐａｔｉｅｎｔ", "scores"])
  func unknown(header: String) {
    #expect(Field(header: header) == nil)
  }

  @Test("A header is folded to small letters joined by single underlines")
  func folded() {
    #expect(Field.folded(" Über  die-Zeit ") == "über_die_zeit")
    #expect(Field.folded("--") == "")
    #expect(Field.folded("A") == "a")
  }
}

@Suite("Field set")
struct FieldSetTests {
  @Test("Every field has a bit of its own")
  func bits() {
    let all = Field.allCases.reduce(into: FieldSet()) { $0.insert($1) }
    #expect(all.fields == Field.allCases)
    #expect(all.rawValue.nonzeroBitCount == Field.allCases.count)
    #expect(FieldSet().fields.isEmpty)
  }

  @Test("A set holds what it is made of, and no more")
  func contains() {
    let set = FieldSet(.score, .patientID)
    #expect(set.contains(.score) && set.contains(.patientID) && !set.contains(.notes))
    #expect(set.fields == [.patientID, .score])
    #expect(set.isSuperset(of: FieldSet(.score)) && !set.isSuperset(of: FieldSet(.notes)))
  }
}

@Suite("Kinds and their fields")
struct KindFieldsTests {
  /// The table of the own formats: required fields, then optional ones, without the patient.
  @Test(
    "Each kind reads the fields of the own formats",
    arguments: [
      (
        .sessions, "started_at exercise",
        "component sets reps hold_seconds minutes rpe completed notes side load_kg angle_deg "
          + "pain_before pain_after session_id order local_day clock"
      ),
      (.pain, "recorded_at score", "kind location notes scale flare local_day clock"),
      (.flexibility, "measured_on measure value", "unit side rater device trial convention"),
      (
        .program, "exercise component",
        "sessions_per_week weekdays every_days sets reps hold_seconds minutes angle_deg side start_on end_on"
      ),
      (.patients, "patient_id", "name timezone sex language"),
      (.days, "date status", "exercise hours reason"),
      (.factors, "date factor value", "unit"),
      (.questionnaires, "completed_on instrument", "score items"),
    ] as [(Kind, String, String)])
  func fields(kind: Kind, required: String, optional: String) {
    func names(_ set: FieldSet) -> Set<String> { Set(set.fields.map(\.name)) }
    func words(_ text: String) -> Set<String> { Set(text.split(separator: " ").map(String.init)) }
    #expect(names(kind.requiredFields) == words(required))
    #expect(
      names(kind.fields).subtracting(words(required)).subtracting(["patient_id"])
        == words(optional))
    #expect(names(kind.fields) == words(required).union(words(optional)).union(["patient_id"]))
  }

  @Test(
    "The kind is told by the required fields",
    arguments: [
      ("patient_id started_at exercise", [.sessions]), ("started_at exercise", [.sessions]),
      ("recorded_at score", [.pain]), ("measured_on measure value", [.flexibility]),
      ("exercise component sessions_per_week", [.program]),
      ("exercise component weekdays", [.program]), ("exercise component", []),
      ("patient_id name", [.patients]), ("patient_id timezone", [.patients]), ("patient_id", []),
      ("name timezone", []), ("date status", [.days]),
      ("date factor value unit", [.factors]), ("completed_on instrument", [.questionnaires]),
      ("patient_id date status name", [.days]), ("recorded_at", []), ("", []),
      ("started_at exercise component", [.sessions]),
      ("started_at exercise recorded_at score", [.sessions, .pain]),
      ("started_at exercise component sessions_per_week", [.sessions, .program]),
    ] as [(String, [Kind])])
  func candidates(names: String, kinds: [Kind]) {
    let fields = names.split(separator: " ").compactMap { Field(header: String($0)) }
    #expect(Kind.candidates(fields.reduce(into: FieldSet()) { $0.insert($1) }) == kinds)
  }
}
