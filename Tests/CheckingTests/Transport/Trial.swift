import Basics
import LoopbackSupport
import NIOCore
import Requests
import Secrets
import Synchronization
import TestSupport
import Testing

@testable import Checking

/// One check's transport against servers on loopback. The transport lives in the helper process and nowhere else, so
/// that no surface leads to it but this one: tests say what is asked and where names lead, and see what comes of it.
struct Trial {
  /// What is asked.
  struct Request: Sendable {
    var url: String
    var method = "GET"
    var headers: [(name: String, value: String)] = []
    var body: String?
    /// The body in place of `body`, read while it is sent.
    var stream: Stream?
    var identity: Identity?
    /// Whether the answer may be compressed, and is unpacked.
    var compresses = true
  }

  /// What a request's body is read from.
  struct Stream: Sendable {
    var descriptor: Int32
    var length: Int64?
    var isRepeatable = false
  }

  /// A certificate that a server is shown, with its key or that of another.
  struct Identity: Sendable {
    var certificate: LoopbackCertificates.Kind
    var key: LoopbackCertificates.Kind?
  }

  struct Answer: Equatable, Sendable {
    var status: Int
    var headers: [String: String]
    var text: String
    /// How much of the body was read, in bytes.
    var bodySize = 0
    /// Whether it went to the output.
    var isWritten = false
    /// Why that is not all of it.
    var cut: Failure?

    func header(_ name: String) -> String? { headers[name] }
  }

  struct Failure: Error, Equatable {
    var cause: Diagnosis.Cause
    var detail: String?

    fileprivate init(_ failure: TransportFailure) {
      (cause, detail) = (failure.cause, failure.detail)
    }

    /// What was under way was ended by `stop`.
    static let stopped = Failure(.stopped)
  }

  /// Ends what a transport does, from any thread.
  struct Stop: Sendable {
    fileprivate let signal = StopSignal()
    func give() { signal.set() }
  }

  typealias Outcome = Result<Answer, Failure>

  /// Hosts that the user named.
  var ownHosts: Set<String> = ["127.0.0.1", "localhost"]
  var options = CheckOptions()
  var variables = ["SSL_CERT_FILE": LoopbackCertificates.trusted]
  /// Where the system keeps its authorities, in place of the real places.
  var authorities: (file: String, directory: String)?
  /// Names and their addresses; a name that is missing has none.
  var names: [String: [String]] = ["localhost": ["127.0.0.1"]]
  /// How long a server may be silent, where each request has limits of its own; nil for those of a check.
  var idle: Duration?
  /// Where the bodies of successes go; nil to keep them.
  var output: Int32?
  /// Ends what is under way.
  let stop = Stop()
  /// What looks names up instead.
  var lookup: (@Sendable (String) async -> [String])?

  /// The names are the user's own, so that they may lead to loopback.
  static func named(_ names: [String: [String]]) -> Trial {
    var trial = Trial()
    trial.names = names
    trial.ownHosts = Set(names.keys)
    return trial
  }

  /// Returns when a server that takes so long has answered.
  static func pass(milliseconds: Int) async throws {
    let server = try await LoopbackServer(.plain) { _ in
      .late(milliseconds: milliseconds, .answer(200))
    }
    _ = await Trial().ask("http://127.0.0.1:\(server.port)/")
    await server.stop()
  }

  func ask(
    _ url: String, method: String = "GET", headers: [(name: String, value: String)] = [],
    body: String? = nil
  ) async -> Outcome {
    await ask([Request(url: url, method: method, headers: headers, body: body)]).results[0]
  }

  /// Asks one after the other with one transport, as a check does.
  func ask(_ requests: [Request]) async -> (results: [Outcome], progress: [CheckProgress]) {
    let progress = Record<CheckProgress>()
    let environment = NetworkEnvironment { variables[$0] }
    let tls = authorities.map {
      TLSContexts(
        options, environment, usualPaths: [$0.file], usualDirectory: $0.directory)
    }
    let transport = WebTransport(
      rules: NetworkRules(ownHosts: ownHosts), options: options, environment: environment,
      tls: tls, lookup: nameLookup, scope: idle.map { .each(idle: $0) } ?? .whole,
      stop: stop.signal, report: { progress.add($0) })
    var results: [Outcome] = []
    for request in requests {
      do throws(TransportFailure) {
        let answer = try await transport.answer(to: OutgoingRequest(request), choice)
        results.append(.success(Answer(answer)))
      } catch {
        results.append(.failure(Failure(error)))
      }
    }
    await transport.close()
    return (results, progress.all)
  }

  private var choice: PartialAnswer.Choice? {
    output.map { descriptor in
      let output = OutputFile(descriptor)
      return { head in head.status == 200 ? .written(output) : .kept(room: 1024 * 1024) }
    }
  }

  private var nameLookup: NameLookup {
    let (names, lookup) = (names, lookup)
    return NameLookup { (host) async throws(TransportFailure) in
      let addresses = if let lookup { await lookup(host) } else { names[host] ?? [] }
      guard !addresses.isEmpty else {
        throw TransportFailure(.noName, "no address is known for \(host)")
      }
      return addresses.compactMap { IPAddress($0) }
    }
  }
}

extension OutgoingRequest {
  fileprivate init(_ request: Trial.Request) throws(TransportFailure) {
    guard let address = WebAddress(request.url) else {
      preconditionFailure("\(request.url) is no address")
    }
    var identity: ClientIdentity?
    if let shown = request.identity { identity = try ClientIdentity(shown) }
    let stream = request.stream.map { stream in
      RequestBody.stream(
        BodySource(
          stream.descriptor, length: stream.length, isRepeatable: stream.isRepeatable))
    }
    self.init(
      method: request.method, address: address, headers: request.headers,
      body: stream ?? request.body.map { .bytes(ByteBuffer(string: $0)) }, identity: identity,
      compression: request.compresses ? .asked : .unasked)
  }
}

extension ClientIdentity {
  fileprivate init(_ identity: Trial.Identity) throws(TransportFailure) {
    let (chain, key) = LoopbackCertificates.withShared { certificates in
      (
        certificates.certificate(identity.certificate),
        certificates.key(identity.key ?? identity.certificate)
      )
    }
    let chainText = ClientIdentity.file(chain)
    let keyText = ClientIdentity.file(key)
    let certificate = chainText.withBytes { chain in
      keyText.withBytes { try? ClientCertificate(certificate: chain, privateKey: $0) }
    }
    guard let certificate else { preconditionFailure("a certificate of the tests is none") }
    try self.init(certificate)
  }

  private static func file(_ path: String) -> SecretBuffer {
    let bytes = TextFile.read(path) ?? []
    var buffer = SecretBuffer(capacity: max(1, bytes.count))
    for byte in bytes { buffer.append(byte) }
    return buffer
  }
}

extension Trial.Answer {
  fileprivate init(_ answer: IncomingAnswer) {
    self.init(
      status: answer.status,
      headers: Dictionary(answer.headers.map { ($0.name.lowercased(), $0.value) }) { $1 },
      text: String(buffer: answer.body), bodySize: answer.body.readableBytes,
      isWritten: answer.isWritten,
      cut: answer.cut.map { Trial.Failure($0) })
  }
}

/// A list that several threads add to.
final class Record<Element: Sendable>: Sendable {
  private let list = Mutex<[Element]>([])
  var all: [Element] { list.withLock { $0 } }
  func add(_ element: Element) { list.withLock { $0.append(element) } }
}

extension Trial.Outcome {
  var answer: Trial.Answer? { try? get() }
  var cause: Diagnosis.Cause? { failure?.cause }
  var failure: Trial.Failure? { if case .failure(let failure) = self { failure } else { nil } }
}

extension Trait where Self == ConditionTrait {
  /// Tests with certificates need the tool that makes them.
  static var needsOpenSSL: Self { .enabled(if: LoopbackCertificates.tool != nil, "needs openssl") }
}
