internal import Requests

/// A diagnosis for people: what was found out, who it is, and one next step.
enum DiagnosisReport {
  static func text(_ diagnosis: Diagnosis) -> String {
    var parts = [diagnosis.statement]
    if let text = diagnosis.unreadExpiry {
      parts.append("Until when they are valid could not be read: “\(text)”.")
    }
    if let text = diagnosis.unreadTokenExpiry {
      parts.append("Until when their token is valid could not be read: “\(text)”.")
    }
    // Where no check is known, storing it unchecked is what has been done already.
    if !diagnosis.nextStep.isEmpty, diagnosis.kind != .uncheckable {
      parts.append(diagnosis.nextStep)
    }
    return parts.joined(separator: " ")
  }
}
