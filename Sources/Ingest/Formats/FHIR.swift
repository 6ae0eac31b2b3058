import Records

/// FHIR R4: Observation, QuestionnaireResponse and Patient, alone, in a Bundle or one a line.
///
/// Pain by LOINC code or answer code, minutes of exercise, scores of questionnaires. A resource is
/// known by its id; `meta.versionId`, else `meta.lastUpdated` says which version counts.
struct FHIR: JSONFormat {
  static let name = "fhir"
  static let title = "FHIR"
  static let about =
    "FHIR R4 resources, alone, in a Bundle or one a line: pain, minutes of "
    + "exercise, Oswestry scores, answered questionnaires"
  static let kinds: [Kind] = [.sessions, .pain, .patients, .questionnaires]
  static let containers: Set<String> = ["entry"]
  /// The word for files that ask questions and hold no answers.
  static let definition = "definition of questions"

  /// LOINC codes of the questions by canonical address and link, from questionnaires of the file.
  private var questions: [String: [String: String]] = [:]

  static func knows(_ keys: Set<String>) -> Bool {
    keys.contains("resourceType") || keys.contains("entry.resource")
      || keys.contains("entry.resource.resourceType")
  }

  mutating func rows(of record: JSONValue, in container: String) -> [ForeignRow] {
    let line = record.line ?? 1
    guard container == "entry" else { return rows(of: record, fullURL: nil) }
    guard let resource = record["resource"] else {
      return [ForeignRow(line, .leftOut("no resource"))]
    }
    return rows(of: resource, fullURL: record["fullUrl"]?.text)
  }

  private mutating func rows(of resource: JSONValue, fullURL: String?) -> [ForeignRow] {
    let line = resource.line ?? 1
    guard let type = resource["resourceType"]?.text else {
      return [ForeignRow(line, .refused(.missingValue, path: "resourceType"))]
    }
    let nested = resource["entry"]?.list ?? []
    if type == "Bundle", !nested.isEmpty { return nested.flatMap { rows(of: $0, in: "entry") } }
    for contained in resource["contained"]?.list ?? [] { learn(from: contained) }
    var row = ForeignRow(line, .leftOut(type))
    switch type {
    case "Observation": row.fate = fate(observation: resource)
    case "QuestionnaireResponse":
      row.fate = FHIRAnswers(resource, questions: questions(of: resource)).fate
    case "Patient": row.fate = .records([FHIR.person(resource, fullURL: fullURL)])
    case "Questionnaire":
      learn(from: resource)
      row.fate = .leftOut(FHIR.definition)
    case "Bundle": return []
    default: break
    }
    row.id = resource["id"]?.text.map { "\(type)/\($0)" } ?? FHIR.uuid(fullURL)
    if type == "Patient" { row.id = nil }
    row.version = resource["meta", "versionId"]?.integer
    row.updated = resource["meta", "lastUpdated"]?.text.flatMap(instant)
    row.patient = FHIR.patient(of: resource)
    return [row]
  }

  // MARK: People

  /// The code of the person that a resource is about; nil when it names none.
  ///
  /// `Patient/17`, an address that ends so, and `urn:uuid:…` of a bundle's own entries.
  static func patient(of resource: JSONValue) -> String? {
    let subject = resource["subject"] ?? resource["patient"]
    if let reference = subject?["reference"]?.text {
      if let uuid = uuid(reference) { return uuid }
      if reference.hasPrefix("#") {
        return containedPerson(String(reference.dropFirst()), resource)
      }
      var parts = reference.split(separator: "/", omittingEmptySubsequences: true)
      if let history = parts.firstIndex(of: "_history") { parts.removeSubrange(history...) }
      return parts.last.map(String.init)
    }
    return subject?["identifier", "value"]?.text
  }

  private static func containedPerson(_ id: String, _ resource: JSONValue) -> String? {
    let person = resource["contained"]?.list.first { $0["id"]?.text == id }
    return person?["identifier"]?.list.first?["value"]?.text ?? person.map { _ in id }
  }

  static func uuid(_ address: String?) -> String? {
    guard let address, address.hasPrefix("urn:uuid:") else { return nil }
    return String(address.dropFirst(9))
  }

  private static func person(_ resource: JSONValue, fullURL: String?) -> RecordDraft {
    var draft = RecordDraft(.patients)
    draft.set(.patientID, uuid(fullURL) ?? resource["id"]?.text, at: "id")
    if let name = resource["name"]?.list.first {
      let parts =
        (name["given"]?.list ?? []).compactMap(\.text) + [name["family"]?.text].compactMap { $0 }
      draft.set(.name, name["text"]?.text ?? (parts.isEmpty ? nil : parts.joined(separator: " ")))
    }
    draft.set(.sex, resource["gender"]?.text, at: "gender")
    let language = resource["communication"]?.list.first?["language", "coding"]?.list.first
    draft.set(.language, language?["code"]?.text, at: "communication[0].language")
    let zone = resource["extension"]?.list.first {
      $0["url"]?.text?.hasSuffix("/StructureDefinition/timezone") ?? false
    }
    draft.set(.timezone, zone?["valueCode"]?.text, at: "extension")
    return draft
  }

  // MARK: Questionnaires of the file

  private mutating func learn(from resource: JSONValue) {
    guard resource["resourceType"]?.text == "Questionnaire" else { return }
    var codes: [String: String] = [:]
    FHIR.collect(resource["item"]?.list ?? [], into: &codes)
    for key in [resource["url"]?.text, resource["id"]?.text.map { "#" + $0 }] {
      if let key { questions[key] = codes }
    }
  }

  private static func collect(_ items: [JSONValue], into codes: inout [String: String]) {
    for item in items {
      if let link = item["linkId"]?.text, let code = loinc(item["code"]?.list ?? []) {
        codes[link] = code
      }
      collect(item["item"]?.list ?? [], into: &codes)
    }
  }

  private func questions(of response: JSONValue) -> [String: String] {
    guard let address = response["questionnaire"]?.text else { return [:] }
    return questions[String(address.split(separator: "|").first ?? "")] ?? [:]
  }

  /// The LOINC code of some codings, nil when there is none.
  static func loinc(_ codings: [JSONValue]) -> String? {
    let systems = ["http://loinc.org", "https://loinc.org", "urn:oid:2.16.840.1.113883.6.1"]
    let own = codings.filter { $0["system"]?.text.map(systems.contains) ?? true }
    let codes = own.compactMap { $0["code"]?.text }
    return codes.first { FHIRCodes.known.contains($0) } ?? codes.first
  }
}
