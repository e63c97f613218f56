internal import Requests

/// A diagnosis for people: what was found out, who it is, and one next step.
enum DiagnosisReport {
  static func text(_ diagnosis: Diagnosis) -> String {
    var parts = [diagnosis.sentence]
    if let says = diagnosis.providerSays, !diagnosis.isAccepted {
      // Quoted, because the words may be no sentence and what follows is ours.
      let end = says.last.map { ".!?…".contains($0) } == true ? "" : "."
      parts.append("The provider says: “\(says)”\(end)")
    }
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
