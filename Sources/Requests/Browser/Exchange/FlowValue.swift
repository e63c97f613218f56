/// What the requests of a flow name in their templates besides fields: what chance and the provider gave on the way,
/// and what is made of it for one request.
enum FlowValue: String, CaseIterable {
  // Known before the request.
  /// What the code is called, or the verifier of OAuth 1.0a.
  case authorizationCode
  case codeVerifier
  case authorizationState
  /// The redirect address. No secret.
  case redirectURI
  /// What the token is for, as a server that was found out about names itself. No secret.
  case resource
  /// The access token that there is.
  case currentToken
  case refreshToken
  /// What renews the token of the person who signed in, where the provider gives one beside the application's.
  case userRefreshToken
  /// What stands for the person's consent on another device.
  case deviceCode
  /// The tenant to which the access token belongs. No secret.
  case tenant
  /// The temporary token of OAuth 1.0a, and its secret.
  case requestToken
  case requestTokenSecret

  // Made of others, for one request.
  /// Identifier and secret of the client, each encoded as form data, with a colon between (RFC 6749, section 2.3.1).
  case formEncodedClient
  /// The same with a blank as `%20`, which servers decode alike whether they take it for form data or for an address.
  case percentEncodedClient
  /// The first twenty characters of the client's secret.
  case secretBeginning
  /// A token by which the client proves itself in place of a secret.
  case clientAssertion
  /// A token by which an application proves that it is the one.
  case applicationToken
  /// What is asked for: with commas between, with blanks, and with blanks and encoded. No secret.
  case commaScopes
  case spacedScopes
  case encodedScopes
  /// Milliseconds since 1970.
  case timestampMilliseconds
  /// Over body and time, by the client's secret.
  case requestSignature

  /// As a template names it.
  var template: String { "${\(rawValue)}" }
}
