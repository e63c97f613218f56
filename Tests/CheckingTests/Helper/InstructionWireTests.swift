import Basics
import Checking
import Drafts
import ProviderFormat
import Requests
import Secrets
import Testing

/// What the program tells a helper process that does more than check.
@Suite struct InstructionWireTests {
  private static func submission() -> Submission {
    var values = SecretValues()
    values.set(Field.ID(.credentials, "apiKey"), to: SecretBuffer(text: "key-EXAMPLE"))
    return Submission(
      provider: Provider(slug: "acme", entry: Value.Map(), origin: .builtIn), values: values)
  }

  private static func token() -> TokenSet {
    var values = SecretMap<String>()
    values.set(TokenSet.accessTokenName, to: SecretBuffer(text: "token-EXAMPLE"))
    return TokenSet(values: values, obtained: Timestamp(secondsSinceEpoch: 5))
  }

  private static func call() -> HelperCall {
    var options = CallOptions()
    options.timeout = 7
    let request = CallRequest(
      APICall(method: "POST", target: .path("/a")),
      body: .content(SecretBuffer(text: "\u{0}binary", capacity: 1), type: "a/b"), options: options)
    return HelperCall(request, of: submission(), token: token(), showsHead: true)
  }

  private static func text(_ framed: consuming SecretBuffer?) -> [UInt8] {
    switch consume framed {
    case .some(let framed):
      return framed.withBytes { bytes in (4..<bytes.byteCount).map { bytes[$0] } }
    case nil:
      Issue.record("nothing is sent")
      return []
    }
  }

  /// What is sent after it has been read once; nil when it could not be read.
  private static func requestAgain(_ text: [UInt8]) -> [UInt8]? {
    let request = text.withBytes { HelperRequest($0) }
    switch consume request {
    case .some(let request): return Self.text(request.framed())
    case nil: return nil
    }
  }

  private static func instructionAgain(_ text: [UInt8]) -> [UInt8]? {
    let instruction = text.withBytes { HelperInstruction($0) }
    switch consume instruction {
    case .some(let instruction): return Self.text(instruction.framed())
    case nil: return nil
    }
  }

  @Test func `a fetch and a call arrive as they were sent`() {
    for text in [
      Self.text(HelperRequest.token(HelperFetch(Self.submission(), known: nil)).framed()),
      Self.text(HelperRequest.token(HelperFetch(Self.submission(), known: Self.token())).framed()),
      Self.text(HelperRequest.call(Self.call()).framed()),
    ] {
      #expect(Self.requestAgain(text) == text)
    }
  }

  @Test func `a token and the wish to stop arrive as they were sent`() {
    let refusal = Diagnosis(kind: .refused, sentence: "So it is.")
    for text in [
      Self.text(HelperInstruction.renewed(.token(Self.token())).framed()),
      Self.text(HelperInstruction.renewed(.refused(refusal)).framed()),
      Self.text(HelperInstruction.stop.framed()),
    ] {
      #expect(Self.instructionAgain(text) == text)
    }
  }

  @Test func `a call that is cut is refused`() {
    let text = Self.text(HelperRequest.call(Self.call()).framed())
    for length in 0..<text.count { #expect(Self.requestAgain(Array(text.prefix(length))) == nil) }
  }

  @Test(arguments: [
    ("shows_head", "shows"), (#""known""#, #""old""#), (#""token""#, #""tokens""#),
    (#""submission""#, #""sub""#),
  ])
  func `a word that is odd is refused`(_ word: String, _ other: String) {
    for text in [
      Self.text(HelperRequest.call(Self.call()).framed()),
      Self.text(HelperRequest.token(HelperFetch(Self.submission(), known: Self.token())).framed()),
    ] {
      let changed = String(decoding: text, as: UTF8.self).replacing(word, with: other)
      if Array(changed.utf8) != text { #expect(Self.requestAgain(Array(changed.utf8)) == nil) }
    }
  }

  @Test(arguments: ["{}", #"{"stop":false}"#, #"{"renewed":null}"#, #"{"stop":true,"renewed":{}}"#])
  func `an instruction that is odd is refused`(_ text: String) {
    #expect(Self.instructionAgain(Array(text.utf8)) == nil)
  }

  @Test func `two jobs at once are refused`() {
    let check = String(
      decoding: Self.text(HelperRequest.check(Self.submission()).framed()), as: UTF8.self)
    let fetch = String(
      decoding: Self.text(HelperRequest.token(HelperFetch(Self.submission(), known: nil)).framed()),
      as: UTF8.self)
    let both = "\(check.dropLast()),\(fetch.dropFirst())"
    #expect(Self.requestAgain(Array(both.utf8)) == nil)
  }
}
