internal import Basics

extension LinkLookup {
  private typealias Key = MapSchema<Self>.Key

  /// The keys of a row of `link-lookups.yaml`, besides those of a request of `usher.check`.
  static let schema = MapSchema<Self>("a look-up") {
    Key("list", .text) { $0.list = $1 }
    Key("where", .conditions, need: .readable) { $0.conditions = $1 }
    Key("match", .templates) { row, texts in
      row.matches = texts.map { Match(path: $0.name, source: $0.template) }
    }
    Key("first", .flag) { $0.takesFirst = $1 }
    Key("name", .text) { $0.name = $1 }
    Key("settings", .templates) { $0.settings = Finding.list($1) }
    Key("claims", .templates) { $0.claims = Finding.list($1) }
    Key("rests", .templates) { $0.rests = $1.compactMap(Rest.init) }
    Key("parts", .templates) { $0.parts = $1.compactMap(Rest.init) }
    Key("members", .list) { $0.members = $1 }
    Key("read", .facts) { $0.facts = $1 }
  }

  /// Nil for what is no map.
  init?(_ value: Value) {
    guard var row = Self.schema.read(value, into: LinkLookup()) else { return nil }
    row.request = UsherExtension.CheckStep.schema.read(value, into: .init(url: ""))
    self = row
  }
}

extension LinkLookup.Finding {
  fileprivate static func list(_ texts: [Provider.NamedTemplate]) -> [Self] {
    texts.map { Self(setting: $0.name, path: $0.template) }
  }
}

extension LinkLookup.Rest {
  /// Nil unless it is written as the other setting or the path, a blank, and the words.
  fileprivate init?(_ text: Provider.NamedTemplate) {
    let parts = text.template.split(separator: " ").map(String.init)
    guard parts.count == 2 else { return nil }
    self.init(setting: text.name, source: parts[0], words: parts[1])
  }
}
