internal import Basics
internal import CLinux
internal import Connections
internal import Secrets

enum IdentityReadError: Error {
  case store(StoreError)
  case system(SystemError)
  case tooLong

  func explained(_ source: IdentitySource) -> StoreError {
    switch self {
    case .store(let error): error
    case .system(let error):
      .identity(
        Explanation(what: "cannot read the identity \(source.text)", why: error.reason))
    case .tooLong:
      .identity(
        Explanation(
          what: "cannot use the identity \(source.text)",
          why: "it is longer than any identity file"))
    }
  }
}

/// Reads the bytes of an identity and refuses a file that others could read, as ssh does.
enum IdentityReader {
  /// Nil when there is no such file. A missing file that was asked for by name is an error.
  static func read(
    _ source: IdentitySource, notice: StoreNotice.Receiver? = nil
  ) throws(IdentityReadError) -> SecretBuffer? {
    switch source {
    case .descriptor(let number):
      return try content { () throws(SystemError) in
        try SecretBuffer.reading(number, limit: IdentityFile.limit)
      }
    case .command(let words): return try text(IdentityCommand(words).output())
    case .file(let path): return try readFile(path, source, notice)
    case .credential(let path): return try readFile(path, source, notice)
    case .standard(let path): return try readFile(path, source, notice)
    }
  }

  /// Nil when there is no file and none is needed: a missing one of our own directory is a store's first day.
  private static func open(
    _ path: String, followsLink: Bool
  ) throws(IdentityReadError) -> RegularFile? {
    do throws(RegularFile.Problem) {
      return try RegularFile(path, followsLink: followsLink)
    } catch {
      switch error {
      case .notAFile(let status):
        let advice = "name the file itself with --identity, or hand it in with --identity-fd"
        throw .store(PermissionError.kind(path, status, advice: advice))
      case .system(let error):
        if error.code == ENOENT, !followsLink { return nil }
        if error.code == ELOOP, !followsLink { throw .store(linkRefusal(path)) }
        throw .system(error)
      }
    }
  }

  private static func linkRefusal(_ path: String) -> StoreError {
    let target = FilePath.canonical(path)
    return .permissions(
      Explanation(
        what: "\(path) is not used", why: "it is a symbolic link",
        advice: target == path
          ? "it leads nowhere; put the identity itself in its place"
          : "name the file that it leads to: --identity \(target)"))
  }

  private static func readFile(
    _ path: String, _ source: IdentitySource, _ notice: StoreNotice.Receiver?
  ) throws(IdentityReadError) -> SecretBuffer? {
    // Only we may write to our own directory: a link in it would be a surprise. Elsewhere links are common, as in
    // mounted secrets, and the file behind them is checked.
    let isStandard = source == .standard(path)
    guard let file = try open(path, followsLink: !isStandard) else { return nil }
    try verify(file.status, path, source)
    if isStandard, file.status.links != 1 {
      notice?(
        .warning("\(path) has a second name (a hard link): somewhere is a copy of it in plain text")
      )
    }
    return try content { () throws(SystemError) in
      try SecretBuffer.reading(file.descriptor.number, limit: IdentityFile.limit)
    }
  }

  private static func content(
    _ read: () throws(SystemError) -> SecretBuffer?
  ) throws(IdentityReadError) -> SecretBuffer {
    let content: SecretBuffer?
    do {
      content = try read()
    } catch {
      throw .system(error)
    }
    guard let content else { throw .tooLong }
    return try text(content)
  }

  private static func text(
    _ content: consuming SecretBuffer
  ) throws(IdentityReadError) -> SecretBuffer {
    // Windows puts a mark in front of what it writes, or writes UTF-16.
    do throws(TextFormFault) {
      return try content.asUTF8()
    } catch {
      throw .store(.identity(error.explanation))
    }
  }

  private static func verify(
    _ status: FileStatus, _ path: String, _ source: IdentitySource
  ) throws(IdentityReadError) {
    guard status.owner == geteuid() || status.owner == 0 else {
      throw .store(PermissionError.owner(path, status, of: .identity))
    }
    // systemd lets one user in through an access list, which shows as a group bit.
    let foreign: UInt32 = if case .credential = source { 0o007 } else { 0o077 }
    guard status.mode & foreign == 0 else {
      throw .store(PermissionError.mode(path, status, wanted: "0400", of: .identity))
    }
  }
}
