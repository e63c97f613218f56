internal import Dispatch
internal import Synchronization

/// What background work has come to, in the order in which it ended.
final class Inbox<Element: Sendable>: Sendable {
  private let elements = Mutex<[Element]>([])
  private let count = DispatchSemaphore(value: 0)

  /// May be called from any thread.
  func post(_ element: Element) {
    elements.withLock { $0.append(element) }
    count.signal()
  }

  /// Blocks until there is one.
  func next() -> Element {
    count.wait()
    return elements.withLock { $0.removeFirst() }
  }

  /// What there is, without waiting.
  func all() -> [Element] {
    var all: [Element] = []
    while count.wait(timeout: .now()) == .success {
      all.append(elements.withLock { $0.removeFirst() })
    }
    return all
  }
}
