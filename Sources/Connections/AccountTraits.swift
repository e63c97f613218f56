internal import Basics
package import ProviderFormat
package import Requests
internal import Secrets

/// What is known of whose account values belong to. No secret.
package struct AccountTraits: Equatable, Sendable {
  /// Who the provider says they belong to, as it writes that; nil where it does not say.
  package var account: String?
  /// The same of the account's organization.
  package var organization: String?
  /// Settings that may say which account is meant: an address, a tenant.
  package var settings: [Field.ID: String] = [:]

  /// Nothing but what a check has told.
  package init(_ diagnosis: Diagnosis?) {
    account = diagnosis?.account
    organization = diagnosis?.organization
  }
}

extension ConnectionRecord {
  /// What is known of whose account it is.
  package borrowing func accountTraits() -> AccountTraits {
    var traits = AccountTraits(facts.diagnosis)
    // The name of a key stands there where no account is told; another key has another one.
    if provider.usher.tellsKeyAsAccount { traits.account = nil }
    let form = Form(provider: provider, guide: nil)
    for field in form.fields
    where field.saysAccount && !form.isOfApplication(field) && values.contains(field.id) {
      traits.settings[field.id] = values.withBytes(of: field.id) { $0.shownText }
    }
    return traits
  }
}

extension FormField {
  /// Whether its value can be what tells one account of a provider from another.
  fileprivate var saysAccount: Bool {
    id.scope == .connectionConfig && isPrompted && !isMasked && !isGenerated
  }
}

extension UsherExtension {
  /// Whether the check reads what a key is called and nobody's account.
  fileprivate var tellsKeyAsAccount: Bool {
    let facts = check.flatMap(\.answers).flatMap(\.read).map(\.fact)
    return facts.contains(.description) && !facts.contains(.account)
  }
}
