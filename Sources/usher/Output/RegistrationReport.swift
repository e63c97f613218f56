internal import Basics
internal import Drafts
internal import Requests

/// What is told of a client that registered itself.
struct RegistrationReport {
  private let registration: KeptRegistration?

  init(_ values: borrowing SecretValues) { registration = KeptRegistration(values) }

  /// Nil where the client did not register itself.
  var line: String? {
    guard let registration else { return nil }
    let end = registration.ends.map { "; that ends on \($0.description)" } ?? ""
    return "registered itself on \(registration.registered.description)"
      + " for \(registration.callback.address)\(end)"
  }

  /// Null where the client did not register itself.
  var json: Value {
    guard let registration else { return .null }
    return .map(
      Value.Map(members: [
        ("registered", .string(registration.registered.description)),
        ("redirect_uri", .string(registration.callback.address)),
        ("issuer", .string(registration.place)),
        ("ends", .optional(registration.ends?.description)),
      ]))
  }
}
