/// The kinds of store. A new one is a case here and an engine in a folder of its own; the compiler names the rest, and
/// the contract suite runs over all of them.
package enum StoreKind: String, CaseIterable, Sendable {
  case sqlite, etcd

  /// What `--store` may begin with, before a colon. A text without any is the path of a SQLite file.
  package var schemes: [String] {
    switch self {
    case .sqlite: ["sqlite", "file"]
    case .etcd: [Self.plainScheme, Self.secureScheme]
    }
  }

  /// Without TLS, and with it.
  static let plainScheme = "etcd"
  static let secureScheme = "etcds"

  /// With an article, for a person.
  var noun: String {
    switch self {
    case .sqlite: "a SQLite file"
    case .etcd: "a team's etcd"
    }
  }

  /// Where something is that is stored, for the end of a sentence.
  var whereabouts: String {
    switch self {
    case .sqlite: "on the disk"
    case .etcd: "in the store"
    }
  }

  /// How many connections, and how many bytes of them, are stored in one change. Of a file there is no limit: whoever
  /// stores many has one of his own.
  var changeLimit: (count: Int, bytes: Int) {
    switch self {
    case .sqlite: (.max, .max)
    // Six keys each, and 128 at once.
    case .etcd: (20, 800_000)
    }
  }
}
