internal import Basics
internal import CLinux
internal import Connections

/// What `usher doctor` says of a directory that has to be private.
enum DirectoryExamination {
  static func examine(
    _ path: String, _ privacy: PrivateDirectory.Privacy, _ subject: String
  ) -> [StoreFinding] {
    do throws(StoreError) {
      guard let directory = try PrivateDirectory.open(path, privacy) else {
        return [
          StoreFinding(
            subject: subject, state: .good, finding: "\(path) is made at the first save")
        ]
      }
      let found = StoreFinding(
        subject: subject, state: .good, finding: "\(directory.path) is changed by you alone")
      return [found] + examineParents(of: directory.path, subject)
    } catch {
      return [StoreFinding(subject: subject, error)]
    }
  }

  /// Whoever can write to a directory above could put another one in place of ours.
  private static func examineParents(of path: String, _ subject: String) -> [StoreFinding] {
    var findings: [StoreFinding] = []
    var path = path[...]
    while let slash = path.lastIndex(of: "/"), path.count > 1 {
      path = slash == path.startIndex ? "/" : path[..<slash]
      // The path has no links in it: `PrivateDirectory` has resolved them.
      guard let status = try? FileStatus(of: String(path), in: AT_FDCWD) else { break }
      let isSticky = status.mode & 0o1000 != 0
      if status.mode & 0o022 != 0, !isSticky {
        findings.append(
          StoreFinding(
            subject: subject, state: .warning,
            finding: "\(path), above it, can be changed by others (mode \(status.modeText))",
            advice: "chmod go-w \(path)"))
      } else if status.owner != 0, status.owner != geteuid() {
        findings.append(
          StoreFinding(
            subject: subject, state: .warning,
            finding: "\(path), above it, belongs to user \(status.owner)"))
      }
    }
    return findings
  }
}
