package import Basics
internal import Requests

/// The two ends that credentials can have: one that the provider says, and one that was chosen. The first of them holds.
package struct CredentialEnds: Equatable, Sendable {
  /// Nil where the provider says none.
  package let provider: Timestamp?
  /// Nil where nobody has chosen one.
  package let chosen: Timestamp?

  package init(provider: Timestamp?, chosen: Timestamp?) {
    self.provider = provider
    self.chosen = chosen
  }

  /// The end that holds; nil where there is none.
  package var holding: Timestamp? { [provider, chosen].compactMap(\.self).min() }

  /// Whether that end is one that was chosen, and the provider names none as early.
  package var isChosen: Bool { chosen != nil && holding != provider }

  /// Which of the two holds; nil where there are not two. A sentence.
  package func sentence(now: Timestamp) -> String? {
    guard let provider, let chosen else { return nil }
    let (said, wanted) = (provider.relative(to: now), chosen.relative(to: now))
    return isChosen
      ? "The chosen end holds, \(wanted): it comes before the provider's, \(said)."
      : "The provider's end holds, \(said): it does not come after the chosen one, \(wanted)."
  }
}

extension ConnectionFacts {
  /// When the credentials end, as far as that is known.
  package var ends: CredentialEnds {
    CredentialEnds(provider: diagnosis?.expires, chosen: chosenEnd)
  }
}
