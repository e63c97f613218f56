package import Basics

extension Diagnosis {
  /// An explanation in sentences.
  package init(_ kind: Kind, _ explanation: Explanation) {
    let what = explanation.what.withCapital
    let why = explanation.why ?? ""
    self.init(
      kind: kind, sentence: why.isEmpty ? "\(what)." : "\(what): \(why).",
      nextStep: explanation.advice.map { "\($0.withCapital)." } ?? "")
  }
}
