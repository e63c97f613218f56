internal import ArgumentParser
internal import Basics
internal import Connections
internal import ProviderFormat
internal import Requests
internal import Secrets
internal import Store

/// `usher get`
struct Get: UsherCommand {
  static let configuration = CommandConfiguration(
    commandName: "get",
    abstract: "One value to a pipe: exact bytes, nothing added.",
    discussion: """
      Refuses a terminal, so that a secret does not end in its scroll-back; --reveal says that you mean it.

      EXAMPLES
        curl -H @<(printf 'Authorization: Bearer '; usher get tally) https://api.tally.so/users/me
        usher get tailscale-api-key params.organizationName --reveal
        usher get tally --json | jq -r .credentials.apiKey
      """)

  @Argument(help: "A connection: PROVIDER/NAME, or PROVIDER.", completion: .connections)
  var name: String
  @Argument(
    help: "A field, where there is more than one secret: apiKey, params.subdomain.",
    completion: .fields)
  var field: String?
  @Flag(help: "Print to a terminal too.") var reveal = false
  @Flag(help: "All values as JSON, in the form that connect --from takes.") var json = false
  @OptionGroup var store: StoreOptions

  func perform() throws -> ExitCode {
    if Console.isOutputTerminal && !reveal { throw CommandError.secretOnTerminal }
    let session = try store.session()
    let record = try session.read(session.name(meant: name))
    var output = SecretBuffer(capacity: SecretBuffer.fileCapacity)
    if json {
      guard let text = SubmissionFile.write(record.values) else { throw tooLong }
      output = text
    } else {
      if field == nil, record.provider.authMode.needsConsent {
        throw CommandError.tokenMeant(record.facts.name)
      }
      let id = try FieldLookup(record: record).resolve(field)
      record.values.withBytes(of: id) { bytes in _ = output.append(bytes) }
    }
    if json || Console.isOutputTerminal { output.append(UInt8(ascii: "\n")) }
    Console.secret(output)
    return .done
  }

  private var tooLong: CommandError {
    .failed(
      Explanation(
        what: "the values are too long for one document", why: "it would be more than 1 MiB",
        advice: "get them one by one: usher get \(name) FIELD"))
  }
}
