import Analysis
import CXLSXWriter
import Foundation
import Records

/// Why a workbook could not be written.
public enum WorkbookError: Error, Equatable, Sendable {
  /// A failure of libxlsxwriter or the disk, with its cause.
  case cannotWrite(path: String, cause: String)
}

extension WorkbookError: CustomStringConvertible {
  /// What is wrong and what to do next; names the path, never the content.
  public var description: String {
    switch self {
    case .cannotWrite(let path, let cause):
      "the workbook \(path) cannot be written: \(cause). Check the folder and the free space."
    }
  }
}

/// A report as a workbook, a sheet a section.
struct Workbook {
  var title: String
  /// Stamped into the file instead of the clock, so that the same data gives the same bytes.
  var created: Day
  var paper = Paper.a4
  var sheets: [Section]

  /// Writes the workbook with libxlsxwriter.
  ///
  /// The file is written in place: the caller gives a temporary name in the target folder and
  /// renames it.
  ///
  /// - Parameters:
  ///   - path: the file to write.
  ///   - temporaryFolder: where the library keeps its parts meanwhile.
  /// - Throws: `WorkbookError`; every return code of the library is looked at.
  func write(to path: String, temporaryFolder: String) throws {
    var options = lxw_workbook_options()
    let folder = strdup(temporaryFolder)
    defer { free(folder) }
    options.tmpdir = folder
    guard let book = workbook_new_opt(path, &options) else {
      throw WorkbookError.cannotWrite(path: path, cause: "out of memory")
    }
    var problem: lxw_error = LXW_NO_ERROR
    setProperties(book)
    let formats = Formats(book)
    for sheet in sheets {
      let writer = SheetWriter(book, sheet, formats, paper: paper)
      writer.write()
      if problem == LXW_NO_ERROR { problem = writer.problem }
    }
    let closing = workbook_close(book)
    if problem == LXW_NO_ERROR { problem = closing }
    if problem != LXW_NO_ERROR {
      throw WorkbookError.cannotWrite(path: path, cause: String(cString: lxw_strerror(problem)))
    }
    guard isWhole(workbook: path) else {
      throw WorkbookError.cannotWrite(path: path, cause: "a part of it could not be written whole")
    }
  }

  private func setProperties(_ book: UnsafeMutablePointer<lxw_workbook>) {
    var properties = lxw_doc_properties()
    let title = strdup(cellText(title))
    defer { free(title) }
    properties.title = title
    properties.created = time_t(created.number) * 86_400
    _ = workbook_set_properties(book, &properties)
  }
}

/// A text that every reader of the workbook takes as it is: no control characters or lone
/// surrogates, nothing that Excel would take for an escape, and no longer than a cell holds.
func cellText(_ text: String) -> String {
  if isPlain(text), text.utf8.count < 32_000, !text.utf8.contains(UInt8(ascii: "_")) { return text }
  var result = String.UnicodeScalarView()
  var count = 0
  for scalar in text.unicodeScalars {
    if count >= 32_000 {
      result.append("…")
      break
    }
    switch scalar.value {
    case 0x09, 0x0A: result.append(scalar)
    case 0x0D: continue
    case 0x00...0x1F, 0x7F...0x9F, 0xFFFE, 0xFFFF, 0x202A...0x202E, 0x2066...0x2069:
      result.append("\u{FFFD}")
    default: result.append(scalar)
    }
    count += scalar.value > 0xFFFF ? 2 : 1
  }
  return escaped(String(result))
}

/// A text in which no `_x0041_` is left that Excel would read as a character: its underscore is
/// written as such an escape itself.
private func escaped(_ text: String) -> String {
  let bytes = Array(text.utf8)
  func isEscape(_ at: Int) -> Bool {
    at + 7 <= bytes.count && bytes[at] == UInt8(ascii: "_") && bytes[at + 1] == UInt8(ascii: "x")
      && bytes[at + 6] == UInt8(ascii: "_")
      && bytes[(at + 2)..<(at + 6)].allSatisfy { Character(UnicodeScalar($0)).isHexDigit }
  }
  var result: [UInt8] = []
  for at in bytes.indices {
    if bytes[at] == UInt8(ascii: "_"), isEscape(at) { result += Array("_x005F".utf8) }
    result.append(bytes[at])
  }
  return String(decoding: result, as: UTF8.self)
}

/// A title of a chart or an axis: the library takes one that begins with `=` for a formula.
func chartText(_ text: String) -> String {
  let title = shortened(cellText(visible(text)), to: 60)
  return title.hasPrefix("=") ? " " + title : title
}

/// The formats of a workbook, one of each.
final class Formats {
  typealias Format = UnsafeMutablePointer<lxw_format>

  private let book: UnsafeMutablePointer<lxw_workbook>
  private var known: [String: Format] = [:]
  /// Formats of numbers by decimals, those with a sign behind the others.
  private var numbers = [Format?](repeating: nil, count: 2 * Formats.mostPlaces)
  private static let mostPlaces = 8
  /// As libxlsxwriter numbers the directions of reading.
  private static let leftToRight: UInt8 = 1
  /// A font that every system has, or one of the same widths: columns are as wide everywhere.
  static let fontName = "Arial"

  init(_ book: UnsafeMutablePointer<lxw_workbook>) {
    self.book = book
    // The first format of a workbook is that of its empty cells; widths are counted in its digits.
    guard let usual = book.pointee.formats.pointee.stqh_first else { return }
    format_set_font_name(usual, Formats.fontName)
    format_set_font_size(usual, SheetPage.fontSize)
  }

  private func format(_ key: String, _ shape: (Format) -> Void) -> Format? {
    if let known = known[key] { return known }
    guard let fresh = workbook_add_format(book) else { return nil }
    format_set_font_name(fresh, Formats.fontName)
    format_set_font_size(fresh, SheetPage.fontSize)
    format_set_align(fresh, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
    shape(fresh)
    known[key] = fresh
    return fresh
  }

  var title: Format? {
    format("title") {
      format_set_bold($0)
      format_set_font_size($0, 18)
      format_set_font_color($0, Palette.blue.rawValue)
    }
  }

  var heading: Format? {
    format("heading") {
      format_set_bold($0)
      format_set_font_size($0, 11)
      format_set_font_color($0, Palette.blue.rawValue)
    }
  }

  /// A sentence of ours, which begins on the left whatever the name that it begins with.
  var paragraph: Format? {
    format("paragraph") {
      format_set_text_wrap($0)
      format_set_align($0, UInt8(LXW_ALIGN_LEFT.rawValue))
      format_set_reading_order($0, Formats.leftToRight)
    }
  }

  var header: Format? {
    format("header") {
      shapeHeader($0)
      format_set_indent($0, 1)
    }
  }

  /// The header of a column of figures.
  var rightHeader: Format? {
    format("right header") {
      shapeHeader($0)
      format_set_align($0, UInt8(LXW_ALIGN_RIGHT.rawValue))
    }
  }

  private func shapeHeader(_ format: Format) {
    format_set_bold(format)
    format_set_font_color(format, Shade.white)
    format_set_bg_color(format, Palette.blue.rawValue)
    format_set_text_wrap(format)
    format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_CENTER.rawValue))
  }

  func cell(_ cell: Cell) -> Format? {
    switch cell {
    case .text:
      return body("text") {
        format_set_num_format($0, "@")
        format_set_text_wrap($0)
        format_set_indent($0, 1)
      }
    case .absent:
      return body("absent") {
        format_set_font_color($0, Shade.absent)
        format_set_text_wrap($0)
        format_set_indent($0, 1)
      }
    case .percent: return body("percent") { format_set_num_format($0, "0 %") }
    case .p:
      return body("p") {
        format_set_num_format($0, "[<0.0001]\"< 0.0001\";[<0.001]0.0000;0.000")
      }
    case .mark:
      return body("mark") {
        format_set_num_format($0, "\"×\";\"×\";\"×\"")
        format_set_align($0, UInt8(LXW_ALIGN_CENTER.rawValue))
      }
    case .day:
      return body("day") {
        format_set_num_format($0, "yyyy-mm-dd")
        format_set_align($0, UInt8(LXW_ALIGN_LEFT.rawValue))
        format_set_indent($0, 1)
      }
    case .number(_, let places, let signed):
      let isUsual = (0..<Formats.mostPlaces).contains(places)
      let place = places + (signed ? Formats.mostPlaces : 0)
      if isUsual, let known = numbers[place] { return known }
      let digits = places > 0 ? "0." + String(repeating: "0", count: places) : "0"
      let code = signed ? "+\(digits);-\(digits);\(digits)" : digits
      let found = body("number \(code)") { format_set_num_format($0, code) }
      if isUsual { numbers[place] = found }
      return found
    case .state(let mark, _): return state(mark)
    }
  }

  private func body(_ key: String, _ shape: (Format) -> Void) -> Format? {
    format(key) {
      format_set_bottom($0, UInt8(LXW_BORDER_HAIR.rawValue))
      format_set_bottom_color($0, Shade.hairline)
      shape($0)
    }
  }

  /// Dark text on light tints of the palette; the letter says it without the colour.
  private func state(_ mark: DayMark?) -> Format? {
    return format("state \(mark?.rawValue ?? -1)") {
      format_set_align($0, UInt8(LXW_ALIGN_CENTER.rawValue))
      format_set_border($0, UInt8(LXW_BORDER_HAIR.rawValue))
      format_set_border_color($0, Shade.hairline)
      if mark == .missed || mark == .done { format_set_bold($0) }
      if let tint = mark.flatMap({ Shade.tints[$0] }) { format_set_bg_color($0, tint) }
    }
  }
}

/// The number by which spreadsheets know a day.
func excelNumber(_ day: Day) -> Double { Double(day.number) + 25_569 }

/// Colours beside the palette; every text on its ground has a contrast of 4.5 to 1 or more.
enum Shade {
  static let white: UInt32 = 0xFFFFFF
  static let hairline: UInt32 = 0xA6A6A6
  static let absent: UInt32 = 0x595959
  /// Bars behind dark numbers.
  static let bar: UInt32 = 0x9CCBE8
  /// Grounds of the adherence grid, for black letters.
  static let tints: [DayMark: UInt32] = [
    .done: 0xB3D4E8, .partial: 0xFBE3B3, .missed: 0xF2BFA6, .excused: 0xE4E4E4,
  ]
}
