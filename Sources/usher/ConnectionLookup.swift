internal import Connections
internal import Store

extension StoreSession {
  /// Which connection a text on the command line means: `tally/work`, or `tally` where that is clear. A bare provider
  /// means its only connection, or the one called `default` where there are several.
  func name(meant text: String) throws -> ConnectionName {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    if parts.count == 2, let name = ConnectionName(provider: parts[0], name: parts[1]),
      try find(name) != nil
    {
      return name
    }
    let ofProvider = try list(.provider(text)).map(\.name)
    if ofProvider.count == 1 { return ofProvider[0] }
    if let usual = ofProvider.first(where: { $0.name == ConnectionName.defaultName }) {
      return usual
    }
    guard ofProvider.isEmpty else {
      throw CommandError.ambiguous(provider: text, names: ofProvider)
    }
    // A miss is said only of an index that is whole.
    _ = try list()
    throw CommandError.noConnection(text: text)
  }
}
