/// Which fields are hidden while they are typed.
///
/// Most entries do not mark their secrets (308 of the 323 API-key providers do not), so the rule is the other way
/// round: a credential is masked unless it is known to be public, and what is called a key, token, secret, password
/// or private thing is masked wherever it stands.
package enum Masking {
  /// Whether the value of `field` must not be shown while it is typed.
  package static func masks(_ field: Field) -> Bool {
    if isDeclared(field) { return true }
    switch field.id.scope {
    case .credentials:
      if SecretWords.areAlwaysMasked(in: field.id.name)
        || SecretWords.areAlwaysMasked(in: field.title)
      {
        return true
      }
      if PublicWords.name(field.title) { return false }
      if SecretWords.occur(in: field.title) { return true }
      if PublicWords.name(field.id.name) { return false }
      return SecretWords.occur(in: field.id.name)
        || SecretWords.areDescribed(by: field.description)
        || !(isPublic(field) || PublicWords.person(field.title))
    case .connectionConfig, .assertionOption, .integrationConfig:
      // Nobody types a secret by choosing it from a list, nor one that must be a host name or an address.
      guard field.choices.isEmpty, field.format == nil || field.format == .uuid else {
        return false
      }
      return SecretWords.name(field.id.name) || SecretWords.name(field.title)
    }
  }

  /// The rule of the format itself: `secret: true`, or one of the names that are always secret among credentials.
  /// `masks` never says less than this.
  package static func isDeclared(_ field: Field) -> Bool {
    field.isDeclaredSecret
      || (field.id.scope == .credentials && alwaysSecret.contains(field.id.name))
  }

  private static let alwaysSecret: Set = [
    "apiKey", "password", "pat_secret", "content_url", "client_secret", "client_certificate",
    "client_private_key", "oauth_client_secret_override", "oauth_refresh_token_override",
    "token_id", "token_secret", "dev_key", "privateKey",
  ]

  /// Whether a value is public by what the field is called, though the format masks it: the example may be somebody's
  /// own value then.
  package static func isPublicByName(_ field: Field) -> Bool {
    !field.isDeclaredSecret && !SecretWords.occur(in: field.title)
      && (field.title.isEmpty ? PublicWords.name(field.id.name) : PublicWords.name(field.title))
  }

  /// A user name, an e-mail address, the name of a place, or the identifier of something that is not itself a key.
  private static func isPublic(_ field: Field) -> Bool {
    if field.format == .hostname || field.format == .email || field.format == .uri
      || !field.choices.isEmpty
    {
      return true
    }
    let words = SecretWords.words(of: field.id.name)
    guard let last = words.last else { return false }
    if publicNames.contains(words.joined()) || publicWords.contains(last) { return true }
    guard last == "id" || last == "identifier", words.count > 1 else { return false }
    return !["session", "auth", "access"].contains(words[words.count - 2])
  }

  private static let publicNames: Set = [
    "user", "username", "userid", "login", "loginname", "name", "clientid", "rolearn", "isu",
    "accountid", "patname", "oauthclientidoverride", "accountname", "accountnumber", "companyname",
    "integratorname",
  ]

  private static let publicWords: Set = [
    "username", "email", "mail", "host", "hostname", "domain", "subdomain", "region", "url", "uri",
    "endpoint", "environment", "arn", "tenant", "issuer", "organization", "company", "workspace",
  ]
}
