import Basics
import LoopbackSupport
import TestSupport

/// A provider on loopback whose accounts have several keys, and the program with one of them in its store.
struct KeyProvider {
  /// Two of Jane's, and one of Bob's.
  static let (old, new, bobs) = (
    "key-old-0aZ9bY8c-EXAMPLE", "key-new-7dW6eV5f-EXAMPLE", "key-bob-4gT3hS2E-EXAMPLE"
  )

  let program = UsherProgram()
  let server: LoopbackServer
  let options: [String]

  /// - Parameter tellsAccount: whether the check says whose a key is.
  init(tellsAccount: Bool = true) async throws {
    server = try await LoopbackServer(.tls(.right)) { request in
      let owners = [Self.old: "jane", Self.new: "jane", Self.bobs: "bob"]
      let key = request.header("x-api-key") ?? ""
      guard let owner = owners[key] else { return .answer(401, body: #"{"message": "no"}"#) }
      return .json(tellsAccount ? #"{"login": "\#(owner)"}"# : "{}")
    }
    let entry = """
      {"display_name": "Vault", "auth_mode": "API_KEY",
       "proxy": {"base_url": "https://localhost:\(server.port)", "headers": {"x-api-key": "${apiKey}"}},
       "credentials": {"apiKey": {"type": "string", "title": "API key", "secret": true}},
       "connection_config": {"subdomain": {"type": "string", "title": "Subdomain", "order": 1}},
       "usher": {"revoke": {"page": "https://vault.example/keys"},
        "check": [{"url": "/me", "answers": [{"status": 200, "means": "accepted",
         "read": {"account": "login"}}]}]}}
      """
    let guides = program.home.file("guides")
    try TestProvider.write(Value(json: entry).map ?? .init(), slug: "vault", below: guides)
    options = ["--guides", guides, "--ca", TestProvider.authority(for: program)]
  }

  static func values(_ key: String, subdomain: String? = nil) -> String {
    let params = subdomain.map { #", "params": {"subdomain": "\#($0)"}"# } ?? ""
    return #"{"credentials": {"apiKey": "\#(key)"}\#(params)}"#
  }

  /// Links Jane's account with her old key.
  func link() -> ChildProcess {
    run("connect", "vault", "--from", "-", input: Self.values(Self.old, subdomain: "north"))
  }

  /// Runs the program so that it reaches the server.
  func run(_ arguments: String..., input: String = "") -> ChildProcess {
    program.run(arguments + options, input: input)
  }

  /// A value as scripts get it.
  func value(_ field: String = "apiKey") -> String { program.run(["get", "vault", field]).text }
}
