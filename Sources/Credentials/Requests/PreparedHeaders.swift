internal import Secrets

/// Header fields in the order in which they are sent. Names are lower case and unique.
package struct PreparedHeaders: ~Copyable, Sendable {
  /// Arrays cannot hold noncopyable values; a slot nobody else sees can.
  private final class Slot: @unchecked Sendable {
    let name: String
    let value: SecretBuffer

    init(_ name: String, _ value: consuming SecretBuffer) {
      self.name = name
      self.value = value
    }
  }

  private var slots: [Slot] = []

  init() {}

  /// In the order in which they are sent.
  package var names: [String] { slots.map(\.name) }

  /// Lends the value of a header; one that is not there has no bytes.
  package borrowing func withValue<Result: ~Copyable, Failure: Error>(
    of name: String, _ body: (RawSpan) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    guard let slot = slots.first(where: { $0.name == name }) else { return try body(RawSpan()) }
    return try slot.value.withBytes(body)
  }

  /// Sets a header, in place of the one of the same name.
  mutating func set(_ name: String, to value: consuming SecretBuffer) {
    let name = name.lowercased()
    if let index = slots.firstIndex(where: { $0.name == name }) {
      slots[index] = Slot(name, value)
    } else {
      slots.append(Slot(name, value))
    }
  }

  mutating func remove(_ name: String) {
    slots.removeAll { $0.name == name.lowercased() }
  }
}
