/// What the session wants next.
package enum RequestTokenAction: ~Copyable {
  case send(PreparedRequest)
  /// The browser can be sent. What was got is handed out once.
  case done(RequestTokenOutcome)
}

/// What came of asking for a temporary token.
package enum RequestTokenOutcome: ~Copyable, Sendable {
  case token(RequestToken)
  case refused(Diagnosis)
}
