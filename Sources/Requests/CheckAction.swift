/// What the session wants next.
package enum CheckAction: ~Copyable {
  case send(PreparedRequest)
  case done(Diagnosis)
}
