internal import Basics
internal import Requests
internal import Secrets

/// An access token in the forms in which scripts and other programs read it. A refresh token stands in none of them.
enum TokenDocument {
  /// The token and a line end.
  static func line(_ token: borrowing TokenSet) -> SecretBuffer {
    token.withAccessToken { bytes in
      var line = SecretBuffer(copying: bytes, capacity: bytes.byteCount + 1)
      line.append(UInt8(ascii: "\n"))
      return line
    }
  }

  /// `{"token":"…","expires_at":"…","type":"Bearer"}`, or AWS's three values and their end. What is not known is null.
  static func json(_ token: borrowing TokenSet) -> SecretBuffer {
    document { json in
      let members = TokenMember.all(in: token)
      for member in members { write(member, of: token, as: key(of: member), to: &json) }
      json.key("expires_at")
      json.write(.optional(token.expires?.description))
      if members != TokenMember.aws {
        json.key("type")
        json.write(.optional(token.type))
      }
    }
  }

  /// What AWS's programs read from a `credential_process`. `Version` is a number, and there is no `Expiration` rather than
  /// an empty one: botocore (1.44.8) takes nothing else.
  static func credentialProcess(_ token: borrowing TokenSet) -> SecretBuffer {
    document { json in
      json.key("Version")
      json.number(1)
      write(.accessKeyID, of: token, as: "AccessKeyId", to: &json)
      write(.secretAccessKey, of: token, as: "SecretAccessKey", to: &json)
      write(.sessionToken, of: token, as: "SessionToken", to: &json)
      if let expires = token.expires { json.member("Expiration", expires.description) }
    }
  }

  private static func key(of member: TokenMember) -> String {
    switch member {
    case .accessToken: "token"
    case .accessKeyID: "access_key_id"
    case .secretAccessKey: "secret_access_key"
    case .sessionToken: "session_token"
    }
  }

  private static func write(
    _ member: TokenMember, of token: borrowing TokenSet, as key: String,
    to json: inout SecretJSONWriter
  ) {
    json.key(key)
    token.values.withBytes(of: member.valueName) { json.string($0) }
  }

  /// One object on one line.
  private static func document(_ members: (inout SecretJSONWriter) -> Void) -> SecretBuffer {
    var json = SecretJSONWriter()
    json.beginObject()
    members(&json)
    json.endObject()
    // Nothing that a store keeps is longer than a document may be.
    guard let text = json.finish() else { return SecretBuffer(capacity: 1) }
    return text.withBytes { bytes in
      var line = SecretBuffer(copying: bytes, capacity: bytes.byteCount + 1)
      line.append(UInt8(ascii: "\n"))
      return line
    }
  }
}
