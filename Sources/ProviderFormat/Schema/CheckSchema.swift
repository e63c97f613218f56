package import Basics

extension UsherExtension.CheckStep {
  private typealias Key = MapSchema<Self>.Key

  /// The keys of `usher.check`.
  package static let schema = MapSchema<Self>("usher.check") {
    Key(
      "url", .text, need: .present, says: "a request of usher.check has no url", advice: "add one"
    ) { $0.url = $1 }
    Key("method", .text) { $0.method = $1.uppercased() }
    Key("query", .templates, says: "query of a request is not a map of texts") {
      $0.query = $1
    }
    Key("headers", .templates, says: "headers of a request is not a map of texts") {
      $0.headers = $1
    }
    Key("body", .any) { $0.body = .json($1) }
    Key(
      "form", .map, says: "the form of a request is not a map", advice: "write it as name: value"
    ) { $0.body = $0.body ?? .form($1) }
    Key(
      "xml", .text, says: "the xml of a request is not a text",
      advice: "write the document below xml: | with all its lines indented"
    ) { $0.body = $0.body ?? .xml($1) }
    Key("skip_when", .object(Field.Visibility.schema, into: .init())) { $0.skip = $1 }
    Key("fallback", .flag) { $0.isFallback = $1 }
    Key("answers", .entries(UsherExtension.Answer.schema, into: .init(means: .unknown))) {
      $0.answers = $1
    }
  }
}

extension UsherExtension.Answer {
  private static let words = UsherExtension.Meaning.allCases.map(\.rawValue)
    .joined(separator: ", ")

  private typealias Key = MapSchema<Self>.Key

  /// The keys of one of its answers.
  package static let schema = MapSchema<Self>("an answer of usher.check") {
    Key(
      "status", .status, need: .readable, says: "the status of an answer is no HTTP status"
    ) { $0.status = $1 }
    Key(
      "where", .conditions, need: .readable, says: "where of an answer is not a map"
    ) { $0.conditions = $1 }
    Key(
      "contains", .words, need: .readable,
      says: "contains of an answer is neither a text nor a list of texts"
    ) { $0.contains = $1 }
    Key(
      "means", KeyType<UsherExtension.Meaning>.word("add means with one of: \(words)"),
      need: .present,
      says: "an answer does not say what it means"
    ) { $0.means = $1 }
    Key("say", .text) { $0.say = $1 }
    Key("next", .text) { $0.next = $1 }
    Key("read", .facts) { $0.read = $1 }
  }
}

extension UsherExtension.Condition.Test {
  /// A text or several for "one of these"; `{is: list}`, `{is: present}`, `{is: absent}`, `{contains: …}`.
  package init?(_ value: Value) {
    guard let map = value.map else {
      guard let texts = KeyType.words.read(value) else { return nil }
      self = .equals(texts)
      return
    }
    guard map.members.count == 1, let member = map.members.first else { return nil }
    switch (member.key, member.value.text) {
    case ("is", "list"): self = .isList
    case ("is", "present"): self = .isPresent
    case ("is", "absent"): self = .isAbsent
    case ("contains", _) where !member.value.texts.isEmpty: self = .contains(member.value.texts)
    default: return nil
    }
  }
}
