internal import Signing

/// What to say of a file that is not the one that a field wants: what it is, and the command that makes the right one of
/// it. Every command was tried with OpenSSL 3.0, OpenSSH 9.2, puttygen 0.78, keytool 17 and jq 1.6.
struct KeyAdvice {
  let demand: KeyDemand
  /// What the form calls the field.
  let name: String
  /// Whether the entry wants a private key in the older form of its algorithm.
  let wantsTraditional: Bool

  /// One sentence with a period; nil when the file is what is wanted.
  func sentence(on file: KeyFileKind) -> String? {
    switch demand.form {
    case .privateKey: privateKey(file)
    case .certificate: certificate(file)
    case .publicKey: publicKey(file)
    case .webKey: webKey(file)
    case .secret: secret(file)
    }
  }

  // MARK: A private key

  private func privateKey(_ file: KeyFileKind) -> String? {
    switch file {
    case .privateKey(_, let kind): misfit(kind)
    case .encryptedKey:
      demand.takesPassphrase
        ? nil
        : "This private key is protected with a passphrase; \"\(rewriting("key.pem", to: "plain.pem"))\" "
          + "takes it off, and plain.pem is what is wanted."
    case .openSSH(let kind, let isEncrypted):
      demand.takesSSH && !isEncrypted ? nil : openSSH(kind, isEncrypted: isEncrypted)
    case .putty(let kind): demand.takesSSH ? nil : putty(kind)
    case .publicKey:
      "This is a public key; the private one is wanted, whose file begins with \(privateBegin)."
    case .sshPublicKey:
      "This is a public key of SSH; the private one is wanted, in the file of the same name without .pub."
    case .certificate:
      "This is a certificate; its private key is wanted, whose file begins with \(privateBegin)."
    case .certificateRequest:
      "This is a certificate request; the private key is wanted that it was made with, whose file "
        + "begins with \(privateBegin)."
    case .pkcs12: demand.takesPKCS12 ? nil : pkcs12(part: "-nocerts", to: "key.pem")
    case .pkcs7:
      "This is a PKCS #7 file, which holds certificates and no key; the private key is another file."
    case .javaKeyStore: javaKeyStore
    case .parameters: "These are only parameters; the key itself stands below them in its file."
    case .pgp: "This is a key of PGP, which signs messages; a private key in PEM is wanted."
    case .webKey(let facts):
      facts.isPrivate
        ? "This is a JSON Web Key; the same key is wanted in PEM, which begins with \(privateBegin)."
        : "This is the public half of a JSON Web Key; a private key in PEM is wanted."
    case .webKeySet:
      "This is a set of JSON Web Keys; a private key in PEM is wanted, which begins with \(privateBegin)."
    case .other(let label): "This is a PEM file with \(label); a private key is wanted."
    case .damaged(let label, let damage): sentence(label, damage)
    }
  }

  /// Why a private key of a kind cannot sign as it has to.
  private func misfit(_ kind: KeyKind?) -> String? {
    guard let algorithm = demand.algorithm else { return nil }
    if let kind, algorithm.takes(kind) { return nil }
    let subject = kind.map { "This is \($0.name)" } ?? "This is a key that signs nothing here"
    guard let command = algorithm.keyKind.command else { return "\(subject)." }
    let reason =
      kind == .rsaPSS
      ? "whose signatures by \(algorithm.rawValue) are refused"
      : "and \(algorithm.rawValue) needs \(algorithm.keyKind.name)"
    return "\(subject), \(reason); \"\(command)\" makes a new one."
  }

  private func rewriting(_ file: String, to other: String) -> String {
    "openssl pkey -in \(file)\(wantsTraditional ? " -traditional" : "") -out \(other)"
  }

  private func openSSH(_ kind: KeyKind?, isEncrypted: Bool) -> String {
    let what =
      "This is a private key in the form of OpenSSH\(isEncrypted ? ", with a passphrase" : "")"
    if kind == .ed25519 || misfit(kind) != nil { return unwritable(what, kind) }
    let form = wantsTraditional ? "PEM" : "PKCS8"
    return
      "\(what); copy it to key.pem, and \"ssh-keygen -p -N '' -m \(form) -f key.pem\" makes PEM of it."
  }

  private func putty(_ kind: KeyKind?) -> String {
    let what = "This is a private key in the form of PuTTY"
    if kind == .ed25519 || misfit(kind) != nil { return unwritable(what, kind) }
    return
      "\(what); \"puttygen key.ppk --new-passphrase /dev/null -O private-openssh -o key.pem\" makes PEM of it."
  }

  /// No program at hand writes an Ed25519 key of SSH as PEM.
  private func unwritable(_ what: String, _ kind: KeyKind?) -> String {
    let wanted = demand.algorithm?.keyKind ?? kind ?? .rsa
    guard let command = wanted.command else { return "\(what)." }
    let reason =
      demand.algorithm.map { "\($0.rawValue) needs \($0.keyKind.name) in PEM" } ?? "PEM is wanted"
    return "\(what), and \(reason); \"\(command)\" makes a new one."
  }

  private func pkcs12(part: String, to file: String) -> String {
    "This is a PKCS #12 file (.p12 or .pfx); \"openssl pkcs12 -in file.p12 -nodes \(part) -out \(file)\" "
      + "takes out what is wanted."
  }

  private var javaKeyStore: String {
    "This is a key store of Java; \"keytool -importkeystore -srckeystore file.jks -destkeystore "
      + "file.p12 -deststoretype PKCS12\" makes a PKCS #12 file of it, from which openssl pkcs12 takes "
      + "what is wanted."
  }

  private var privateBegin: String {
    let label =
      wantsTraditional
      ? demand.algorithm?.keyKind == .rsa || demand.algorithm == nil ? "RSA " : "EC " : ""
    return "-----BEGIN \(label)PRIVATE KEY-----"
  }

  // MARK: A certificate, a public key

  private func certificate(_ file: KeyFileKind) -> String? {
    let begin = "-----BEGIN CERTIFICATE-----"
    switch file {
    case .certificate, .other: return nil
    case .pkcs12: return demand.takesPKCS12 ? nil : pkcs12(part: "-nokeys", to: "cert.pem")
    case .pkcs7:
      return
        "This is a PKCS #7 file; \"openssl pkcs7 -in file.p7b -print_certs -out cert.pem\" takes the "
        + "certificates out of it."
    case .javaKeyStore: return javaKeyStore
    case .certificateRequest:
      return
        "This is a certificate request; the certificate is wanted that the authority made of it, which "
        + "begins with \(begin)."
    case .privateKey, .encryptedKey, .openSSH, .putty:
      return "This is a private key; its certificate is wanted, which begins with \(begin)."
    case .publicKey, .sshPublicKey:
      return "This is a public key; a certificate is wanted, which begins with \(begin)."
    case .parameters, .pgp, .webKey, .webKeySet:
      return "This is no certificate, which begins with \(begin)."
    case .damaged(let label, let damage): return sentence(label, damage)
    }
  }

  private func publicKey(_ file: KeyFileKind) -> String? {
    switch file {
    case .sshPublicKey where demand.isCertain && !demand.takesSSH:
      "This is a public key of SSH, and PEM is wanted; \"ssh-keygen -e -m PKCS8 -f key.pub\" prints it as "
        + "PEM, unless it is an Ed25519 key."
    case .certificate where demand.isCertain:
      "This is a certificate; \"openssl x509 -in cert.pem -pubkey -noout -out public.pem\" takes the public "
        + "key out of it, which is wanted."
    case .publicKey, .sshPublicKey, .certificate, .pgp, .other: nil
    case .webKey(let facts):
      facts.isPrivate ? "This is a private key; only its public half is wanted." : nil
    case .webKeySet: nil
    case .privateKey, .encryptedKey:
      "This is a private key; \"openssl pkey -in key.pem -pubout -out public.pem\" makes the public one "
        + "of it, which is wanted."
    case .openSSH, .putty:
      "This is a private key; the public one is wanted, in the file that ends in .pub."
    case .certificateRequest, .pkcs12, .pkcs7, .javaKeyStore, .parameters:
      "This is no public key, which begins with -----BEGIN PUBLIC KEY-----."
    case .damaged(let label, let damage): sentence(label, damage)
    }
  }

  // MARK: A key in JSON, a shared secret

  private func webKey(_ file: KeyFileKind) -> String? {
    switch file {
    case .webKey(let facts):
      if !facts.isPrivate {
        return
          "This is the public half of a JSON Web Key; the private one is wanted, which has the member d."
      }
      if !facts.hasGoodID {
        return
          "The kid of this key is no text in quotes; \"jq '.kid |= tostring' key.json\" puts it in them."
      }
      return misfit(facts.kind)
    case .webKeySet(let count):
      return
        "This is a set of \(count) JSON Web Key\(count == 1 ? "" : "s"); one is wanted, and "
        + "\"jq '.keys[0]' keys.json\" takes the first one out."
    case .privateKey, .encryptedKey, .openSSH, .putty, .publicKey, .sshPublicKey, .certificate,
      .certificateRequest, .pkcs12, .pkcs7, .javaKeyStore, .parameters, .pgp, .other, .damaged:
      return
        "This is \(Self.noun(file)); \(name) is a JSON Web Key, which begins with a brace and has the "
        + "member kty."
    }
  }

  private func secret(_ file: KeyFileKind) -> String? {
    if case .webKey(let facts) = file, facts.kind == .shared {
      return "This is a JSON Web Key; only the secret itself is wanted."
    }
    return "This is \(Self.noun(file)); \(name) is a secret that both sides know, not a key file."
  }

  // MARK: Words

  /// What a file is called: `a certificate`.
  static func noun(_ file: KeyFileKind) -> String {
    switch file {
    case .privateKey, .encryptedKey: "a private key in PEM"
    case .openSSH: "a private key in the form of OpenSSH"
    case .putty: "a private key in the form of PuTTY"
    case .publicKey: "a public key"
    case .sshPublicKey: "a public key of SSH"
    case .certificate: "a certificate"
    case .certificateRequest: "a certificate request"
    case .pkcs12: "a PKCS #12 file"
    case .pkcs7: "a PKCS #7 file"
    case .javaKeyStore: "a key store of Java"
    case .parameters: "a file with parameters"
    case .pgp: "a key of PGP"
    case .webKey: "a JSON Web Key"
    case .webKeySet: "a set of JSON Web Keys"
    case .other(let label): "a PEM file with \(label)"
    case .damaged(let label, _): "a part of a PEM file with \(label)"
    }
  }

  private func sentence(_ label: String, _ damage: KeyFileKind.Damage) -> String {
    let thing =
      label.hasSuffix("PRIVATE KEY")
      ? "private key"
      : label.hasSuffix("PUBLIC KEY")
        ? "public key"
        : label.hasSuffix("CERTIFICATE")
          ? "certificate" : "file"
    switch damage {
    case .marks(.noEnd, _):
      return
        "This \(thing) was cut off: its last line, -----END \(label)-----, is missing; copy the whole file."
    case .marks(.noBegin, _):
      return
        "The first line of this \(thing), -----BEGIN \(label)-----, is missing; copy the whole file."
    case .marks(.broken, _):
      return
        "The first and the last line of this \(thing) do not belong together or lack some of their dashes; "
        + "copy the whole file."
    case .cut:
      return
        "This \(thing) is damaged: a part of what stands between its first and its last line is missing; "
        + "copy the whole file."
    case .notBase64:
      return
        "This \(thing) is damaged: between its first and its last line stands something that does not belong "
        + "there; copy the whole file."
    }
  }
}
