internal import Basics

/// What a member says of itself.
struct EtcdStatus {
  let version: String
  let hasLeader: Bool
  let isLeader: Bool
  /// Alarms, in the server's words.
  let errors: [String]

  init?(_ json: Value) {
    guard let version = json["version"]?.text else { return nil }
    self.version = version
    let leader = json["leader"]?.text ?? "0"
    hasLeader = leader != "0"
    isLeader = hasLeader && leader == json["header"]?["member_id"]?.text
    errors = json["errors"]?.list?.compactMap(\.text) ?? []
  }
}
