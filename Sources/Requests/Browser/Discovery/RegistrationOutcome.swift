/// What came of a registration.
package enum RegistrationOutcome: ~Copyable, Sendable {
  case client(OAuthClient)
  case refused(Diagnosis)
}
