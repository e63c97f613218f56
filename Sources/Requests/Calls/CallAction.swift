package import Secrets

/// What the session of a call wants next.
package enum CallAction: ~Copyable {
  /// To be sent; then `handling(of:)` is asked with the head of the answer, and one of `receive`, `receiveStreamed` and
  /// `fail` is told how it ended.
  case send(PreparedRequest)
  /// To be waited for; then `next` is asked again.
  case wait(CallWait)
  /// A token is needed, another one than was given last; then `renewed` is told.
  case renewToken
  /// A piece of the document that pages become, for the output; then `next` is asked again.
  case write(SecretBuffer)
  /// It is over, and asking again gives the same.
  case done(CallOutcome)
}
