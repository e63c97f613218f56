internal import Basics
internal import Dispatch
internal import Requests

/// What the program tells a call on its way, read on a thread of its own.
final class CallInstructions: Sendable {
  private let renewals: AsyncStream<SendOnceBox<TokenOutcome>>

  /// Begins to read.
  /// - Parameter stop: called once on the reader's thread: the user interrupts, or nobody is there any more.
  init(_ messages: MessageReader, onStop stop: @escaping @Sendable () -> Void) {
    let (renewals, feed) = AsyncStream.makeStream(of: SendOnceBox<TokenOutcome>.self)
    self.renewals = renewals
    DispatchQueue(label: "instructions").async {
      while case .renewed(let outcome) = messages.instruction() {
        feed.yield(SendOnceBox(outcome))
      }
      stop()
      feed.finish()
    }
  }

  /// The next token that comes, or why there is none; nil when the call has to stop.
  func renewal() async -> TokenOutcome? {
    for await renewal in renewals { return renewal.take() }
    return nil
  }
}
