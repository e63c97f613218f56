/// What came of taking values back.
package enum RevocationOutcome: Equatable, Sendable {
  /// They are good for nothing any more, also where they had been before.
  case revoked
  /// Whether they are still good is not known, or they are: why.
  case failed(Diagnosis)
}
