package import Basics
package import Connections
package import Projects
package import Requests
package import Secrets

/// Everything outside that the wizard's effects reach. A test replaces what it wants to.
package struct Dependencies: Sendable {
  /// Asks the provider, from a background task.
  package var checker: any Checker
  /// Asks the provider what a link takes that needs a person's consent, from a background task.
  package var linker: any Linker
  /// Waits for the browser on this machine; nil where nobody does.
  package var receiver: (any RedirectReceiver)?
  /// Asks a provider to take back values that were replaced, from a background task; nil where nobody does.
  package var revoker: (any Revoker)?
  /// Opens the store for one effect, on the thread that performs it. Nothing is held open in between.
  package var store:
    @Sendable () -> any ConnectionStore & DraftStore & ApplicationStore & GenerationStore
      & ~Copyable
  /// Reads a provider's form and guide.
  package var open: @Sendable (_ slug: String) throws(OpeningError) -> Opening
  /// Reads a stored connection, to put other values in its place.
  package var openReplacement: @Sendable (_ of: ConnectionName) throws(OpeningError) -> Opening = {
    name throws(OpeningError) in
    throw OpeningError(Explanation(what: "\(name) cannot be replaced from here"))
  }
  /// Unlocks the identity for the rest of the session.
  package var unlock:
    @Sendable (_ passphrase: borrowing SecretBuffer) throws(OpeningError) -> Void = {
      _ throws(OpeningError) in
      throw OpeningError(Explanation(what: "nothing is locked here"))
    }
  /// Makes the store, sealed to a public key as well; returns the key as it is shown.
  package var addReader: @Sendable (_ recipient: String) throws(OpeningError) -> String = {
    _ throws(OpeningError) in
    throw OpeningError(Explanation(what: "no store is made here"))
  }
  /// Reaches what a project needs; nil where the session is about something else.
  package var project: ProjectDependencies?
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
      @escaping @Sendable () -> any ConnectionStore & DraftStore & ApplicationStore
      & GenerationStore & ~Copyable,
    open: @escaping @Sendable (_ slug: String) throws(OpeningError) -> Opening
  ) {
    self.checker = checker
    self.linker = linker
    self.store = store
    self.open = open
  }
}

/// What setting a project up reaches outside.
package struct ProjectDependencies: Sendable {
  /// Reads the form and guide of a connection that the project needs, and what is to give way where it is linked.
  package var open: @Sendable (ConnectionName) throws(OpeningError) -> Opening
  /// Looks at the store for how everything is.
  package var survey: @Sendable () throws(OpeningError) -> ProjectSurvey

  package init(
    open: @escaping @Sendable (ConnectionName) throws(OpeningError) -> Opening,
    survey: @escaping @Sendable () throws(OpeningError) -> ProjectSurvey
  ) {
    self.open = open
    self.survey = survey
  }
}

/// Why a provider cannot be linked.
package struct OpeningError: Explained {
  /// Shown on the page where the provider was chosen, which stays.
  package let explanation: Explanation
  /// Whether it could be, once somebody gives the passphrase of the identity.
  package let isLocked: Bool

  package init(_ explanation: Explanation, isLocked: Bool = false) {
    self.explanation = explanation
    self.isLocked = isLocked
  }
}
