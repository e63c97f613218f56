/// What the session wants next.
package enum RegistrationAction: ~Copyable {
  case send(PreparedRequest)
  /// It is over. What was got is handed out once.
  case done(RegistrationOutcome)
}

/// What came of a registration.
package enum RegistrationOutcome: ~Copyable, Sendable {
  case client(OAuthClient)
  case refused(Diagnosis)
}
