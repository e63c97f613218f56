/// What a session that links an account wants next.
package enum LinkAction: ~Copyable {
  /// To be sent; then `receive` is told the answer, or `fail` why there is none.
  case send(PreparedRequest)
  /// It is over. What was got is handed out once.
  case done(LinkOutcome)
}

/// What came of a link.
package enum LinkOutcome: ~Copyable, Sendable {
  case linked(LinkedAccount)
  case refused(Diagnosis)
}
