internal import Basics

/// What an entry says of the page that a browser is sent to, and of what the browser brings back.
package struct AuthorizationRules: Sendable, Equatable {
  /// A text of the finished address, and what stands there in its place.
  package struct Replacement: Sendable, Equatable {
    /// Looked for letter by letter in the whole address; its first occurrence counts.
    package let text: String
    /// May be empty.
    package let replacement: String
  }

  /// A template of the address, of which scheme, host and path are used; nil where a server tells it, or the provider
  /// itself begins.
  package let address: String?
  /// Parameters of the address beside the protocol's own, whose place they take where they have their names. In written
  /// order.
  package let parameters: [Provider.NamedTemplate]
  /// Put between scopes.
  package let scopeSeparator: String
  /// The scopes that are asked for unless others are wanted.
  package let defaultScopes: [String]
  /// Whether the code is bound to a verifier (PKCE, RFC 7636).
  package let usesProofKey: Bool
  /// Whether scopes stand in the address as they are written, last of all parameters: a `+` between them stays one.
  package let hasPlainScopes: Bool
  /// Whether each scope is encoded by itself where they stand as they are written.
  package let encodesEachScope: Bool
  /// Whether parameters without a value are left out.
  package let leavesOutEmpty: Bool
  /// What stands between the path and the parameters, behind a `#`: pages that are programs read them there.
  package let fragment: String?
  /// Made in the finished address, in order.
  package let replacements: [Replacement]
  /// The parameter of the redirect in which the code comes back.
  package let codeParameter: String
  /// Parameters of the redirect that become settings.
  package let foundInRedirect: [String]
  /// Members of the answer to the token request that become settings, by their paths.
  package let foundInToken: [String]

  /// Reads what an entry says; what it leaves out is what the protocol has as usual.
  package init(_ provider: Provider) {
    let entry = provider.entry
    let isMCP = provider.authMode == .mcpOAuth2
    address = entry["authorization_url"]?.text
    parameters = (entry["authorization_params"]?.templates ?? []).filter {
      !isMCP || !Self.protocolParameters.contains($0.name)
    }
    scopeSeparator = entry["scope_separator"]?.text ?? " "
    defaultScopes = entry["default_scopes"]?.texts ?? []
    usesProofKey = isMCP || entry["disable_pkce"]?.isTrue != true
    hasPlainScopes = entry["authorization_url_skip_encode"]?.texts.contains("scopes") == true
    encodesEachScope = isMCP
    leavesOutEmpty = entry["authorization_url_skip_empty"]?.isTrue == true
    fragment = entry["authorization_url_fragment"]?.text
    replacements = (entry["authorization_url_replacements"]?.templates ?? []).map {
      Replacement(text: $0.name, replacement: $0.template)
    }
    codeParameter = entry["authorization_code_param_in_callback"]?.text ?? "code"
    foundInRedirect = entry["redirect_uri_metadata"]?.texts ?? []
    let found = entry["token_response_metadata"]?.texts ?? []
    // Few entries name what else is to be found out.
    let hasLookup = entry["post_connection_script"] != nil
    foundInToken = hasLookup ? found + LinkLookup.of(provider).flatMap(\.members) : found
  }

  /// What entries of MCP may not say of the address, because the protocol does.
  private static let protocolParameters: Set = [
    "response_type", "code_challenge", "code_challenge_method", "state", "redirect_uri", "scope",
    "client_id",
  ]
}

extension AuthorizationRules {
  /// The scopes without which the provider may give no refresh token, as far as the entry asks for them by itself.
  package var renewalScopes: [String] {
    defaultScopes.filter { ["offline_access", "offline", "refresh_token"].contains($0) }
  }

  /// The provider that tells what an application may do from what it may do in a person's name. No entry says so.
  package static let slugWithUserScopes = "slack"
}
