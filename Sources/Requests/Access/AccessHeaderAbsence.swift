package import Basics

/// Why there are no header lines that are good for every request.
package enum AccessHeaderAbsence: Explained, Equatable, Sendable {
  /// Each request is signed, or has something of itself in its headers.
  case signed
  /// The credentials stand in the address, in parameters of these names.
  case query([String])
  /// They stand in the body, in members of these names.
  case body([String])
  /// The entry sends none in a header, and says of no other place.
  case none
  /// They carry an access token, and none was given.
  case noToken
  case unbuildable(RequestError)

  /// Names parameters and fields, never a value.
  package var explanation: Explanation {
    let what = "there is no header that holds the credentials"
    let advice = "make requests with usher request"
    switch self {
    case .signed:
      return Explanation(
        what: what, why: "each request is signed by itself, and the signature is good for no other",
        advice: advice)
    case .query(let names):
      return Explanation(
        what: what, why: "they stand in the address, as \(names.joined(separator: " and "))",
        advice: advice)
    case .body(let names):
      return Explanation(
        what: what, why: "they stand in the body, as \(names.joined(separator: " and "))",
        advice: advice)
    case .none:
      return Explanation(
        what: what, why: "the provider's entry sends none in a header",
        advice: "read the values with usher get")
    case .noToken:
      return Explanation(
        what: what, why: "it would hold an access token, and there is none",
        advice: "get one with usher token")
    case .unbuildable(let error): return error.explanation
    }
  }
}
