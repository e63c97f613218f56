package import Basics
package import Credentials
internal import Synchronization

/// Everything outside that the wizard's effects reach. A test replaces what it wants to.
package struct Surroundings: Sendable {
  package var checker: any Checker
  package var store: any ConnectionStore
  /// Nil: nothing is kept when a session ends early.
  package var drafts: (any DraftStore)?
  /// Reads a provider's form and guide.
  package var open: @Sendable (_ slug: String) throws(OpeningError) -> Opening
  /// The clock that says when a check was answered.
  package var now: @Sendable () -> Timestamp = { .now() }

  package init(
    checker: any Checker, store: any ConnectionStore, drafts: (any DraftStore)? = nil,
    open: @escaping @Sendable (_ slug: String) throws(OpeningError) -> Opening
  ) {
    self.checker = checker
    self.store = store
    self.drafts = drafts
    self.open = open
  }
}

/// Why a provider cannot be linked.
package struct OpeningError: Explained {
  package let explanation: Explanation

  package init(_ explanation: Explanation) { self.explanation = explanation }
}

/// Carries a noncopyable value into a task, which a closure that may run twice cannot capture.
final class Handover<Value: ~Copyable & Sendable>: Sendable {
  private let slot: Mutex<Value?>

  init(_ value: consuming Value) { slot = Mutex(value) }

  /// The value, the first time.
  func take() -> Value? { slot.withLock { $0.take() } }
}
