internal import Basics
internal import Glibc
internal import Secrets

/// What git tells a credential helper: lines of `key=value` up to an empty one or the end (gitcredentials(7)). Keys that mean
/// nothing here are passed over, as git asks of its helpers.
struct GitCredentialRequest: ~Copyable {
  /// `https`; nil where git does not say.
  private(set) var scheme: String?
  /// With the port where one is meant.
  private(set) var host: String?
  private(set) var username: String?
  /// What `store` keeps and `erase` drops; nil in other requests.
  private(set) var password: SecretBuffer?

  /// Reads one request.
  init(from descriptor: Int32) throws(SystemError) {
    var text = SecretBuffer(capacity: SecretBuffer.lineCapacity)
    while !text.withBytes({ $0.hasEmptyLine }) {
      let count = try unsafe text.appendInPlace(atMost: 4096) { room throws(SystemError) in
        try unsafe FileDescriptor.read(descriptor, into: room)
      }
      if count == 0 { break }
    }
    text.withBytes { read($0) }
  }

  private mutating func read(_ text: RawSpan) {
    var start = 0
    while start < text.byteCount {
      let end = text.firstOffset(of: "\n".utf8, from: start) ?? text.byteCount
      if end == start { return }
      if let equals = text.extracting(start..<end).firstOffset(of: "=".utf8) {
        let value = start + equals + 1..<end
        switch text.shownText(start..<start + equals) {
        case "protocol": scheme = text.shownText(value)
        case "host": host = text.shownText(value)
        case "username": username = text.shownText(value)
        case "password": password = SecretBuffer(copying: text.extracting(value))
        default: break
        }
      }
      start = end + 1
    }
  }
}

extension RawSpan {
  /// Whether an empty line stands in it, which ends a request.
  fileprivate var hasEmptyLine: Bool { has("\n".utf8) || firstOffset(of: "\n\n".utf8) != nil }
}
