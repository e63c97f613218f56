/// The functions that a placeholder can call.
package enum TemplateFunction: String, Sendable, CaseIterable {
  case base64, sha256Hex, sha256Base64, hmacSha1Hex, fingerprint, ed25519Sign, awsSigV4

  /// How the text between the parentheses is divided into arguments.
  enum Arguments {
    case one
    /// At the last comma: the first argument may hold commas.
    case textAndKey
    case list
  }

  var arguments: Arguments {
    switch self {
    case .base64, .sha256Hex, .sha256Base64, .fingerprint: .one
    case .hmacSha1Hex, .ed25519Sign: .textAndKey
    case .awsSigV4: .list
    }
  }
}
