import Ingest
import Records
import Reporting

/// What each variable of an export means, for who gets the files without the program.
public enum DataDictionary {
  /// The dictionary as CSV: file, variable, meaning, unit, type, codes.
  public static var csv: String {
    var text = "file,variable,meaning,unit,type,codes\r\n"
    for kind in Kind.allCases {
      let declared = kind.rowType.fields
      for field in kind.fields.fields {
        let entry = declared.first { $0.use.field == field }.map(entry) ?? person
        text +=
          ([kind.rawValue + ".csv", field.name] + entry)
          .map(CSVWriting.quoted).joined(separator: ",") + "\r\n"
      }
    }
    return text
  }

  private static let person = ["code of the person, the same in every file", "", "text", ""]

  private static func entry(_ declared: FieldDeclaration) -> [String] {
    let (type, codes) =
      switch declared.form {
      case .time, .day: ("date (ISO 8601)", "")
      case .number, .whole: ("number", "")
      case .code(let words): ("code", words.joined(separator: " | "))
      case .weekdays, .name, .text: ("text", "")
      }
    return ["\(declared.use.meaning)", "\(declared.use.unit)", type, codes]
  }
}
