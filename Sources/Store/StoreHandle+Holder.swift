internal import Basics
internal import CLinux

extension StoreHandle {
  /// Who has the store at the moment, for a person who waits: `sqlite3 (process 4711)`. Nil when nobody does, or the system
  /// does not tell.
  package func holder() -> String? {
    guard let directory = try? FileDescriptor.open(directory: location.directory),
      let table = StoreHandle.text(of: "/proc/locks")
    else { return nil }
    // Where a journal is shared, the locks are on the file beside it.
    let inodes = [location.name, location.name + "-shm"].compactMap {
      (try? FileStatus(of: $0, in: directory.number))??.inode
    }
    let processes = table.split(separator: "\n").compactMap {
      StoreHandle.process(of: $0, on: inodes)
    }
    guard let process = processes.first(where: { $0 != getpid() }) else { return nil }
    let name = StoreHandle.text(of: "/proc/\(process)/comm")?.split(separator: "\n").first
    return name.map { "\($0) (process \(process))" } ?? "process \(process)"
  }

  /// `1: POSIX ADVISORY WRITE 4711 fe:01:8392 0 EOF`: who it is, if the lock keeps others from one of the files. Whoever
  /// only waits for it has an arrow in front.
  private static func process(of line: Substring, on inodes: [UInt64]) -> Int32? {
    let words = line.split(separator: " ")
    guard words.count >= 6, words[1] != "->", words[3] == "WRITE",
      let inode = words[5].split(separator: ":").last.flatMap({ UInt64($0) }),
      inodes.contains(inode), let process = Int32(words[4]), process > 0
    else { return nil }
    return process
  }

  private static func text(of path: String) -> String? {
    guard let bytes = try? RegularFile(path).bytes(limit: 1 << 20) else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }
}
