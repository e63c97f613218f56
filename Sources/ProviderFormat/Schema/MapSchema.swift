package import Basics

/// The keys that a map of a provider file may have, each declared once: the reader, the lint and the article about the
/// format go by the same row.
package struct MapSchema<Model: Sendable>: Sendable {
  /// One key: its rule, and where its value goes.
  struct Key: Sendable {
    let rule: KeyRule
    /// False when the value cannot be read.
    fileprivate let assign: @Sendable (inout Model, Value) -> Bool

    /// - Parameter says: what the lint says in place of its general sentence.
    init<Output>(
      _ name: String, _ type: KeyType<Output>, need: KeyRule.Need = .none, says: String? = nil,
      advice: String? = nil,
      _ assign: @escaping @Sendable (inout Model, Output) -> Void
    ) {
      rule = KeyRule(name, type, need: need, says: says, advice: advice)
      self.assign = { model, value in
        guard let read = type.read(value) else { return false }
        assign(&model, read)
        return true
      }
    }
  }

  private let keys: [Key]
  /// What is declared of each key, for lint and documentation.
  package let rules: KeyRules

  /// - Parameter name: what the lint calls such a map.
  init(_ name: String, @SchemaBuilder<Model> _ keys: () -> [Key]) {
    self.keys = keys()
    rules = KeyRules(name: name, rules: self.keys.map(\.rule))
  }

  /// Reads a map over a model with nothing in it. Keys that are not declared, and values that cannot be read, are left
  /// to the lint; nil when that leaves something else than what was meant.
  func read(_ value: Value, into empty: Model) -> Model? {
    guard let map = value.map else { return nil }
    var model = empty
    for key in keys {
      guard let value = map[key.rule.name] else {
        if key.rule.need == .present { return nil }
        continue
      }
      guard key.assign(&model, value) || key.rule.need == .none else { return nil }
    }
    return model
  }
}

/// Gathers the rows of a schema.
@resultBuilder enum SchemaBuilder<Model: Sendable> {
  static func buildBlock(_ keys: MapSchema<Model>.Key...) -> [MapSchema<Model>.Key] { keys }
}

/// What a key of a provider file holds. What it means says the article about the format.
package struct KeyRule: Sendable {
  /// When a map cannot be read at all.
  package enum Need: Sendable {
    case none
    /// When the value is there and cannot be read.
    case readable
    /// Also when the value is not there.
    case present
  }

  /// What the lint looks at in a value besides its type.
  package enum Kind: Sendable {
    case plain
    /// The name of a field, with its scope.
    case field
    /// A map by names of fields; its values are of the type.
    case byField
    /// A map of its own.
    case map(KeyRules)
    /// A list of maps.
    case list(KeyRules)
  }

  /// As the file writes it.
  package let name: String
  /// What its value is, with an article: `a text`.
  package let type: String
  /// Whether it may be left out.
  package let need: Need
  /// What is said when it is missing; nil for what is said of every key.
  package let says: String?
  /// How to write it.
  package let advice: String
  /// What stands inside of it.
  package let kind: Kind
  /// Whether a value has the declared type.
  package let accepts: @Sendable (Value) -> Bool

  /// - Parameters:
  ///   - need: what a missing or unreadable value does to the whole map; left out, the key is passed over.
  ///   - advice: the type's own where it is nil.
  package init<Output>(
    _ name: String, _ type: KeyType<Output>, need: Need = .none, says: String? = nil,
    advice: String? = nil
  ) {
    self.name = name
    self.type = type.name
    self.need = need
    self.says = says
    self.advice = advice ?? type.advice
    kind = type.kind
    accepts = type.accepts
  }
}

/// The rules of one kind of map.
package struct KeyRules: Sendable {
  /// What the lint calls such a map.
  package let name: String
  /// In the order in which they are documented.
  package let rules: [KeyRule]

  /// The keys that are known.
  package var names: Set<String> { Set(rules.map(\.name)) }
}

extension KeyRules {
  /// Rules without a reader, by what kind of value the keys have.
  package init(
    texts: [String], maps: [String], lists: [String] = [], flags: [String] = [],
    numbers: [String] = [], others: [String]
  ) {
    func keys<Output>(_ names: [String], _ type: KeyType<Output>) -> [KeyRule] {
      names.map { KeyRule($0, type) }
    }
    var rules = keys(texts, .text)
    rules += keys(maps, .map)
    rules += keys(lists, .list)
    rules += keys(flags, .flag)
    rules += keys(numbers, .number)
    rules += keys(others, .any)
    self.init(name: "", rules: rules)
  }

  /// The same with keys of which any value will do.
  package func adding(_ names: [String]) -> KeyRules {
    KeyRules(name: name, rules: rules + names.map { KeyRule($0, .any) })
  }
}
