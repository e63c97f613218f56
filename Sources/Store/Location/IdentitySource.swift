/// Where the identity comes from.
package enum IdentitySource: Equatable, Sendable {
  /// `--identity FILE`
  case file(String)
  /// `--identity-fd N`: read once, then kept in locked memory.
  case descriptor(Int32)
  /// `usher-identity` in `$CREDENTIALS_DIRECTORY`, put there by systemd.
  case credential(String)
  /// `identity.txt` in the configuration directory; made at the first save.
  case standard(String)

  /// As it is shown to the user.
  package var text: String {
    switch self {
    case .file(let path), .credential(let path), .standard(let path): path
    case .descriptor(let number): "file descriptor \(number)"
    }
  }

  /// How to use it although it is wrapped: `age` asks for the passphrase, and nothing is written.
  var adviceWhenLocked: String {
    switch self {
    case .file, .credential, .standard:
      "unwrap it with age for one run: --identity-fd 3 3< <(age -d \(text))"
    case .descriptor: "hand it in unwrapped, as age -d writes it"
    }
  }

  /// A descriptor gives its content once.
  package var canBeReadAgain: Bool {
    switch self {
    case .file, .credential, .standard: true
    case .descriptor: false
    }
  }
}
