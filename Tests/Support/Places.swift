import Foundation

/// The project's folder, found from this file.
public let projectFolder = URL(fileURLWithPath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

/// A file or folder of Fixtures.
public func fixture(_ path: String) -> URL {
  projectFolder.appendingPathComponent("Fixtures").appendingPathComponent(path)
}

/// The bytes of a fixture.
public func fixtureBytes(_ path: String) throws -> [UInt8] {
  Array(try Data(contentsOf: fixture(path)))
}

/// A new folder that is removed with everything in it when the closure ends.
public func withTemporaryFolder<T>(_ body: (URL) throws -> T) throws -> T {
  let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("lumbar-test-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  return try body(folder)
}
