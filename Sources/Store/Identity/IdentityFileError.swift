internal import Signing

/// Why a text is not an identity file. Nothing of the text is told but the names of kinds.
enum IdentityFileError: Error, Equatable {
  case empty
  case malformed(line: Int)
  /// A native key, mistyped or cut.
  case damaged(line: Int)
  /// Of a program that age would start; its name.
  case plugin(String, line: Int)
  /// `age1…`, which only seals.
  case publicKey(line: Int)
  /// A key of OpenSSH that is not as it was written.
  case damagedSSH
  case protectedSSH
  /// A key of OpenSSH of a kind that opens nothing here; nil for one that we have no name of.
  case ssh(SSHKeyKind?)
  /// A file of another sort: of TLS, of PuTTY.
  case otherFile(KeyFileKind)

  /// The reason in one phrase, lower case, no period.
  var reason: String {
    switch self {
    case .empty: "it holds no key"
    case .malformed(let line): "line \(line) is no key, and there is none besides"
    case .damaged(let line): "the age identity in line \(line) is damaged: it is not as it was made"
    case .plugin(let name, let line):
      "line \(line) is an identity of the age plugin \(name), which usher does not run"
    case .publicKey(let line): "line \(line) is a public key, which opens nothing"
    case .damagedSSH: "the SSH key in it is damaged: it is not as ssh-keygen wrote it"
    case .protectedSSH: "it is an SSH key with a passphrase, which usher does not ask for"
    case .ssh(let kind):
      "it is an SSH key of \(kind.map { "the kind \($0.rawValue)" } ?? "a kind unknown here"), and "
        + "only ssh-ed25519 is taken"
    case .otherFile(let kind): "it is \(IdentityFileError.name(of: kind))"
    }
  }

  /// What to do about it.
  var advice: String {
    switch self {
    case .damaged: "compare it with a copy; every character of it counts"
    case .damagedSSH: "compare it with a copy; ssh-keygen -y -f FILE says whether it reads a key"
    case .protectedSSH:
      "make a copy without one: cp KEY COPY, then ssh-keygen -p -N '' -f COPY, and name the copy; "
        + "or use an identity of age: age-keygen -o FILE"
    case .ssh: "use one that ssh-keygen -t ed25519 makes, or an identity of age: age-keygen -o FILE"
    case .publicKey: "name the file with the private key, which is not to be given to anybody"
    case .otherFile(.sshPublicKey): "name the file with the private key: the same without .pub"
    case .otherFile(.putty):
      "turn an ssh-ed25519 key into OpenSSH's form: puttygen KEY -O private-openssh-new -o COPY"
    case .empty, .malformed, .plugin, .otherFile:
      "an identity is a line that begins with AGE-SECRET-KEY-1, or an SSH key; age-keygen makes one"
    }
  }

  private static func name(of kind: KeyFileKind) -> String {
    switch kind {
    case .privateKey(.pkcs8, _), .encryptedKey(.pkcs8):
      "a private key in PKCS #8, as for TLS, and neither age's nor OpenSSH's"
    case .privateKey(.traditional, _), .encryptedKey(.traditional):
      "a private key in OpenSSL's older form, and neither age's nor OpenSSH's"
    case .openSSH: "an SSH key"
    case .putty: "a key in PuTTY's form"
    case .publicKey, .sshPublicKey: "a public key, which opens nothing"
    case .certificate, .certificateRequest, .pkcs7, .parameters:
      "a certificate or what belongs to one"
    case .pkcs12, .javaKeyStore: "a store of keys for TLS"
    case .pgp: "a key or a message of PGP"
    case .webKey, .webKeySet: "a JSON Web Key"
    case .other, .damaged: "a file of another sort"
    }
  }
}
