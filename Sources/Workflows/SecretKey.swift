import Foundation

/// The secret behind coded ids and shifted dates: 32 random bytes in a file of its own beside the
/// database, made when it is first needed.
///
/// Who holds it can tell who is who; whoever gets reports and exports must not get it.
public func secretKey(besides database: String) throws -> [UInt8] {
  let path = database + ".key"
  if let key = try storedKey(path) { return key }
  let fresh = (0..<32).map { _ in UInt8.random(in: 0...255) }
  let descriptor = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC | O_NOFOLLOW, 0o600)
  guard descriptor >= 0 else {
    // Another run made it a moment ago.
    if errno == EEXIST, let key = try storedKey(path) { return key }
    throw FileError.writeFailed(path, systemCause())
  }
  defer { close(descriptor) }
  let text = fresh.map { String(format: "%02x", $0) }.joined() + "\n"
  try writeAll(descriptor, Array(text.utf8)[...], path: path)
  guard fsync(descriptor) == 0 else { throw FileError.writeFailed(path, systemCause()) }
  return fresh
}

/// The key of a file, nil when there is none yet.
private func storedKey(_ path: String) throws -> [UInt8]? {
  guard FileManager.default.fileExists(atPath: path) else { return nil }
  let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
  let digits = Array(text.utf8.prefix { $0 != 0x0A })
  let key = stride(from: 0, to: digits.count - digits.count % 2, by: 2).compactMap {
    UInt8(String(decoding: digits[$0...($0 + 1)], as: UTF8.self), radix: 16)
  }
  guard digits.count == 64, key.count == 32 else {
    throw Failure(
      .configuration,
      "\(path) is not a key of lumbar. Put the right one back, or delete it: codes then change.")
  }
  return key
}
