import Basics
import Requests
import Secrets

/// What travels to the helper process, read and changed as somebody could who gets hold of it.
enum Stolen {
  static func text(_ redemption: consuming Redemption) throws -> String {
    var json = SecretJSONWriter()
    redemption.write(to: &json)
    guard let text = json.finish() else { throw LinkResult.Unexpected(description: "no JSON") }
    return text.withBytes { $0.shownText }
  }

  static func redemption(_ text: String) throws -> Redemption {
    let read = try Array(text.utf8).withBytes { bytes throws(JSONError) in
      var reader = JSONReader()
      return try Redemption.read(bytes, &reader)
    }
    guard let read else { throw LinkResult.Unexpected(description: "no JSON") }
    return read
  }

  /// One with the verifier of another.
  static func redemption(
    _ redemption: consuming Redemption, verifierOf other: consuming Redemption
  ) throws -> Redemption {
    var value = try Value(json: try text(redemption)).map ?? .init()
    value["verifier"] = try Value(json: try text(other))["verifier"]
    return try self.redemption(Value.map(value).json)
  }

  /// Code, verifier and state.
  static func secrets(in text: String) throws -> [String] {
    let value = try Value(json: text)
    return [value["answer"]?["code"], value["verifier"], value["state"]].compactMap { $0?.text }
  }
}
