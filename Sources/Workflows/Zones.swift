import Foundation
import Records
import Synchronization

/// Whether the system has a zone of a name, a link to another one included.
private func isZone(_ name: String) -> Bool {
  if TimeZone.knownTimeZoneIdentifiers.contains(name) { return true }
  let isSafe =
    !name.isEmpty && !name.hasPrefix("/") && !name.split(separator: "/").contains("..")
    && name.utf8.allSatisfy { byte in
      (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte)
        || [0x2F, 0x5F, 0x2B, 0x2D].contains(byte)
    }
  guard isSafe, let file = FileHandle(forReadingAtPath: "/usr/share/zoneinfo/" + name) else {
    return name == "UTC" || name == "GMT" || name == "Etc/UTC"
  }
  // What zone files begin with (RFC 8536).
  return (try? file.read(upToCount: 4)) == Data("TZif".utf8)
}

/// The rules of a time zone by its IANA name, from 1900 to 2100; nil for a name that does not
/// exist.
public func zoneRules(named name: String) -> ZoneRules? {
  guard isZone(name), let zone = TimeZone(identifier: name) else { return nil }
  let start = Date(timeIntervalSince1970: -2_208_988_800)
  let end = Date(timeIntervalSince1970: 4_102_444_800)
  var transitions: [(at: Int64, offset: Int32)] = []
  var moment = start
  while let next = zone.nextDaylightSavingTimeTransition(after: moment), next < end {
    transitions.append(
      (Int64(next.timeIntervalSince1970), Int32(zone.secondsFromGMT(for: next))))
    moment = next
  }
  return ZoneRules(
    name: name, base: Int32(zone.secondsFromGMT(for: start)), transitions: transitions)
}

/// Zones of people, each turned into rules once.
final class ZoneBook: Sendable {
  private let rules = Mutex<[String: ZoneRules]>([:])

  /// Takes the zones of people, by their codes, instead of those before.
  func set(_ zones: [String: String]) {
    var byName: [String: ZoneRules] = [:]
    for name in Set(zones.values) { byName[name] = zoneRules(named: name) }
    let found = zones.compactMapValues { byName[$0] }
    rules.withLock { $0 = found }
  }

  /// The rules of a person's zone; nil where none is known.
  func rules(of patient: String) -> ZoneRules? { rules.withLock { $0[patient] } }
}
