internal import ArgumentParser
internal import Basics
internal import Catalogues
internal import Connections
internal import ProviderFormat
internal import Secrets
internal import Store

extension CompletionKind {
  /// The names of what is linked, and the providers where that is enough.
  static var connections: CompletionKind {
    .custom { words, _, _ in
      guard let entries = try? session(words)?.list() else { return [] }
      return entries.map { $0.name.shortest }
    }
  }

  /// The names of the applications that are kept.
  static var applications: CompletionKind {
    .custom { words, _, _ in
      guard let applications = try? session(words)?.applications() else { return [] }
      return applications.map(\.name.description)
    }
  }

  /// Whom the store is sealed to: what a person calls it, else the key.
  static var recipients: CompletionKind {
    .custom { words, _, _ in
      guard let report = try? session(words)?.keys() else { return [] }
      return report.recipients.filter { $0.isOwn != true }.map { $0.label ?? $0.text }
    }
  }

  /// The fields of the connection that has been named before.
  static var fields: CompletionKind {
    .custom { words, _, _ in
      guard let session = session(words),
        let name = words.dropFirst(2).lazy.compactMap({ try? session.name(meant: $0) }).first,
        let record = try? session.read(name)
      else { return [] }
      return record.values.keys.map(\.description)
    }
  }

  /// The store that the words of the command line name.
  private static func session(_ words: [String]) -> StoreSession? {
    func value(of option: String) -> String? {
      for (word, next) in zip(words, words.dropFirst()) where word == option { return next }
      return words.first { $0.hasPrefix("\(option)=") }.map {
        String($0.dropFirst(option.count + 1))
      }
    }
    let options = StoreOptions(store: value(of: "--store"), identity: value(of: "--identity"))
    guard var location = try? options.location() else { return nil }
    // Whoever presses Tab is not to be asked for a passphrase.
    if case .command = location.identity { location.identity = .standard("") }
    return StoreHandle(at: location, network: StoreOptions.silentNetwork).session()
  }

  /// The slugs of all providers that accounts can be linked of.
  static var providers: CompletionKind {
    .custom { words, _, typed in
      let option = words.firstIndex(of: "--guides").map { $0 + 1 }
      let folder = option.flatMap { words.indices.contains($0) ? words[$0] : nil }
      return CatalogueSources.catalogue(adding: folder).search(typed)
        .filter { $0.canBeLinked && $0.slug.hasPrefix(typed) }.map(\.slug)
    }
  }
}
