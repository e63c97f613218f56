import CLinux
import FoundationEssentials
import Glibc
import TestSupport

/// A folder for one run, gone with it. It belongs to whoever the measured programs run as: the user nobody where the
/// benchmark runs as root, for whom Usher would use the machine's own folders.
final class Workspace {
  private static let nobody = 65_534

  private let directory = TemporaryDirectory()
  /// The user that programs are started as, and -1 for that of the benchmark.
  let user: Int

  init() throws(Unmeasured) {
    user = geteuid() == 0 ? Workspace.nobody : -1
    give(directory.path)
  }

  var path: String { directory.path }
  var isRoot: Bool { user >= 0 }

  func file(_ name: String) -> String { directory.file(name) }

  /// A folder in this one, made where it is missing.
  func folder(_ name: String) throws(Unmeasured) -> String { try folder(named: file(name)) }

  /// A folder, made where it is missing.
  func folder(named path: String) throws(Unmeasured) -> String {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw Unmeasured(reason: "\(path) cannot be made: \(error)")
    }
    give(path)
    return path
  }

  /// A text file, in folders that are made where they are missing.
  func write(_ text: String, to path: String) throws(Unmeasured) {
    let folder = String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw Unmeasured(reason: "\(folder) cannot be made: \(error)")
    }
    TextFile.write(text, to: path)
  }

  /// A copy of a file or a folder, in place of what is there.
  func copy(_ from: String, to: String) throws(Unmeasured) {
    remove(to)
    let result = ChildProcess.run("/bin/cp", ["-a", from, to])
    if result.status != 0 {
      throw Unmeasured(reason: "\(from) cannot be copied: \(result.errorText)")
    }
    give(to)
  }

  func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

  func remove(_ path: String) { try? FileManager.default.removeItem(atPath: path) }

  /// Makes everything in a folder the measured programs' own.
  func give(_ path: String) {
    guard isRoot else { return }
    _ = ChildProcess.run("/bin/chown", ["-R", "\(user):\(user)", path])
  }
}
