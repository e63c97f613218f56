internal import Basics

/// A message between the program and the process that asks a cluster: a small JSON object, and bytes that are carried as
/// they are. Before them the lengths of both, in four bytes each, most significant first.
struct GatewayMessage: Sendable {
  /// Of the two lengths.
  static let headerSize = 8
  /// In bytes, of the object.
  private static let headLimit = 64 * 1024
  /// In bytes, of what is carried: as much as a page of a long list of sealed records may be.
  static let bodyLimit = 64 * 1024 * 1024

  let head: Value
  let body: [UInt8]

  init(_ head: Value, _ body: [UInt8] = []) {
    self.head = head
    self.body = body
  }

  /// What stands before the body.
  static func front(of head: Value, bodyLength: Int) -> [UInt8] {
    let text = Array(head.json.utf8)
    return bytes(text.count) + bytes(bodyLength) + text
  }

  /// The lengths that a header tells; nil for such as no message has.
  static func lengths(_ header: [UInt8]) -> (head: Int, body: Int)? {
    guard header.count == headerSize else { return nil }
    let head = number(header[..<4])
    let body = number(header[4...])
    return head <= headLimit && body <= bodyLimit ? (head, body) : nil
  }

  private static func bytes(_ number: Int) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
  }

  private static func number(_ bytes: ArraySlice<UInt8>) -> Int {
    bytes.reduce(0) { $0 << 8 | Int($1) }
  }
}
