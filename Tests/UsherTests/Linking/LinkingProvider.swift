import Basics
import LoopbackSupport
import TestSupport
import Testing

/// Providers whose accounts take a person's consent, at an authorization server that nobody here wrote, and somebody who
/// links them without hands.
struct LinkingProvider {
  static let redirect = "http://127.0.0.1:8976/callback"
  /// Has characters that have to be written otherwise in a form, in an address, and in a header.
  static let secret = "s3cr+t/EXAMPLE=&"

  let program = UsherProgram()
  let server: AuthorizationServer
  let guides: String
  let options: [String]

  init(_ change: (inout AuthorizationServer.Settings) -> Void = { _ in }) throws {
    var settings = AuthorizationServer.Settings(
      clients: [
        .init("posting", secret: Self.secret, redirectAddresses: [Self.redirect]),
        .init(
          "heading", secret: Self.secret, redirectAddresses: [Self.redirect],
          method: "client_secret_basic"),
        // This server takes what stands in the header as it is, without decoding it as RFC 6749 says.
        .init(
          "encoding", secret: "plain-EXAMPLE", redirectAddresses: [Self.redirect],
          method: "client_secret_basic"),
        .init("open", redirectAddresses: [Self.redirect]),
        .init(
          "loose", secret: Self.secret, redirectAddresses: [Self.redirect], demandsProof: false),
      ], consumers: [.init("consumer", secret: Self.secret)])
    change(&settings)
    server = try AuthorizationServer(settings)
    guides = program.home.file("guides")
    options = ["--guides", guides, "--ca", TestProvider.authority(for: program)]
    for (slug, entry) in Self.entries { try add(slug, entry) }
  }

  /// Adds a provider; `SERVER` in its entry is the server's address.
  func add(_ slug: String, _ entry: String) throws {
    let text = entry.replacing("SERVER", with: server.url)
    try TestProvider.write(try #require(Value(json: text).map), slug: slug, below: guides)
  }

  private static func oauth(_ name: String, _ more: String = "") -> String {
    """
    {"display_name": "\(name)", "auth_mode": "OAUTH2", "authorization_url": "SERVER/authorize",
     "token_url": "SERVER/token", "default_scopes": ["profile", "items"], \(more)
     "proxy": {"base_url": "SERVER"}}
    """
  }

  private static let entries = [
    "post": oauth("Post"),
    "basic": oauth("Basic", #""token_request_auth_method": "basic","#),
    "header": oauth("Header", #""authorization_method": "header","#),
    "public": oauth("Public"),
    "loose": oauth("Loose", #""disable_pkce": true,"#),
    "device": oauth("Device", #""usher": {"device": {"url": "SERVER/device_authorization"}},"#),
    "signed": """
    {"display_name": "Signed", "auth_mode": "OAUTH1", "request_url": "SERVER/oauth1/request_token",
     "authorization_url": "SERVER/oauth1/authorize", "token_url": "SERVER/oauth1/access_token",
     "signature_method": "HMAC-SHA1", "proxy": {"base_url": "SERVER"}}
    """,
  ]

  /// The application that a provider's account is linked with, as JSON members.
  static func client(of slug: String) -> String {
    switch slug {
    case "public": #""client_id": "open""#
    case "loose": #""client_id": "loose", "client_secret": "\#(secret)""#
    case "header": #""client_id": "encoding", "client_secret": "plain-EXAMPLE""#
    case "basic": #""client_id": "heading", "client_secret": "\#(secret)""#
    case "signed": #""client_id": "consumer", "client_secret": "\#(secret)""#
    default: #""client_id": "posting", "client_secret": "\#(secret)""#
    }
  }

  struct NotStarted: Error {}

  /// What a link without hands came to.
  struct Link {
    let status: Int32?
    /// The address that was to be opened; nil where there was none.
    let address: String?
    let output: String
    let errors: String
  }

  /// Links an account: opens the address that is printed, decides, and hands back where the browser ended.
  /// - Parameter answer: makes what is handed back of that address.
  func link(
    _ slug: String, _ members: String, _ more: [String] = [],
    browser: ConsentingBrowser = ConsentingBrowser(), answer: (String) -> String = { $0 }
  ) throws -> Link {
    let command = UsherProgram.command(["connect", slug, "--from", "-"] + options + more)
    let errors = program.home.file("errors-\(slug)")
    guard
      let running = RunningProgram(
        command[0], Array(command.dropFirst()), environment: program.environment, errors: errors)
    else { throw NotStarted() }
    running.write("{\(members)}\n")
    var output: [String] = []
    let address = running.readLine()
    if let address, address.hasPrefix("https://") {
      let page = try browser.open(address, redirect: Self.redirect)
      running.write(answer(page.address) + "\n")
    } else if let address {
      output.append(address)
    }
    while let line = running.readLine() { output.append(line) }
    let status = running.finish()
    return Link(
      status: status, address: address, output: output.joined(separator: "\n"),
      errors: String(decoding: TextFile.read(errors) ?? [], as: UTF8.self))
  }

  /// Runs the program so that it reaches the server.
  func run(_ arguments: String...) -> ChildProcess {
    program.run(arguments + ["--ca", options[3]])
  }
}
