internal import Synchronization

/// A provider on loopback that gives out access tokens, and has an API that takes those alone that are good. It rotates
/// refresh tokens, and who shows one a second time loses all there are, as a thief would.
///
/// `POST /token` takes the client's credentials as a form, `POST /login` a user's as JSON, `POST /renew` a refresh token as
/// JSON. Everything else is the API: `GET /items` has three pages, with links; what is asked elsewhere comes back.
package final class RotatingProvider: Sendable {
  fileprivate struct State {
    var issued = 0
    /// The access token that is good.
    var access: String?
    var refresh: String?
    var spent: Set<String> = []
    var reuses = 0
    var tokenReplies: [LoopbackReply] = []
    var replies: [LoopbackReply] = []
  }

  /// The client's secret, and the user's.
  package static let secret = "secret-EXAMPLE-0001"

  private final class Holder: Sendable {
    let state = Mutex(State())
  }

  private let holder: Holder
  private let server: LoopbackServer

  /// Listens as soon as it returns.
  package init() async throws {
    let holder = Holder()
    self.holder = holder
    server = try await LoopbackServer { request in
      holder.state.withLock { $0.reply(to: request) }
    }
  }

  /// Without a slash at its end.
  package var url: String { "https://localhost:\(server.port)" }

  /// Every request so far, in order of arrival, as `GET /path`.
  package var lines: [String] { server.requests.map { "\($0.method) \($0.target)" } }

  /// The same, whole.
  package var requests: [LoopbackRequest] { server.requests }

  /// Returns as soon as `count` requests have arrived.
  package func requests(atLeast count: Int) async -> [LoopbackRequest] {
    await server.requests(atLeast: count)
  }

  /// How often a refresh token came that was spent.
  package var reuses: Int { holder.state.withLock { $0.reuses } }

  /// Gives tokens as to somebody who has just agreed in a browser.
  package func agree() -> (access: String, refresh: String) {
    holder.state.withLock { state in
      _ = state.answer(rotates: true)
      return (state.access ?? "", state.refresh ?? "")
    }
  }

  /// No access token is good any more.
  package func expireAccess() { holder.state.withLock { $0.access = nil } }

  /// No refresh token is good any more.
  package func revoke() { holder.state.withLock { $0.refresh = nil } }

  /// Says so to the next requests to the API, whoever asks, one after the other.
  package func say(_ replies: LoopbackReply...) { holder.state.withLock { $0.replies += replies } }

  /// The same to those who want a token.
  package func sayToTokenRequests(_ replies: LoopbackReply...) {
    holder.state.withLock { $0.tokenReplies += replies }
  }

  /// Returns as soon as every connection has been closed by the other side.
  package func allConnectionsClosed() async { await server.allConnectionsClosed() }

  package func stop() async { await server.stop() }
}

extension RotatingProvider.State {
  fileprivate mutating func reply(to request: LoopbackRequest) -> LoopbackReply {
    let body = String(decoding: request.body, as: UTF8.self)
    let path = String(request.target.prefix { $0 != "?" })
    switch (request.method, path) {
    case ("POST", "/token"), ("POST", "/login"), ("POST", "/renew"):
      if !tokenReplies.isEmpty { return tokenReplies.removeFirst() }
      return path == "/renew" ? renew(body) : issue(body, rotates: path == "/login")
    default:
      if !replies.isEmpty { return replies.removeFirst() }
      guard let access, request.header("authorization") == "Bearer \(access)" else {
        return .answer(401, body: #"{"error":"invalid_token"}"#)
      }
      return path == "/items"
        ? items(request.target) : .bytes(Array("\(request.method) \(body)".utf8))
    }
  }

  private mutating func issue(_ body: String, rotates: Bool) -> LoopbackReply {
    guard body.contains(RotatingProvider.secret) else {
      return .answer(401, body: #"{"error":"invalid_client"}"#)
    }
    return answer(rotates: rotates)
  }

  private mutating func renew(_ body: String) -> LoopbackReply {
    if spent.contains(where: { body.contains("\"\($0)\"") }) {
      reuses += 1
      (access, refresh) = (nil, nil)
    }
    guard let current = refresh, body.contains("\"\(current)\"") else {
      return .answer(401, body: #"{"error":"invalid_grant"}"#)
    }
    return answer(rotates: true)
  }

  fileprivate mutating func answer(rotates: Bool) -> LoopbackReply {
    issued += 1
    access = "access-EXAMPLE-\(issued)"
    var members = #""access_token":"\#(access ?? "")","token_type":"Bearer","expires_in":3600"#
    if rotates {
      if let refresh { spent.insert(refresh) }
      refresh = "refresh-EXAMPLE-\(issued)"
      members += #","refresh_token":"\#(refresh ?? "")""#
    }
    return .json("{\(members)}")
  }

  private func items(_ target: String) -> LoopbackReply {
    let page = target.split(separator: "page=").dropFirst().first.flatMap { Int($0) } ?? 1
    let next = page < 3 ? #","next":"/items?page=\#(page + 1)""# : ""
    return .json(#"{"items":[{"n":\#(2 * page - 1)},{"n":\#(2 * page)}]\#(next)}"#)
  }
}
