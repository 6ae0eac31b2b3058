import Foundation
import Records

/// The rules of a time zone by its IANA name, from 1900 to 2100; nil for a name that does not exist.
func zoneRules(named name: String) -> ZoneRules? {
  guard
    TimeZone.knownTimeZoneIdentifiers.contains(name) || ["UTC", "GMT", "Etc/UTC"].contains(name),
    let zone = TimeZone(identifier: name)
  else { return nil }
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
