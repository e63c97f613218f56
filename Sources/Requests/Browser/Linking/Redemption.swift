internal import Secrets

/// What a browser brought back, with what proves that it was asked for: all that a token is got with. Good once. Wiped
/// with its owner.
package struct Redemption: ~Copyable, Sendable {
  /// What came back.
  package let answer: AuthorizationAnswer
  /// What the code is redeemed with.
  let verifier: SecretBuffer
  /// What the answer has repeated.
  let state: SecretBuffer
  /// The temporary token of OAuth 1.0a; nil elsewhere.
  let token: RequestToken?

  init(
    answer: consuming AuthorizationAnswer, verifier: consuming SecretBuffer,
    state: consuming SecretBuffer, token: consuming RequestToken?
  ) {
    self.answer = answer
    self.verifier = verifier
    self.state = state
    self.token = token
  }
}

extension AuthorizationRequest {
  /// - Parameters:
  ///   - answer: as `answer(from:at:by:)` gave it.
  ///   - token: the temporary one that the question named, in OAuth 1.0a.
  package borrowing func redemption(
    of answer: consuming AuthorizationAnswer, token: consuming RequestToken? = nil
  ) -> Redemption {
    Redemption(
      answer: answer, verifier: proof.verifier.duplicate(), state: state.duplicate(), token: token)
  }
}
