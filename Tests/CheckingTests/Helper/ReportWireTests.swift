import Basics
import Checking
import Requests
import Secrets
import Testing

/// What a helper process tells the program, message by message.
@Suite struct ReportWireTests {
  private static func buffer(_ bytes: [UInt8]) -> SecretBuffer {
    var buffer = SecretBuffer(capacity: max(1, bytes.count))
    buffer.append(text: bytes)
    return buffer
  }

  private static func bytes(_ report: consuming HelperReport) -> [UInt8] {
    switch report.framed() {
    case .some(let framed):
      return framed.withBytes { bytes in (0..<bytes.byteCount).map { bytes[$0] } }
    case nil:
      Issue.record("nothing is sent")
      return []
    }
  }

  /// What is sent after it has been read once.
  private static func again(_ sent: [UInt8]) throws -> [UInt8] {
    var received = buffer(sent)
    let report = try HelperReport.takeFirst(of: &received)
    let isAll = received.isEmpty
    #expect(isAll)
    switch consume report {
    case .some(let report): return bytes(report)
    case nil: return []
    }
  }

  private static func isReadable(_ bytes: [UInt8]) -> Bool {
    var received = buffer(bytes)
    do {
      _ = try HelperReport.takeFirst(of: &received)
      return true
    } catch {
      return false
    }
  }

  private static func diagnosis(_ kind: Diagnosis.Kind, _ cause: Diagnosis.Cause?) -> Diagnosis {
    var diagnosis = Diagnosis(kind: kind, sentence: "So it is.")
    diagnosis.cause = cause
    diagnosis.status = cause == nil ? 401 : nil
    diagnosis.wait = cause == nil ? 37 : nil
    diagnosis.rights = cause == .tls ? ["a", "b"] : []
    diagnosis.expires = cause == .proxy ? Timestamp(secondsSinceEpoch: 5) : nil
    diagnosis.tokenExpires = cause == .timeout ? Timestamp(secondsSinceEpoch: 9) : nil
    diagnosis.unreadExpiry = cause == .timeout ? "soon" : nil
    diagnosis.unreadTokenExpiry = cause == .proxy ? "later" : nil
    diagnosis.metadata = cause == .timeout ? ["instance_url": "https://n1.example"] : [:]
    return diagnosis
  }

  private static let head = AnswerHead(
    status: 429, headers: [("retry-after", "7"), ("x-odd", "\u{1b}\"\\")])

  @Test func `reports of a call come back whole`() throws {
    let request = RequestHead(
      method: "GET", address: "https://a.example/b?c=d", headers: [.init(name: "e", value: "f")])
    let wait = CallWait(seconds: 7, attempt: 1, attempts: 2, sentence: "It is so.")
    var outcome = CallOutcome(status: 404, diagnosis: Self.diagnosis(.unclear, nil))
    outcome.body = Array(0...255)
    outcome.continuation = "/users -q page=2"
    for sent in [
      Self.bytes(.sent(request)), Self.bytes(.head(Self.head)), Self.bytes(.wait(wait)),
      Self.bytes(.renew), Self.bytes(.unwritten(SystemError(code: 28))),
      Self.bytes(.outcome(outcome)), Self.bytes(.token(.refused(Self.diagnosis(.refused, nil)))),
      Self.bytes(
        .progress(
          CheckProgress(
            host: "api.example.com:8443", address: "2001:db8::1", proxy: "proxy.example:3128",
            request: 2))),
    ] {
      #expect(try Self.again(sent) == sent)
    }
  }

  @Test func `a token comes back whole, and nothing of it stays where it was received`() throws {
    var values = SecretMap<String>()
    values.set(TokenSet.accessTokenName, to: SecretBuffer(text: "token-EXAMPLE"))
    let token = TokenSet(
      values: values, obtained: Timestamp(secondsSinceEpoch: 5),
      expires: Timestamp(secondsSinceEpoch: 9), type: "Bearer")
    let sent = Self.bytes(.token(.token(token)))
    #expect(try Self.again(sent) == sent)
    var received = Self.buffer(sent + [0, 0, 0])
    _ = try HelperReport.takeFirst(of: &received)
    // The next message stands where the token was.
    let rest = received.withBytes { bytes in (0..<bytes.byteCount).map { bytes[$0] } }
    #expect(rest == [0, 0, 0])
  }

  @Test(arguments: Diagnosis.Kind.allCases)
  func `a diagnosis comes back whole`(kind: Diagnosis.Kind) throws {
    for cause in Diagnosis.Cause.allCases.map(Optional.some) + [nil] {
      let diagnosis = Self.diagnosis(kind, cause)
      var received = Self.buffer(Self.bytes(.diagnosis(diagnosis)))
      switch try HelperReport.takeFirst(of: &received) {
      case .some(.diagnosis(let arrived)): #expect(arrived == diagnosis)
      default: Issue.record("no diagnosis arrived")
      }
    }
  }

  @Test(arguments: [
    CheckProgress(host: "\u{1b}[2J", request: 1), CheckProgress(host: "", request: 1),
    CheckProgress(host: "a", address: "not an address", request: 1),
    CheckProgress(host: "a", proxy: "a b", request: 1), CheckProgress(host: "a", request: 0),
    CheckProgress(host: "a", request: 1001), CheckProgress(host: "a\u{202e}b", request: 1),
  ])
  func `progress that could upset a screen is refused`(_ progress: CheckProgress) throws {
    #expect(!Self.isReadable(Self.bytes(.progress(progress))))
  }

  @Test func `reports are told apart by their lengths, also when they come in pieces`() throws {
    let sent = [
      Self.bytes(.progress(CheckProgress(host: "a", request: 1))), Self.bytes(.renew),
      Self.bytes(.diagnosis(Diagnosis(kind: .accepted, sentence: "So it is."))),
    ]
    var received = SecretBuffer()
    var seen: [[UInt8]] = []
    for byte in sent.joined() {
      received.append(byte)
      if let report = try HelperReport.takeFirst(of: &received) { seen.append(Self.bytes(report)) }
    }
    #expect(seen == sent)
  }

  @Test(arguments: [
    "", "{}", "[]", "nonsense", #"{"diagnosis":{}}"#,
    #"{"diagnosis":{"kind":"moon","sentence":"x"}}"#, #"{"renew":false}"#, #"{"renew":{}}"#,
    #"{"submission":{}}"#, #"{"diagnosis":{"kind":"busy","sentence":"x"}} x"#,
    #"{"renew":true,"diagnosis":{"kind":"busy","sentence":"x"}}"#, #"{"unwritten":4294967296}"#,
    #"{"token":{}}"#, #"{"wait":{"seconds":1}}"#,
  ])
  func `a report that is odd is refused`(_ text: String) {
    #expect(!Self.isReadable([0, 0, 0, UInt8(text.utf8.count)] + Array(text.utf8)))
  }

  @Test func `a length beyond the limit is refused before anything more is read`() throws {
    #expect(Self.isReadable([0, 0x20, 0, 0]))
    #expect(!Self.isReadable([0, 0x20, 0, 1]))
  }
}
