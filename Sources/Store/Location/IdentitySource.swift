/// Where the identity comes from.
package enum IdentitySource: Equatable, Sendable {
  /// `--identity FILE`
  case file(String)
  /// `--identity-fd N`: read once, then kept in locked memory.
  case descriptor(Int32)
  /// `--identity-command`: what a program prints, the first word its name; run once, then kept in locked memory.
  case command([String])
  /// `usher-identity` in `$CREDENTIALS_DIRECTORY`, put there by systemd.
  case credential(String)
  /// `identity.txt` in the configuration directory; made at the first save.
  case standard(String)

  /// As it is shown to the user.
  package var text: String {
    switch self {
    case .file(let path), .credential(let path), .standard(let path): path
    case .descriptor(let number): "file descriptor \(number)"
    // Its name and no more: what else it is given may be nobody's business.
    case .command(let words): "command \(words.first ?? "")"
    }
  }

  /// How to use it although it is wrapped.
  var adviceWhenLocked: String {
    switch self {
    case .file, .credential, .standard:
      "type the passphrase on a terminal, or hand it in with --passphrase-fd N"
    case .descriptor:
      "hand it in unwrapped, as age -d writes it, or the passphrase with --passphrase-fd N"
    case .command:
      "let the command unwrap it, as age -d FILE does, or hand the passphrase in with --passphrase-fd N"
    }
  }

  /// How to use it although unwrapping it is more work than is done here: `age` does it, and nothing is written.
  var adviceForAge: String {
    switch self {
    case .file, .credential, .standard:
      // The words of a command are parted at blanks, and nothing can quote one.
      text.contains(where: \.isWhitespace)
        ? "unwrap it with age for one run: --identity-fd 3 3< <(age -d '\(text)')"
        : "let age unwrap it: --identity-command 'age -d \(text)'"
    case .descriptor: "hand it in unwrapped, as age -d writes it"
    case .command: "let the command unwrap it, as age -d FILE does"
    }
  }

  /// The file that was asked for by name; nil of what is found without.
  package var namedFile: String? {
    switch self {
    case .file(let path): path
    case .descriptor, .command, .credential, .standard: nil
    }
  }

  /// A descriptor gives its content once, and a command may ask a person each time.
  package var canBeReadAgain: Bool {
    switch self {
    case .file, .credential, .standard: true
    case .descriptor, .command: false
    }
  }
}
