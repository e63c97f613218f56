/// The provider of the format for "any API with a key": its settings, not its entry, say where the API is and in which
/// header or query parameter the key goes.
package enum GenericKey {
  /// The provider's.
  package static let slug = "private-api-generic"
  /// The template of the base address.
  package static let base = "${integrationConfig.baseUrl}"

  /// The setting that names the key on screen.
  package static let label = Field.ID(.integrationConfig, "keyLabel")

  /// Whether the field is the key itself.
  package static func isKey(_ field: Field.ID, of provider: Provider) -> Bool {
    provider.slug == slug && field == Field.ID(.credentials, "apiKey")
  }
}
