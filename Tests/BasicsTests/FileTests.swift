import Basics
import CLinux
import Glibc
import TestSupport
import Testing

@Suite struct Files {
  /// Writes a file with the calls under test.
  private func write(_ text: String, to path: String) throws(SystemError) {
    let file = try FileDescriptor.open(path, O_WRONLY | O_CREAT | O_EXCL, mode: 0o644)
    try unsafe file.write(text.utf8.span.bytes)
  }

  private func problem(
    _ path: String, in directory: Int32? = nil, followsLink: Bool = true
  ) -> RegularFile.Problem? {
    do throws(RegularFile.Problem) {
      _ = try RegularFile(path, in: directory, followsLink: followsLink)
      return nil
    } catch {
      return error
    }
  }

  @Test func `a file is read whole, in parts and within a limit`() throws {
    let directory = TemporaryDirectory()
    let text = String(repeating: "0123456789", count: 20_000)
    try write(text, to: directory.file("a"))
    let file = try RegularFile(directory.file("a"))
    let (size, part) = (file.status.size, file.bytes(in: 5..<12))
    #expect(size == 200_000)
    #expect(part == Array("5678901".utf8))
    let beyond = file.bytes(in: 199_999..<200_001)
    #expect(beyond == nil)
    let whole = try file.bytes(limit: 200_000)
    #expect(whole == Array(text.utf8))
    let refused = try RegularFile(directory.file("a")).bytes(limit: 199_999)
    #expect(refused == nil)
  }

  @Test func `a file that grows after it was opened is read to its end or refused`() throws {
    let directory = TemporaryDirectory()
    try write("12345", to: directory.file("a"))
    let (path, other) = (directory.file("a"), String(repeating: "x", count: 100_000))
    let first = try RegularFile(path)
    let second = try RegularFile(path)
    let end = try FileDescriptor.open(path, O_WRONLY | O_APPEND)
    try unsafe end.write(other.utf8.span.bytes)
    let whole = try first.bytes(limit: 200_000)
    #expect(whole == Array("12345\(other)".utf8))
    let refused = try second.bytes(limit: 99)
    #expect(refused == nil)
  }

  @Test func `what is no regular file is refused without waiting`() throws {
    let directory = TemporaryDirectory()
    try #require(unsafe mkfifo(directory.file("pipe"), 0o600) == 0)
    for path in [directory.path, directory.file("pipe"), "/dev/null"] {
      guard case .notAFile(let status)? = problem(path) else {
        Issue.record("\(path) was read")
        continue
      }
      #expect(status.kind != .file)
    }
    #expect(problem(directory.file("none")) == .system(SystemError(code: ENOENT)))
  }

  @Test func `a link is followed only where that is allowed`() throws {
    let directory = TemporaryDirectory()
    try write("1", to: directory.file("a"))
    try #require(unsafe symlink("a", directory.file("link")) == 0)
    let folder = try FileDescriptor.open(directory: directory.path)
    let number = folder.number
    #expect(problem("link", in: number) == nil)
    #expect(problem("link", in: number, followsLink: false) == .system(SystemError(code: ELOOP)))
    #expect(try FileStatus(of: "link", in: number)?.kind == .link)
    #expect(try FileStatus(of: "link", in: number, followsLink: true)?.kind == .file)
    #expect(try FileStatus(of: "none", in: number) == nil)
    #expect(FilePath.canonical(directory.file("link")).hasSuffix("/a"))
    #expect(FilePath.canonical("/none/of/it") == "/none/of/it")
  }

  @Test func `a directory that is a link is opened only where that is allowed`() throws {
    let directory = TemporaryDirectory()
    try #require(unsafe symlink(".", directory.file("link")) == 0)
    let link = directory.file("link")
    #expect(throws: Never.self) { _ = try FileDescriptor.open(directory: link) }
    #expect(throws: SystemError.self) {
      _ = try FileDescriptor.open(directory: link, followsLink: false)
    }
  }

  @Test(arguments: [0o600, 0o400] as [UInt32])
  func `a file is replaced whole, with the mode that is asked for`(mode: UInt32) throws {
    let directory = TemporaryDirectory()
    try write("before", to: directory.file("a"))
    let folder = try FileDescriptor.open(directory: directory.path)
    let text = "after"
    try unsafe folder.replaceFile(
      "a", by: text.utf8.span.bytes, through: "beside", mode: mode, isDurable: true)
    let file = try RegularFile(directory.file("a"))
    let (found, foundMode) = (try file.bytes(limit: 99), file.status.mode)
    #expect(found == Array("after".utf8))
    #expect(foundMode == mode)
    #expect(try FileStatus(of: directory.file("beside"), in: AT_FDCWD) == nil)
  }

  @Test func `a file that cannot be replaced stays, and nothing is left beside it`() throws {
    let directory = TemporaryDirectory()
    let folder = try FileDescriptor.open(directory: directory.path)
    try #require(unsafe mkdir(directory.file("a"), 0o700) == 0)
    let text = "after"
    #expect(throws: SystemError(code: EISDIR)) {
      try unsafe folder.replaceFile(
        "a", by: text.utf8.span.bytes, through: "beside", isDurable: false)
    }
    #expect(try FileStatus(of: directory.file("a"), in: AT_FDCWD)?.kind == .directory)
    #expect(try FileStatus(of: directory.file("beside"), in: AT_FDCWD) == nil)
  }

  @Test func `a link that lies in the place of a new file is not written through`() throws {
    let directory = TemporaryDirectory()
    try write("mine", to: directory.file("a"))
    try #require(unsafe symlink("a", directory.file("beside")) == 0)
    let folder = try FileDescriptor.open(directory: directory.path)
    #expect(throws: SystemError(code: EEXIST)) { _ = try folder.makeFile("beside") }
    let found = try RegularFile(directory.file("a")).bytes(limit: 99)
    #expect(found == Array("mine".utf8))
  }

  @Test func `a directory says what its names are, and does not follow links`() throws {
    let directory = TemporaryDirectory()
    try write("mine", to: directory.file("file"))
    try #require(unsafe mkdir(directory.file(".folder"), 0o700) == 0)
    try #require(unsafe symlink(".folder", directory.file("link")) == 0)
    let entries = try #require(FilePath.entries(in: directory.path))
    let kinds = Dictionary(uniqueKeysWithValues: entries.map { ($0.name, $0.kind) })
    // A file system may leave it open.
    #expect(kinds.keys.sorted() == [".folder", "file", "link"])
    #expect([.file, nil].contains(kinds["file"]))
    #expect([.directory, nil].contains(kinds[".folder"]))
    #expect([.link, nil].contains(kinds["link"]))
    #expect(FilePath.names(in: directory.file("file")) == nil)
  }

  @Test func `a descriptor is closed with its value`() throws {
    let null = try FileStatus(of: "/dev/null", in: AT_FDCWD)
    var number: Int32 = -1
    do {
      let file = try FileDescriptor.open("/dev/null", O_RDONLY)
      number = file.number
      let flags = fcntl(number, F_GETFD)
      #expect(flags == FD_CLOEXEC)
    }
    // Other tests open files meanwhile: the number may be in use again, but not by this one.
    let status = try? FileStatus(descriptor: number)
    #expect(status != null)
  }
}
