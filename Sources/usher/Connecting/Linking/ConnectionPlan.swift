internal import Connections
internal import Drafts
internal import ProviderFormat
internal import Requests
internal import Secrets

/// What is to be linked, as the command line says it.
struct ConnectionPlan {
  let form: Form
  let name: ConnectionName
  var presets: [Field.ID: String] = [:]
  var skipsCheck = false
  var replaces = false
  /// `--expires`
  var end: ChosenEnd?
  var link = LinkPlan()
  /// The one that was named.
  var application: ApplicationName?

  /// The client that is linked with and that the form does not ask for: the one that the command line names; nil where
  /// it names none.
  func givenClient() -> SecretValues? {
    guard let id = presets[OAuthClient.idField], !form.needsApplication else { return nil }
    return SecretValues.client(named: id)
  }
}
