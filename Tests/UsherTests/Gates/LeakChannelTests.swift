import Glibc
import LoopbackSupport
import TestSupport
import Testing

/// One key through the whole program, with a provider that says it back: looked for in everything that comes out.
@Suite(
  .enabled(if: LoopbackCertificates.tool != nil, "needs openssl"),
  .enabled(if: Tool.path("tmux") != nil, "needs tmux"), .timeLimit(.minutes(5)))
struct LeakChannelTests {
  private static let key = "kq7Zt2Xw9Rb4Lm6Vn8Hc3Jd5Pf1GsYEXAMPLE"

  private let program = UsherProgram()
  private let server: LoopbackServer
  private let options: [String]
  private var channels = Channels(lookingFor: Self.key)

  init() async throws {
    server = try await LoopbackServer(.tls(.right)) { request in
      let said = request.header("authorization") ?? ""
      return .answer(
        request.target == "/me" ? 403 : 500, headers: ["x-request": said],
        body: #"{"error": "\#(said) is no good", "message": "\#(said)"}"#)
    }
    options = try AskedServer(port: server.port).options(for: program)
  }

  @Test mutating func `a key comes out where it was asked for, and through no other channel`()
    throws
  {
    // The scan finds what is there.
    channels.look(atOutput: Array("x\(Self.key)x".utf8), of: "control")
    #expect(channels.leaks == ["control"])

    try lookAtWizard()
    try lookAtCrash()
    try lookAtMultiplexer()
    lookAtCommands()
    lookAtRefusedInput()
    #expect(program.run(["get", "acme"]).text == Self.key)
    channels.look(atFolder: program.home.path)
    for folder in ["/tmp", "/dev/shm", "/var/tmp"] {
      channels.look(atFolder: folder, of: geteuid() == 0 ? UsherProgram.nobody : geteuid())
    }
    #expect(channels.leaks == ["control"])
    Gate.report(
      "channels",
      "\(channels.outputs) outputs, \(channels.files) files, \(channels.processes) processes: "
        + "the key in none")
  }

  private mutating func lookAtWizard() throws {
    let terminal = try #require(program.start(["connect", "acme"] + options))
    #expect(terminal.begins(with: "Link Acme"))
    terminal.type("\u{1B}[200~\(Self.key)\u{1B}[201~")
    #expect(terminal.wait(for: "\(Self.key.utf8.count) characters"))
    channels.look(atProcess: terminal.process, of: "the wizard")
    terminal.passQuietTime()
    terminal.type("\r")
    #expect(terminal.wait { _ in !server.requests.isEmpty })
    channels.look(atProcess: terminal.process, of: "the wizard while it checks")
    #expect(terminal.wait { !$0.text.contains("Asking Acme") })
    terminal.leave()
    _ = terminal.waitForEnd()
    channels.look(atOutput: terminal.output, of: "the wizard")
    channels.look(atOutput: Array(terminal.screen.text.utf8), of: "the wizard's screen")
  }

  /// Killed by a wild pointer where core files are wanted.
  private mutating func lookAtCrash() throws {
    let command = UsherProgram.command(["connect", "acme", "--name", "crash"] + options)
    let terminal = try #require(
      PseudoTerminal(
        "/bin/sh", ["-c", #"cd "$HOME"; ulimit -c unlimited; exec "$@""#, "sh"] + command,
        environment: program.environment))
    #expect(terminal.begins(with: "Link Acme"))
    terminal.type(Self.key)
    #expect(terminal.wait(for: "\(Self.key.utf8.count) characters"))
    for child in terminal.children { kill(child, SIGSEGV) }
    #expect(terminal.waitForEnd() == 128 + SIGSEGV)
    channels.look(atOutput: terminal.output, of: "a crash")
    #expect(!(try program.writtenFiles()).contains { $0.name.hasPrefix("core") })
  }

  /// What a terminal multiplexer keeps of the screen and of what has scrolled away.
  private mutating func lookAtMultiplexer() throws {
    let tmux = ["-L", "usher-\(getpid())", "-f", "/dev/null"]
    let environment = program.environment
    func run(_ arguments: [String]) -> ChildProcess {
      ChildProcess.run(Tool.path("tmux") ?? "", tmux + arguments, environment: environment)
    }
    defer { _ = run(["kill-server"]) }
    let command = UsherProgram.command(["connect", "acme", "--name", "mux"] + options)
      .map { "'\($0)'" }.joined(separator: " ")
    _ = run(["new-session", "-d", "-x", "80", "-y", "24", command])
    func wait(for words: String...) -> Bool {
      let end = ContinuousClock.now.advanced(by: .seconds(10))
      while ContinuousClock.now < end {
        let text = run(["capture-pane", "-p"]).text
        if words.contains(where: { text.contains($0) }) { return true }
      }
      return false
    }
    #expect(wait(for: "Link Acme", "A second key?"))
    if run(["capture-pane", "-p"]).text.contains("A second key?") {
      _ = run(["send-keys", "Enter"])
    }
    #expect(wait(for: "Link Acme"))
    _ = run(["send-keys", "-l", Self.key])
    #expect(wait(for: "\(Self.key.utf8.count) characters"))
    channels.look(at: run(["capture-pane", "-p", "-e", "-S", "-"]), of: "tmux")
    channels.look(at: run(["show-buffer"]), of: "a buffer of tmux")
  }

  private mutating func lookAtCommands() {
    let values = #"{"credentials": {"apiKey": "\#(Self.key)"}}"#
    channels.look(
      at: program.run(["connect", "acme", "--from", "-"] + options, input: values),
      of: "connect, refused")
    channels.look(
      at: program.run(["connect", "acme", "--from", "-", "--no-check"] + options, input: values),
      of: "connect")
    for line in [
      "list", "list --json", "show acme", "show acme --json", "status", "status --json",
      "check acme",
      "check acme --dry-run", "check --all --json", "request acme /me --dry-run", "history acme",
      "history acme --json", "export acme", "doctor", "doctor --json", "config", "config --json",
      "keys", "run acme -- true", "run acme -- /nowhere", "token acme", "rename acme/default other",
      "rename acme/other default", "completions bash", "guides show acme",
    ] {
      let words = line.split(separator: " ").map(String.init)
      let network = ["check", "request"].contains(words[0]) ? Array(options.suffix(2)) : []
      channels.look(at: program.run(words + network), of: line)
    }
    // A terminal gets it for a word alone.
    if let terminal = program.start(["get", "acme"]) {
      _ = terminal.waitForEnd()
      channels.look(atOutput: terminal.output, of: "get on a terminal")
    }
  }

  /// The key where it does not belong: it is refused and not said again.
  private mutating func lookAtRefusedInput() {
    for text in [
      #"{"credentials": {"apiKey": "\#(Self.key)""#, #"{"credentials": {"other": "\#(Self.key)"}}"#,
      #"{"credentials": ["\#(Self.key)"]}"#, Self.key, "apiKey=\(Self.key)\n",
      #"{"credentials": {"apiKey": "\#(Self.key)\u0001"}}"#,
      #"{"credentials": {"apiKey": "\#(Self.key)"}} and more"#,
    ] {
      channels.look(
        at: program.run(
          ["connect", "acme", "--name", "bad", "--from", "-", "--no-check"] + options, input: text),
        of: "connect with \(text.count) characters of something else")
    }
    let file = program.write(Self.key, to: "values.json")
    channels.look(
      at: program.run(["connect", "acme", "--name", "bad", "--from", file] + options),
      of: "connect from a file")
    unsafe unlink(file)
  }
}
