internal import Basics
internal import CLinux
internal import Credentials
internal import Secrets

extension SQLiteStore {
  /// Looks at directories, modes, file system, store and keys, and changes nothing.
  package func examine() -> [StoreFinding] {
    location.notes.map { StoreFinding(subject: "place", state: .warning, finding: $0) }
      + examine(location.configuration, .readable, "configuration directory")
      + examine(location.directory, .closed, "store directory")
      + examineFileSystem() + examineStore() + examineKeys()
  }

  private func examine(
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
      return [bad(subject, error)]
    }
  }

  /// Whoever can write to a directory above could put another one in place of ours.
  private func examineParents(of path: String, _ subject: String) -> [StoreFinding] {
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

  private func examineFileSystem() -> [StoreFinding] {
    guard let directory = try? PrivateDirectory.open(location.directory, .closed) else { return [] }
    let system = disk.fileSystem ?? FileSystem(of: directory.descriptor)
    if let name = system.networkName {
      return [
        StoreFinding(
          subject: "file system", state: .warning,
          finding: "the store is on \(name), where locks between machines may not hold",
          advice: "use it from one machine at a time, or keep it on a local disk")
      ]
    }
    guard system.isReadOnly else { return [] }
    return [
      StoreFinding(
        subject: "file system", state: .warning,
        finding: "it takes no writes: connections can be read and not stored")
    ]
  }

  private func examineStore() -> [StoreFinding] {
    do throws(StoreError) {
      guard let store = try openExisting() else {
        return [
          StoreFinding(
            subject: "store", state: .good, finding: "\(location.path) is made at the first save")
        ]
      }
      let count: Int
      do {
        count = try store.rows().count
      } catch {
        throw error.explained("cannot list the connections in \(store.path)")
      }
      let things = count == 1 ? "1 connection" : "\(count) connections"
      return [
        StoreFinding(subject: "store", state: .good, finding: "\(store.path) is sound, \(things)")
      ]
    } catch {
      return [bad("store", error)]
    }
  }

  private func examineKeys() -> [StoreFinding] {
    do throws(StoreError) {
      let report = try keys()
      var findings = [
        StoreFinding(
          subject: "identity", state: .good,
          finding: report.identityLocation
            + (report.protection.level.map { ", level \($0) of protection" } ?? ", handed in"))
      ]
      guard let store = try openExisting() else { return findings }
      try keySetup.check(store.header, path: store.path)
      if !report.isRemembered {
        findings.append(
          StoreFinding(
            subject: "recipients", state: .warning,
            finding: "this machine does not remember whom the store is sealed to",
            advice: "the next save remembers it, if \(location.configuration) can be written"))
      }
      return findings
    } catch {
      return [bad("identity", error)]
    }
  }

  private func bad(_ subject: String, _ error: StoreError) -> StoreFinding {
    let explanation = error.explanation
    let finding = [explanation.what, explanation.why].compactMap(\.self).joined(separator: ": ")
    return StoreFinding(
      subject: subject, state: .bad, finding: finding, advice: explanation.advice)
  }
}
