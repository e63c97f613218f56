import Basics
import FoundationEssentials
import Secrets

/// A signed token taken apart again.
struct TokenParts {
  let header: String
  let payload: String
  /// What was signed.
  let message: Data
  let signature: Data

  init(_ token: some StringProtocol) {
    let parts = String(token).split(separator: "." as Character, omittingEmptySubsequences: false)
      .map(String.init)
    let data = parts.map(Self.data)
    header = String(decoding: data[0], as: UTF8.self)
    payload = String(decoding: data.count > 1 ? data[1] : Data(), as: UTF8.self)
    message = Data(parts.dropLast().joined(separator: ".").utf8)
    signature = data[data.count - 1]
  }

  /// The token that stands in a text behind a word, up to a blank or `&`.
  init(behind word: String, in text: String) {
    let start = text.ranges(of: word).first?.upperBound ?? text.endIndex
    self.init(text[start...].prefix { $0 != " " && $0 != "&" })
  }

  private static func data(_ part: String) -> Data {
    let bytes = SecretBuffer(fixture: part).withBytes { SecretBuffer(base64: $0) }
    var data = Data()
    bytes?.withBytes { for offset in 0..<$0.byteCount { data.append($0[offset]) } }
    return data
  }
}
