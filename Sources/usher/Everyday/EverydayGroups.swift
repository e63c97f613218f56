// The groups of options that several everyday commands take.

extension StoreOptions {
  static let options = [
    "--store", "--identity", "--identity-fd", "--identity-command", "--passphrase-fd",
    "--store-password-fd",
  ]

  /// Nil where a descriptor is no number, and where they contradict each other.
  init?(_ words: EverydayWords) {
    self.init(store: words.value("--store"), identity: words.value("--identity"))
    identityCommand = words.value("--identity-command")
    if let text = words.value("--identity-fd") {
      guard let number = Int32(text) else { return nil }
      identityDescriptor = number
    }
    if let text = words.value("--passphrase-fd") {
      guard let number = Int32(text) else { return nil }
      passphraseDescriptor = number
    }
    if let text = words.value("--store-password-fd") {
      guard let number = Int32(text) else { return nil }
      storePasswordDescriptor = number
    }
    if (try? validate()) == nil { return nil }
  }
}

extension ValueOptions {
  static let flags = [
    "--no-check", "--insist", "--other-account", "--dry-run", "--reveal", "--json",
  ]
  static let options = ["--from", "--key", "--expires"]
  static let lists = ["--set"]

  init(_ words: EverydayWords) {
    self.init()
    from = words.value("--from")
    key = words.value("--key")
    presets = words.list("--set")
    expires = words.value("--expires")
    noCheck = words.has("--no-check")
    insist = words.has("--insist")
    otherAccount = words.has("--other-account")
    dryRun = words.has("--dry-run")
    reveal = words.has("--reveal")
    json = words.has("--json")
  }
}

extension CatalogueOptions {
  static let options = ["--guides"]

  init(_ words: EverydayWords) {
    self.init()
    guides = words.value("--guides")
  }
}

extension NetworkOptions {
  static let options = ["--ca"]

  init(_ words: EverydayWords) {
    self.init(certificateAuthority: words.value("--ca"))
  }
}

extension DisplayOptions {
  static let flag = "--plain"

  init(_ words: EverydayWords) {
    self.init()
    plain = words.has(DisplayOptions.flag)
  }
}

extension MomentOptions {
  /// A line that gives them is read by the argument parser.
  static var none: MomentOptions {
    var options = MomentOptions()
    options.at = nil
    options.seed = nil
    return options
  }
}
