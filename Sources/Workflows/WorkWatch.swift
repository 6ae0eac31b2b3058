/// Somebody who watches how far a long piece of work is.
public protocol WorkWatch: AnyObject {
  /// So much is done.
  func update(_ done: Int)
  /// All of it is done, or given up.
  func clear()
}

/// What watches a piece of work of a name and a total; nil where nobody does.
public typealias WatchMaker = (_ name: String, _ total: Int) -> (any WorkWatch)?
