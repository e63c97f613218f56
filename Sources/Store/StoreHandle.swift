/// A store by its place. Nothing is opened by making one; each session opens the store once.
///
/// A command takes one session. The wizard, which may stand for hours, takes one for its start and one for each thing
/// that it does: no file is held open while nothing happens, and other processes see every change and make their own.
package struct StoreHandle: Sendable {
  let location: StoreLocation
  let keySetup: RecipientSetup
  let engine: any StoreEngine
  let notice: StoreNotice.Receiver?
  /// Nil where nobody can be asked.
  let question: UnknownWriter.Question?

  /// - Parameters:
  ///   - plan: for when the store does not exist yet. Nothing is made before the first save.
  ///   - notice: told what does not stop anything; nobody is where it is left out.
  ///   - passphrases: asked when a wrapped identity is to be read; where it is nil, that is an error.
  ///   - question: put to a person when somebody unknown has signed what is read; where it is left out that is refused.
  ///   - network: how a store is reached that is not on this machine.
  package init(
    at location: StoreLocation, plan: RecipientPolicy = .newIdentity,
    notice: StoreNotice.Receiver? = nil, passphrases: (any PassphraseSource)? = nil,
    question: UnknownWriter.Question? = nil, network: StoreNetwork = .none
  ) {
    self.init(
      at: location, plan: plan, engine: location.engine(notice: notice, network: network),
      notice: notice, passphrases: passphrases, question: question)
  }

  /// With an engine of the caller's, for tests.
  init(
    at location: StoreLocation, plan: RecipientPolicy = .newIdentity, engine: any StoreEngine,
    notice: StoreNotice.Receiver? = nil, passphrases: (any PassphraseSource)? = nil,
    question: UnknownWriter.Question? = nil
  ) {
    self.location = location
    self.engine = engine
    self.notice = notice
    self.question = question
    keySetup = RecipientSetup(
      location: location,
      keyring: IdentityProvider(location.identity, notice: notice, passphrases: passphrases),
      plan: plan)
  }

  /// A session of its own, for one thread. What was unlocked or read from a descriptor serves the next one too.
  package func session() -> StoreSession { StoreSession(self) }
}
