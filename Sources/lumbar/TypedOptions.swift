import ArgumentParser
import Configuration
import Ingest
import Records

// Values of options as types: the argument parser refuses others, lists what there is, and offers
// it where a shell completes.

extension Kind: ExpressibleByArgument {}
extension DateOrder: ExpressibleByArgument {}
extension WeightUnit: ExpressibleByArgument {}

/// What stands before decimals.
enum DecimalMark: String, CaseIterable, ExpressibleByArgument {
  case point, comma

  /// By its name, or the mark itself.
  init?(argument: String) {
    switch argument {
    case "point", ".": self = .point
    case "comma", ",": self = .comma
    default: return nil
    }
  }

  /// The mark in ASCII.
  var byte: UInt8 { self == .point ? 0x2E : 0x2C }
}

/// What an export is written in.
enum ExportFormat: String, CaseIterable, ExpressibleByArgument {
  case csv, json, fhir
}

/// A calendar month, as `2026-10`.
struct Month: ExpressibleByArgument {
  /// Its first day.
  let first: Day

  init?(argument: String) {
    guard let first = try? Day(argument: argument + "-01", name: "") else { return nil }
    self.first = first
  }
}

/// A number of days, as `14d` or `2w`.
struct DayCount: ExpressibleByArgument {
  /// From 1 to 3650.
  let days: Int

  init?(argument: String) {
    guard let unit = ["d": 1, "w": 7][argument.suffix(1)], let number = Int(argument.dropLast()),
      (1...3_650).contains(number), number * unit <= 3_650
    else { return nil }
    days = number * unit
  }
}

/// An age in hours or days, as `26h` or `2d`.
struct Age: ExpressibleByArgument {
  let hours: Int

  init?(argument: String) {
    guard let hours = Configuration.hours(of: argument) else { return nil }
    self.hours = hours
  }
}
