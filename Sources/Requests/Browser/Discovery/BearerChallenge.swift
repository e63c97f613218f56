internal import Basics
internal import ProviderFormat

/// What a server says when it wants a token, or another one (the header `WWW-Authenticate`; RFC 6750, section 3, and
/// RFC 9728, section 5.1).
package struct BearerChallenge: Equatable, Sendable {
  /// The word for what is wrong with the token; nil where none was shown.
  package let error: String?
  /// What has to be asked for; empty where it does not say.
  package let scopes: Scopes
  /// Where it says how to sign in.
  package let resourceMetadata: String?

  /// Nil when it is a challenge of another kind.
  /// - Parameter header: the value of the header, which may hold several challenges.
  package init?(_ header: String) {
    let bytes = Array(header.utf8)
    let start = bytes.withBytes { $0.offsetBehindIgnoringCase("bearer") }
    guard let start else { return nil }
    let parameters = Self.parameters(bytes[start...])
    error = parameters["error"]
    scopes = Scopes(text: parameters["scope"] ?? "")
    resourceMetadata = parameters["resource_metadata"]
  }

  /// Nil unless the answer is that of a server which wants a token.
  package init?(_ answer: borrowing CheckAnswer) {
    guard answer.status == 401 else { return nil }
    let headers = answer.headers.filter { $0.name.lowercased() == "www-authenticate" }
    self.init(headers.map(\.value).joined(separator: ", "))
  }

  /// The scopes to ask for when the token lacks some: those that there were, then those that are missing. Nil when that
  /// is not what is wrong.
  package func scopes(addedTo old: Scopes) -> Scopes? {
    guard error == "insufficient_scope" else { return nil }
    return Scopes(old.names + scopes.names)
  }

  /// `name="value", name=value`, up to the first thing that is neither.
  private static func parameters(_ text: ArraySlice<UInt8>) -> [String: String] {
    var parameters: [String: String] = [:]
    var rest = text
    func skip(_ marks: String) { rest = rest.drop { marks.utf8.contains($0) } }
    while parameters.count < 16 {
      skip(" ,\t")
      let name = rest.prefix { $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "_") }
      rest = rest[name.endIndex...]
      skip(" ")
      guard !name.isEmpty, rest.popFirst() == UInt8(ascii: "=") else { break }
      skip(" ")
      var value: [UInt8] = []
      if rest.first == UInt8(ascii: "\"") {
        rest.removeFirst()
        while let byte = rest.popFirst(), byte != UInt8(ascii: "\"") {
          value.append(byte == UInt8(ascii: "\\") ? rest.popFirst() ?? byte : byte)
        }
      } else {
        value = Array(rest.prefix { $0 != UInt8(ascii: ",") && $0 != 0x20 })
        rest = rest.dropFirst(value.count)
      }
      parameters[String(decoding: name, as: UTF8.self).lowercased()] = String(
        decoding: value, as: UTF8.self)
    }
    return parameters
  }
}

extension RawSpan {
  /// Where what follows the first occurrence of a text begins, which is given in lower case.
  fileprivate func offsetBehindIgnoringCase(_ text: String) -> Int? {
    (0..<byteCount).first { hasIgnoringCase(text.utf8, at: $0) }.map { $0 + text.utf8.count }
  }
}
