package import Basics
package import Connections
package import Requests

/// Everything outside that the wizard's effects reach. A test replaces what it wants to.
package struct Dependencies: Sendable {
  /// Asks the provider, from a background task.
  package var checker: any Checker
  /// Asks the provider what a link takes that needs a person's consent, from a background task.
  package var linker: any Linker
  /// Waits for the browser on this machine; nil where nobody does.
  package var receiver: (any RedirectReceiver)?
  /// Opens the store for one effect, on the thread that performs it. Nothing is held open in between.
  package var store: @Sendable () -> any ConnectionStore & DraftStore & ApplicationStore & ~Copyable
  /// Reads a provider's form and guide.
  package var open: @Sendable (_ slug: String) throws(OpeningError) -> Opening
  /// Who has the store at the moment, as it can be named to a person; nil when nobody does, or it cannot be known.
  package var storeHolder: @Sendable () -> String? = { nil }
  /// Asks again for the page that a provider's guide was fetched from, and keeps what came.
  package var refreshGuide: @Sendable (_ slug: String) async -> GuideNews = { _ in .unchanged }
  /// The clock that says when a check was answered.
  package var now: @Sendable () -> Timestamp = { .now() }

  /// The other members have defaults that reach nothing but the clock.
  package init(
    checker: any Checker, linker: any Linker,
    store:
      @escaping @Sendable () -> any ConnectionStore & DraftStore & ApplicationStore & ~Copyable,
    open: @escaping @Sendable (_ slug: String) throws(OpeningError) -> Opening
  ) {
    self.checker = checker
    self.linker = linker
    self.store = store
    self.open = open
  }
}

/// Why a provider cannot be linked.
package struct OpeningError: Explained {
  /// Shown on the page where the provider was chosen, which stays.
  package let explanation: Explanation

  package init(_ explanation: Explanation) { self.explanation = explanation }
}
