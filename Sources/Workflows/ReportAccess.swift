import Foundation
import Records
import Storage

/// Who may read the reports of a night besides the user: nobody, or a group.
public struct ReportAccess: Sendable, Equatable {
  /// The user alone: 0600 files in 0700 folders.
  public static let owner = ReportAccess(group: nil)
  /// The number of a group that may read: 0640 files in 0750 folders.
  let group: gid_t?

  private init(group: gid_t?) { self.group = group }

  /// What a configuration asks for.
  ///
  /// - Parameter name: of a group; nil for none.
  public init(groupNamed name: String?) throws {
    guard let name else {
      self = .owner
      return
    }
    guard let entry = getgrnam(name) else {
      throw Failure(
        .configuration,
        "reports_group: there is no group \(visible(name)). Name one that there is, or make it "
          + "with groupadd.")
    }
    let group = entry.pointee.gr_gid
    guard geteuid() == 0 || getegid() == group || ReportAccess.memberships.contains(group) else {
      throw Failure(
        .configuration,
        "reports_group: files may not be given to the group \(visible(name)), of which this user "
          + "is no member. Have the user added to it, and log in again.")
    }
    self.init(group: group)
  }

  /// The groups of this process besides its own.
  private static var memberships: [gid_t] {
    var groups = [gid_t](repeating: 0, count: Int(max(0, getgroups(0, nil))))
    let count = getgroups(Int32(groups.count), &groups)
    return Array(groups.prefix(Int(max(0, count))))
  }

  /// Gives a file that is being written its rights.
  ///
  /// - Returns: false when the system refuses, which `errno` then says more of.
  func apply(to descriptor: Int32) -> Bool {
    guard let group else { return setPrivate(descriptor) }
    return fchown(descriptor, uid_t.max, group) == 0 && fchmod(descriptor, 0o640) == 0
  }

  /// Makes a folder for reports, which the group may look into.
  func makeFolder(_ path: String) throws {
    try Workflows.makeFolder(path)
    guard let group else { return }
    guard chown(path, uid_t.max, group) == 0, chmod(path, 0o750) == 0 else {
      throw Failure(
        .configuration,
        "reports_group: \(visible(path)) cannot be given to the group: \(systemCause()). Take the "
          + "key away, or choose another folder for reports.")
    }
  }
}
