import Basics
import Checking
import LoopbackSupport
import NIOCore
import Requests
import Synchronization
import TestSupport
import Testing

@testable import Checking

/// One check's transport against servers on loopback.
struct Trial {
  var rules = NetworkRules(ownHosts: ["127.0.0.1", "localhost"])
  var options = CheckOptions()
  var variables = ["SSL_CERT_FILE": LoopbackCertificates.trusted]
  /// Names and their addresses; a name that is missing has none.
  var names: [String: [String]] = ["localhost": ["127.0.0.1"]]

  /// The names are the user's own, so that they may lead to loopback.
  static func named(_ names: [String: [String]]) -> Trial {
    var trial = Trial()
    trial.names = names
    trial.rules = NetworkRules(ownHosts: Set(names.keys))
    return trial
  }

  func ask(
    _ url: String, method: String = "GET", headers: [(name: String, value: String)] = [],
    body: String? = nil
  ) async throws -> Result<IncomingAnswer, TransportFailure> {
    let request = OutgoingRequest(
      method: method, address: try #require(WebAddress(url)), headers: headers,
      body: body.map { ByteBuffer(string: $0) })
    return await ask([request]).results[0]
  }

  /// Asks one after the other with one transport, as a check does.
  func ask(_ requests: [OutgoingRequest]) async
    -> (results: [Result<IncomingAnswer, TransportFailure>], progress: [CheckProgress])
  {
    let progress = Record<CheckProgress>()
    let transport = WebTransport(
      rules: rules, options: options, environment: NetworkEnvironment { variables[$0] },
      lookup: lookup, report: { progress.add($0) })
    var results: [Result<IncomingAnswer, TransportFailure>] = []
    for request in requests {
      do throws(TransportFailure) {
        results.append(.success(try await transport.answer(to: request)))
      } catch {
        results.append(.failure(error))
      }
    }
    await transport.close()
    return (results, progress.all)
  }

  private var lookup: NameLookup {
    let names = names
    return NameLookup { (host) async throws(TransportFailure) in
      guard let addresses = names[host] else {
        throw TransportFailure(.noName, "no address is known for \(host)")
      }
      return addresses.compactMap { IPAddress($0) }
    }
  }
}

/// A list that several threads add to.
final class Record<Element: Sendable>: Sendable {
  private let list = Mutex<[Element]>([])
  var all: [Element] { list.withLock { $0 } }
  func add(_ element: Element) { list.withLock { $0.append(element) } }
}

extension Result where Success == IncomingAnswer, Failure == TransportFailure {
  var answer: IncomingAnswer? { try? get() }
  var cause: Diagnosis.Cause? { failure?.cause }
  var failure: TransportFailure? { if case .failure(let failure) = self { failure } else { nil } }
}

extension IncomingAnswer {
  var text: String { String(buffer: body) }
}

extension Trait where Self == ConditionTrait {
  /// Tests with certificates need the tool that makes them.
  static var needsOpenSSL: Self { .enabled(if: LoopbackCertificates.tool != nil, "needs openssl") }
}
