internal import Basics

/// Whose credentials of AWS are, as GetCallerIdentity says it.
struct AWSIdentity {
  /// `arn:aws:sts::123456789012:assumed-role/Reader/session`
  let arn: String
  /// The account's number.
  let account: String?

  private var parts: [Substring] { arn.split(separator: "/", omittingEmptySubsequences: false) }

  /// Whether they are those of a role: its name, behind its path, stands in the ARN.
  func isOf(role: RawSpan) -> Bool {
    var start = role.byteCount
    while start > 0, role[start - 1] != UInt8(ascii: "/") { start -= 1 }
    let name = role.extracting(start..<role.byteCount)
    return parts.dropFirst().contains { name.equals($0.utf8) }
  }

  /// The ARN without the name of the session, which is another one each time.
  var owner: String {
    guard arn.contains(":assumed-role/"), parts.count == 3 else { return arn }
    return parts.dropLast().joined(separator: "/")
  }
}
