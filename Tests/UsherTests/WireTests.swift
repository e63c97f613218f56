import Basics
import FoundationEssentials
import Glibc
import LoopbackSupport
import TestSupport
import Testing

/// `usher wire`: units that systemd's own tools read, and credentials that come out of them.
@Suite(.enabled(if: LoopbackCertificates.tool != nil, "needs openssl"), .timeLimit(.minutes(2)))
struct WireTests {
  private let provider: AccessProvider
  let usher: UsherProgram

  init() async throws {
    usher = UsherProgram()
    provider = try await AccessProvider(usher)
    provider.link("depot", "acme")
  }

  /// The home of the account that runs the program is another one, which is what a service of it has.
  private var place: String { "--store \(usher.storePath) --identity \(usher.identityPath)" }

  var units: String { usher.home.file(".config/systemd/user") }

  func wire(_ arguments: String...) -> ChildProcess { usher.run(["wire"] + arguments) }

  /// A printed command, run by the account of the program, with the program itself in place of its name.
  func run(
    _ command: String, adding extra: [String: String] = [:], arguments: [String] = []
  ) -> ChildProcess {
    let become = UsherProgram.command([]).dropLast()
    let line = command.replacing("sudo ", with: "").replacing(
      "usher ", with: UsherProgram.path + " ")
    let words = Array(become) + ["/bin/sh", "-c", line] + arguments
    return ChildProcess.run(
      words[0], Array(words.dropFirst()), environment: usher.environment.merging(extra) { $1 })
  }

  func commands(of result: ChildProcess) -> [String] {
    commands(of: result.errorText, behind: "Next:")
  }

  /// Those that a line announces.
  func commands(of text: String, behind line: String) -> [String] {
    text.split(separator: "\n").drop { !$0.hasPrefix(line) }.dropFirst()
      .prefix { $0.hasPrefix("  ") }.map { String($0.dropFirst(2)) }
  }

  // MARK: Units

  @Test func `a socket hands the value out, and a unit behind it prints it`() {
    let result = wire("app", "depot", "--user")
    #expect(
      result.text == """
        # \(units)/app.service.d/usher-depot-default.conf
        # Written by usher wire: app.service gets values of depot/default.
        [Unit]
        Wants=usher-depot-default-apiKey.socket
        After=usher-depot-default-apiKey.socket

        [Service]
        LoadCredential=depot.apiKey:%t/usher/depot/default/apiKey

        # \(units)/usher-depot-default-apiKey.socket
        # Written by usher wire: apiKey of depot/default, for services that name this socket.
        [Unit]
        Description=apiKey of depot/default for services

        [Socket]
        ListenStream=%t/usher/depot/default/apiKey
        SocketMode=0600
        DirectoryMode=0700
        Accept=yes
        RemoveOnStop=yes

        [Install]
        WantedBy=sockets.target

        # \(units)/usher-depot-default-apiKey@.service
        # Written by usher wire: prints apiKey of depot/default into the connection that it is started for.
        [Unit]
        Description=apiKey of depot/default
        CollectMode=inactive-or-failed

        [Service]
        ExecStart=\(UsherProgram.path) get depot/default apiKey \(place)
        StandardInput=null
        StandardOutput=socket
        StandardError=journal
        NoNewPrivileges=yes
        LimitCORE=0
        RuntimeMaxSec=90


        """, "\(result.errorText)")
    #expect(
      commands(of: result) == [
        "systemctl --user daemon-reload",
        "systemctl --user enable --now usher-depot-default-apiKey.socket",
        "systemctl --user restart app.service",
      ])
    #expect(result.errorText.contains("$CREDENTIALS_DIRECTORY/depot.apiKey"))
  }

  @Test func `what is written is what systemd reads`() throws {
    provider.link("depot", name: "a-b.c")
    let result = wire("app@", "depot/a-b.c", "--write")
    #expect(result.status == 0, "\(result.errorText)")
    #expect(result.text.contains("systemctl --user restart 'app@*.service'\n"))
    #expect(wire("app@.service", "acme", "token", "tenant", "--write").status == 0)
    TextFile.write("[Service]\nExecStart=/bin/true\n", to: "\(units)/app@.service")
    unsafe chmod("\(units)/app@.service", 0o644)
    let names = FilePath.names(in: units) ?? []
    #expect(names.count == 2 + 6)
    let escaped = ChildProcess.run("/usr/bin/systemd-escape", ["depot/a-b.c/apiKey"]).text
    #expect(names.contains("usher-\(escaped.dropLast()).socket"), "\(names)")
    func verify() -> ChildProcess {
      ChildProcess.run(
        "/usr/bin/systemd-analyze",
        ["verify", "\(units)/app@one.service"]
          + names.filter { $0.hasSuffix(".socket") }.map { "\(units)/\($0)" },
        environment: ["PATH": "/usr/bin:/bin", "SYSTEMD_UNIT_PATH": "\(units):"])
    }
    let good = verify()
    #expect(good.status == 0 && good.errorText == "", "\(good.errorText)")
    // The tool would have said so.
    let path = "\(units)/app@.service.d/usher-acme-default.conf"
    let text = String(decoding: TextFile.read(path) ?? [], as: UTF8.self)
    TextFile.write(text.replacing("LoadCredential=", with: "LoadCredential=/"), to: path)
    #expect(verify().errorText.contains("usher-acme-default.conf"))
  }

  @Test func `systemd's own stand-in gets the value out of the socket`() {
    let result = wire("app", "depot")
    let line = result.text.split(separator: "\n").first { $0.hasPrefix("ExecStart=") } ?? ""
    let words = line.dropFirst("ExecStart=".count).split(separator: " ").map(String.init)
    let script = """
      import socket, subprocess, sys, os
      path = sys.argv[1]
      env = [x for k in ('HOME', 'PATH') for x in ('-E', k + '=' + os.environ[k])]
      server = subprocess.Popen(['systemd-socket-activate', '--accept', '--inetd', '-l', path] + env + sys.argv[2:],
                                stderr=subprocess.PIPE)
      # It says when it listens.
      while b'Listening' not in server.stderr.readline(): pass
      for _ in range(2):
          s = socket.socket(socket.AF_UNIX); s.connect(path)
          got = b''
          while chunk := s.recv(65536): got += chunk
          print(got.decode(), end='|')
      server.kill(); server.wait()
      """
    let read = run(
      "exec python3 -c \"$0\" \"$@\"", arguments: [script, usher.home.file("socket")] + words)
    #expect(read.text == "\(AccessProvider.key)|\(AccessProvider.key)|", "\(read.errorText)")
  }

  @Test func `a token is printed by its own command, and kept out of files`() {
    let result = wire("app", "acme", "--credential", "acme-token")
    #expect(result.text.contains("LoadCredential=acme-token:%t/usher/acme/default/token\n"))
    #expect(result.text.contains("ExecStart=\(UsherProgram.path) token acme/default \(place)\n"))
    #expect(result.text.contains("After=network-online.target\n"))
    for form in [["--file"], ["--encrypted", "--system"]] {
      let refused = usher.run(["wire", "app", "acme"] + form)
      #expect(refused.status == 2)
      #expect(refused.errorText.contains("a token ends"), "\(refused.errorText)")
    }
    #expect(provider.state.tokens == 0)
  }

  @Test func `another store is named in the unit, as systemd wants it`() throws {
    let other = usher.home.file("a store%1")
    try FileManager.default.createDirectory(
      atPath: other, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    if geteuid() == 0 { unsafe chown(other, UsherProgram.nobody, UsherProgram.nobody) }
    let store = ["--store", "\(other)/s.db"]
    let link = usher.run(
      ["connect", "depot", "--guides", usher.home.file("guides"), "--from", "-", "--no-check"]
        + store, input: #"{"credentials": {"apiKey": "other-key-EXAMPLE"}}"#)
    #expect(link.status == 0, "\(link.errorText)")
    let result = usher.run(["wire", "app", "depot"] + store)
    #expect(
      result.text.contains(
        "ExecStart=\(UsherProgram.path) get depot/default apiKey --store \"\(usher.home.path)/a store%%1/s.db\" --identity \(usher.identityPath)\n"
      ), "\(result.text)\(result.errorText)")
  }

  // MARK: What the service has

  @Test func `authorities are handed to the unit that asks a provider`() {
    let result = usher.run(["wire", "app", "acme"], adding: ["USHER_CA": "/x y.pem"])
    #expect(
      result.text.contains("token acme/default \(place) --ca \"/x y.pem\"\n"), "\(result.text)")
    let key = usher.run(["wire", "app", "depot"], adding: ["USHER_CA": "/x y.pem"])
    #expect(!key.text.contains("--ca"))
  }

  @Test func `a command for the identity is handed over where it can be`() throws {
    let printed = ["USHER_IDENTITY_COMMAND": "cat \(usher.identityPath)"]
    let result = usher.run(["wire", "app", "depot"], adding: printed)
    #expect(
      result.text.contains("--identity-command \"cat \(usher.identityPath)\"\n"),
      "\(result.text)\(result.errorText)")
    #expect(result.errorText.contains("runs without a terminal"))
    let file = usher.write(
      "identity_command: [sh, -c, \"cat '\(usher.identityPath)'\"]\n",
      to: ".config/usher/config.yaml")
    if geteuid() == 0 { unsafe chown(file, UsherProgram.nobody, UsherProgram.nobody) }
    let refused = wire("app", "depot")
    #expect(refused.status == 2 && refused.text == "", "\(refused.text)")
    #expect(
      refused.errorText.contains("a config.yaml that a service does not read"),
      "\(refused.errorText)")
    #expect(wire("app", "depot", "--file").status == 0)
  }

}
