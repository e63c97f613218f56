/// What came of asking for a temporary token.
package enum RequestTokenOutcome: ~Copyable, Sendable {
  case token(RequestToken)
  case refused(Diagnosis)
}
