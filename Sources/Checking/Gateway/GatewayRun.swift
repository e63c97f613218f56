internal import Basics
internal import NIOCore
internal import NIOSSL
internal import Requests
internal import Secrets

/// Asks the members of one cluster over one connection at a time. Lives in the process that was started for it.
final class GatewayRun {
  private let target: GatewayTarget
  private let transport: WebTransport
  private let identity: Result<ClientIdentity?, TransportFailure>

  init(_ target: GatewayTarget, _ network: JobNetwork) {
    self.target = target
    transport = WebTransport(
      rules: NetworkRules(ownHosts: Set(target.members.map(\.host)), allowsPlainHTTP: true),
      options: network.options, environment: network.environment, tls: network.tls,
      scope: .each(idle: network.options.limits.total))
    identity = Result { () throws(TransportFailure) in try ClientIdentity(files: target) }
  }

  /// What is answered, as it is told to the program.
  func answer(
    to path: String, _ body: [UInt8], at member: Int, token: String?
  ) async -> GatewayMessage {
    do throws(TransportFailure) {
      guard target.members.indices.contains(member) else {
        throw TransportFailure(.internalFailure, "there is no such member", sentNothing: true)
      }
      let answer = try await ask(path, body, target.members[member], token)
      if let cut = answer.cut { throw cut }
      return GatewayMessage(
        .map([("status", .int(answer.status))]), Array(answer.body.readableBytesView))
    } catch {
      return GatewayMessage(
        .map([
          ("failed", .string(error.clause(at: target.members, member))),
          ("unsent", .bool(error.sentNothing)),
        ]))
    }
  }

  /// Until the task is cancelled. A member that does not answer is left for the next one.
  func `repeat`(_ path: String, _ body: [UInt8], every period: Duration, token: String?) async {
    var member = 0
    while !Task.isCancelled {
      let answer = await answer(to: path, body, at: member, token: token)
      guard answer.head["status"] == .int(200) else {
        member = (member + 1) % target.members.count
        try? await Task.sleep(for: period / 4)
        continue
      }
      try? await Task.sleep(for: period)
    }
  }

  func close() async { await transport.close() }

  private func ask(
    _ path: String, _ body: [UInt8], _ origin: Origin, _ token: String?
  ) async throws(TransportFailure) -> IncomingAnswer {
    var headers = [(name: "content-type", value: "application/json")]
    if let token { headers.append(("authorization", token)) }
    var request = OutgoingRequest(
      method: "POST", address: WebAddress(origin: origin, target: path), headers: headers,
      body: .bytes(ByteBuffer(bytes: body)))
    request.identity = try identity.get()
    request.compression = .unasked
    request.followsRedirects = false
    return try await transport.answer(to: request)
  }
}

extension TransportFailure {
  /// For a person: what the member did, and no period.
  fileprivate func clause(at members: [Origin], _ member: Int) -> String {
    let host = members.indices.contains(member) ? members[member].description : nil
    let sentence = Diagnosis.unreachable(cause, host: host, detail: detail, isCheck: false).sentence
    return sentence.hasSuffix(".") ? String(sentence.dropLast()) : sentence
  }
}

extension ClientIdentity {
  /// What a member is shown; nil where no files are named.
  fileprivate init?(files target: GatewayTarget) throws(TransportFailure) {
    guard let certificate = target.certificateFile, let key = target.keyFile else { return nil }
    try self.init(
      chain: ClientIdentity.content(of: certificate), key: ClientIdentity.content(of: key))
  }

  private static func content(of path: String) throws(TransportFailure) -> SecretBuffer {
    do throws(RegularFile.Problem) {
      let file = try RegularFile(path)
      if let bytes = try file.bytes(limit: 1024 * 1024) {
        var content = SecretBuffer(capacity: max(1, bytes.count))
        _ = unsafe content.append(bytes.span.bytes)
        return content
      }
    } catch {
      throw TransportFailure(.clientCertificate, "\(path) cannot be read", sentNothing: true)
    }
    throw TransportFailure(.clientCertificate, "\(path) is no PEM file", sentNothing: true)
  }
}
