internal import Basics
internal import ProviderFormat
internal import Secrets

extension Field {
  /// Whether the value is a key file or another text of several lines, whose line breaks belong to it. Provider files
  /// do not say so; their words do.
  var takesSeveralLines: Bool {
    guard choices.isEmpty, format == nil else { return false }
    if let example, example.hasPrefix("-----BEGIN") || example.hasPrefix("{") { return true }
    if pattern?.holds("-----BEGIN") == true { return true }
    if isAboutKey { return false }
    return [title, id.name, description].map(Field.words).contains { text in
      Field.keyFileSigns.contains { text.holds($0) }
    }
  }

  /// Words that speak of a file of several lines.
  private static let keyFileSigns = [
    " private key ", " certificate ", " pem ", " json ", " jwk ",
  ]

  /// Whether the field is about a key file and is none: "Private Key ID", "Certificate Password". A title that says what
  /// the thing is counts more than a name that the auth mode gave, and what stands in brackets only explains.
  var isAboutKey: Bool {
    let about = [
      "id", "name", "password", "passphrase", "fingerprint", "thumbprint", "alias", "serial",
      "number", "url", "path",
    ]
    let subject = Field.words(String(title.prefix { $0 != "(" && $0 != "[" }))
    let isTelling = Field.keyFileSigns.contains { subject.holds($0) }
    let texts = isTelling ? [subject] : [subject, Field.words(id.name)]
    return texts.contains { text in about.contains { text.hasSuffix(" \($0) ") } }
  }

  /// The most bytes the value may have.
  package var capacity: Int {
    takesSeveralLines ? SecretBuffer.fileCapacity : SecretBuffer.lineCapacity
  }

  /// Lower-case words with a blank around each: `clientPrivateKey` and `client_private_key` become
  /// ` client private key `.
  static func words(_ text: String) -> String {
    NameWords.split(text, after: .smallLetter).reduce(into: " ") { $0 += $1.lowercased() + " " }
  }
}
