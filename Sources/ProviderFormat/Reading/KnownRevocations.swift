internal import Basics

/// How accounts that were linked in a browser are taken back at well-known servers, for entries that do not say so
/// themselves: the resource `revocations.yaml`.
///
/// A row goes by the host to which the entry sends codes and refresh tokens, and not by the entry's name: nobody is told a
/// token by it who has not given it, and every entry of the same server has it.
enum KnownRevocations {
  /// What is known of the server that gives out an entry's tokens; nil where that is nothing.
  static func revocation(for entry: Value.Map) -> UsherExtension.Revocation? {
    guard let url = entry["token_url"] else { return nil }
    let address = url.text ?? url["OAUTH2"]?.text ?? ""
    guard entry["auth_mode"]?.text == "OAUTH2", let host = host(of: address) else { return nil }
    return all[host]
  }

  /// As the resource writes it.
  static let entries: Value.Map = {
    let bytes = PackageResources.revocations_yaml
    return (try? YAMLReader.read(bytes, file: "revocations.yaml"))?.value.map ?? .init()
  }()

  private static let all: [String: UsherExtension.Revocation] = {
    let pairs = entries.members.compactMap { member in
      UsherExtension.Revocation.schema.read(member.value, into: .init()).map { (member.key, $0) }
    }
    return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
  }()

  /// As the entry writes it, placeholders included.
  private static func host(of address: String) -> String? {
    let scheme = "https://"
    guard address.hasPrefix(scheme) else { return nil }
    return address.dropFirst(scheme.count).prefix { $0 != "/" }.lowercased()
  }
}
