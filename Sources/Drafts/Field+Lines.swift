internal import Basics
internal import ProviderFormat
internal import Secrets

extension Field {
  /// Whether the value is a key file or another text of several lines, whose line breaks belong to it. Provider files
  /// do not say so; their words do.
  var takesSeveralLines: Bool {
    guard choices.isEmpty, format == nil else { return false }
    if let example, example.hasPrefix("-----BEGIN") || example.hasPrefix("{") { return true }
    let names = [id.name, title].map(Field.words)
    // "Private Key ID" names the key and is not one.
    let about = ["id", "name", "password", "passphrase", "fingerprint", "thumbprint", "alias"]
    if names.contains(where: { words in about.contains { words.hasSuffix(" \($0) ") } }) {
      return false
    }
    let signs = [" private key ", " certificate ", " pem ", " json ", " jwk "]
    return (names + [Field.words(description)]).contains { text in
      signs.contains { text.contains($0) }
    }
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
