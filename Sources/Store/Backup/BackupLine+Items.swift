internal import Basics
internal import Connections
internal import Secrets

/// The lines between the first and the last one, by the readers of what a store seals.
extension BackupLine {
  /// Reads an application or a connection; nil of a line that is neither, because it is the last one.
  /// - Parameter storeID: of the store that the backup comes from.
  static func item(in line: RawSpan, from storeID: String) throws(RecordError) -> BackupItem? {
    let members = try members(of: line)
    if members["end"] != nil {
      try allow(["end"], in: members)
      return nil
    }
    if let range = members["application"] {
      try allow(["application"], in: members)
      let part = SecretBuffer(copying: line.extracting(range))
      return .application(try Application(decoding: part, in: storeID))
    }
    try allow(["record", "token", "former"], in: members)
    let record = try record(in: line, members)
    guard record.facts.storeID == storeID else { throw .invalid("store_id") }
    let token = try token(in: line, members)
    guard let range = members["former"] else {
      return .connection(BackupConnection(record: record, token: token, former: nil))
    }
    let former = try former(in: line.extracting(range))
    return .connection(BackupConnection(record: record, token: token, former: former))
  }

  private static func former(in text: RawSpan) throws(RecordError) -> FormerGeneration {
    let members = try members(of: text)
    try allow(["record", "token"], in: members)
    return FormerGeneration(
      record: try record(in: text, members), token: try token(in: text, members))
  }

  private static func record(
    in text: RawSpan, _ members: [String: Range<Int>]
  ) throws(RecordError) -> ConnectionRecord {
    guard let range = members["record"] else { throw .missing("record") }
    return try ConnectionRecord(decoding: SecretBuffer(copying: text.extracting(range)))
  }

  private static func token(
    in text: RawSpan, _ members: [String: Range<Int>]
  ) throws(RecordError) -> StoredToken? {
    guard let range = members["token"] else { return nil }
    guard let token = StoredToken(decoding: SecretBuffer(copying: text.extracting(range))) else {
      throw .invalid("token")
    }
    return token
  }

  private static func allow(
    _ known: Set<String>, in members: [String: Range<Int>]
  ) throws(RecordError) {
    if let unknown = members.keys.first(where: { !known.contains($0) }) { throw .unknown(unknown) }
  }
}
