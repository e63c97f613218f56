internal import Basics
package import ProviderFormat
internal import Secrets

extension Draft {
  /// Values that need not be typed: fixed texts, and parts of other fields' values, as the provider's entry declares
  /// them. What only the check can tell is not offered here.
  package borrowing func offers(for id: Field.ID) -> [Suggestion] {
    judgements.offers(at: index(of: id)) {
      let derived = form.provider.usher.derivations.filter { $0.target == .field(id) }
        .compactMap { offer($0) }
      return derived + [ownOffer(for: entry(id))].compactMap(\.self)
    }
  }

  /// What the value itself leads to: a part of an address, the default that was taken out.
  private borrowing func ownOffer(for entry: DraftEntry) -> Suggestion? {
    values.withBytes(of: entry.id) { bytes in
      if bytes.isEmpty {
        let initial = entry.asked.initial
        guard !initial.isEmpty, !entry.asked.isMasked, !entry.asked.acceptsEmpty,
          entry.field.choices.isEmpty
        else { return nil }
        return Suggestion(text: initial, because: "the usual value")
      }
      if let whole = entry.rules.wholeAddress(ofHost: bytes) {
        return Suggestion(text: whole, because: "the whole address")
      }
      return entry.rules.addressPart(of: bytes).map {
        Suggestion(text: $0, because: "what belongs here of the address")
      }
    }
  }

  private borrowing func offer(_ derivation: UsherExtension.Derivation) -> Suggestion? {
    switch derivation.source {
    case .text(let text): return Suggestion(text: text, because: derivation.because)
    case .pattern(let pattern, let source):
      guard let text = part(of: source, matching: pattern) else { return nil }
      return Suggestion(text: text, because: derivation.because)
    case .answer: return nil
    }
  }

  /// What an expression captures in another field's value. Of a masked value never more than half is shown: the id of
  /// a key may stand in it, but a provider file cannot make the screen print the key.
  private borrowing func part(of source: Field.ID, matching expression: String) -> String? {
    guard let asked = field(source), let pattern = try? Pattern(expression)
    else { return nil }
    return values.withBytes(of: source) { bytes in
      guard let range = pattern.firstCapture(in: bytes), !range.isEmpty else { return nil }
      if asked.isMasked, range.count * 2 > bytes.byteCount { return nil }
      return bytes.shownText(range)
    }
  }
}
