/// Names of values that stand outside of an entry: in a `.env` file, in a request's headers.
package enum SecretNames {
  /// Whether a name speaks of a secret: `ACME_TOKEN`, `db.password`, `X-Api-Key`.
  package static func speak(of name: String) -> Bool { SecretWords.occur(in: name) }
}
