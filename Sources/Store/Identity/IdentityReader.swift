internal import CLinux
internal import Credentials
internal import Secrets

enum IdentityReadError: Error {
  case store(StoreError)
  case system(SystemError)
  case tooLong
}

/// Reads the bytes of an identity and refuses a file that others could read, as ssh does.
enum IdentityReader {
  /// Nil when there is no such file. A missing file that was asked for by name is an error.
  static func read(_ source: IdentitySource) throws(IdentityReadError) -> SecretBuffer? {
    switch source {
    case .descriptor(let number):
      return try content { () throws(SystemError) in
        try FileDescriptor.readAll(from: number, limit: IdentityFile.limit)
      }
    case .file(let path): return try readFile(path, source)
    case .credential(let path): return try readFile(path, source)
    case .standard(let path): return try readFile(path, source)
    }
  }

  private static func readFile(
    _ path: String, _ source: IdentitySource
  ) throws(IdentityReadError) -> SecretBuffer? {
    // Only we may write to our own directory: a link in it would be a surprise. Elsewhere links are common, as in
    // mounted secrets, and the file behind them is checked.
    let isStandard = source == .standard(path)
    let flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | (isStandard ? O_NOFOLLOW : 0)
    let number = unsafe linux_open(path, flags, 0)
    guard number >= 0 else {
      let error = SystemError.last
      if error.number == ENOENT, isStandard { return nil }
      throw .system(error)
    }
    let file = FileDescriptor(number)
    let status: FileStatus
    do {
      status = try FileStatus(descriptor: number)
    } catch {
      throw .system(error)
    }
    try verify(status, path, source)
    return try content { () throws(SystemError) in
      try file.readAll(limit: IdentityFile.limit)
    }
  }

  private static func content(
    _ read: () throws(SystemError) -> SecretBuffer?
  ) throws(IdentityReadError) -> SecretBuffer {
    do {
      if let content = try read() { return content }
    } catch {
      throw .system(error)
    }
    throw .tooLong
  }

  private static func verify(
    _ status: FileStatus, _ path: String, _ source: IdentitySource
  ) throws(IdentityReadError) {
    guard status.kind == .file else {
      let advice = "name the file itself with --identity, or hand it in with --identity-fd"
      throw .store(Refusal.kind(path, status, advice: advice))
    }
    guard status.owner == geteuid() || status.owner == 0 else {
      throw .store(Refusal.owner(path, status))
    }
    // systemd lets one user in through an access list, which shows as a group bit.
    let foreign: UInt32 = if case .credential = source { 0o007 } else { 0o077 }
    guard status.mode & foreign == 0 else {
      throw .store(Refusal.mode(path, status, wanted: "0400"))
    }
    if case .standard = source, status.links != 1 { throw .store(Refusal.links(path)) }
  }
}
