internal import Basics
internal import CLinux
internal import Glibc
internal import Secrets

/// A file that a command writes whole or not at all: beside, synced, and renamed over what was there.
///
/// Its directory is held open, and has to be one in which nobody else can put another file in its place.
struct WholeFile: ~Copyable {
  /// Who may read it.
  enum Audience {
    /// This account alone: it holds secrets.
    case owner
    /// Everybody, as the files of systemd.
    case everybody
  }

  let path: String
  private let audience: Audience
  private let directory: FileDescriptor
  private let name: String
  /// What has its name now; nil when nothing has.
  let old: FileStatus?

  /// Looks at the place. Nothing is written.
  /// - Throws: where it cannot, or must not, be written.
  init(_ path: String, for audience: Audience) throws(CommandError) {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    let name = parts.last.map(String.init) ?? ""
    let folder = parts.dropLast().joined(separator: "/")
    let parent = folder.isEmpty ? (path.hasPrefix("/") ? "/" : ".") : folder
    guard !["", ".", ".."].contains(name) else {
      throw .failed(Explanation(what: "\(path) cannot be written", why: "it is a directory"))
    }
    let directory = try WholeFile.opened(parent)
    let old = try WholeFile.asking(path) { () throws(SystemError) in
      try FileStatus(of: name, in: directory.number)
    }
    if let old { try WholeFile.accept(old, at: path) }
    self.path = path
    self.name = name
    self.audience = audience
    self.directory = directory
    self.old = old
  }

  /// Whether it has exactly these bytes already, and nobody reads it who should not.
  borrowing func holds(_ bytes: RawSpan) -> Bool {
    guard let old, old.size == bytes.byteCount, mode == old.mode,
      let file = try? RegularFile(name, in: directory.number, followsLink: false),
      let content = try? SecretBuffer.reading(
        file.descriptor.number, limit: max(1, bytes.byteCount))
    else { return false }
    return content.withBytes { $0.equals(bytes) }
  }

  /// Whether the file that is there can be read by others although it is to be its owner's alone.
  var isTooOpen: Bool { audience == .owner && (old?.isOpenToOthers ?? false) }

  /// Puts the bytes in place.
  borrowing func write(_ bytes: RawSpan) throws(CommandError) {
    let (folder, name, mode) = (directory.number, name, mode)
    try WholeFile.asking(path) { () throws(SystemError) in
      try directory.replaceFile(
        name, by: bytes, through: ".\(name).usher-\(SystemRandom.hex(6))", mode: mode,
        isDurable: true)
      guard fsync(folder) == 0 else { throw .last }
    }
  }

  /// A stricter mode than ours is kept.
  private var mode: UInt32 {
    switch audience {
    case .everybody: 0o644
    case .owner:
      if let old, old.mode & ~0o600 == 0, old.mode != 0 { old.mode } else { 0o600 }
    }
  }

  /// Makes the directories above a file that are missing, for everybody to look into.
  static func makeDirectories(above path: String) throws(CommandError) {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    for end in parts.indices {
      let folder = parts[...end].joined(separator: "/")
      guard !folder.isEmpty, unsafe access(folder, F_OK) != 0 else { continue }
      try asking(folder) { () throws(SystemError) in
        // Not by mkdir's mode alone, of which the umask takes away.
        guard unsafe mkdir(folder, 0o755) == 0, unsafe chmod(folder, 0o755) == 0 else {
          throw .last
        }
      }
    }
  }

  // MARK: What is refused

  private static func opened(_ folder: String) throws(CommandError) -> FileDescriptor {
    let directory = try asking(folder) { () throws(SystemError) in
      try FileDescriptor.open(directory: folder)
    }
    let number = directory.number
    let status = try asking(folder) { () throws(SystemError) in
      try FileStatus(descriptor: number)
    }
    // In one like /tmp nobody renames or removes what is another's.
    let isShared = status.mode & 0o1000 != 0
    guard status.mode & 0o022 == 0 || isShared else {
      throw .failed(
        Explanation(
          what: "nothing is written in \(folder)",
          why: "others can write there too (mode \(status.modeText)), and could exchange the file",
          advice: "chmod go-w \(ShellWord.quoted(folder)), or name another directory"))
    }
    guard [0, geteuid()].contains(status.owner) else {
      throw .failed(
        Explanation(
          what: "nothing is written in \(folder)", why: "it belongs to another user",
          advice: "name a directory of your own"))
    }
    return directory
  }

  private static func accept(_ old: FileStatus, at path: String) throws(CommandError) {
    switch old.kind {
    case .file: break
    case .link:
      throw .failed(
        Explanation(
          what: "\(path) is not written", why: "it is a symbolic link",
          advice: "name the file that it leads to: \(FilePath.canonical(path))"))
    case .directory, .other:
      throw .failed(
        Explanation(
          what: "\(path) is not written", why: "it is no file",
          advice: "name a file; without one, the output goes to a pipe"))
    }
    guard old.owner == geteuid() else {
      throw .failed(
        Explanation(
          what: "\(path) is not written", why: "it belongs to another user",
          advice: "run the command as its owner, or remove the file"))
    }
  }

  private static func asking<Result: ~Copyable>(
    _ path: String, _ body: () throws(SystemError) -> Result
  ) throws(CommandError) -> Result {
    do throws(SystemError) {
      return try body()
    } catch {
      throw .failed(
        Explanation(
          what: "\(path) cannot be written", why: error.reason, advice: "nothing was changed"))
    }
  }
}
