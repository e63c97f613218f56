internal import Credentials

/// A diagnosis for people: what was found out, who it is, and one next step.
enum DiagnosisReport {
  static func text(_ diagnosis: Diagnosis) -> String {
    var parts = [diagnosis.sentence]
    if let says = diagnosis.providerSays, !diagnosis.isAccepted {
      parts.append("The provider says: \(says)")
    }
    if !diagnosis.nextStep.isEmpty { parts.append(diagnosis.nextStep) }
    return parts.joined(separator: " ")
  }
}
