package import Basics

/// What kind of value a key of a provider file has to have, and what is read from it.
package struct KeyType<Output: Sendable>: Sendable {
  /// As findings and the article say it.
  let name: String
  /// How to write it.
  package let advice: String
  let kind: KeyRule.Kind
  /// Nil when nothing can be read.
  package let read: @Sendable (Value) -> Output?
  /// Whether nothing of the value is lost.
  let accepts: @Sendable (Value) -> Bool

  init(
    _ name: String, _ advice: String, kind: KeyRule.Kind = .plain,
    accepts: (@Sendable (Value) -> Bool)? = nil, read: @escaping @Sendable (Value) -> Output?
  ) {
    self.name = name
    self.advice = advice
    self.kind = kind
    self.read = read
    if let accepts {
      self.accepts = accepts
    } else {
      self.accepts = { read($0) != nil }
    }
  }
}

extension KeyType<String> {
  /// Any scalar, as text.
  package static var text: Self { Self("a text", "write one text behind the colon") { $0.text } }

  static var beginning: Self {
    Self("a text", "add the beginning it is about") { $0.text == "" ? nil : $0.text }
  }

  /// As it is written: a condition beside a field names it without its scope.
  static var fieldName: Self {
    Self("a field", KeyType<Field.ID>.field.advice, kind: .field) { $0.text }
  }
}

extension KeyType<Field.ID> {
  static var field: Self {
    Self("a field", "write it like credentials.apiKey or params.subdomain", kind: .field) {
      $0.text.flatMap { Field.ID($0) }
    }
  }
}

extension KeyType<Bool> {
  /// `true` or `false`.
  package static var flag: Self {
    Self("true or false", "write true or false; in YAML 1.2 yes and on are texts") {
      $0.bool ?? ($0.text == "true" ? true : $0.text == "false" ? false : nil)
    }
  }
}

extension KeyType<Int> {
  /// A whole number.
  package static var number: Self {
    Self("a whole number", "write a number without quotes and without a fraction") {
      $0.wholeNumber
    }
  }
}

extension KeyType<[String]> {
  /// A single entry written without its dash is understood.
  package static var list: Self {
    Self("a list", "begin each entry with a -") { $0.list == nil ? $0.text.map { [$0] } : $0.texts }
  }

  /// A text or several, and at least one.
  static var words: Self {
    Self("a text or a list", "write the words that must occur") { value in
      let texts = value.texts
      return texts.isEmpty || texts.count != value.list?.count ?? 1 ? nil : texts
    }
  }
}

extension KeyType<Value> {
  static var any: Self { Self("anything", "") { $0 } }
}

extension KeyType<Value.Map> {
  static var map: Self {
    Self("a map of keys and values", "indent its keys below it") { $0.map }
  }
}

extension KeyType<[Provider.NamedTemplate]> {
  static var templates: Self {
    Self(
      "a map of texts", "write each as name: value",
      accepts: { $0.map?.members.allSatisfy { $0.value.text != nil } ?? false },
      read: { $0.templates })
  }
}

extension KeyType<StatusSet> {
  static var status: Self {
    let advice = "use a number from 100 to 599, a hundred like 2xx, a list of these, or {not: …}"
    return Self("a status", advice) { StatusSet($0) }
  }
}

extension KeyType<[UsherExtension.Condition]> {
  /// Which of them cannot be read is told by its path.
  static var conditions: Self {
    Self(
      "a map", "write each condition as path: text", accepts: { $0.map != nil },
      read: { value in
        let members = value.map?.members ?? []
        let conditions = members.compactMap { member in
          UsherExtension.Condition.Test(member.value).map {
            UsherExtension.Condition(path: member.key, test: $0)
          }
        }
        return value.map != nil && conditions.count == members.count ? conditions : nil
      })
  }
}

extension KeyType<[UsherExtension.FactPath]> {
  /// Facts of a newer format are left out.
  static var facts: Self {
    Self("a map", "write each as fact: path") { value in
      value.map?.members.flatMap { member -> [UsherExtension.FactPath] in
        guard let fact = UsherExtension.Fact(rawValue: member.key) else { return [] }
        return member.value.texts.map { .init(fact: fact, path: $0) }
      }
    }
  }
}

extension KeyType where Output: RawRepresentable<String> & Sendable {
  static func word(_ advice: String) -> Self {
    Self("a word", advice) { $0.text.flatMap(Output.init(rawValue:)) }
  }
}

extension KeyType {
  /// A map with keys of its own.
  static func object(_ schema: MapSchema<Output>, into empty: Output) -> Self
  where Output: Sendable {
    Self("a map", "indent its keys", kind: .map(schema.rules)) { schema.read($0, into: empty) }
  }

  /// A list of such maps. Those that cannot be read are left out.
  static func entries<Model: Sendable>(_ schema: MapSchema<Model>, into empty: Model) -> Self
  where Output == [Model] {
    Self("a list", "begin each entry with a -", kind: .list(schema.rules)) {
      $0.list?.compactMap { schema.read($0, into: empty) }
    }
  }

  /// A value for each of some fields.
  static func byField<Part: Sendable>(_ type: KeyType<Part>) -> Self
  where Output == [Field.ID: Part] {
    Self(
      "a map by field", type.advice, kind: .byField, accepts: type.accepts,
      read: { value in
        let pairs = (value.map?.members ?? []).compactMap { member in
          Field.ID(member.key).flatMap { id in type.read(member.value).map { (id, $0) } }
        }
        return Dictionary(pairs, uniquingKeysWith: { $1 })
      })
  }
}
