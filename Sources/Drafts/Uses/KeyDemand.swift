internal import Basics
internal import ProviderFormat
internal import Signing

/// What a field wants of the files that keys come in.
struct KeyDemand: Equatable, Sendable {
  enum Form: Equatable, Sendable {
    case privateKey, certificate, publicKey, webKey
    /// A secret that both sides know. `isHalf`: it stands behind the colon of `id:secret`.
    case secret(isHexadecimal: Bool, isHalf: Bool)
  }

  let form: Form
  /// By which it signs; nil when that is not known.
  var algorithm: TokenAlgorithm?
  /// Whether the value can be nothing else: because of what the requests do with it, or because the entry says how it is
  /// written. Words alone may call anything a private key.
  var isCertain = false
  /// Further forms that the entry speaks of.
  var takesSSH = false
  var takesPKCS12 = false
  var takesPassphrase = false

  /// Whether it is a file of several lines for certain.
  var isFile: Bool {
    switch form {
    case .privateKey, .certificate, .publicKey, .webKey: isCertain
    case .secret: false
    }
  }

  /// The fields that the entry's own requests use as keys.
  static func all(in provider: Provider) -> [Field.ID: KeyDemand] {
    var demands: [Field.ID: KeyDemand] = [:]
    func add(_ template: String?, _ demand: KeyDemand) {
      // A key that is put together of several values is none of them.
      guard let template, case .name(let name)? = Template(template).onlyPart else { return }
      demands[provider.field(named: name)] = demand
    }
    if let token = provider.entry["token"]?.map {
      add(token["signing_key"]?.text, signing(token, in: provider))
    }
    if let assertion = provider.entry["assertion"]?.map {
      let isSAML = assertion["type"]?.text == "saml"
      let demand = isSAML ? privateKey(.rs256) : signing(assertion, in: provider)
      add(assertion["key"]?.text, demand)
    }
    for template in provider.templates where template.text.holds("ed25519Sign(") {
      for key in Template(template.text).keys { add(key, privateKey(.edDSA)) }
    }
    let key = Field.ID(.credentials, "client_private_key")
    if provider.entry["token_request_auth_method"]?.text == "private_key_jwt" {
      demands[key] = KeyDemand(form: .webKey, algorithm: .rs256, isCertain: true)
    } else if provider.entry["require_client_certificate"]?.bool == true {
      demands[key] = privateKey(nil)
      demands[Field.ID(.credentials, "client_certificate")] =
        KeyDemand(form: .certificate, isCertain: true)
    }
    return demands
  }

  private static func privateKey(_ algorithm: TokenAlgorithm?) -> KeyDemand {
    KeyDemand(form: .privateKey, algorithm: algorithm, isCertain: true)
  }

  /// The key of a token or an assertion, by the algorithm in its header.
  private static func signing(_ entry: Value.Map, in provider: Provider) -> KeyDemand {
    let name = entry["header"]?.map?["alg"]?.text
    let algorithm = name.map { TokenAlgorithm(rawValue: $0) } ?? .rs256
    guard algorithm?.keyKind == .shared else { return privateKey(algorithm) }
    let encoding =
      entry["hmac_secret_encoding"] ?? provider.entry["signature"]?["hmac_secret_encoding"]
    return KeyDemand(
      form: .secret(
        isHexadecimal: encoding?.text != "utf8", isHalf: !provider.dividedCredentials.isEmpty),
      algorithm: algorithm, isCertain: true)
  }

  private init(form: Form, algorithm: TokenAlgorithm? = nil, isCertain: Bool = false) {
    self.form = form
    self.algorithm = algorithm
    self.isCertain = isCertain
  }

  /// What a field's words say; nil when they speak of no such file.
  init?(words field: Field) {
    let names = [field.id.name, field.title].map(Field.words)
    let description = Field.words(field.description)
    func isNamed(_ word: String) -> Bool { names.contains { $0.holds(" \(word) ") } }
    func isDescribed(_ word: String) -> Bool { description.holds(" \(word) ") }
    if field.isAboutKey { return nil }
    let isCertificate = isNamed("certificate") || isNamed("cert")
    let isKey = isNamed("private key") || isNamed("pem key") || isNamed("rsa key")
    let isSet = isNamed("jwks") || isNamed("jwk set") || isNamed("key set")
    if isSet {
      return nil
    } else if isNamed("jwk") || isNamed("json web key") || (isKey && isDescribed("jwk")) {
      self.init(form: .webKey, isCertain: true)
    } else if isCertificate != isKey {
      self.init(form: isKey ? .privateKey : .certificate)
    } else if isNamed("public key") {
      self.init(form: .publicKey)
    } else if isDescribed("private key"), isDescribed("pem") {
      self.init(form: .privateKey)
    } else {
      return nil
    }
  }

  /// Takes in what the words say besides.
  mutating func add(words field: Field) {
    let texts = [field.id.name, field.title, field.description].map(Field.words)
    func speaks(of words: [String]) -> Bool {
      texts.contains { text in words.contains { text.holds(" \($0) ") } }
    }
    takesSSH = speaks(of: ["openssh", "ssh", "putty", "ppk"])
    takesPKCS12 = speaks(of: ["pkcs12", "pkcs 12", "p12", "pfx"])
    if form == .privateKey || form == .certificate || form == .publicKey {
      let example = field.example ?? field.pattern ?? ""
      isCertain = isCertain || speaks(of: ["pem"]) || example.contains("-----BEGIN")
    }
  }
}

extension Field {
  /// Whether it asks for the passphrase of a key.
  var isPassphrase: Bool {
    let words = [id.name, title].map(Field.words).joined()
    return words.holds(" passphrase ")
      || (words.holds(" password ") && (words.holds(" key ") || words.holds(" cert")))
  }
}

extension Template {
  /// The one part of a template that has no other; nil when there are more.
  fileprivate var onlyPart: Part? { parts.count == 1 ? parts[0] : nil }

  /// The keys of every `ed25519Sign(T, key)` in it, as templates of one name.
  fileprivate var keys: [String] {
    parts.flatMap { part -> [String] in
      guard case .call(let function, let arguments) = part else { return [] }
      let inner = arguments.flatMap(\.keys)
      guard function == .ed25519Sign, case .name(let name)? = arguments.last?.onlyPart else {
        return inner
      }
      return inner + ["${\(name)}"]
    }
  }
}
