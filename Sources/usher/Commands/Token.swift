internal import ArgumentParser
internal import Basics
internal import Connections
internal import Requests
internal import Secrets
internal import Store

/// `usher token`
struct Token: UsherCommand {
  static let configuration = CommandConfiguration(
    commandName: "token",
    abstract: "One access token to a pipe, valid for as long as you need it.",
    discussion: """
      What was got before is handed out while it is good, and is kept sealed; when its end is near another one is got, \
      once, however many ask. Refresh tokens stay in the store. An account that was linked in a browser is renewed in \
      the same way, for as long as its provider does so; then somebody has to agree again. Refuses a terminal, as get \
      does; --reveal says that you mean it.

      EXAMPLES
        usher token acme --header | curl -H @- https://api.example.com/users/me
        usher token tally --header | curl -H @- https://api.tally.so/users/me
        usher token acme | wc -c
        usher token acme --min-valid 1h --json | jq -r .token
        usher token aws-sigv4 --format aws
        usher token acme --forget
      """)

  /// What another program reads.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case aws
  }

  @Argument(help: "A connection: PROVIDER/NAME, or PROVIDER.", completion: .connections)
  var name: String
  @Flag(help: "Get a new one, whatever is kept.") var fresh = false
  @Option(
    help: ArgumentHelp(
      "Valid for at least so long: 30s, 5m, 1h. A quarter of an hour unless told.",
      valueName: "time"))
  var minValid: TimeSpan?
  @Flag(help: "Print JSON: the token, its end and its type.") var json = false
  @Flag(help: "The header lines that requests have, ready for curl -H @-; API keys too.")
  var header = false
  @Option(
    help: ArgumentHelp(
      "The document of another program: aws for credential_process.", valueName: "program"))
  var format: Format?
  @Flag(help: "Throw away what is kept, and print nothing.") var forget = false
  @Flag(help: "Print to a terminal too.") var reveal = false
  @OptionGroup var store: StoreOptions
  @OptionGroup var network: NetworkOptions

  func validate() throws {
    if [json, header, format != nil, forget].count(where: { $0 }) > 1 {
      throw ValidationError("--json, --header, --format and --forget exclude each other.")
    }
    if forget && (fresh || minValid != nil || reveal) {
      throw ValidationError("--forget gets no token: leave --fresh, --min-valid and --reveal out.")
    }
  }

  func perform() throws -> ExitCode {
    if forget { return try throwAway() }
    if Console.isOutputTerminal && !reveal { throw CommandError.secretOnTerminal }
    let access = ConnectionAccess(network: network)
    let session = try store.session()
    let connection = try session.name(meant: name)
    if header {
      let record = try session.read(connection)
      let token = try access.tokenIfAny(
        of: record, in: session, atLeast: minValid?.seconds, isFresh: fresh)
      Console.secret(try AccessHeaders.lines(of: record.submission(), token: token))
      return .done
    }
    // The record is opened only where nothing that is kept will do.
    let token = try access.token(
      of: connection, in: session, atLeast: minValid?.seconds, isFresh: fresh)
    Console.secret(try document(token, of: connection))
    return .done
  }

  private func document(
    _ token: borrowing TokenSet, of connection: ConnectionName
  ) throws(CommandError) -> SecretBuffer {
    let members = TokenMember.all(in: token)
    guard let first = members.first else { throw .noLoneToken(connection) }
    if json { return TokenDocument.json(token) }
    switch (format, first) {
    case (.aws, .accessToken):
      throw .usage(
        Explanation(
          what: "\(connection) has no credentials of AWS", why: "it has one token",
          advice: "leave out --format"))
    case (.aws, _): return TokenDocument.credentialProcess(token)
    case (nil, .accessToken): return TokenDocument.line(token)
    case (nil, _):
      throw .usage(
        Explanation(
          what: "\(connection) has three values in place of a token",
          why: "requests of AWS are signed with all of them",
          advice: "--json prints them; --format aws prints what credential_process takes"))
    }
  }

  private func throwAway() throws -> ExitCode {
    let session = try store.session()
    let connection = try session.name(meant: name)
    if let stored = try session.token(of: connection), stored.isOfConsent {
      throw CommandError.usage(
        Explanation(
          what: "what is kept for \(connection) is not thrown away",
          why: "only a person's consent in a browser gives it again",
          advice:
            "--fresh gets a new token; usher remove \(connection.shortest) takes the connection away"
        ))
    }
    let isGone = try session.removeToken(of: connection)
    Console.line(
      isGone
        ? "Threw away the token that was kept for \(connection)."
        : "No token was kept for \(connection).")
    return .done
  }
}
