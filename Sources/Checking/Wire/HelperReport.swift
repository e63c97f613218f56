package import Basics
package import Requests
package import Secrets

/// What comes from the helper process: any number of `{"progress":{…}}` and, from a call, of `sent`, `head`, `wait` and
/// `renew`, from a link of `code`; then the one that ends the job, `{"diagnosis":{…}}`, `{"token":{…}}`, `{"outcome":{…}}`,
/// `{"link":{…}}` or `{"revocation":{…}}`.
///
/// Some of them hold secrets, so all come in locked memory and are read where they lie.
package enum HelperReport: ~Copyable, Sendable {
  case progress(CheckProgress)
  /// What a call has just sent, without its secrets.
  case sent(RequestHead)
  /// What an answer to it began with, likewise.
  case head(AnswerHead)
  /// How long the call waits now.
  case wait(CallWait)
  /// The call needs another token, and waits for an instruction.
  case renew
  /// What a call was to write could not be written; `EPIPE` where the reader has gone. The call ends.
  case unwritten(SystemError)
  /// What a person has to type on another device, for a link that waits for it.
  case code(DeviceCode)
  /// What a check came to.
  case diagnosis(Diagnosis)
  /// What came of asking for a token.
  case token(TokenOutcome)
  /// What a call came to.
  case outcome(CallOutcome)
  /// What asking for a link came to.
  case link(LinkResult)
  /// What came of taking values back.
  case revocation(RevocationOutcome)

  /// The most bytes that are taken of one: an outcome holds up to `CallSession.errorLimit` bytes, in Base64.
  package static let limit = 2 * 1024 * 1024

  /// Bytes that are no report.
  package struct Unreadable: Error {}

  /// The report with its length before it; nil when it is longer than the program would take.
  package borrowing func framed() -> SecretBuffer? {
    HelperFrame.write(limit: Self.limit) { json in
      json.key(key)
      switch self {
      case .progress(let progress): json.write(progress.json)
      case .sent(let head): head.write(to: &json)
      case .head(let head): head.write(to: &json)
      case .wait(let wait): wait.write(to: &json)
      case .renew: json.bool(true)
      case .unwritten(let error): json.number(Int64(error.code))
      case .diagnosis(let diagnosis): diagnosis.write(to: &json)
      case .token(let outcome): outcome.write(to: &json)
      case .outcome(let outcome): outcome.write(to: &json)
      case .code(let code): code.write(to: &json)
      case .link(let result): result.write(to: &json)
      case .revocation(let outcome): outcome.write(to: &json)
      }
    }
  }

  private var key: String {
    switch self {
    case .progress: "progress"
    case .sent: "sent"
    case .head: "head"
    case .wait: "wait"
    case .renew: "renew"
    case .unwritten: "unwritten"
    case .diagnosis: "diagnosis"
    case .token: "token"
    case .outcome: "outcome"
    case .code: "code"
    case .link: "link"
    case .revocation: "revocation"
    }
  }

  /// Reads what stands in a frame; nil when it is no report.
  package init?(_ text: RawSpan) {
    var report: HelperReport?
    var count = 0
    var reader = JSONReader()
    do throws(JSONError) {
      try reader.object(text) { member, reader throws(JSONError) in
        count += 1
        report = try Self.read(member, text, &reader)
      }
      try reader.end(text)
    } catch {
      return nil
    }
    guard count == 1, let report = report.take() else { return nil }
    self = report
  }

  private static func read(
    _ member: String, _ text: RawSpan, _ reader: inout JSONReader
  ) throws(JSONError) -> HelperReport? {
    switch member {
    case "progress":
      if let progress = CheckProgress(try Value(text, &reader)) { return .progress(progress) }
    case "sent": if let head = try RequestHead.read(text, &reader) { return .sent(head) }
    case "head": if let head = try AnswerHead.read(text, &reader) { return .head(head) }
    case "wait": if let wait = try CallWait.read(text, &reader) { return .wait(wait) }
    case "renew": if try reader.truth(text) { return .renew }
    case "unwritten":
      if let code = Int32(exactly: try reader.integer(text)) {
        return .unwritten(SystemError(code: code))
      }
    case "diagnosis":
      if let diagnosis = try Diagnosis.read(text, &reader) { return .diagnosis(diagnosis) }
    case "token": if let outcome = try TokenOutcome.read(text, &reader) { return .token(outcome) }
    case "outcome":
      if let outcome = try CallOutcome.read(text, &reader) { return .outcome(outcome) }
    case "code": if let code = try DeviceCode.read(text, &reader) { return .code(code) }
    case "link": if let result = try LinkResult.read(text, &reader) { return .link(result) }
    case "revocation":
      if let outcome = try RevocationOutcome.read(text, &reader) { return .revocation(outcome) }
    default: throw reader.failure(.unexpected)
    }
    return nil
  }

  /// The first report of `bytes`, which is taken out of them and wiped; nil while there is not all of one. Fails where the
  /// bytes are no report: what speaks there is not ours.
  package static func takeFirst(
    of bytes: inout SecretBuffer
  ) throws(Unreadable) -> HelperReport? {
    do throws(HelperFrame.Unreadable) {
      return try HelperFrame.takeFirst(of: &bytes, limit: limit) { HelperReport($0) }
    } catch {
      throw Unreadable()
    }
  }
}

extension CheckProgress {
  fileprivate var json: Value {
    var map = Value.Map()
    map["host"] = .string(host)
    map["address"] = address.map(Value.string)
    map["proxy"] = proxy.map(Value.string)
    map["request"] = .int(request)
    return .map(map)
  }

  /// Nil unless host, address and proxy look like such: what the helper process says is shown on a screen.
  fileprivate init?(_ json: Value) {
    let (address, proxy) = (json["address"]?.text, json["proxy"]?.text)
    guard let host = json["host"]?.text, HostAndPort(host) != nil,
      address.map({ IPAddress($0) != nil }) ?? true, proxy.map({ HostAndPort($0) != nil }) ?? true,
      case .int(let request) = json["request"], (1...1000).contains(request)
    else { return nil }
    self.init(host: host, address: address, proxy: proxy, request: request)
  }
}
