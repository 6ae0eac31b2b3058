import Foundation
import Records
import Reporting
import Storage

/// Reports in a folder a day, and links to the newest of each person in `latest`, or copies.
struct PublishedReports {
  let folder: String
  let formats: Set<String>
  let day: Day
  var readers = ReportAccess.owner
  /// Whether copies are wanted where links are possible too.
  var copies = false

  /// Makes the folders, and removes what a killed run left in any of them.
  func prepare() throws {
    for name in dated() + ["latest"] { removeLeftovers(in: folder + "/" + name) }
    for path in [folder, "\(folder)/\(day)", folder + "/latest"] { try readers.makeFolder(path) }
  }

  /// Removes what this night left half made, or could not take out of the folders at once.
  func clearLeftovers() {
    for name in ["\(day)", "latest"] { removeLeftovers(in: folder + "/" + name) }
  }

  /// Writes a report and points `latest` to it, each file replaced as a whole.
  func publish(_ report: any Report, named name: String, threads: Int = 1) throws {
    let target = ReportTarget(
      folder: "\(folder)/\(day)", formats: formats, isASCII: false, access: readers)
    try target.write(report, named: name, threads: threads)
    for ending in formats.sorted() {
      try link("\(name).\(ending)", to: "../\(day)/\(name).\(ending)")
    }
  }

  private func link(_ name: String, to target: String) throws {
    if copies { return try copy(name) }
    let path = "\(folder)/latest/\(name)"
    var present = [CChar](repeating: 0, count: 4_096)
    let count = readlink(path, &present, present.count - 1)
    if count > 0,
      String(decoding: present[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self) == target
    {
      return
    }
    let temporary = "\(folder)/latest/.\(name).\(getpid()).tmp"
    unlink(temporary)
    if symlink(target, temporary) == 0, rename(temporary, path) == 0 { return }
    let (code, cause) = (errno, systemCause())
    unlink(temporary)
    // A stick or a share without links: a copy does as well.
    guard [EPERM, ENOTSUP, EOPNOTSUPP, ENOSYS].contains(code) else {
      throw FileError.writeFailed(path, cause)
    }
    try copy(name)
  }

  private func copy(_ name: String) throws {
    let report = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(day)/\(name)"))
    try replaceFile("\(folder)/latest/\(name)", for: readers, bytes: [UInt8](report))
  }

  /// Whether a name is one that reports have; other files in the folders are somebody's own.
  private static func isReport(_ name: String) -> Bool {
    reportFormats.contains { $0.name == name.endingOfPath }
  }

  /// Whether all formats of a report can be found in `latest`.
  func isPublished(_ name: String) -> Bool {
    formats.allSatisfy { access("\(folder)/latest/\(name).\($0)", F_OK) == 0 }
  }

  /// Removes links of `latest` to reports of nobody, and to formats that are not written any more;
  /// copies where it is known that they are reports.
  ///
  /// - Parameters:
  ///   - names: of all reports that there are.
  ///   - away: of people who get none any more.
  func prune(to names: Set<String>, away: Set<String> = []) {
    let days = dated()
    let links = (try? FileManager.default.contentsOfDirectory(atPath: folder + "/latest")) ?? []
    for link in links where PublishedReports.isReport(link) {
      let name = link.stemOfPath
      if names.contains(name), formats.contains(link.endingOfPath) { continue }
      var status = stat()
      let path = folder + "/latest/" + link
      guard lstat(path, &status) == 0 else { continue }
      if status.st_mode & S_IFMT == S_IFLNK || away.contains(name)
        || days.contains(where: { access("\(folder)/\($0)/\(link)", F_OK) == 0 })
      {
        unlink(path)
      }
    }
  }

  /// Makes the links that were made outlast a power cut: before anybody notes that reports are
  /// published.
  func settle() throws { try syncFolder(folder + "/latest") }

  /// The folders of days, the oldest first.
  private func dated() -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).filter { name in
      name.count == 10 && name.utf8.allSatisfy { ($0 >= 0x30 && $0 <= 0x39) || $0 == 0x2D }
    }.sorted()
  }

  /// Removes the files of all but the newest folders, unless `latest` points to them.
  func retain(newest keep: Int) throws {
    let files = FileManager.default
    let days = dated()
    let latest = Set(
      try files.contentsOfDirectory(atPath: folder + "/latest").compactMap {
        try? files.destinationOfSymbolicLink(atPath: "\(folder)/latest/\($0)")
      })
    for day in days.dropLast(keep) {
      for name in try files.contentsOfDirectory(atPath: "\(folder)/\(day)")
      where PublishedReports.isReport(name) && !latest.contains("../\(day)/\(name)") {
        unlink("\(folder)/\(day)/\(name)")
      }
      rmdir("\(folder)/\(day)")
    }
  }
}
