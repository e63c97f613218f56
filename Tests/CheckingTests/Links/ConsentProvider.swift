import Basics
import LoopbackSupport
import Secrets
import Signing
import Synchronization
import Testing

/// A provider on loopback that asks a person's consent, and goes by the standards: codes are good once, with the redirect
/// address and the verifier that belong to them, for the client that asked.
///
/// `POST /token` redeems codes and renews, `POST /register` registers clients, `GET /authorize` is the page of consent,
/// `/.well-known/…` says how one signs in at `/mcp`, `POST /device` gives codes for other devices. Everything else is the
/// API, which takes the access token alone.
final class ConsentProvider: Sendable {
  static let client = "client-EXAMPLE"
  static let secret = "secret-EXAMPLE-0001"

  private struct Code {
    var client: String
    var redirect: String
    var challenge: String?
  }

  private struct State {
    var scheme = "https"
    var clients = [ConsentProvider.client: ConsentProvider.secret]
    var codes: [String: Code] = [:]
    var issued = 0
    var registered = 0
    var refresh: String?
    /// What `/token` says to a device, one after the other, before the token.
    var deviceErrors: [String] = []
    var replies: [String: LoopbackReply] = [:]
    /// Members of the token's answer.
    var more = ""
  }

  private final class Holder: Sendable {
    let state = Mutex(State())
  }

  private let holder: Holder
  private let server: LoopbackServer

  /// Listens as soon as it returns.
  /// - Parameter isPlain: whether it speaks plain HTTP.
  init(isPlain: Bool = false) async throws {
    let holder = Holder()
    self.holder = holder
    if isPlain { holder.state.withLock { $0.scheme = "http" } }
    server = try await LoopbackServer(isPlain ? .plain : .tls(.right)) { request in
      holder.state.withLock { ConsentProvider.reply(to: request, &$0) }
    }
  }

  /// Without a slash at its end.
  var url: String { "\(holder.state.withLock { $0.scheme })://localhost:\(server.port)" }

  /// Every request so far, in order of arrival, as `GET /path`, without parameters.
  var lines: [String] {
    server.requests.map { "\($0.method) \($0.target.prefix { $0 != "?" })" }
  }

  /// The same, whole.
  var requests: [LoopbackRequest] { server.requests }

  func requests(atLeast count: Int) async -> [LoopbackRequest] {
    await server.requests(atLeast: count)
  }

  /// Says so, whenever it is asked there: `GET /me`.
  func say(_ reply: LoopbackReply, to line: String) {
    holder.state.withLock { $0.replies[line] = reply }
  }

  /// Puts members into the answer with a token.
  func add(_ members: String) { holder.state.withLock { $0.more = ",\(members)" } }

  /// Forgets all clients that are registered now.
  func forgetClients() { holder.state.withLock { $0.clients = [:] } }

  /// Says so to a device before it gets a token.
  func delay(_ errors: String...) { holder.state.withLock { $0.deviceErrors = errors } }

  func allConnectionsClosed() async { await server.allConnectionsClosed() }

  func stop() async { await server.stop() }

  /// What a person's browser does: goes to the address, agrees, and ends on another one.
  func consent(to address: String) throws -> String {
    let parameters = Form.read(String(address.split(separator: "?", maxSplits: 1).last ?? ""))
    return try holder.state.withLock { state in
      try #require(Self.redirect(parameters, &state))
    }
  }
}

extension ConsentProvider {
  /// Where the browser ends; nil where the client is not known.
  private static func redirect(_ parameters: [String: String], _ state: inout State) -> String? {
    guard let client = parameters["client_id"], state.clients[client] != nil,
      let redirect = parameters["redirect_uri"], parameters["response_type"] == "code"
    else { return nil }
    state.issued += 1
    let code = "code-EXAMPLE-\(state.issued)"
    state.codes[code] = Code(
      client: client, redirect: redirect, challenge: parameters["code_challenge"])
    return "\(redirect)?code=\(code)&state=\(parameters["state"] ?? "")"
  }

  private static func reply(to request: LoopbackRequest, _ state: inout State) -> LoopbackReply {
    let path = String(request.target.prefix { $0 != "?" })
    if let reply = state.replies["\(request.method) \(path)"] { return reply }
    let host = "\(state.scheme)://\(request.header("host") ?? "")"
    let form = Form.read(String(decoding: request.body, as: UTF8.self))
    switch (request.method, path) {
    case ("POST", "/token"): return token(form, &state)
    case ("POST", "/register"): return register(&state)
    case ("GET", "/authorize"):
      let query = Form.read(String(request.target.split(separator: "?", maxSplits: 1).last ?? ""))
      guard let place = redirect(query, &state) else { return .answer(400, body: "unknown client") }
      return query["password"] == nil ? .answer(200, body: "<html>") : .redirect(to: place)
    case ("POST", "/device"):
      return .json(
        #"{"device_code":"device-EXAMPLE","user_code":"ABCD-EFGH","verification_uri":"\#(host)/d","interval":1,"expires_in":60}"#
      )
    case ("POST", "/mcp"):
      return .answer(401, headers: ["www-authenticate": #"Bearer scope="mcp:use""#])
    case ("GET", "/.well-known/oauth-protected-resource/mcp"):
      return .json(#"{"resource":"\#(host)/mcp","authorization_servers":["\#(host)"]}"#)
    case ("GET", "/.well-known/oauth-authorization-server"):
      return .json(
        #"{"issuer":"\#(host)","authorization_endpoint":"\#(host)/authorize","token_endpoint":"\#(host)/token","registration_endpoint":"\#(host)/register","response_types_supported":["code"],"code_challenge_methods_supported":["S256"]}"#
      )
    default:
      guard request.header("authorization")?.hasPrefix("Bearer access-EXAMPLE-") == true else {
        return .answer(404)
      }
      return .json("{}")
    }
  }

  private static func register(_ state: inout State) -> LoopbackReply {
    state.registered += 1
    let client = "dynamic-EXAMPLE-\(state.registered)"
    state.clients[client] = ""
    return .answer(201, body: #"{"client_id":"\#(client)","token_endpoint_auth_method":"none"}"#)
  }

  private static func token(_ form: [String: String], _ state: inout State) -> LoopbackReply {
    let client = form["client_id"] ?? ""
    guard let secret = state.clients[client], form["client_secret"] ?? "" == secret else {
      return .answer(401, body: #"{"error":"invalid_client"}"#)
    }
    switch form["grant_type"] {
    case "authorization_code":
      guard let code = state.codes.removeValue(forKey: form["code"] ?? ""), code.client == client,
        code.redirect == form["redirect_uri"], isProven(code, by: form["code_verifier"])
      else { return refuse("invalid_grant") }
    case "refresh_token":
      guard form["refresh_token"] == state.refresh ?? "brought-EXAMPLE" else {
        return refuse("invalid_grant")
      }
    case "urn:ietf:params:oauth:grant-type:device_code":
      if !state.deviceErrors.isEmpty { return refuse(state.deviceErrors.removeFirst()) }
    default: return refuse("unsupported_grant_type")
    }
    state.issued += 1
    state.refresh = "refresh-EXAMPLE-\(state.issued)"
    return .json(
      #"{"access_token":"access-EXAMPLE-\#(state.issued)","refresh_token":"\#(state.refresh ?? "")","expires_in":3600\#(state.more)}"#
    )
  }

  private static func refuse(_ error: String) -> LoopbackReply {
    .answer(400, body: #"{"error":"\#(error)"}"#)
  }

  /// RFC 7636, section 4.6.
  private static func isProven(_ code: Code, by verifier: String?) -> Bool {
    guard let challenge = code.challenge else { return verifier == nil }
    guard let verifier else { return false }
    var text: [UInt8] = []
    let digest = Array(verifier.utf8).withBytes { Digests.sha256($0) }
    digest.withBytes { text.append(base64URL: $0) }
    return String(decoding: text, as: UTF8.self) == challenge
  }
}

/// Form data, as a server reads it.
enum Form {
  static func read(_ text: String) -> [String: String] {
    let pairs = text.split(separator: "&").map { pair -> (String, String) in
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      return (decoded(parts[0]), parts.count > 1 ? decoded(parts[1]) : "")
    }
    return Dictionary(pairs) { $1 }
  }

  private static func decoded(_ text: Substring) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "+"): bytes.append(0x20)
      case UInt8(ascii: "%"):
        let digits = String(decoding: rest.prefix(2), as: UTF8.self)
        rest = rest.dropFirst(2)
        if let code = UInt8(digits, radix: 16) { bytes.append(code) }
      default: bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
