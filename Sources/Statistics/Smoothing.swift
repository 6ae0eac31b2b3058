/// What makes an observed value lose weight in an exponentially weighted mean.
public enum Ageing: Sendable {
  /// Every day, observed or not: the one for diaries.
  case days
  /// Every later observed value; missing days do not count.
  case readings
  /// As `readings`, and the first value starts with full weight instead of its share.
  case readingsFromFirst
}

/// An exponentially weighted mean over a calendar: at each day Σ (1-α)^age y ÷ Σ of the weights,
/// over the observed days up to it. A missing day shows the mean so far.
///
/// - Parameters:
///   - series: one element a day, nil where missing.
///   - alpha: above 0, at most 1.
///   - ageing: what counts as age.
/// - Returns: nil before the first observed day. O(n). Reference: smoothing.json.
public func weightedMean(_ series: [Double?], alpha: Double, ageing: Ageing = .days) -> [Double?] {
  var sum = 0.0
  var weight = 0.0
  return series.map { value in
    if value != nil || ageing == .days {
      sum *= 1 - alpha
      weight *= 1 - alpha
    }
    if let value {
      let own = ageing == .readingsFromFirst && weight > 0 ? alpha : 1
      sum += own * value
      weight += own
    }
    return weight > 0 ? sum / weight : nil
  }
}

/// What a rolling window shows.
public enum WindowFigure: Sendable {
  /// The arithmetic mean.
  case mean
  /// The median.
  case median
  /// The sample standard deviation.
  case deviation
}

/// A figure of every day's window, computed afresh: nothing is carried from window to window, so no
/// rounding adds up.
///
/// - Parameters:
///   - series: one element a day, nil where missing.
///   - days: the window's length; it ends at its day, or has the day in its middle.
///   - need: observed days below which the window shows nothing.
///   - isCentered: whether the day lies in the middle.
/// - Returns: one element a day. O(n · days). Reference: smoothing.json.
public func rolling(
  _ series: [Double?], days: Int, need: Int, _ figure: WindowFigure, isCentered: Bool = false
) -> [Double?] {
  series.indices.map { day in
    let end = isCentered ? day + days / 2 : day
    let window = series[max(0, end - days + 1)...min(end, series.count - 1)].compactMap { $0 }
    guard window.count >= need else { return nil }
    switch figure {
    case .mean: return mean(window)
    case .median: return median(window)
    case .deviation: return standardDeviation(window)
    }
  }
}
