package import Basics
internal import ProviderFormat
package import Secrets
internal import Signing

/// The question with which a browser goes to a provider, and what proves that an answer belongs to it. Good for one
/// answer, for ten minutes, with one redirect address. Wiped with its owner.
package struct AuthorizationRequest: ~Copyable, Sendable {
  /// Where the browser goes. It holds the state, and is shown to the person who is to open it and to nobody else.
  package let address: SecretBuffer
  /// What the answer has to repeat.
  let state: SecretBuffer
  /// What the code is redeemed with.
  let proof: ProofKey
  let expected: ExpectedRedirect
  /// The temporary token of OAuth 1.0a, which the answer has to name.
  private let token: SecretBuffer?
  /// Where the browser comes back to.
  package let callback: Callback
  /// When it was made.
  package let made: Timestamp
  /// Whether a secret of the account stands in the address. It must not be shown then: the provider is asked by
  /// `directRequest`, and no browser is needed.
  package let holdsSecret: Bool
  /// Whether it has been answered.
  package private(set) var isSpent = false

  init(
    address: consuming SecretBuffer, state: consuming SecretBuffer, proof: consuming ProofKey,
    expected: ExpectedRedirect, token: consuming SecretBuffer?, callback: Callback,
    made: Timestamp, holdsSecret: Bool
  ) {
    self.address = address
    self.state = state
    self.proof = proof
    self.expected = expected
    self.token = token
    self.callback = callback
    self.made = made
    self.holdsSecret = holdsSecret
  }

  /// In seconds: how long an answer is waited for. Codes live shorter.
  package static let lifetime: Int64 = 600

  /// Reads what a person pasted or a listener was sent: see `CallbackReader` for what it may be. A good answer can be
  /// read once; after anything else, a code alone as well, another one may follow.
  package mutating func answer(
    from text: RawSpan, at now: Timestamp, by way: CallbackReader.Way = .paste
  ) throws(CallbackFault) -> AuthorizationAnswer {
    if isSpent { throw .spent }
    if now.secondsSinceEpoch - made.secondsSinceEpoch > Self.lifetime { throw .late }
    let answer = try CallbackReader(way).read(text, for: self)
    isSpent = answer.isStateChecked
    return answer
  }

  /// Lends the temporary token; empty where there is none.
  borrowing func withToken<Result>(_ body: (RawSpan) -> Result) -> Result {
    switch token {
    case .some(let token): token.withBytes(body)
    case nil: body(RawSpan())
    }
  }

  /// Whether an answer to `directRequest` says that the server does not know the client any more: one that registered
  /// itself does so anew, before a person sees the refusal in a browser. Asking counts as one visit of the address.
  package static func meansUnknownClient(_ answer: borrowing CheckAnswer) -> Bool {
    answer.status == 400
  }

  /// The question as a request of our own, for a provider that answers with a redirect at once: what its header
  /// `Location` says is the answer. It is not followed.
  package borrowing func directRequest() throws(RequestError) -> PreparedRequest {
    var request = try PreparedRequest(
      method: "GET", url: address.duplicate(), headers: PreparedHeaders(), body: nil)
    request.followsRedirects = false
    return request
  }
}
