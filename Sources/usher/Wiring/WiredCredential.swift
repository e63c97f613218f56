internal import Basics
internal import Connections

/// A value that a service is given as a credential.
struct WiredCredential {
  let value: LinkedValue
  /// What the value is called beside its connection.
  let word: String
  /// The name of its file in `$CREDENTIALS_DIRECTORY`.
  let name: String

  /// systemd's limit for the path of a socket is 107 bytes; `%t` may become `/run/user/4294967295`.
  private static let pathLimit = 107 - 18

  init(_ value: LinkedValue, word: String, name: String?) throws(CommandError) {
    if case .token(let member) = value.kind, member != .accessToken {
      throw .usage(
        Explanation(
          what: "\(word) of \(value.connection) is not wired by itself",
          why: "the temporary credentials of AWS are three values that belong together",
          advice: "usher token \(value.connection.shortest) --format aws, as its credential_process"
        ))
    }
    // Whoever wrote the provider's entry has named it, and no line of a unit is theirs to write.
    guard word.unicodeScalars.allSatisfy(WiredCredential.isAllowed) else {
      throw .failed(
        Explanation(
          what: "a field of \(value.connection) cannot be named in a unit",
          why: "its name has other signs than letters, digits, -, _ and .",
          advice: "hand it over with usher run --file"))
    }
    self.value = value
    self.word = word
    self.name = name ?? WiredCredential.usualName(of: value.connection, word)
    guard WiredCredential.isValid(self.name) else {
      throw .usage(
        Explanation(
          what: "\(self.name) cannot be the name of a credential",
          why: "letters, digits, -, _ and . are allowed, 255 of them at most, no . in front",
          advice: "for example --credential \(value.connection.provider)"))
    }
  }

  /// Of the units that hand it out, without an ending.
  var unit: String { "usher-" + SystemdText.unitName(of: path) }

  /// Where systemd listens for it.
  func socket() throws(CommandError) -> String {
    let path = "%t/usher/" + SystemdText.plain(path)
    guard path.utf8.count <= Self.pathLimit else {
      throw .failed(
        Explanation(
          what: "the names of \(value.connection) are too long for a socket",
          why: "its path may have 107 bytes",
          advice: "use --file or --encrypted, or rename the connection"))
    }
    return path
  }

  /// The arguments with which the value is printed.
  var arguments: [String] {
    switch value.kind {
    case .token: ["token", value.connection.description]
    case .field: ["get", value.connection.description, word]
    }
  }

  /// Whether it ends soon, so that only who asks for it each time has a good one.
  var isToken: Bool { if case .token = value.kind { true } else { false } }

  private var path: String { "\(value.connection)/\(word)" }

  /// `tally.apiKey`, `tally-work.apiKey`
  private static func usualName(of connection: ConnectionName, _ word: String) -> String {
    let isUsual = connection.name == ConnectionName.defaultName
    let front = isUsual ? connection.provider : "\(connection.provider)-\(connection.name)"
    return "\(front).\(word)"
  }

  private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
    guard let byte = UInt8(exactly: scalar.value) else { return false }
    return byte.isLetter || byte.isDigit || "-_.".utf8.contains(byte)
  }

  private static func isValid(_ name: String) -> Bool {
    (1...255).contains(name.utf8.count) && name.first != "."
      && name.unicodeScalars.allSatisfy(isAllowed)
  }
}
