import Basics
import Checking
import Drafts
import ProviderFormat
import Requests
import Secrets
import Testing

/// What travels between the program and the helper process: JSON, each message with its length before it.
@Suite struct WireTests {
  private static let apiKey = Field.ID(.credentials, "apiKey")

  private static func submission(
    origin: Provider.Origin = .builtIn, key: String = "key-EXAMPLE"
  ) -> Submission {
    var values = SecretValues()
    values.set(apiKey, to: SecretBuffer(text: key))
    values.set(Field.ID(.connectionConfig, "a.b"), to: SecretBuffer(text: "c"))
    let entry = Value.Map([Value.Member(key: "auth_mode", value: .string("API_KEY"))])
    return Submission(
      provider: Provider(slug: "acme", entry: entry, origin: origin), values: values)
  }

  private static func framed() -> [UInt8] { bytes(HelperRequest.check(submission()).framed()) }

  private static func framed(_ options: CheckOptions) -> [UInt8] {
    bytes(HelperSettings(options).framed)
  }

  private static func bytes(_ framed: consuming SecretBuffer?) -> [UInt8] {
    switch consume framed {
    case .some(let framed):
      return framed.withBytes { bytes in (0..<bytes.byteCount).map { bytes[$0] } }
    case nil:
      Issue.record("nothing is sent")
      return []
    }
  }

  /// What the other side reads of a message, whose text stands behind its length.
  private static func arrived(_ framed: [UInt8]) -> Submission? {
    let request = Array(framed.dropFirst(4)).withBytes { HelperRequest($0) }
    switch consume request {
    case .some(.check(let submission)): return submission
    default: return nil
    }
  }

  private static func isRequest(_ text: [UInt8]) -> Bool {
    text.withBytes { HelperRequest($0) != nil }
  }

  private static func areSettings(_ text: [UInt8]) -> Bool {
    text.withBytes { HelperSettings($0) != nil }
  }

  @Test func `options arrive as they were sent`() throws {
    var options = CheckOptions()
    options.authorityFile = "/etc/my authority\n.pem"
    options.usesEnvironment = false
    options.limits.connect = .milliseconds(20)
    options.limits.total = .milliseconds(1500)
    options.limits.hard = .seconds(90)
    options.limits.headers = 1
    options.limits.headerLines = 7
    options.limits.body = 2
    options.limits.bodies = 4
    options.limits.redirects = 0
    options.limits.addresses = 5
    options.limits.requests = 3
    for options in [options, CheckOptions()] {
      let text = Array(Self.framed(options).dropFirst(4))
      let arrived = text.withBytes { HelperSettings($0)?.options }
      #expect(arrived == options)
    }
  }

  @Test func `the program's time arrives with them`() {
    let now = Timestamp(secondsSinceEpoch: 1_830_000_000)
    let text = Array(Self.bytes(HelperSettings(CheckOptions(), at: now).framed).dropFirst(4))
    #expect(text.withBytes { HelperSettings($0)?.now } == now)
  }

  @Test(arguments: [Provider.Origin.builtIn, .record, .folder("/etc/usher: odd")])
  func `a submission arrives as it was sent`(origin: Provider.Origin) throws {
    let key = "k\u{0}\"-EXAMPLE\\ü"
    let sent = Self.submission(origin: origin, key: key)
    let provider = sent.provider
    let message = Self.bytes(HelperRequest.check(sent).framed())
    guard let received = Self.arrived(message) else {
      Issue.record("nothing arrived")
      return
    }
    let (arrived, fields) = (received.provider, received.values.keys)
    #expect(arrived == provider)
    #expect(fields.map(\.description) == ["credentials.apiKey", "params.a.b"])
    let value = received.values.withBytes(of: Self.apiKey) { $0.shownText }
    #expect(value == key)
  }

  @Test func `a request that is cut or padded is refused`() throws {
    let text = Self.framed().dropFirst(4)
    #expect(Self.isRequest(Array(text)))
    for length in 0..<text.count { #expect(!Self.isRequest(Array(text.prefix(length)))) }
    #expect(!Self.isRequest(text + Array("x".utf8)))
  }

  @Test func `settings that are cut or padded are refused, and so are those with a value`() throws {
    let text = Self.framed(CheckOptions()).dropFirst(4)
    #expect(Self.areSettings(Array(text)))
    for length in 0..<text.count { #expect(!Self.areSettings(Array(text.prefix(length)))) }
    #expect(!Self.areSettings(text + Array("x".utf8)))
    #expect(!Self.areSettings(Array(Self.framed().dropFirst(4))))
  }

  @Test(arguments: [
    (#""slug":"acme""#, #""slug":7"#), ("built_in", "moon"), ("credentials.apiKey", "apiKey"),
    (#""fields""#, #""values""#), (#""submission""#, #""connection""#),
  ])
  func `a request with a word missing or odd is refused`(_ word: String, _ other: String) throws {
    let bytes = Self.framed()
    let text = String(decoding: bytes.dropFirst(4), as: UTF8.self)
    #expect(text.contains(word))
    #expect(!Self.isRequest(Array(text.replacing(word, with: other).utf8)))
  }

  @Test(arguments: [
    (#""uses_environment":true,"#, ""), (#""requests":16"#, ""),
    (#""requests":16"#, #""requests":-1"#), (#""total":"#, #""total":"1","more":"#),
    (#""options""#, #""settings""#), (#""now":"#, #""then":"#), (#""now":"#, #""now":-0."#),
  ])
  func `settings with a word missing or odd are refused`(_ word: String, _ other: String) throws {
    let text = String(decoding: Self.framed(CheckOptions()).dropFirst(4), as: UTF8.self)
    #expect(text.contains(word))
    #expect(!Self.areSettings(Array(text.replacing(word, with: other).utf8)))
  }

  @Test func `a request that is too long is not sent`() {
    var value = SecretBuffer(capacity: HelperRequest.limit)
    for _ in 0..<HelperRequest.limit { value.append(UInt8(ascii: "a")) }
    var values = SecretValues()
    values.set(Self.apiKey, to: value)
    let submission = Submission(
      provider: Provider(slug: "acme", entry: Value.Map(), origin: .builtIn), values: values)
    let isSent = HelperRequest.check(submission).framed() != nil
    #expect(!isSent)
  }
}
