import LoopbackSupport
import TestSupport
import Testing

/// Servers that mean harm, met by the whole program: each is told from a good one within the limits, little memory is taken, and no
/// other server sees what was meant for the first.
@Suite(
  .enabled(if: LoopbackCertificates.tool != nil, "needs openssl"),
  .enabled(if: Tool.path("python3") != nil, "needs python3"), .timeLimit(.minutes(10)))
struct NetworkAttackTests {
  private struct Attack {
    let name: String
    var greeting = LoopbackGreeting.tls(.right)
    var reply = LoopbackReply.json("{}")
    /// Where only the body is bad, the status that came before it has said whether the key is good.
    var statuses: Set<Int32> = [6]
  }

  /// Where a redirect may lead that has to see nothing.
  private struct Others {
    let tls: LoopbackServer
    let plain: LoopbackServer

    var requests: Int { tls.requests.count + plain.requests.count }
  }

  private func attacks(_ others: Others) -> [Attack] {
    [
      .init(name: "to another port", reply: .redirect(to: "https://localhost:\(others.tls.port)/")),
      .init(name: "to another host", reply: .redirect(to: "https://127.0.0.1:\(others.tls.port)/")),
      .init(name: "downgrade", reply: .redirect(to: "http://localhost:\(others.plain.port)/")),
      .init(name: "metadata", reply: .redirect(to: "http://169.254.169.254/latest/meta-data/")),
      .init(name: "in a circle", reply: .redirect(to: "/me")),
      .init(name: "bomb", reply: .gzipBomb, statuses: [0, 6]),
      .init(name: "300 MB", reply: .long(300 << 20), statuses: [0, 6]),
      .init(name: "endless", reply: .endless, statuses: [0, 6]),
      .init(name: "drip", reply: .drip, statuses: [0, 6]),
      .init(name: "silence", reply: .silence),
      .init(name: "headers", reply: .longHeaders(1 << 20)),
      .init(name: "reset", reply: .resetMidBody, statuses: [0, 6]),
      .init(name: "not HTTP", reply: .noise("SSH-2.0-hello\r\n")),
      .init(name: "wrong name", greeting: .tls(.wrongName)),
      .init(name: "expired", greeting: .tls(.expired)),
      .init(name: "stranger", greeting: .tls(.stranger)),
      .init(name: "old TLS", greeting: .oldTLS),
      .init(name: "plain", greeting: .plain),
      .init(name: "mute", greeting: .mute),
      .init(name: "reset at once", greeting: .resetAtOnce),
    ]
  }

  /// Runs a command and says beside its own words how many kilobytes its largest process took.
  private static let measuring = """
    import resource, subprocess, sys
    status = subprocess.run(sys.argv[1:], stdin=subprocess.DEVNULL).returncode
    print("kilobytes", resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
    sys.exit(status)
    """

  @Test func `whatever a server does, the key stays with it and the program within its limits`()
    async throws
  {
    let others = Others(
      tls: try await LoopbackServer(.tls(.right)), plain: try await LoopbackServer(.plain))
    // What an environment may say, and a program of this kind must not believe.
    let proxy = try await LoopbackServer(.plain)
    let seconds = Gate.size("USHER_SECONDS", else: 1)
    let variables = ["http_proxy", "HTTPS_PROXY", "ALL_PROXY"]
      .reduce(into: ["USHER_CHECK_TIMEOUT": "\(seconds)s"]) {
        $0[$1] = "http://127.0.0.1:\(proxy.port)"
      }
    var (most, slowest) = (0, Duration.zero)
    let attacks = attacks(others)
    for attack in attacks {
      let (result, time) = try await meet(attack, variables)
      let words = result.text.split(separator: " ")
      let kilobytes = Int(words.last?.filter(\.isNumber) ?? "") ?? .max
      let what = Comment(
        rawValue: "\(attack.name): \(result.status) \(result.text)\(result.errorText)")
      #expect(attack.statuses.contains(result.status), what)
      #expect(kilobytes < 60 * 1024, what)
      #expect(time < .seconds(seconds + 5), what)
      #expect(!(result.text + result.errorText).contains(HeldProvider.storedKey), what)
      (most, slowest) = (max(most, kilobytes), max(slowest, time))
    }
    #expect(others.requests == 0)
    #expect(proxy.connections == 0)
    Gate.report(
      "network",
      "\(attacks.count) attacks refused, at most \(most / 1024) MB and \(slowest), nothing seen by others"
    )
  }

  private func meet(
    _ attack: Attack, _ variables: [String: String]
  ) async throws -> (ChildProcess, Duration) {
    let reply = attack.reply
    let server = try await LoopbackServer(attack.greeting) { _ in reply }
    let program = UsherProgram()
    let options = try AskedServer(port: server.port).options(for: program)
    let linked = program.run(
      ["connect", "acme", "--from", "-", "--no-check"] + options,
      input: #"{"credentials": {"apiKey": "\#(HeldProvider.storedKey)"}}"#)
    #expect(linked.status == 0, "\(linked.errorText)")
    let command = UsherProgram.command(["check", "acme"] + options.suffix(2))
    let clock = ContinuousClock()
    let start = clock.now
    let result = ChildProcess.run(
      Tool.path("python3") ?? "", ["-E", "-c", Self.measuring] + command,
      environment: program.environment.merging(variables) { $1 })
    let time = clock.now - start
    await server.stop()
    return (result, time)
  }
}
