extension RandomAccessCollection where Index == Int {
  /// Where elements begin that do not satisfy a condition, which none behind them does. O(log
  /// count).
  public func end(where isBefore: (Element) -> Bool) -> Int {
    var low = startIndex
    var high = endIndex
    while low < high {
      let middle = (low + high) / 2
      if isBefore(self[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
