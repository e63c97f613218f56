import Basics
import Drafts
import Glibc
import ProviderFormat
import Requests
import Secrets
import Synchronization
import Testing

@testable import Checking

/// A listener, the question that it waits for an answer to, and what it has delivered.
final class ListenerUnderTest: Sendable {
  let port: Int
  let state: String
  private let port0: any ListeningPort
  private let delivered: Delivered

  /// What came of it, and a way to wait for it.
  private final class Delivered: Sendable {
    let texts = Mutex<[String]>([])
    let event = EventDescriptor()
  }

  init(patience: Duration = .seconds(5), address: String = "http://127.0.0.1:PORT/callback") throws
  {
    port = freePort()
    let callback = try Callback(address.replacing("PORT", with: "\(port)"))
    let request = try Self.request(to: callback)
    let question = request.address.withBytes { $0.shownText }
    let mark = try #require(question.firstRange(of: "state="))
    state = String(question[mark.upperBound...].prefix { $0 != "&" })
    let delivered = Delivered()
    self.delivered = delivered
    port0 = try LoopbackListener(patience: patience).listen(for: request.matcher()) { address in
      delivered.texts.withLock { $0.append(address.withBytes { $0.shownText }) }
      delivered.event.set()
    }
  }

  static func request(to callback: Callback) throws -> AuthorizationRequest {
    let entry = """
      {"auth_mode":"OAUTH2","authorization_url":"https://a.example/authorize",
       "token_url":"https://a.example/token"}
      """
    let map = try #require(try entry.withBytes { try Value(json: $0) }.map)
    var values = SecretValues()
    values.set(OAuthClient.idField, to: SecretBuffer(text: "client", capacity: 1))
    let submission = Submission(
      provider: Provider(slug: "sample", entry: map, origin: .builtIn), values: values)
    return try AuthorizationFlow(submission, scopes: Scopes(), callback: callback).request()
  }

  func close() { port0.close() }

  /// What was delivered, when something has been.
  func wait() -> [String] {
    var watched = pollfd(fd: delivered.event.number, events: Int16(POLLIN), revents: 0)
    unsafe poll(&watched, 1, 10_000)
    return texts
  }

  var texts: [String] { delivered.texts.withLock(\.self) }

  /// One request, and the number of its answer; nil where nobody listens or nothing is answered.
  func ask(
    _ target: String, method: String = "GET", host: String? = nil, headers: String = "",
    body: String = ""
  ) -> Int? {
    guard let visitor = try? RawVisitor(port: port) else { return nil }
    let host = host ?? "127.0.0.1:\(port)"
    visitor.send("\(method) \(target) HTTP/1.1\r\nHost: \(host)\r\n\(headers)\r\n\(body)")
    return visitor.status()
  }
}
