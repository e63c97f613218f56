import Basics
import Connections
import Glibc
import LoopbackSupport
import Requests
import Store
import TestSupport
import Testing

/// A project of five connections of four small providers, which are asked at a server of the test's.
struct SetupProject {
  static let key = "key-0123456789abcdef-EXAMPLE"

  let program = UsherProgram()
  let server: LoopbackServer
  /// The project's file.
  let file: String
  private let authority: String

  init() async throws {
    server = try await LoopbackServer(.tls(.right)) { request in
      request.header("authorization")?.hasSuffix(SetupProject.key) == true
        ? .json("{}") : .answer(401, body: #"{"message": "unknown key"}"#)
    }
    authority = TestProvider.authority(for: program)
    let folder = program.home.file("project")
    unsafe mkdir(folder, 0o755)
    unsafe chmod(folder, 0o755)
    if geteuid() == 0 { unsafe chown(folder, UsherProgram.nobody, UsherProgram.nobody) }
    for slug in ["brook", "pond", "lake", "creek"] {
      try TestProvider.write(
        try SetupProject.entry(slug, port: server.port), slug: slug, below: "\(folder)/guides")
    }
    file = program.write(SetupProject.text, to: "project/usher.yaml")
  }

  private static let text = """
    guides: ./guides
    connections:
      - provider: brook
        why: fills the tank
      - provider: brook
        name: second
        env: {apiKey: SECOND_KEY}
      - provider: pond
        name: pond/default
        env:
          apiKey: POND_TOKEN
          region: POND_REGION
      - provider: lake
      - provider: creek
        required: false
        why: is nice to have

    """

  private static func entry(_ slug: String, port: Int) throws -> Value.Map {
    let region =
      slug == "pond"
      ? #", "connection_config": {"region": {"type": "string", "title": "Region"}}"# : ""
    let text = """
      {"display_name": "\(slug.prefix(1).uppercased() + slug.dropFirst())", "auth_mode": "API_KEY",
      "proxy": {"base_url": "https://localhost:\(port)",
      "headers": {"authorization": "Bearer ${apiKey}"},
      "verification": {"method": "GET", "endpoints": ["/me"]}},
      "credentials": {"apiKey": {"type": "string", "title": "API key"}}\(region)}
      """
    return try #require(Value(json: text).map)
  }

  /// What a command needs to reach the server.
  var options: [String] { ["--ca", authority] }

  func setUp(_ more: String...) -> ChildProcess {
    program.run(["setup", file] + options + more)
  }

  func start(_ more: String...) throws -> PseudoTerminal {
    try #require(program.start(["setup", file] + options + more))
  }

  /// Links one without a hand on the keys.
  func link(_ provider: String, _ name: String = "default", region: String? = nil) {
    let params = region.map { #", "params": {"region": "\#($0)"}"# } ?? ""
    let result = program.run(
      ["connect", provider, "--name", name, "--from", "-", "--guides"]
        + [program.home.file("project/guides")] + options,
      input: #"{"credentials": {"apiKey": "\#(SetupProject.key)"}\#(params)}"#)
    #expect(result.status == 0, "\(result.errorText)")
  }

  /// All that is required.
  func linkAll() {
    link("brook")
    link("brook", "second")
    link("pond", region: "eu")
    link("lake")
  }
}

extension SetupProject {
  /// Notes what a check would have found out.
  /// - Parameter isNew: whether the connection is linked only now.
  func note(_ kind: Diagnosis.Kind, of provider: String, linking isNew: Bool = false) throws {
    if isNew { link(provider) }
    try program.inStore { session in
      guard let name = ConnectionName(provider: provider) else { return }
      var record = try session.read(name)
      record.facts.diagnosis = Diagnosis(kind: kind, sentence: "It said no.")
      record.facts.checked = .now()
      try session.save(record, replacing: true)
    }
  }

  /// Makes it a project that needs a provider that is built in, and brings an entry of its own for it.
  func shadow(_ slug: String) throws {
    let folder = program.home.file("project/guides")
    try TestProvider.write(
      try SetupProject.entry("brook", port: server.port), slug: slug, below: folder)
    _ = program.write(
      "guides: ./guides\nconnections:\n  - provider: \(slug)\n", to: "project/usher.yaml")
  }
}
