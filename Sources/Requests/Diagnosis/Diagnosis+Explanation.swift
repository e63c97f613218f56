package import Basics

extension Diagnosis {
  /// An explanation in sentences.
  package init(_ kind: Kind, _ explanation: Explanation) {
    let what = explanation.what.asSentence
    let why = explanation.why ?? ""
    self.init(
      kind: kind, sentence: why.isEmpty ? "\(what)." : "\(what): \(why).",
      nextStep: explanation.advice.map { "\($0.asSentence)." } ?? "")
  }
}

extension String {
  /// With a capital at its beginning.
  var asSentence: String { prefix(1).uppercased() + dropFirst() }
}
