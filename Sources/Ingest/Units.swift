import Records

/// The scale of a unit for a field: minutes, seconds of holding, kilograms, degrees, hours.
///
/// - Parameter unit: as people write it; case and a point at its end do not matter.
/// - Returns: nil for a unit that the field cannot be in.
func unitScale(_ unit: String, for field: Field) -> UnitScale? {
  func seconds(in unitOfField: Double) -> UnitScale? {
    Quantity.duration.scale(from: unit).map {
      UnitScale(times: $0.times, over: $0.over * unitOfField)
    }
  }
  switch field {
  case .holdSeconds: return seconds(in: 1)
  case .minutes: return seconds(in: 60)
  case .hours: return seconds(in: 3_600)
  case .loadKilograms: return Quantity.mass.scale(from: unit)
  case .angleDegrees: return Quantity.angle.scale(from: unit)
  default: return nil
  }
}

/// Whether numbers of a field can be in a unit.
public func isUnit(_ unit: String, of field: Field) -> Bool { unitScale(unit, for: field) != nil }

/// A column's name and the unit in brackets at its end, as in `Weight (lbs)`.
func splitUnit(_ header: String) -> (name: String, unit: String)? {
  guard header.hasSuffix(")"), let open = header.lastIndex(of: "("), open > header.startIndex
  else { return nil }
  let unit = header[header.index(after: open)...].dropLast()
  let name = header[..<open].trimmingSuffix { $0 == " " || $0 == "_" }
  return name.isEmpty || unit.isEmpty ? nil : (name, String(unit))
}

extension Substring {
  fileprivate func trimmingSuffix(while isDropped: (Character) -> Bool) -> String {
    var kept = self
    while let last = kept.last, isDropped(last) { kept.removeLast() }
    return String(kept)
  }
}

/// Seconds of a duration such as `1h 23m 5s`, `45 min`, `90s` or `1:23:05`; nil for anything else.
///
/// Two parts with one colon are not read: minutes and seconds look like hours and minutes.
func parseDuration(_ bytes: Bytes) -> Double? {
  let text = bytes.text.lowercased()
  let parts = text.split(separator: ":", omittingEmptySubsequences: false)
  if parts.count == 3 {
    // Watches write the seconds with a fraction: 00:04:36.5.
    let last = parts[2].split(separator: ".", omittingEmptySubsequences: false)
    let numbers = (parts[..<2] + last).compactMap { part in
      part.utf8.count <= 9 && part.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 } ? Int(part) : nil
    }
    guard numbers.count == 2 + last.count, last.count <= 2, numbers[0] <= 9_999, numbers[1] < 60,
      numbers[2] < 60
    else { return nil }
    let fraction = last.count == 2 ? Double("0." + last[1]) ?? 0 : 0
    return Double(numbers[0] * 3_600 + numbers[1] * 60 + numbers[2]) + fraction
  }
  var seconds = 0.0
  var largest = Double.infinity
  var rest = Substring(text)
  while true {
    rest = rest.drop { $0 == " " }
    if rest.isEmpty { break }
    let digits = rest.prefix { ("0"..."9").contains($0) }
    if digits.count == rest.count, digits.count == 2, largest == 3_600, let minutes = Double(digits)
    {
      // 1h10, as it is written in French.
      return minutes < 60 ? seconds + minutes * 60 : nil
    }
    rest = rest.dropFirst(digits.count).drop { $0 == " " }
    let word = rest.prefix { $0.isLetter }
    rest = rest.dropFirst(word.count)
    let size: Double
    switch word {
    case "h", "hr", "hrs", "hour", "hours", "std": size = 3_600
    case "m", "min", "mins", "minute", "minutes": size = 60
    case "s", "sec", "secs", "second", "seconds", "sek": size = 1
    default: return nil
    }
    guard let number = Double(digits), digits.utf8.count <= 7, size < largest else { return nil }
    seconds += number * size
    largest = size
  }
  return largest < .infinity ? seconds : nil
}
