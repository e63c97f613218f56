import Basics
import CLinux
import Connections
import FoundationEssentials
import Glibc
import ProviderFormat
import Secrets
import TestSupport
import Testing

@testable import Store

/// Many processes, and processes that are killed, against a provider that takes a refresh token that comes twice for a
/// theft.
@Suite("processes that ask for one token")
struct StormTests {
  private let now = Timestamp.now().secondsSinceEpoch

  private var program: String {
    let tests = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    return tests.split(separator: "/").dropLast().reduce("") { "\($0)/\($1)" } + "/TokenFixture"
  }

  private var environment: [String: String] {
    ProcessInfo.processInfo.environment.filter { $0.key == "LD_LIBRARY_PATH" || $0.key == "PATH" }
  }

  private func requests(_ folder: String) -> [String] {
    let content = (try? Data(contentsOf: URL(filePath: "\(folder)/requests"))) ?? Data()
    return String(decoding: content, as: UTF8.self).split(separator: "\n").map(String.init)
  }

  private func storm(_ home: TokenHome, _ provider: String, of count: Int) throws -> [String] {
    let gate = home.directory.file("gate")
    let file = unsafe linux_open(gate, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    #expect(linux_flock(file, LOCK_EX) == 0)
    let script = "for number in $(seq \(count)); do \"$@\" & done; wait"
    let shell = RunningProgram(
      "/bin/sh", ["-c", script, "sh", program, home.path, provider, gate],
      environment: environment, errors: home.directory.file("errors"))
    guard let shell = shell else {
      Issue.record("the shell cannot be started")
      return []
    }
    for _ in 0..<count { #expect(shell.readLine() == "ready") }
    close(file)
    return (0..<count).compactMap { _ in shell.readLine() }
  }

  @Test(.timeLimit(.minutes(2)))
  func `two hundred at the moment of its end cause one renewal and get the same token`() throws {
    let home = try TokenHome()
    try home.keep("0", obtained: now - 3600, expires: now)
    let provider = TemporaryDirectory()
    let answers = try storm(home, provider.path, of: 200)
    #expect(answers.count == 200)
    #expect(requests(provider.path) == ["renew R-0"])
    let kept = try home.keptToken()
    #expect(kept != "A-0")
    #expect(Set(answers) == [kept ?? ""])
  }

  @Test(.timeLimit(.minutes(2)))
  func `as many for the first one of a connection, or of a busy provider, ask once`() throws {
    let home = try TokenHome()
    let provider = TemporaryDirectory()
    _ = unsafe mkdir(provider.file("down"), 0o700)
    let failures = try storm(home, provider.path, of: 40)
    #expect(failures.count == 40)
    #expect(failures.allSatisfy { $0.hasPrefix("no token for acme/default: Acme is busy") })
    #expect(requests(provider.path) == ["exchange"])

    let other = try TokenHome()
    let working = TemporaryDirectory()
    #expect(Set(try storm(other, working.path, of: 40)).count == 1)
    #expect(requests(working.path) == ["exchange"])
  }

  @Test(.timeLimit(.minutes(2)))
  func `fifty that ask for the next token of a linked account show its refresh token once`() throws
  {
    let home = try TokenHome(mode: .oauth2)
    try home.agree("0", obtained: now - 3600, expires: now)
    let provider = TemporaryDirectory()
    let answers = try storm(home, provider.path, of: 50)
    #expect(answers.count == 50)
    #expect(requests(provider.path) == ["renew R-0"])
    let kept = try home.keptToken()
    #expect(kept != "A-0")
    #expect(Set(answers) == [kept ?? ""])
  }

  @Test(.timeLimit(.minutes(5)))
  func `killed at any call while a linked account's is renewed, no refresh token is lost unseen`()
    throws
  {
    let home = try TokenHome(mode: .oauth2)
    try home.agree("0", obtained: now - 3600, expires: now)
    let content = try Data(contentsOf: URL(filePath: home.storePath))
    var kills = 0
    for call in 1...2000 {
      try restore(content, home)
      let provider = TemporaryDirectory()
      let result = run(home, provider.path, "call:\(call)")
      if result.status == 0 { break }
      #expect(result.status == 128 + 9, "call \(call): \(result.errorText)")
      kills += 1
      let kept = try home.keptToken() ?? "nothing"
      let next = run(home, provider.path, "")
      if kept == "A-0", requests(provider.path).count > 1 {
        // The provider had answered, and nobody has it: only a person helps, and that is said.
        #expect(next.text.hasPrefix("no token for acme/default"), "call \(call): \(next.text)")
        #expect(try home.keptToken() == "A-0", "call \(call)")
      } else {
        #expect(next.text.hasPrefix("A-"), "call \(call): \(next.text)")
        #expect(kept == "A-0" || next.text == "\(kept)\n", "call \(call)")
      }
    }
    #expect(kills > 50)
  }

  @Test(.timeLimit(.minutes(5)))
  func `killed at any call to the disk, the old token or the new one is there`() throws {
    let home = try TokenHome()
    try home.keep("0", obtained: now - 3600, expires: now)
    let content = try Data(contentsOf: URL(filePath: home.storePath))
    var kills = 0
    for call in 1...2000 {
      try restore(content, home)
      let provider = TemporaryDirectory()
      let result = run(home, provider.path, "call:\(call)")
      if result.status == 0 { break }
      #expect(result.status == 128 + 9, "call \(call): \(result.errorText)")
      kills += 1
      #expect(result.text.isEmpty, "call \(call)")
      try check(home, provider.path, "call \(call)")
    }
    #expect(kills > 50)
  }

  @Test func `killed with the provider's answer in its hands, the next one still gets a token`()
    throws
  {
    let home = try TokenHome()
    try home.keep("0", obtained: now - 3600, expires: now)
    let provider = TemporaryDirectory()
    #expect(run(home, provider.path, "asked").status == 128 + 9)
    #expect(try home.keptToken() == "A-0")
    try check(home, provider.path, "asked")
    #expect(requests(provider.path) == ["renew R-0", "reuse R-0", "exchange"])
  }

  private func run(_ home: TokenHome, _ provider: String, _ plan: String) -> ChildProcess {
    ChildProcess.run(program, [home.path, provider, "", plan], environment: environment)
  }

  /// What is there after a process was killed, and that work goes on.
  private func check(_ home: TokenHome, _ provider: String, _ what: String) throws {
    let kept = try home.keptToken() ?? "nothing"
    #expect(kept.hasPrefix("A-"), "\(what)")
    #expect(kept == "A-0" || !requests(provider).isEmpty, "\(what)")
    let record = try home.session().read(TokenHome.acme)
    let version = record.facts.version
    let secret = record.values.withBytes(of: TokenHome.secret) { $0.shownText }
    #expect(version == 1 && secret == "first-EXAMPLE", "\(what)")
    let next = run(home, provider, "")
    #expect(next.status == 0 && next.text.hasPrefix("A-"), "\(what): \(next.text)")
    #expect(try home.keptToken().map { "\($0)\n" } == next.text, "\(what)")
    // What was on the disk was good for everybody.
    #expect(kept == "A-0" || "\(kept)\n" == next.text, "\(what)")
  }

  /// Puts the file back as it was, without what the last process has left beside it.
  private func restore(_ content: Data, _ home: TokenHome) throws {
    unsafe unlink(home.storePath + "-journal")
    let file = unsafe open(home.storePath, O_WRONLY | O_TRUNC | O_CLOEXEC)
    defer { close(file) }
    let count = unsafe content.withUnsafeBytes { unsafe write(file, $0.baseAddress, $0.count) }
    #expect(count == content.count)
  }
}
