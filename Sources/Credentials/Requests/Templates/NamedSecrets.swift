internal import Secrets

/// Secret texts by name, for what a check derives or fetches on its way.
struct NamedSecrets: ~Copyable {
  /// Arrays cannot hold noncopyable values; a slot nobody else sees can.
  private final class Slot: @unchecked Sendable {
    let name: String
    let buffer: SecretBuffer

    init(_ name: String, _ buffer: consuming SecretBuffer) {
      self.name = name
      self.buffer = buffer
    }
  }

  private var slots: [Slot] = []

  init() {}

  var names: [String] { slots.map(\.name) }

  borrowing func contains(_ name: String) -> Bool { slots.contains { $0.name == name } }

  mutating func set(_ name: String, to value: consuming SecretBuffer) {
    slots.removeAll { $0.name == name }
    slots.append(Slot(name, value))
  }

  /// Lends a text; an absent one has no bytes.
  borrowing func withBytes<Result: ~Copyable, Failure: Error>(
    of name: String, _ body: (RawSpan) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    guard let slot = slots.first(where: { $0.name == name }) else { return try body(RawSpan()) }
    return try slot.buffer.withBytes(body)
  }
}
