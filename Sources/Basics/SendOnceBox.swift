internal import Synchronization

/// Carries a noncopyable value into a task, which a closure that may run twice cannot capture.
package final class SendOnceBox<Value: ~Copyable & Sendable>: Sendable {
  private let slot: Mutex<Value?>

  /// Owns the value until `take`, and frees it with the box when nobody took it.
  package init(_ value: consuming Value) { slot = Mutex(value) }

  /// The value, the first time.
  package func take() -> Value? { slot.withLock { $0.take() } }
}
