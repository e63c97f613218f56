internal import Basics
internal import ProviderFormat
internal import Secrets

/// The token by which a client of Revolut's proves itself: signed with a private key, which stands in the place of its
/// secret, and issued by the host of its redirect address.
enum RevolutAssertion {
  /// In seconds.
  private static let lifetime: Int64 = 300
  private static let audience = "https://revolut.com"

  static func make(from sources: inout TemplateContext) throws(RequestError) -> SecretBuffer {
    let place = "the client's assertion"
    let address = sources.request[FlowValue.redirectURI.rawValue] ?? ""
    let host = address.withBytes { try? Origin(ofAddress: $0) }?.host
    guard let host else { throw .unfilled(name: FlowValue.redirectURI.rawValue, place: place) }
    let client = try sources.credential(OAuthClient.idField.name, for: place)
    let key = try sources.credential(OAuthClient.secretField.name, for: place)
    let start = sources.issued(lifetime: lifetime).secondsSinceEpoch
    var claims = SecretJSONWriter()
    claims.beginObject()
    claims.member("iss", host)
    claims.key("sub")
    client.withBytes { claims.string($0) }
    claims.member("aud", audience)
    claims.key("exp")
    claims.number(start + lifetime)
    claims.endObject()
    guard let claims = claims.finish() else { throw .tooLong }
    return try SignedClaims.sign(claims, with: key)
  }
}
