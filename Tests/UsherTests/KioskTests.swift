import LoopbackSupport
import TestSupport
import Testing

/// Somebody who may link an account and nothing else, through a real sshd with a forced command, and what he tries.
@Suite(
  .enabled(if: SSHServer.isAvailable && LoopbackCertificates.tool != nil),
  .timeLimit(.minutes(2)))
struct KioskTests {
  private let program = UsherProgram()

  @Test func `an account is linked, and nothing else is to be had`() async throws {
    let provider = try await TestProvider(for: program)
    let server = try #require(self.server(provider.options))
    let terminal = try #require(start(over: server))
    #expect(terminal.wait(for: "Link Tally"))
    // The shell that sshd started is not given back.
    terminal.type("\u{1A}")
    #expect(terminal.wait(for: "switched off"))
    // Neither are the ends of a value, and no file is read.
    for key in ["\u{12}", "\u{14}"] {
      terminal.type("zzzzzzzzzzzzzzzz")
      #expect(terminal.wait(for: "16 characters"))
      #expect(!terminal.screen.text.contains("Ctrl-R"))
      terminal.type(key)
      #expect(terminal.wait(for: "switched off"))
      #expect(!terminal.screen.text.contains("zzzz"))
      terminal.type("\u{15}")
      #expect(terminal.wait { !$0.text.contains("16 characters") })
    }
    terminal.type("\u{1B}[200~\(TestProvider.tallyKey)\u{1B}[201~")
    #expect(terminal.wait(for: "36 characters"))
    #expect(terminal.pressEnter(until: "Tally is linked"))
    #expect(terminal.waitForEnd() == 0)
    #expect(terminal.damage == [])
    #expect(program.run(["get", "tally"]).text == TestProvider.tallyKey)
  }

  @Test func `help does not tell what is switched off`() async throws {
    let provider = try await TestProvider(for: program)
    let server = try #require(self.server(provider.options))
    let terminal = try #require(start(over: server))
    #expect(terminal.wait(for: "Link Tally"))
    terminal.type("\u{1B}OP")
    #expect(terminal.wait(for: "Going on"))
    let page = terminal.screen.text
    #expect(!page.contains("Ctrl-Z") && !page.contains("put Usher to sleep"))
  }

  @Test(arguments: ["list", "usher list", "status --json", "version"])
  func `what is on the list can be asked for`(line: String) throws {
    let server = try #require(self.server([]))
    let result = ask(line, of: server)
    #expect(result.status == 0, "\(result.errorText)")
    #expect(!result.text.isEmpty)
  }

  @Test(arguments: [
    "get tally --reveal", "get tally", "list; id", "list && id", "list $(id)", "list `id`", "id",
    "sh", "list --store /etc/passwd", "list --guides /", "show tally --store=/tmp/x",
    "show ../../x y", "connect github", "export tally", "run tally -- sh", "config", "keys",
    "scp -t .", "doctor",
    "internal-sftp", "check --all", "__watch", "list --json --json", "show -- -x",
  ])
  func `what is not on the list is refused`(line: String) throws {
    let server = try #require(self.server([]))
    let result = ask(line, of: server)
    #expect(result.status == 2, "\(result.text)")
    #expect(result.text.isEmpty)
    #expect(result.errorText.contains("not allowed here"), "\(result.errorText)")
    #expect(!result.errorText.contains("uid="))
  }

  @Test func `an operator can make the list shorter`() throws {
    let server = try #require(self.server(["--allow", "status"]))
    #expect(ask("status", of: server).status == 0)
    #expect(ask("list", of: server).status == 2)
    let none = try #require(self.server(["--allow", "none"]))
    #expect(ask("status", of: none).status == 2)
  }

  @Test func `what a client sends of its environment changes nothing`() throws {
    let server = try #require(self.server([], accepting: "USHER_* TERMINFO* *PROXY SSL_CERT_FILE"))
    let sent = [
      "USHER_STORE": "/tmp/elsewhere.db", "USHER_GUIDES": "/nowhere",
      "USHER_IDENTITY_COMMAND": "touch \(program.home.file("proof"))",
      "HTTPS_PROXY": "http://127.0.0.1:9", "SSL_CERT_FILE": "/nowhere", "TERMINFO": "/nowhere",
    ]
    let result = ask("list", of: server, sending: sent)
    #expect(result.status == 0, "\(result.errorText)")
    #expect(TextFile.read(program.home.file("proof")) == nil)
  }

  @Test func `values do not come by a pipe, and files are not read`() {
    for more in [["--from", "-"], ["--from", "/etc/passwd", "--dry-run"]] {
      let result = program.run(["connect", "tally", "--kiosk"] + more, input: "{}")
      #expect(result.status == 2)
      #expect(result.errorText.contains("--kiosk is the wizard"), "\(result.errorText)")
    }
    #expect(program.run(["connect", "tally", "--allow", "list"]).status == 2)
    #expect(program.run(["connect", "tally", "--kiosk", "--allow", "get"]).status == 2)
  }

  // MARK: An sshd that forces it

  private func server(_ options: [String], accepting names: String? = nil) -> SSHServer? {
    let variables = program.environment.filter { $0.key == "HOME" || $0.key == "PATH" }
      .map { "\($0.key)=\($0.value)" }.joined(separator: " ")
    let line = UsherProgram.command(["connect", "tally", "--kiosk"] + options)
      .joined(separator: " ")
    return SSHServer(
      adding: ["ForceCommand env \(variables) \(line)"] + (names.map { ["AcceptEnv \($0)"] } ?? []))
  }

  private func start(over server: SSHServer) -> PseudoTerminal? {
    Tool.path("ssh").flatMap { ssh in
      PseudoTerminal(
        ssh, server.arguments(for: "connect tally"),
        environment: ["HOME": program.home.path, "TERM": "xterm-256color", "LANG": "C.UTF-8"])
    }
  }

  private func ask(
    _ line: String, of server: SSHServer, sending sent: [String: String] = [:]
  ) -> ChildProcess {
    let options = sent.keys.sorted().flatMap { ["-o", "SendEnv=\($0)"] }
    return ChildProcess.run(
      Tool.path("ssh") ?? "ssh", options + server.arguments(for: line, withTerminal: false),
      environment: ["HOME": program.home.path, "PATH": "/usr/bin:/bin"].merging(sent) { $1 })
  }
}
