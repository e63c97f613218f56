internal import Basics
internal import Connections
internal import Store

extension StoreSession {
  /// Which connection a text on the command line means: `tally/work`, or `tally` where that is clear. A bare provider
  /// means its only connection, or the one called `default` where there are several.
  func name(meant text: String) throws -> ConnectionName {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    if parts.count == 2, let name = ConnectionName(provider: parts[0], name: parts[1]),
      try hasRow(of: name)
    {
      return name
    }
    // Where there is one of the usual name, it is meant whatever else there is.
    if let usual = ConnectionName(provider: text), try hasRow(of: usual) { return usual }
    let ofProvider = try list(.provider(text)).map(\.name)
    if ofProvider.count == 1 { return ofProvider[0] }
    guard ofProvider.isEmpty else {
      throw CommandError.ambiguous(provider: text, names: ofProvider)
    }
    // A miss is said only of an index that is whole.
    let known = try list().map(\.name)
    throw CommandError.noConnection(
      text: text, suggestions: ConnectionName.meant(by: text, among: known))
  }
}

extension ConnectionName {
  /// Up to three connections that somebody may have meant: of the same provider, of one that is spelled alike or whose site
  /// was named, or called so.
  fileprivate static func meant(by text: String, among known: [ConnectionName]) -> [ConnectionName]
  {
    let parts = text.split(separator: "/", maxSplits: 1).map { $0.lowercased() }
    guard let provider = parts.first else { return [] }
    let labels = provider.split(separator: ".").map(String.init)
    let found = known.filter { name in
      if labels.contains(name.provider) || name.name == text { return true }
      return SpellingSuggestion.of(provider, in: [name.provider]) != nil
        || provider.count > 2 && name.provider.hasPrefix(provider)
        || SpellingSuggestion.of(text, in: [name.description]) != nil
    }
    let near = parts.count > 1 ? SpellingSuggestion.of(text, in: found.map(\.description)) : nil
    return Array(
      (found.filter { $0.description == near } + found.filter { $0.description != near }).prefix(3))
  }
}
