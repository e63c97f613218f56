/// What the session that gets a token wants next.
package enum TokenAction: ~Copyable {
  /// To be sent; then `receive` is told the answer, or `fail` why there is none.
  case send(PreparedRequest)
  /// It is over. What was got is handed out once: asking again gives a refusal.
  case done(TokenOutcome)
}
