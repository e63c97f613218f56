import Basics
import Checking
import Drafts
import FoundationEssentials
import LoopbackSupport
import ProviderFormat
import Requests
import Secrets
import TestSupport
import Testing

extension HelperChecker {
  /// A check of which nobody wants to know more than its end.
  func check(_ submission: consuming Submission) async -> Diagnosis {
    await check(submission, report: { _ in })
  }
}

/// The stand-in for the program, built beside the tests.
enum Fixture {
  static let path: String = {
    let tests = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    return tests.split(separator: "/", omittingEmptySubsequences: false).dropLast()
      .joined(separator: "/") + "/CheckHelperFixture"
  }()

  /// A checker whose helper process is the fixture.
  static func checker(
    _ change: (inout CheckOptions) -> Void = { _ in }, variables: [String: String] = [:]
  ) -> HelperChecker {
    var options = CheckOptions()
    change(&options)
    let all = ["SSL_CERT_FILE": LoopbackCertificates.trusted].merging(variables) { $1 }
    return HelperChecker(program: path, options: options, variable: { all[$0] })
  }

  /// A submission for a provider at `url` that is checked with GET /me and a bearer token.
  static func submission(
    _ url: String, key: String = "tly-1234567890abcdefEXAMPLE",
    origin: Provider.Origin = .folder("/etc/usher/guides")
  ) -> Submission {
    let entry = """
      {"display_name":"Loopback","auth_mode":"API_KEY","proxy":{"base_url":"\(url)",
      "headers":{"authorization":"Bearer ${apiKey}"},
      "verification":{"method":"GET","endpoints":["/me"]}},
      "credentials":{"apiKey":{"type":"string","title":"API key"}}}
      """
    var value = SecretBuffer()
    for byte in key.utf8 { value.append(byte) }
    var values = SecretValues()
    values.set(Field.ID(.credentials, "apiKey"), to: value)
    let map = (try? Value(json: entry))?.map ?? Value.Map()
    return Submission(
      provider: Provider(slug: "loopback", entry: map, origin: origin), values: values)
  }

  /// A submission for an entry in JSON, with values by the names of fields: `credentials.apiKey`.
  static func submission(
    entry: String, _ values: some Sequence<(key: String, value: String)>
  ) throws -> Submission {
    var all = SecretValues()
    for (name, text) in values {
      var value = SecretBuffer()
      for byte in text.utf8 { value.append(byte) }
      all.set(try #require(Field.ID(name)), to: value)
    }
    let map = try #require(Value(json: entry).map)
    let provider = Provider(slug: "loopback", entry: map, origin: .folder("/etc/usher/guides"))
    return Submission(provider: provider, values: all)
  }

  /// Makes a check in a helper process of which nothing is left but what it found out and the most memory that it ever
  /// had, in kB.
  static func measure(
    _ submission: consuming Submission, limits: CheckLimits = CheckLimits()
  ) throws -> (diagnosis: Diagnosis, kilobytes: Int) {
    var options = CheckOptions()
    options.limits = limits
    let settings = HelperSettings(options).framed
    let request = HelperRequest.check(submission).framed()
    let bytes =
      (settings?.withBytes { $0.copied() } ?? []) + (request?.withBytes { $0.copied() } ?? [])
    let directory = TemporaryDirectory()
    let result = ChildProcess.run(
      path, [HelperProgram.subcommand, directory.file("peak")],
      environment: ["SSL_CERT_FILE": LoopbackCertificates.trusted], input: bytes)
    #expect(result.status == 0)
    let peak = TextFile.read(directory.file("peak")).map { String(decoding: $0, as: UTF8.self) }
    return (
      try #require(try diagnosis(in: result.output)),
      try #require(peak.flatMap { Int($0.filter(\.isNumber)) })
    )
  }

  /// The diagnosis among the reports that a helper process wrote.
  private static func diagnosis(in output: [UInt8]) throws -> Diagnosis? {
    var rest = SecretBuffer(capacity: max(1, output.count))
    rest.append(text: output)
    while let report = try HelperReport.takeFirst(of: &rest) {
      switch report {
      case .diagnosis(let diagnosis): return diagnosis
      default: break
      }
    }
    return nil
  }

  /// Whether a namespace can be made in which `/dev` is empty.
  static let canEmptyDevices: Bool = {
    ChildProcess.run("/bin/sh", ["-c", withoutDevices("true")]).status == 0
  }()

  /// A shell command that runs another with an empty `/dev`, as in a bare directory tree.
  static func withoutDevices(_ command: String) -> String {
    "PATH=/usr/bin:/bin exec unshare --map-root-user --mount "
      + "sh -c 'mount -t tmpfs none /dev && exec \(command)'"
  }

  /// Runs the stand-in, which makes `count` checks the way the program does, and gives back its lines.
  ///
  /// Functions are bound at its start, as in the static release: a lazy binding saves the vector registers on the
  /// stack, and with them the tail of whatever was copied last.
  static func drive(_ url: String, count: Int) -> [[String]] {
    ChildProcess.run(
      path, ["drive", url, String(count)],
      environment: ["SSL_CERT_FILE": LoopbackCertificates.trusted, "LD_BIND_NOW": "1"]
    ).text.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
  }
}

extension Fixture {
  /// Runs the stand-in, which fetches `count` tokens the way the program does, and gives back its lines.
  static func fetch(_ url: String, count: Int) -> [String] {
    ChildProcess.run(
      path, ["fetch", url, String(count)],
      environment: ["SSL_CERT_FILE": LoopbackCertificates.trusted, "LD_BIND_NOW": "1"]
    ).text.split(separator: "\n").map(String.init)
  }
}

extension Trait where Self == ConditionTrait {
  /// Tests against the Python provider need an interpreter with `cryptography`.
  static var needsPython: Self {
    .enabled(if: PythonProvider.interpreter != nil, "needs python3 with cryptography")
  }
}
