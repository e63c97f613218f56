import Basics
import FoundationEssentials
import LoopbackSupport
import TestSupport
import Testing

/// From the values to the store and back, against a provider that judges what it is sent with an implementation of its
/// own.
@Suite(
  .enabled(if: LoopbackCertificates.tool != nil, "needs openssl"),
  .enabled(if: PythonProvider.interpreter != nil, "needs python3 with cryptography"),
  .enabled(if: Tool.path("age") != nil, "needs age"), .timeLimit(.minutes(1)))
struct JudgedFlowTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    /// JSON; `SERVER` stands for the provider's address.
    let entry: String
    /// What is handed in, as JSON.
    let values: String
    let routes: String
    /// What the provider is asked in one check.
    let requests: [String]
    /// What is entered and has to be in the store, and in no output.
    let secret: String
    /// What is fetched or signed and has to be nowhere.
    let token: String

    var testDescription: String { name }
  }

  private static let key = ProviderKeys.shared.rsa
  /// A part of the key that no public one has.
  private static let privateExponent =
    (key.jwk ?? "").split(separator: #""d": ""#).last
    .map { String($0.prefix(60)) } ?? ""

  static let cases = [
    Case(
      name: "client credentials in a Basic header",
      entry: """
        {"display_name":"Acme","auth_mode":"OAUTH2_CC","token_url":"SERVER/token",
         "token_request_auth_method":"basic","token_params":{"grant_type":"client_credentials"}}
        """,
      values: #"{"credentials":{"client_id":"client","client_secret":"secret-EXAMPLE-1"}}"#,
      routes: """
        [{"method":"POST","path":"/token",
          "auth":[{"kind":"basic","username":"client","password":"secret-EXAMPLE-1"}],
          "answer":{"json":{"access_token":"token-EXAMPLE-2","expires_in":60}}}]
        """,
      requests: ["POST /token 200 -"], secret: "secret-EXAMPLE-1", token: "token-EXAMPLE-2"),
    Case(
      name: "a session of two steps",
      entry: """
        {"display_name":"Acme","auth_mode":"TWO_STEP","token_url":"SERVER/login",
         "token_params":{"pass":"${credentials.pass}"},"token_response_headers":["set-cookie"],
         "additional_steps":[{"token_url":"SERVER/me","token_request_method":"GET",
          "token_headers":{"cookie":"${credentials._cookies}"}}],"token_response":{"token":"id"},
         "credentials":{"pass":{"type":"string","title":"Password","secret":true}}}
        """,
      values: #"{"credentials":{"pass":"secret-EXAMPLE-1"}}"#,
      routes: """
        [{"method":"POST","path":"/login","expect":{"json":{"pass":"secret-EXAMPLE-1"}},
          "answer":{"headers":{"set-cookie":"session=token-EXAMPLE-2; Path=/"}}},
         {"path":"/me","answer":{"json":{"id":"token-EXAMPLE-2"}},
          "auth":[{"kind":"header","name":"cookie","value":"session=token-EXAMPLE-2"}]}]
        """,
      requests: ["POST /login 200 -", "GET /me 200 -"], secret: "secret-EXAMPLE-1",
      token: "token-EXAMPLE-2"),
    Case(
      name: "a client that signs instead of having a secret",
      entry: """
        {"display_name":"Acme","auth_mode":"OAUTH2_CC","token_url":"SERVER/token",
         "token_request_auth_method":"private_key_jwt","credentials":{"client_private_key":
          {"type":"string","title":"Private key","secret":true}}}
        """,
      values: """
        {"credentials":{"client_id":"client",
         "client_private_key":\(Value.string(key.jwk ?? "").json)}}
        """,
      routes: """
        [{"method":"POST","path":"/token","answer":{"json":{"access_token":"token-EXAMPLE-2"}},
          "auth":[{"kind":"parameter_jwt","algorithm":"RS256","claims":{"sub":"client"},
           "key":\(Value.string(key.public).json)}]}]
        """,
      requests: ["POST /token 200 -"], secret: privateExponent, token: "token-EXAMPLE-2"),
  ]

  @Test(arguments: cases)
  func `what is entered is checked, stored and checked again; what is fetched for it is not kept`(
    _ flow: Case
  ) throws {
    let program = UsherProgram()
    let server = try PythonProvider(routes: flow.routes)
    let entry = try Value(json: flow.entry.replacing("SERVER", with: server.url))
    let guides = program.home.file("guides")
    try TestProvider.write(try #require(entry.map), slug: "acme", below: guides)
    let authority = ["--ca", TestProvider.authority(for: program)]

    let linked = program.run(
      ["connect", "acme", "--guides", guides, "--from", "-", "--json"] + authority,
      input: flow.values)
    #expect(linked.status == 0, "\(linked.text) \(linked.errorText) \(server.log)")
    #expect(linked.text.contains(#""stored":true"#))
    let checked = program.run(["check", "acme", "--json"] + authority)
    #expect(checked.status == 0, "\(checked.text) \(checked.errorText) \(server.log)")
    // Where an organization's own authority is trusted, a connection without a request looks at the chain first.
    let asked = server.log.filter { !$0.hasPrefix("connection failed") }
    #expect(asked == flow.requests + flow.requests)

    let shown = program.run(["show", "acme", "--json"])
    for result in [linked, checked, shown] {
      #expect(!(result.text + result.errorText).contains(flow.secret))
      #expect(!(result.text + result.errorText).contains(flow.token))
    }
    let record = try openedRecord(of: program)
    #expect(record.contains(flow.secret))
    #expect(!record.contains(flow.token))
    for file in try FileManager.default.subpathsOfDirectory(atPath: program.home.path) {
      guard let bytes = TextFile.read(program.home.file(file)) else { continue }
      let text = String(decoding: bytes, as: UTF8.self)
      #expect(!text.contains(flow.secret) && !text.contains(flow.token), "\(file)")
    }
  }

  /// The record as it was sealed, opened without the program.
  private func openedRecord(of program: UsherProgram) throws -> String {
    let path = program.home.file("acme.age")
    TextFile.write(program.run(["export", "acme"]).output, to: path)
    let opened = ChildProcess.run(
      try #require(Tool.path("age")), ["-d", "-i", program.identityPath, path])
    #expect(opened.status == 0, "\(opened.errorText)")
    return opened.text
  }
}
