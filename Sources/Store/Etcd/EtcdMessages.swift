internal import Basics

/// One key as a server has it.
struct EtcdItem {
  let key: String
  let value: [UInt8]
  /// The revision of the store at which it was put last. Never 0.
  let revision: Int64
}

/// What has to hold for a change to be made.
enum EtcdCondition {
  /// A key was put last at a revision; 0 is one that is not there. The server compares nothing else of a missing key: a
  /// comparison of its value is false, even one for being different.
  case revision(String, Int64)
  /// A key is there and has a value.
  case value(String, [UInt8])

  var json: Value {
    switch self {
    case .revision(let key, 0): Self.json(key, "CREATE", ("create_revision", .string("0")))
    case .revision(let key, let revision):
      Self.json(key, "MOD", ("mod_revision", .string(String(revision))))
    case .value(let key, let value): Self.json(key, "VALUE", ("value", .string(base64(value))))
    }
  }

  private static func json(
    _ key: String, _ target: String, _ member: (String, Value)
  ) -> Value {
    .map([
      ("key", .string(base64(Array(key.utf8)))), ("target", .string(target)),
      ("result", .string("EQUAL")), member,
    ])
  }
}

/// One question or change among those that are made together.
enum EtcdOperation {
  /// All keys from one to another one, which is not among them, or one key alone; sorted.
  /// - Parameters:
  ///   - limit: how many at most; 0 for all.
  ///   - revision: as they were then; 0 for now.
  ///   - isCount: whether only their number is wanted.
  case range(String, end: String?, limit: Int = 0, revision: Int64 = 0, isCount: Bool = false)
  case put(String, [UInt8], lease: String? = nil)
  case delete(String, end: String? = nil)

  var json: Value {
    switch self {
    case .range(let key, let end, let limit, let revision, let isCount):
      var members = Self.keys(key, end)
      if limit > 0 { members.append(("limit", .string(String(limit)))) }
      if revision > 0 { members.append(("revision", .string(String(revision)))) }
      if isCount { members.append(("count_only", .bool(true))) }
      return .map([("request_range", .map(members))])
    case .put(let key, let value, let lease):
      var members = Self.keys(key, nil)
      members.append(("value", .string(base64(value))))
      if let lease { members.append(("lease", .string(lease))) }
      return .map([("request_put", .map(members))])
    case .delete(let key, let end):
      return .map([("request_delete_range", .map(Self.keys(key, end)))])
    }
  }

  /// In bytes, what a server counts against its limit for one request.
  var size: Int {
    switch self {
    case .range(let key, _, _, _, _), .delete(let key, _): key.utf8.count + 64
    case .put(let key, let value, _): key.utf8.count + value.count + 64
    }
  }

  private static func keys(_ key: String, _ end: String?) -> [(String, Value)] {
    var members: [(String, Value)] = [("key", .string(base64(Array(key.utf8))))]
    if let end { members.append(("range_end", .string(base64(Array(end.utf8))))) }
    return members
  }
}

/// With padding: the server refuses it without.
private func base64(_ bytes: [UInt8]) -> String {
  String(decoding: Base64.padded.encode(bytes), as: UTF8.self)
}

/// What is asked and changed at one moment.
struct EtcdTransaction {
  var conditions: [EtcdCondition] = []
  /// Where all of them hold.
  var operations: [EtcdOperation]
  /// Where one does not.
  var otherwise: [EtcdOperation] = []

  var json: Value {
    .map([
      ("compare", .list(conditions.map(\.json))), ("success", .list(operations.map(\.json))),
      ("failure", .list(otherwise.map(\.json))),
    ])
  }
}
