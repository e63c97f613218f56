package import Basics
package import Signing

/// Why a request cannot be built. Names places and fields, never values.
package enum RequestError: Explained, Equatable, Sendable {
  /// A placeholder has no value: `connectionConfig.subdomain`.
  case unfilled(name: String, place: String)
  /// The provider's entry has no address for the check.
  case noAddress
  /// The address is not one that a request can be sent to.
  case badAddress(Reason)
  /// The value of this placeholder does not fit the place of the address where it goes.
  case badPart(name: String, Reason)
  /// The header's value holds a line break or another control character.
  case badHeader(String)
  /// The caller's header has a name that none can have.
  case badHeaderName
  /// The caller sets a header that the transport writes by itself.
  case reservedHeader(String)
  /// The caller's method is none that is sent here.
  case badMethod
  /// Neither the entry nor the caller says where a path belongs.
  case noBaseAddress
  /// The address is at this place, which is not the entry's.
  case otherOrigin(String)
  /// The entry's members cannot be put into the body.
  case badBody
  /// The body is read while it is sent, and would have to be there before.
  case needsWholeBody
  /// The entry does not say what leads to the next page.
  case noPages
  /// The entry does not say how a page's size is asked for.
  case noPageSize
  /// What is to be tried again is no status.
  case badStatus
  /// A function of a template was given something it cannot use.
  case badArgument(function: String, why: String)
  case badClientCertificate(ClientCertificate.Flaw)
  /// The key that has to sign cannot.
  case badKey(KeyFault)
  case tooLong

  /// Which rule of addresses is broken.
  package typealias Reason = AddressFault

  /// Where an address leads, part by part.
  static func parts(of address: RawSpan) throws(RequestError) -> AddressComponents {
    try ofSigning { () throws(SigningError) in try SigningError.parts(of: address) }
  }

  /// Where an address leads.
  static func origin(of address: RawSpan) throws(RequestError) -> Origin {
    try parts(of: address).origin
  }

  /// Names fields and places of the entry, never a value.
  package var explanation: Explanation {
    let what = "the request cannot be built"
    switch self {
    case .badHeaderName, .reservedHeader, .badMethod, .noBaseAddress, .otherOrigin, .badBody,
      .needsWholeBody, .noPages, .noPageSize, .badStatus:
      return callExplanation
    case .unfilled(let name, let place):
      return Explanation(
        what: what, why: "there is no value for \(name), which \(place) needs",
        advice: "fill in that field")
    case .noAddress:
      return Explanation(
        what: what, why: "the provider's entry names no address",
        advice: "have its author add one, or store the values unchecked")
    case .badAddress(let reason):
      return Explanation(
        what: what, why: "its address is not valid: \(reason.rawValue)",
        advice: "check the fields that stand in the address")
    case .badPart(let name, let reason):
      return Explanation(
        what: what, why: "the value of \(name) does not fit its place: \(reason.rawValue)",
        advice: "check that field")
    case .badHeader(let name):
      return Explanation(
        what: what, why: "the header \(name) would hold a line break or a control character",
        advice: "check the fields for line breaks")
    case .badArgument(let function, let why):
      return Explanation(
        what: what, why: "\(function) cannot be computed: \(why)",
        advice: "check the fields that it is computed from")
    case .badClientCertificate(let flaw):
      return Explanation(what: what, why: flaw.rawValue, advice: flaw.advice)
    case .badKey(let fault):
      return Explanation(what: what, why: fault.sentence, advice: fault.advice)
    case .tooLong:
      return Explanation(
        what: what, why: "it would be longer than is allowed",
        advice: "check the fields for a paste that is too long")
    }
  }
}
