internal import Credentials

/// Which connection a name on the command line means: `tally/work`, or `tally` where that is clear.
struct ConnectionLookup {
  let names: [ConnectionName]

  init(in store: any ConnectionStore) throws(StoreError) {
    names = try store.list().map(\.name)
  }

  /// A bare provider means its only connection, or the one called `default` where there are several.
  func resolve(_ text: String) throws(CommandError) -> ConnectionName {
    if let exact = names.first(where: { $0.description == text }) { return exact }
    let ofProvider = names.filter { $0.provider == text }
    if ofProvider.count == 1 { return ofProvider[0] }
    if let usual = ofProvider.first(where: { $0.name == ConnectionName.defaultName }) {
      return usual
    }
    guard ofProvider.isEmpty else { throw .ambiguous(provider: text, names: ofProvider) }
    throw .noConnection(text: text)
  }
}
