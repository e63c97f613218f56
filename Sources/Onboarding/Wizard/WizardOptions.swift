package import Basics
package import Catalogues
package import Connections
package import Drafts
package import ProviderFormat
package import Requests

/// What is settled before the wizard starts.
package struct WizardOptions: Sendable {
  /// Where connections go, said before any secret is typed.
  package var store: StoreDescription
  /// The store as `--store` has named it; nil where it is found without.
  package var namedStore: String?
  /// What is linked already.
  package var linked: [ConnectionIndexEntry]
  /// `--set`: values of fields that are not secret.
  package var presets: [Field.ID: String] = [:]
  /// `--no-check`: store without asking the provider.
  package var skipsCheck = false
  /// How long a check may take, for the screen that waits for it.
  package var checkTimeLimit = Submission.checkTimeLimit
  /// The user has said already that what is stored under the name may be replaced.
  package var replaces = false
  /// Whether there is no store yet, so that it can be sealed to a second key from the first.
  package var offersSecondKey = false
  /// What may be done besides linking.
  package var allowances = Allowances.all
  /// Whether drafts are kept, sealed, when the session ends early.
  package var keepsDrafts = false
  /// What is wanted of a link that needs a person's consent.
  package var link = LinkPlan()
  /// `--app`: the application that is used for such a link, or what a new one is kept as.
  package var application: ApplicationName?
  /// `--expires`: when the values end, as whoever made them chose it; nil where that was not said.
  package var end: ChosenEnd?
  /// How a browser elsewhere is brought back to this machine; nil where the person sits at it.
  package var tunnel: Tunnel?
  /// The day and hour at which the session starts.
  package var now: Timestamp

  package init(
    store: StoreDescription, linked: [ConnectionIndexEntry] = [], now: Timestamp = .now()
  ) {
    self.store = store
    self.linked = linked
    self.now = now
  }
}

/// A provider, ready to be linked.
package struct Opening: ~Copyable, Sendable {
  /// What is asked, with the guide that explains it.
  package let form: Form
  /// Proposed for the new connection; the user can choose another one.
  package let name: ConnectionName
  /// What was kept of an earlier session that ended early.
  package var kept: SecretValues?
  /// Providers of the same service that a form finishes, where this one needs a person's consent; the best first.
  package var alternatives: [CatalogueEntry]
  /// Where the guide was fetched from; nil for one that was not.
  package var source: GuideSource?
  /// The applications that are kept and fit: those of this provider, and the one that was asked for by name.
  package var applications: [ApplicationFacts]
  /// The client of the connection that is replaced, where nobody has to type it again: one that registered itself, or that
  /// the form does not ask for. Nil where there is none. Owned by the opening until the wizard takes it.
  package var client: SecretValues?
  /// What the provider is known to allow an application, by its own names; empty where that is not known.
  package var scopeNames: [String]
  /// The connection whose values are to give way to others; nil for a new one.
  package var replacement: Replacement?
  /// Values of that connection to begin with: nobody typed them, and they are there again where somebody starts afresh.
  /// Owned by the opening until the wizard takes them.
  package var known: SecretValues?
  /// What is settled for this connection alone, in place of what the session was started with; nil for that.
  package var terms: WizardOptions?

  /// - Parameter kept: owned by the opening until the wizard takes the values into the draft.
  package init(
    form: Form, name: ConnectionName, kept: consuming SecretValues? = nil,
    alternatives: [CatalogueEntry] = [], source: GuideSource? = nil,
    applications: [ApplicationFacts] = [], client: consuming SecretValues? = nil,
    scopeNames: [String] = []
  ) {
    replacement = nil
    known = nil
    self.source = source
    self.client = client
    self.applications = applications
    self.scopeNames = scopeNames
    self.form = form
    self.name = name
    self.alternatives = alternatives
    self.kept = kept
  }
}
