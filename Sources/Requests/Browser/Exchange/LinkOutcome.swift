/// What came of a link.
package enum LinkOutcome: ~Copyable, Sendable {
  case linked(LinkedAccount)
  case refused(Diagnosis)
}
