internal import Basics
internal import Connections

/// What something sealed belongs to: its kind and name, and the row and version that the store says of it. All of it but
/// the name, which a rename changes, is signed with the content.
struct SealBinding: Equatable {
  let content: SealedContent
  /// What no other content of its kind has.
  let id: String
  /// Of a former record the version of its connection's row, which its own has to be below.
  let version: Int64

  private init(_ content: SealedContent, id: String, version: Int64) {
    self.content = content
    self.id = id
    self.version = version
  }

  init(record row: IndexRow) {
    self.init(.record(row.name), id: row.id, version: row.version)
  }

  init(token: SealedToken, of row: IndexRow) {
    self.init(.token(row.name), id: row.id, version: token.version)
  }

  init(formerRecordOf row: IndexRow) {
    self.init(.formerRecord(row.name), id: row.id, version: row.version)
  }

  init(formerToken token: SealedToken, of row: IndexRow) {
    self.init(.formerToken(row.name), id: row.id, version: token.version)
  }

  /// One that was removed and entered again is another: it has another time of its making.
  init(application row: ApplicationRow) {
    self.init(
      .application(row.name), id: "\(row.name) \(row.created.secondsSinceEpoch)",
      version: row.changed.secondsSinceEpoch)
  }

  init(draft name: ConnectionName) {
    self.init(.draft(name), id: "\(name)", version: 0)
  }

  static let rowKey = SealBinding(.rowKey, id: "", version: 0)

  /// What kind of content is signed. What becomes former keeps the signature that it had.
  var kind: String {
    switch content {
    case .record, .formerRecord: "record"
    case .token, .formerToken: "token"
    case .application: "application"
    case .draft: "draft"
    case .rowKey: "row-key"
    }
  }

  /// What stands against a version that something was signed with, as the end of a sentence; nil for nothing.
  func objection(to signed: Int64) -> String? {
    switch content {
    case .formerRecord: signed < version ? nil : "it was sealed as something else"
    case .application: signed == version ? nil : "its times are others"
    case .record, .token, .formerToken, .draft, .rowKey:
      signed == version ? nil : "it is version \(signed), not \(version)"
    }
  }
}

extension SealedContent {
  /// That it is not what was written.
  func damage(why: String) -> StoreError {
    switch self {
    case .record(let name), .token(let name), .draft(let name): .damaged(name, why: why)
    case .formerRecord(let name), .formerToken(let name): .damagedFormer(of: name, why: why)
    case .application(let name): .damaged(name, why: why)
    case .rowKey: .damagedRowKey(why: why)
    }
  }

  /// As the beginning of a sentence.
  var subject: String {
    switch self {
    case .record(let name): "\(name)"
    case .token(let name), .formerRecord(let name), .formerToken(let name), .draft(let name):
      "the \(word) of \(name)"
    case .application(let name): "the application \(name)"
    case .rowKey: "the key of the rows"
    }
  }
}

extension StoreError {
  fileprivate static func damagedRowKey(why: String) -> StoreError {
    .failed(
      Explanation(
        what: "the key of the rows cannot be trusted", why: why,
        advice: "lists open every record instead, and the next save makes a new one"))
  }
}
