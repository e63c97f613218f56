package import Basics

/// How a client of an entry's server comes by its identifier (`client_registration`).
package enum RegistrationRules: Sendable, Equatable {
  /// Somebody registers it on a page of the provider's.
  case byHand
  /// It registers itself (RFC 7591) at the address of a template.
  /// - Parameter members: of the request, beside the protocol's own.
  case dynamic(address: String, members: Value.Map)
  /// Its identifier is the address of a public document about it, which somebody has to host.
  case document

  /// An entry that says nothing means a page where somebody registers it.
  package init(_ provider: Provider) {
    let entry = provider.entry
    if let address = entry["registration_url"]?.text {
      self = .dynamic(address: address, members: entry["registration_params"]?.map ?? .init())
    } else if entry["client_registration"]?.text == "cimd" {
      self = .document
    } else {
      self = .byHand
    }
  }
}
