import Basics
import Glibc
import LoopbackSupport
import TestSupport
import Testing

/// What Ctrl-C leaves of what was to be stored: all of a thing, or nothing.
@Suite(.timeLimit(.minutes(3))) struct InterruptionTests {
  private static let count = 60

  private let program = UsherProgram()

  // MARK: A backup

  /// A backup of many connections, and a file with what opens it.
  private func backup() throws -> (content: [UInt8], key: String) {
    let other = UsherProgram()
    let entries = (1...Self.count).map {
      #"{"provider":"tally","name":"n\#($0)","credentials":{"apiKey":"\#(TestProvider.tallyKey)"}}"#
    }
    let linked = other.run(
      ["connect", "--from", "-", "--no-check"], input: entries.joined(separator: "\n"))
    try #require(linked.status == 0, "\(linked.errorText)")
    let key = String(decoding: TextFile.read(other.identityPath) ?? [], as: UTF8.self)
    return (other.run(["export", "--all"]).output, own(program.write(key, to: "key.txt"), 0o400))
  }

  /// A path by which the program gets what the test gives it, as slowly as that is.
  private func pipe() -> String {
    let path = program.home.file("backup.pipe")
    unsafe mkfifo(path, 0o600)
    return own(path, 0o600)
  }

  private func own(_ path: String, _ mode: UInt32) -> String {
    unsafe chmod(path, mode)
    if geteuid() == 0 { unsafe chown(path, UsherProgram.nobody, UsherProgram.nobody) }
    return path
  }

  @Test func `what was read of a backup stays, and the same command goes on`() throws {
    let (content, key) = try backup()
    let path = pipe()
    let terminal = try #require(program.start(["import", path, "--identity", key]))
    // Opens when the program has opened it.
    let file = try FileDescriptor.open(path, O_WRONLY)
    let part = content.prefix(content.count * 3 / 4)
    try unsafe Array(part).withUnsafeBytes { try unsafe file.write(RawSpan(_unsafeBytes: $0)) }
    #expect(terminal.wait(for: " of \(Self.count)"), "\(terminal.screen.text)")
    terminal.type("\u{3}")
    #expect(terminal.waitForEnd() == 130)
    #expect(terminal.screen.text.contains("the same command goes on"), "\(terminal.screen.text)")
    let stored = try program.linkedNames()
    #expect((1..<Self.count).contains(stored.count), "\(stored.count)")
    for name in stored { #expect(program.run(["get", name]).text == TestProvider.tallyKey) }
    let rest = program.run(["import", "-", "--identity", key], bytes: content)
    #expect(rest.status == 0, "\(rest.errorText)")
    #expect(rest.text.contains("Imported \(Self.count - stored.count) connection"))
    #expect(try program.linkedNames().count == Self.count)
  }

  @Test func `before anything of a backup was opened there is neither store nor identity`() throws {
    let (content, key) = try backup()
    let path = pipe()
    let terminal = try #require(program.start(["import", path, "--identity", key]))
    let file = try FileDescriptor.open(path, O_WRONLY)
    let part = Array(content.prefix(content.count / 8))
    try unsafe part.withUnsafeBytes { try unsafe file.write(RawSpan(_unsafeBytes: $0)) }
    terminal.type("\u{3}")
    #expect(terminal.waitForEnd() == 130)
    #expect(terminal.screen.text.contains("interrupted"), "\(terminal.screen.text)")
    #expect(TextFile.read(program.storePath) == nil)
    #expect(TextFile.read(program.identityPath) == nil)
  }

  // MARK: Values out of a file

  @Test(
    .enabled(if: LoopbackCertificates.tool != nil, "needs openssl"),
    arguments: [
      (["depot"], #"{"credentials": {"apiKey": "KEY"}}"#),
      ([], #"{"provider": "depot", "credentials": {"apiKey": "KEY"}}"#),
    ])
  func `while a provider is asked about values none of them is stored`(
    _ provider: [String], _ text: String
  ) async throws {
    let server = try await LoopbackServer(.tls(.right)) { _ in .silence }
    let options = try DepotProvider.options(for: program, at: server)
    let key = "dpt-1234567890abcdefEXAMPLE"
    let values = program.write(text.replacing("KEY", with: key), to: "values.json")
    let terminal = try #require(
      program.start(["connect"] + provider + ["--from", own(values, 0o600)] + options))
    #expect(terminal.wait(for: "localhost"), "\(terminal.screen.text)")
    terminal.type("\u{3}")
    #expect(terminal.waitForEnd() == 130, "\(terminal.screen.text)")
    #expect(try program.linkedNames().isEmpty)
    for file in try program.writtenFiles() where file.name != "values.json" {
      #expect(!file.holds(key), "\(file.name)")
    }
    await server.stop()
  }
}
