internal import Basics
internal import ProviderFormat
internal import Signing

/// Key files: what a value is, where another one is wanted.
extension FieldRules {
  /// What is said of a value that belongs to the files that keys come in, or that should.
  func keyFinding(_ bytes: RawSpan, _ accepted: Bool?, _ asked: FormField) -> Finding? {
    guard let demand else { return foreignKey(bytes, asked) }
    // What the pattern names, the entry wants, whatever its words say.
    let isNamed = accepted == true && field.pattern?.contains("-----BEGIN") == true
    let advice = KeyAdvice(
      demand: demand, name: name, wantsTraditional: wantedLabel?.hasPrefix("PRIVATE") == false)
    let files = KeyFileKind.all(in: bytes)
    guard let first = files.first else {
      return unknownKey(bytes, accepted, demand)
    }
    let holdsSecret = files.contains(where: \.holdsSecret)
    func finding(_ sentence: String, _ severity: Finding.Severity = .overridable) -> Finding {
      Finding(kind: .keyFile(holdsSecret: holdsSecret), severity: severity, sentence: sentence)
    }
    let sentences = files.map(advice.sentence)
    if sentences.contains(nil) {
      if demand.form == .certificate || demand.form == .publicKey, holdsSecret {
        return finding(
          "This holds a private key besides what is wanted; give only the \(wantedThing(demand)).",
          .warning)
      }
      return accepted == false ? otherEncoding(files).map { finding($0) } : nil
    }
    if isNamed, !first.isDamaged, demand.algorithm == nil { return nil }
    // The parameters of a curve stand before the key that belongs to them.
    let telling = files.firstIndex { $0 != .parameters } ?? 0
    return sentences[telling].map { finding($0) }
  }

  /// What is none of the files, in a field that wants one.
  private func unknownKey(
    _ bytes: RawSpan, _ accepted: Bool?, _ demand: KeyDemand
  ) -> Finding? {
    func finding(_ sentence: String) -> Finding {
      Finding(kind: .keyFile(holdsSecret: true), severity: .overridable, sentence: sentence)
    }
    if accepted == true { return nil }
    switch demand.form {
    case .secret(let isHexadecimal, let isHalf):
      return shortSecret(bytes, isHexadecimal: isHexadecimal, isHalf: isHalf, demand)
    case .webKey:
      if bytes.isPath { return finding(Self.pathSentence) }
      return finding(
        "This is no JSON Web Key, which begins with a brace and has the member kty.")
    case .privateKey, .certificate, .publicKey:
      if bytes.isPath { return finding(Self.pathSentence) }
      if bytes.has("{".utf8), bytes.firstOffset(of: "\"private_key\"".utf8) != nil {
        return finding(
          "This is a whole key file in JSON; only its member private_key is wanted, which "
            + "\"jq -r .private_key file.json\" takes out.")
      }
      guard demand.isCertain else { return nil }
      return finding(
        "This is no \(wantedThing(demand)); one in PEM begins with -----BEGIN \(wantedLabel ?? label(demand))-----."
      )
    }
  }

  static let pathSentence = "This is the path of a file; what is in the file is wanted."

  /// A shared secret of fewer bytes than its algorithm wants.
  private func shortSecret(
    _ bytes: RawSpan, isHexadecimal: Bool, isHalf: Bool, _ demand: KeyDemand
  ) -> Finding? {
    guard let algorithm = demand.algorithm, let least = algorithm.leastSecret else { return nil }
    let colon = isHalf ? bytes.firstOffset { $0 == UInt8(ascii: ":") } : nil
    let secret = bytes.extracting((colon.map { $0 + 1 } ?? 0)..<bytes.byteCount)
    var count = secret.byteCount
    if isHexadecimal {
      count = 0
      guard Hexadecimal.decode(secret, { _ in count += 1 }) else { return nil }
    }
    guard count > 0, count < least else { return nil }
    return Finding(
      kind: .keyFile(holdsSecret: true), severity: .warning,
      sentence:
        "This secret has \(count) byte\(count == 1 ? "" : "s"); \(algorithm.rawValue) wants \(least) or "
        + "more, and some servers refuse fewer.")
  }

  /// The right key, written down in the other of its two forms.
  private func otherEncoding(_ files: [KeyFileKind]) -> String? {
    guard let wantedLabel, wantedLabel.hasSuffix("PRIVATE KEY") else { return nil }
    for file in files {
      guard case .privateKey(let encoding, let kind) = file else { continue }
      let label: String
      switch encoding {
      case .pkcs8: label = "PRIVATE KEY"
      case .traditional: label = kind == .rsa ? "RSA PRIVATE KEY" : "EC PRIVATE KEY"
      }
      if label == wantedLabel { return nil }
      let option = wantedLabel == "PRIVATE KEY" ? "" : " -traditional"
      return
        "This key begins with -----BEGIN \(label)-----, and \(name) with -----BEGIN \(wantedLabel)-----; "
        + "\"openssl pkey -in key.pem\(option) -out new.pem\" rewrites it."
    }
    return nil
  }

  /// A key file in a field for a key of another sort.
  private func foreignKey(_ bytes: RawSpan, _ asked: FormField) -> Finding? {
    guard field.pattern == nil, field.choices.isEmpty,
      bytes.has("-----BEGIN ".utf8) || bytes.has("PuTTY-User-Key-File-".utf8)
        || bytes.has("{".utf8),
      !field.takesSeveralLines, !speaksOfKeyFile
    else { return nil }
    let files = KeyFileKind.all(in: bytes)
    guard let file = files.first else { return nil }
    return Finding(
      kind: .keyFile(holdsSecret: files.contains(where: \.holdsSecret)), severity: .overridable,
      sentence: "This is \(KeyAdvice.noun(file)), not \(name).")
  }

  private var speaksOfKeyFile: Bool {
    let texts = [field.id.name, field.title, field.description].map(Field.words)
    let words = ["ssh", "pem", "rsa", "pgp", "gpg", "jwk", "jwks", "ppk", "certificate", "private"]
    return texts.contains { text in words.contains { text.contains(" \($0) ") } }
  }

  /// The label that the pattern or, where it is silent, the example begins with: `RSA PRIVATE KEY`.
  private var wantedLabel: String? {
    for text in [analysis?.literalPrefix, field.example] {
      guard let text, text.hasPrefix("-----BEGIN ") else { continue }
      let label = text.dropFirst("-----BEGIN ".count).prefix { $0 != "-" }
      if label.hasSuffix("KEY") || label.hasSuffix("CERTIFICATE") { return String(label) }
    }
    return nil
  }

  private func wantedThing(_ demand: KeyDemand) -> String {
    switch demand.form {
    case .privateKey: "private key"
    case .certificate: "certificate"
    case .publicKey: "public key"
    case .webKey: "JSON Web Key"
    case .secret: "secret"
    }
  }

  private func label(_ demand: KeyDemand) -> String {
    switch demand.form {
    case .privateKey, .webKey, .secret: "PRIVATE KEY"
    case .certificate: "CERTIFICATE"
    case .publicKey: "PUBLIC KEY"
    }
  }
}

extension RawSpan {
  /// Whether a text is how a file is named, on one line: it begins as a path does, or ends as the name of a key file.
  var isPath: Bool {
    guard (3...1024).contains(byteCount), !contains(where: \.isLineEnd) else { return false }
    let starts = ["~/", "./", "../", "file://", "@/", "@./", "@~/", "\\\\"]
    if starts.contains(where: { has($0.utf8) }) { return true }
    let isDrive = self[0].isLetter && self[1] == UInt8(ascii: ":")
    if isDrive, self[2] == UInt8(ascii: "\\") || self[2] == UInt8(ascii: "/") { return true }
    let endings = [
      ".pem", ".key", ".crt", ".cer", ".cert", ".p12", ".pfx", ".ppk", ".json", ".p8", ".jks",
      ".der", ".p7b", ".pub", ".csr", ".jwk", ".txt",
    ]
    if endings.contains(where: { hasIgnoringCase($0.utf8, at: byteCount - $0.utf8.count) }) {
      return true
    }
    // Base64 may begin with a slash too, but has no such folder.
    let folders = [
      "/home/", "/etc/", "/root/", "/tmp/", "/var/", "/opt/", "/Users/", "/srv/", "/mnt/", "/run/",
    ]
    return folders.contains { has($0.utf8) }
  }
}
