internal import Basics
internal import ProviderFormat

/// What is no key of this provider: an address, an e-mail address, the path of a file, the key of another service. Said
/// where no pattern, format or choice speaks of the form.
extension FieldRules {
  func foreignValue(_ bytes: RawSpan, _ accepted: Bool?, _ asked: FormField) -> Finding? {
    if let whole = wholeAddress(bytes) ?? impossibleHost(bytes) { return whole }
    guard asked.isMasked, pattern == nil, field.format == nil, field.choices.isEmpty,
      demand == nil, !service.isAny, hint(for: bytes)?.verdict != .right
    else { return nil }
    if let owner = KnownBeginnings.service(of: bytes), !bytes.beginsInCommon,
      !service.isNamed(owner), exampleService != owner
    {
      return Finding(
        kind: .otherService, severity: .overridable,
        sentence: "This begins like a key of \(owner); \(name) is one of \(service.displayName).")
    }
    let what: String
    if bytes.isWebAddress {
      what = "a web address"
    } else if bytes.isEmail {
      what = "an e-mail address"
    } else if bytes.isPath, !field.takesSeveralLines {
      what = "the path of a file"
    } else {
      return nil
    }
    // Asked last, here and elsewhere: the value says no quickly, the words of the field slowly.
    guard !mayBePublic else { return nil }
    return Finding(
      kind: .address, severity: .overridable, sentence: "This is \(what), not \(name).")
  }

  /// Whether the words leave it open that an address is the value: that of a web hook is a secret too, and what people
  /// choose as a password or a user's name may look like anything.
  private var mayBePublic: Bool {
    let words = [field.id.name, field.title, field.description].map(Field.words)
    let open = [
      "url", "uri", "address", "webhook", "endpoint", "link", "dsn", "connection string", "email",
      "e mail", "mail", "host", "domain", "file", "path",
    ]
    if words.contains(where: { text in open.contains { text.contains(" \($0) ") } }) { return true }
    if let example = field.example {
      if example.withBytes({ $0.isWebAddress || $0.isEmail || $0.isPath }) { return true }
    }
    // The title says what a user's name or a password is taken for.
    let label = Field.words(field.title.isEmpty ? field.id.name : field.title)
    return ["password", "passphrase", "username", "user name", "user", "login", "account"]
      .contains { label.contains(" \($0) ") }
  }

  private var exampleService: String? {
    field.example.flatMap { $0.withBytes { KnownBeginnings.service(of: $0) } }
  }
}

extension RawSpan {
  /// Whether several services begin their keys like this: it does not say whose this one is.
  fileprivate var beginsInCommon: Bool {
    if has("sk-".utf8) {
      return !["sk-ant-", "sk-or-", "sk-proj-"].contains { has($0.utf8) }
    }
    return ["key-", "secret_", "re_", "EAAA", "r8_"].contains { has($0.utf8) }
  }

  fileprivate var isWebAddress: Bool {
    guard hasIgnoringCase("https://".utf8) || hasIgnoringCase("http://".utf8) else { return false }
    return isAbsoluteURI
  }
}

/// Whose keys a provider's fields want, as far as its names tell it.
struct ServiceName: Sendable {
  let displayName: String
  /// Of an entry that is for any service, nothing is another's.
  let isAny: Bool
  private let text: String

  init(_ provider: Provider) {
    displayName = provider.displayName
    isAny = provider.slug == GenericKey.slug || provider.slug.hasSuffix("-generic")
    let all = [
      provider.slug, provider.displayName, provider.docs ?? "", provider.proxy.baseURL ?? "",
    ]
    text = all.joined(separator: " ").lowercased()
  }

  /// Whether one of its names is that of the service, or of something that the service owns and gives the same keys to.
  func isNamed(_ service: String) -> Bool {
    let name = service.lowercased()
    let spellings = [name, String(name.filter { $0 != " " && $0 != "." })]
    return (spellings + (Self.others[service] ?? [])).contains { text.contains($0) }
  }

  private static let others = [
    "Anthropic": ["claude"], "OpenAI": ["chatgpt"], "Vault": ["hashicorp"], "age": ["age-"],
    "Google": ["gemini", "youtube", "firebase", "gmail", "gcp", "vertex"], "SendGrid": ["twilio"],
    "Atlassian": ["jira", "confluence", "bitbucket", "trello", "statuspage", "opsgenie", "loom"],
    "Hugging Face": ["hugging"], "Brevo": ["sendinblue"], "Slack": ["salesforce"],
  ]
}
