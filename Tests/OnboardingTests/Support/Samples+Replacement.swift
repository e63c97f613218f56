import Basics
import Connections
import Drafts
import Onboarding
import ProviderFormat
import Requests
import Secrets

extension Samples {
  /// A connection that was linked some weeks ago, to be replaced or changed.
  /// - Parameters:
  ///   - account: what its check has told; nil where it told none.
  ///   - known: the values to begin with.
  static func replacement(
    of form: Form, _ purpose: Replacement.Purpose = .replace, account: String? = nil,
    known: [Field.ID: String] = [:], revocation: RevocationWay? = nil
  ) -> Opening {
    var opening = opening(form)
    let linked = Timestamp(secondsSinceEpoch: 1_790_000_000)
    var facts = ConnectionFacts(name: opening.name, created: linked, changed: linked)
    (facts.storeID, facts.id, facts.version) = ("cellar", "c0ffee", 3)
    facts.diagnosis = Diagnosis(kind: .accepted, sentence: "")
    facts.diagnosis?.account = account
    var replacement = Replacement(of: facts, purpose)
    var values = SecretValues()
    for (id, text) in known {
      values.set(id, to: SecretBuffer(text))
      if let field = form.fields.first(where: { $0.id == id }), !field.isMasked {
        replacement.account.settings[id] = text
      }
    }
    replacement.revocation = revocation
    opening.replacement = replacement
    opening.known = consume values
    return opening
  }
}

extension Opening {
  /// Makes it one in place of a connection whose check has told an account.
  mutating func replace(accountOf account: String) {
    var facts = ConnectionFacts(name: name, created: Samples.now, changed: Samples.now)
    facts.diagnosis = Diagnosis(kind: .accepted, sentence: "")
    facts.diagnosis?.account = account
    facts.application = applications.first?.name
    replacement = Replacement(of: facts)
  }
}
