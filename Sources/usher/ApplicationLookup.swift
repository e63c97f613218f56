internal import Basics
internal import Connections
internal import Store

extension StoreSession {
  /// Which application a text on the command line means.
  func applicationName(meant text: String) throws -> ApplicationName {
    let known = try applications().map(\.name)
    if let name = known.first(where: { $0.description == text }) { return name }
    let names = known.map(\.description)
    let near = SpellingSuggestion.of(text, in: names)
    let begun = names.filter { text.count > 1 && $0.hasPrefix(text) }
    throw CommandError.noApplication(text: text, suggestions: near.map { [$0] } ?? begun)
  }
}

/// Which connections were linked with which application, as far as it can be read here.
struct ApplicationUses {
  /// Nil where nothing sealed can be read.
  private let connections: [ApplicationName: [ConnectionName]]?

  init(in session: borrowing StoreSession) throws {
    let (listed, obstacle) = try session.summaries()
    guard obstacle == nil else {
      connections = nil
      return
    }
    var found: [ApplicationName: [ConnectionName]] = [:]
    for connection in listed {
      guard case .summary(let summary) = connection.content, let name = summary.application else {
        continue
      }
      found[name, default: []].append(connection.entry.name)
    }
    connections = found
  }

  /// Sorted by name; nil where it is not known.
  func connections(of application: ApplicationName) -> [ConnectionName]? {
    connections.map { $0[application] ?? [] }
  }
}
