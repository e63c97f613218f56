internal import Basics
internal import ProviderFormat
internal import Secrets

/// What an entry derives, by `usher.derive`.
extension TemplateContext {
  /// Derives what the entry derives without asking anybody: fixed texts, and parts of other fields' values.
  mutating func derive(by derivations: [UsherExtension.Derivation]) {
    for derivation in derivations {
      guard case .name(let name) = derivation.target else { continue }
      switch derivation.source {
      case .text(let text): fetched.set("derived.\(name)", to: SecretBuffer(text: text))
      case .pattern(let expression, let field):
        guard let pattern = try? Pattern(expression) else { continue }
        let part = values.withBytes(of: field) { bytes -> SecretBuffer? in
          guard let range = pattern.firstCapture(in: bytes), !range.isEmpty else { return nil }
          return SecretBuffer(copying: bytes.extracting(range))
        }
        if let part { fetched.set("derived.\(name)", to: part) }
      case .answer: continue
      }
    }
  }

  /// Derives what stands in an answer.
  mutating func derive(
    by derivations: [UsherExtension.Derivation], from answer: borrowing CheckAnswer
  ) {
    for derivation in derivations {
      guard case .name(let name) = derivation.target, case .answer(let path) = derivation.source,
        let text = AnswerPath(path).text(in: answer), !text.isEmpty
      else { continue }
      fetched.set("derived.\(name)", to: text)
    }
  }

  /// Puts a mark where only an answer could tell the value.
  mutating func standInForAnswers(by derivations: [UsherExtension.Derivation]) {
    for derivation in derivations {
      guard case .name(let name) = derivation.target, case .answer = derivation.source else {
        continue
      }
      standIn(for: "derived.\(name)", as: name)
    }
  }

  /// Whether a step has to be left out: its condition is met, or a derived part of its address has no value.
  borrowing func skips(_ step: UsherExtension.CheckStep) -> Bool {
    if let condition = step.skip, let id = Field.ID(condition.field) {
      let isMet = values.withBytes(of: id) { $0.equals(condition.equals.utf8) }
      if isMet { return true }
    }
    return Template(step.url).names.contains { name in
      name.hasPrefix("derived.") && !fetched.contains(name)
    }
  }
}
