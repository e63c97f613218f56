/// What came of asking where an application is installed.
package enum InstallationOutcome: Equatable, Sendable {
  /// In the order in which the provider tells them; one is taken, of several a person chooses.
  case installations([Installation])
  case refused(Diagnosis)
}
