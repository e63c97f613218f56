internal import CLinux
internal import Glibc
internal import Synchronization
package import TestSupport

/// A real cluster of etcd on loopback, with its data in a folder of its own. It ends with this value, and with the process of
/// the tests, however that ends.
package final class EtcdCluster: Sendable {
  /// The tools that are needed; tests that use a cluster are skipped by name without them.
  package static var isAvailable: Bool { Tool.path("etcd") != nil && Tool.path("etcdctl") != nil }

  /// Three members for all tests that disturb none of them; each takes a prefix of its own.
  package static let shared = EtcdCluster()

  /// Where clients ask each member: `127.0.0.1:23790`.
  package let places: [String]
  private let peers: [String]
  private let directory = Folder()
  private let running: Mutex<[RunningMember?]>
  private let certificates: LoopbackFiles?
  private let network: IsolatedNetwork?

  /// What the members show and want to be shown.
  package struct LoopbackFiles: Sendable {
    package let authority: String
    package let certificate: String
    package let key: String
    /// Whether clients have to show a certificate of that authority.
    package let wantsClients: Bool

    package init(authority: String, certificate: String, key: String, wantsClients: Bool) {
      self.authority = authority
      self.certificate = certificate
      self.key = key
      self.wantsClients = wantsClients
    }
  }

  /// Answers as soon as this returns.
  /// - Parameter network: where its members are; loopback where it is nil.
  package init(
    members count: Int = 3, certificates: LoopbackFiles? = nil, network: IsolatedNetwork? = nil
  ) {
    if let network {
      places = (0..<count).map { "\(network.host(of: $0)):2379" }
      peers = (0..<count).map { "\(network.host(of: $0)):2380" }
    } else {
      let ports = Self.freePorts(2 * count)
      places = ports[..<count].map { "127.0.0.1:\($0)" }
      peers = ports[count...].map { "127.0.0.1:\($0)" }
    }
    self.certificates = certificates
    self.network = network
    running = Mutex((0..<count).map { _ in nil })
    for member in 0..<count { begin(member) }
    awaitHealth()
  }

  /// The address of a store in it.
  package func address(_ prefix: String) -> String {
    "\(certificates == nil ? "etcd" : "etcds")://\(places.joined(separator: ","))/\(prefix)"
  }

  /// Ends a member as a power cut does.
  package func kill(_ member: Int) {
    let program = running.withLock { running in
      defer { running[member] = nil }
      return running[member]
    }
    program?.end()
  }

  /// Brings a member back with what it had on its disk.
  package func start(_ member: Int) {
    begin(member)
    awaitHealth()
  }

  /// The place of the member that leads; nil while none does.
  package func leader() -> Int? {
    for (member, place) in places.enumerated() where isRunning(member) {
      // 127.0.0.1:23790, 8e9e05c52164694d, 3.4.23, 20 kB, true, …
      let status = control(["--endpoints", place, "endpoint", "status", "-w", "simple"]).text
      let words = status.split(separator: ",").map { $0.trimmed }
      if words.count > 4, words[4] == "true" { return member }
    }
    return nil
  }

  /// Runs `etcdctl` on all members that run, or those that the arguments name.
  @discardableResult
  package func control(_ arguments: [String], input: [UInt8] = []) -> ChildProcess {
    var options = ["--command-timeout", "5s"]
    if !arguments.contains("--endpoints") {
      let running = places.indices.filter(isRunning).map { places[$0] }
      options += ["--endpoints", running.joined(separator: ",")]
    }
    if let certificates {
      options += ["--cacert", certificates.authority]
      options += ["--cert", certificates.certificate, "--key", certificates.key]
    }
    let command = (network?.clientCommand ?? []) + [Tool.path("etcdctl") ?? ""]
    return ChildProcess.run(
      command[0], command.dropFirst() + options + arguments,
      environment: ["ETCDCTL_API": "3", "PATH": "/usr/bin:/bin"], input: input)
  }

  /// Every key with its value, as they lie there.
  package func dump(_ prefix: String) -> [UInt8] {
    control(["get", "--prefix", prefix]).output
  }

  /// What a key holds; nothing where it is not there.
  package func value(of key: String) -> [UInt8] {
    Array(control(["get", "--print-value-only", key]).output.dropLast())
  }

  /// Puts something into a key, whatever is there.
  package func put(_ value: [UInt8], to key: String) { control(["put", key], input: value) }

  private func isRunning(_ member: Int) -> Bool { running.withLock { $0[member] != nil } }

  /// Until all members that run can write, or half a minute.
  private func awaitHealth() {
    let end = ContinuousClock.now + .seconds(30)
    while control(["endpoint", "health"]).status != 0, ContinuousClock.now < end {}
  }

  private func begin(_ member: Int) {
    let scheme = certificates == nil ? "http" : "https"
    let cluster = peers.indices.map { "m\($0)=http://\(peers[$0])" }.joined(separator: ",")
    var arguments = [
      "--name", "m\(member)", "--data-dir", directory.file("m\(member)"),
      "--listen-client-urls", "\(scheme)://\(places[member])",
      "--advertise-client-urls", "\(scheme)://\(places[member])",
      "--listen-peer-urls", "http://\(peers[member])",
      "--initial-advertise-peer-urls", "http://\(peers[member])",
      "--initial-cluster", cluster, "--heartbeat-interval", "50", "--election-timeout", "500",
      "--logger", "zap", "--log-level", "error",
    ]
    if let certificates {
      arguments += ["--cert-file", certificates.certificate, "--key-file", certificates.key]
      arguments += ["--trusted-ca-file", certificates.authority]
      if certificates.wantsClients { arguments.append("--client-cert-auth") }
    }
    // It goes when the standard input of the shell ends, which it does with this process.
    let script = #""$0" "$@" </dev/null & read line; kill -9 $!; wait"#
    let program = RunningProgram(
      "/bin/sh",
      ["-c", script] + (network?.command(at: member) ?? []) + [Tool.path("etcd") ?? ""] + arguments,
      environment: ["PATH": "/usr/bin:/bin"], errors: directory.file("m\(member).log"))
    guard let program else { return }
    let held = RunningMember(program)
    running.withLock { $0[member] = held }
  }

  private static func freePorts(_ count: Int) -> [Int] {
    // All of them are taken at once, so that none is given twice.
    let ports = (0..<count).map { _ in LoopbackPort() }
    defer { for port in ports { close(port.file) } }
    return ports.map(\.number)
  }

  /// Classes can hold what cannot be copied.
  private final class RunningMember: @unchecked Sendable {
    private var program: RunningProgram?
    init(_ program: consuming RunningProgram) { self.program = consume program }
    func end() { program = nil }
  }

  private final class Folder: Sendable {
    private let directory = TemporaryDirectory()
    func file(_ name: String) -> String { directory.file(name) }
  }
}

extension Substring {
  fileprivate var trimmed: Substring {
    var text = self
    while text.first == " " { text = text.dropFirst() }
    return text
  }
}
