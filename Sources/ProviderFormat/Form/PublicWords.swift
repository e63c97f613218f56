/// Tells from the words of a name or a title that a setting is public although it stands among the credentials: what a
/// token may do, whom it belongs to, where something is, which of several keys it is.
enum PublicWords {
  /// Whether the text names such a setting. Only the last word of what is named counts, and what stands in brackets
  /// explains it; two settings in one title are judged apart.
  static func name(_ text: String) -> Bool {
    let subject = text.prefix { $0 != "(" && $0 != "[" }
    let parts = subject.split { "/,&".contains($0) }.map { SecretWords.words(of: String($0)) }
    guard !parts.isEmpty else { return false }
    return parts.allSatisfy(isPublic)
  }

  /// Whether the text names who somebody is. Entries put keys there too, and say so below the field.
  static func person(_ text: String) -> Bool {
    let subject = text.prefix { $0 != "(" && $0 != "[" }
    let parts = subject.split { "/,&".contains($0) }.map { SecretWords.words(of: String($0)) }
    return !parts.isEmpty
      && parts.allSatisfy { words in
        guard let last = words.last else { return false }
        let before = words.dropLast().last ?? ""
        return persons.contains(last) || (last == "name" && !openers.contains(before))
      }
  }

  private static let persons: Set = [
    "username", "user", "login", "account", "customer", "merchant", "partner", "vendor", "isu",
  ]

  private static func isPublic(_ words: [String]) -> Bool {
    let words = words.filter { $0 != "optional" }
    guard let last = words.last else { return false }
    // What a thing is for, or of, does not name it: "Scopes of the API key".
    if let cut = words.firstIndex(where: links.contains), cut > 0 {
      return isPublic(Array(words[..<cut]))
    }
    let before = words.dropLast().last ?? ""
    if identifiers.contains(last) { return !before.isEmpty && !halves.contains(before) }
    if compounds.contains(before + last) { return true }
    if last == "number" || last == "type" { return !openers.contains(before) }
    return things.contains(last)
  }

  private static let links: Set = ["for", "of", "from", "to", "in", "that", "which", "with"]

  /// Behind what is identified. Alone an `id` may be anything.
  private static let identifiers: Set = [
    "id", "ids", "identifier", "guid", "uuid", "arn", "slug", "sid",
  ]

  /// Of which an identifier opens something.
  private static let halves: Set = [
    "access", "session", "auth", "authentication", "authorization", "credential", "credentials",
    "cookie",
  ]

  private static let openers: Set = ["pin", "card", "security", "code"]

  private static let compounds: Set = [
    "publickey", "emailaddress", "mailaddress", "ipaddress", "webaddress", "apiversion", "baseurl",
    "keyid", "signaturemethod", "signingalgorithm",
    "granttype", "timezone", "useragent", "callbackurl", "redirecturi", "datacenter",
  ]

  private static let things: Set = [
    "scope", "scopes", "email", "mail", "emails", "organization", "organisation", "org", "team",
    "company", "tenant", "workspace", "project", "site",
    "store", "shop", "realm", "instance", "environment", "region", "zone", "location", "country",
    "language", "locale", "currency", "arn", "certificate", "cert", "thumbprint", "fingerprint",
    "host", "hostname", "server", "domain", "subdomain", "port", "url", "uri", "endpoint", "path",
    "audience", "issuer", "subject", "algorithm", "version", "database", "schema", "warehouse",
    "role", "bucket", "folder", "namespace", "cluster", "department", "branch", "office",
    "timezone", "sandbox", "edition",
  ]
}
