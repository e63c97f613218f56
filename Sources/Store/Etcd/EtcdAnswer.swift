internal import Basics

/// What came of a transaction. A member that a server leaves out is its zero, and whole numbers of 64 bits are texts.
struct EtcdAnswer {
  /// Of one range.
  struct Found {
    let items: [EtcdItem]
    /// How many there are, those beyond the limit too.
    let count: Int
  }

  /// The revision of the store that it was made at.
  let revision: Int64
  /// Whether the conditions held.
  let isMade: Bool
  /// What was asked, in order; of a change nothing.
  let found: [Found]

  /// Nil for what is no such answer.
  init?(_ json: Value) {
    guard let revision = json["header"]?["revision"]?.wholeNumber else { return nil }
    self.revision = revision
    isMade = json["succeeded"]?.bool ?? false
    var found: [Found] = []
    for response in json["responses"]?.list ?? [] {
      guard let range = response["response_range"] else { continue }
      var items: [EtcdItem] = []
      for item in range["kvs"]?.list ?? [] {
        guard let item = EtcdItem(item) else { return nil }
        items.append(item)
      }
      found.append(Found(items: items, count: Int(range["count"]?.wholeNumber ?? 0)))
    }
    self.found = found
  }
}

extension EtcdItem {
  fileprivate init?(_ json: Value) {
    guard let key = json["key"]?.text.flatMap(Self.decoded),
      let revision = json["mod_revision"]?.wholeNumber
    else { return nil }
    let value = json["value"]?.text ?? ""
    guard let bytes = Self.decoded(value) else { return nil }
    self.init(key: String(decoding: key, as: UTF8.self), value: bytes, revision: revision)
  }

  private static func decoded(_ text: String) -> [UInt8]? { Base64.padded.decode(text.utf8) }
}

extension Value {
  /// A whole number, written as one or as a text.
  var wholeNumber: Int64? {
    switch self {
    case .int(let number): Int64(number)
    case .string(let text): Int64(text)
    case .null, .bool, .double, .list, .map: nil
    }
  }
}
