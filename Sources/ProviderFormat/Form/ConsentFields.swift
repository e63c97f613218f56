internal import Basics

/// What a link with a person's consent asks besides what the entry declares: the application that asks for the consent.
/// No entry declares it, because whoever runs an integration enters it once, elsewhere.
enum ConsentFields {
  private static let names = AuthModeRules.clientFields

  private static let id = Field(
    id: .init(.credentials, names.id), title: "Client ID",
    description: "What the provider calls the application that you registered there.")

  private static let secret = Field(
    id: .init(.credentials, names.secret), title: "Client secret",
    description: "Leave it empty for an application that has none, a public one.",
    isOptional: true, isDeclaredSecret: true)

  private static let signingSecret: Field = {
    var field = secret
    field.description = "It stands beside the client ID; every request is signed with it."
    field.isOptional = false
    return field
  }()

  /// The provider that wants a signature in place of a secret: its key is given as one. No entry says so.
  private static let slugWithKeyAsSecret = "revolut-business"

  /// An application that somebody registered on a page of the provider's.
  @Sendable static func client(of provider: Provider) -> [Field] {
    // OAuth 1 signs with the secret: no application is without one.
    if provider.authMode == .oauth1 { return [id, signingSecret] }
    guard provider.slug == slugWithKeyAsSecret else { return [id, secret] }
    var key = secret
    key.title = "Private key"
    key.description = "The PEM file that belongs to the certificate of the application."
    key.isOptional = false
    return [id, key]
  }

  /// The same where the server may register it by itself.
  static let clientIfAny: [Field] = {
    var field = id
    field.isOptional = true
    field.description =
      "Only for a server that registers no applications by itself: what it calls the one that you registered there."
    return [field, secret]
  }()

  /// A public document that stands for the application.
  private static let document = Field(
    id: .init(.credentials, names.id), title: "Address of the client document",
    description:
      "An https address of your own with a public JSON document about the application: client_id is that address, "
      + "and redirect_uris has the redirect address.",
    example: "https://example.com/usher.json", pattern: "^https://", format: .uri)

  /// By how the entry says that applications become known.
  @Sendable static func client(registeredFor provider: Provider) -> [Field] {
    switch RegistrationRules(provider) {
    case .byHand: client(of: provider)
    case .dynamic: []
    case .document: [document]
    }
  }

  /// An application that is installed in accounts: it proves itself by a key of its own.
  static let installed = [
    Field(
      id: .init(.credentials, "app_id"), title: "App ID",
      description: "The number of the application, as its settings show it."),
    Field(
      id: .init(.credentials, "private_key"), title: "Private key",
      description: "The PEM file that the application's settings let you download.",
      isDeclaredSecret: true),
  ]

  /// A plugin: what it is called, its key, and what a redirect would say of where it is installed.
  @Sendable static func plugin(of provider: Provider) -> [Field] {
    let found = AuthorizationRules(provider).foundInRedirect.map { name in
      let id = Field.ID(.connectionConfig, name)
      var field = provider.fields.first { $0.id == id } ?? Field(id: id)
      field.isAutomated = false
      if field.title.isEmpty { field.title = title(of: name) }
      return field
    }
    return [
      Field(
        id: .init(.credentials, "username"), title: "Plugin identifier",
        description: "Of the plugin's token, as its settings show it."),
      Field(
        id: .init(.credentials, "password"), title: "Plugin key",
        description: "Of the same token.", isDeclaredSecret: true),
    ] + found
  }

  /// What a setting is called that no entry gives a title: of `website_id` it is `Website ID`.
  static func title(of name: String) -> String {
    let words = NameWords.split(name, after: .anythingButCapital).map { $0.lowercased() }
    let written = words.enumerated().map { number, word in
      if abbreviations.contains(word) { return word.uppercased() }
      return number == 0 ? word.withCapital : word
    }
    return written.joined(separator: " ")
  }

  private static let abbreviations: Set = ["api", "id", "url", "uri", "uuid"]
}
