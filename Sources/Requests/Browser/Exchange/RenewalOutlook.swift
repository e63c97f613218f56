package import Basics
package import ProviderFormat
internal import Secrets

/// Whether a token that a browser's flow gave can be renewed without a person.
package enum RenewalOutlook: Equatable, Sendable {
  case possible
  /// Not yet: the provider renews no token that is younger.
  case notBefore(Timestamp)
  /// There is nothing to renew it with: a person has to agree again.
  case linkAgain

  init(_ procedure: TokenProcedure?, known: borrowing TokenSet?, at now: Timestamp) {
    switch procedure?.means {
    case nil, .some(.none): self = .linkAgain
    case .client: self = .possible
    case .refreshToken:
      let hasToken =
        switch known {
        case .some(let known):
          known.values.withBytes(of: TokenSet.refreshTokenName) { !$0.isEmpty }
        case nil: false
        }
      self = hasToken ? .possible : .linkAgain
    case .accessToken(let age):
      switch known {
      case nil: self = .linkAgain
      case .some(let known):
        let earliest = Timestamp(secondsSinceEpoch: known.obtained.secondsSinceEpoch + age)
        let hasEnded = known.expires.map { $0 <= now } ?? false
        self = hasEnded ? .linkAgain : earliest > now ? .notBefore(earliest) : .possible
      }
    }
  }
}

extension RenewalOutlook {
  /// Why nobody is asked; nil where somebody is.
  package func objection(of provider: Provider, at now: Timestamp) -> Diagnosis? {
    let name = provider.displayName
    switch self {
    case .possible: return nil
    case .linkAgain:
      return Diagnosis(
        kind: .refused, sentence: "\(name) gave nothing to renew the token with.",
        nextStep: Diagnosis.linkAgain)
    case .notBefore(let moment):
      var diagnosis = Diagnosis(
        kind: .busy, sentence: "\(name) does not renew a token that is so young.",
        nextStep: "Use the one that there is.")
      diagnosis.wait = moment.secondsSinceEpoch - now.secondsSinceEpoch
      return diagnosis
    }
  }
}

extension Diagnosis {
  /// What is to be done where a person has to agree again.
  package static let linkAgain = "Link the account again."
}
