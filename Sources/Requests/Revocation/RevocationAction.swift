/// What the session wants next.
package enum RevocationAction: ~Copyable {
  case send(PreparedRequest)
  case done(RevocationOutcome)
}
