package import Guides
package import Secrets

/// Values by field, in the order they were added. Every one is held as a secret, whether it is one or not.
///
/// Owned by exactly one of: a draft, a submission, an opened record. `duplicate()` is the only way to a second copy.
package struct SecretValues: ~Copyable, Sendable {
  /// Arrays cannot hold noncopyable values; a slot nobody else sees can.
  private final class Slot: @unchecked Sendable {
    let id: Field.ID
    var buffer: SecretBuffer

    init(id: Field.ID, buffer: consuming SecretBuffer) {
      self.id = id
      self.buffer = buffer
    }
  }

  private var slots: [Slot] = []

  package init() {}

  /// The fields that have a value, in the order they were added.
  package var fields: [Field.ID] { slots.map(\.id) }

  /// Whether the field has a value, be it an empty one.
  package borrowing func contains(_ id: Field.ID) -> Bool { slots.contains { $0.id == id } }

  /// Puts a value in, in place of the one that the field had.
  package mutating func set(_ id: Field.ID, to value: consuming SecretBuffer) {
    if let slot = slots.first(where: { $0.id == id }) {
      slot.buffer = value
    } else {
      slots.append(Slot(id: id, buffer: value))
    }
  }

  /// Takes a field out and wipes its value.
  package mutating func remove(_ id: Field.ID) { slots.removeAll { $0.id == id } }

  /// Lends a field's bytes for the length of `body`; an absent field has none.
  package borrowing func withBytes<Result: ~Copyable, Failure: Error>(
    of id: Field.ID, _ body: (RawSpan) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    guard let slot = slots.first(where: { $0.id == id }) else { return try body(RawSpan()) }
    return try slot.buffer.withBytes(body)
  }

  /// Lends a field's buffer for editing. Makes an empty one when the field has none.
  package mutating func edit<Result: ~Copyable>(
    _ id: Field.ID, _ body: (inout SecretBuffer) -> Result
  ) -> Result {
    if let slot = slots.first(where: { $0.id == id }) { return body(&slot.buffer) }
    let slot = Slot(id: id, buffer: SecretBuffer())
    slots.append(slot)
    return body(&slot.buffer)
  }

  /// A second copy of every value, with an owner of its own.
  package borrowing func duplicate() -> SecretValues {
    var copy = SecretValues()
    for slot in slots { copy.set(slot.id, to: slot.buffer.duplicate()) }
    return copy
  }
}
