internal import ArgumentParser
internal import Basics
internal import Connections
internal import Drafts
internal import Glibc
internal import ProviderFormat
internal import Requests
internal import Secrets
internal import Store

/// `usher git-credential`
struct GitCredential: UsherCommand {
  static let configuration = CommandConfiguration(
    commandName: "git-credential",
    abstract: "A credential helper for git: a linked account's token as the password.",
    discussion: """
      git starts it, and says for which host: that stands in git's configuration, so name one there. The password is \
      the access token, or the only secret of a connection without tokens. The user name is that of --username, else \
      the one that git names, else the connection's own; where there is none it is oauth2, as hosts want it that take \
      a token for a password.

      EXAMPLES
        git config --global credential.https://git.example.com.helper '!usher git-credential acme'
        git config --global credential.https://git.example.com.helper '!usher git-credential acme --username ann'
        echo protocol=https | usher git-credential acme get | wc -l
      """)

  @Argument(help: "A connection: PROVIDER/NAME, or PROVIDER.", completion: .connections)
  var name: String
  @Argument(
    help: "What git wants: get, store or erase.", completion: .list(["get", "store", "erase"]))
  var operation: String
  @Option(help: ArgumentHelp("The user name.", valueName: "name")) var username: String?
  @OptionGroup var store: StoreOptions
  @OptionGroup var network: NetworkOptions

  /// Nothing but the protocol goes to standard output: git reads it, and takes what it finds there for its own.
  func perform() throws -> ExitCode {
    switch operation {
    case "get": return try get()
    case "erase":
      try? erase()
      return .done
    // Nothing is stored for git; and what it may ask one day, it wants to be passed over.
    default: return .done
    }
  }

  private func get() throws -> ExitCode {
    if Console.isOutputTerminal { throw onTerminal }
    let access = ConnectionAccess(network: network)
    let request = try GitCredentialRequest(from: STDIN_FILENO)
    guard request.scheme ?? "https" == "https" else { throw unprotected(request.scheme ?? "") }
    let session = try store.session()
    let record = try session.read(session.name(meant: name))
    let password = try password(of: record, in: session, access)
    let user = username ?? request.username ?? record.ownUserName ?? Self.usualUserName
    Console.secret(try Self.answer(user, password))
    return .done
  }

  /// What git-credential-oauth says to hosts of which nothing else is known.
  private static let usualUserName = "oauth2"

  private func password(
    of record: borrowing ConnectionRecord, in session: borrowing StoreSession,
    _ access: ConnectionAccess
  ) throws -> SecretBuffer {
    let members = TokenMember.all(of: record.provider)
    if members.isEmpty {
      let field = try FieldLookup(record: record).resolve(nil)
      return record.values.withBytes(of: field) { SecretBuffer(copying: $0) }
    }
    guard members == [.accessToken] else {
      throw CommandError.failed(
        Explanation(
          what: "\(record.facts.name) has nothing that is a password",
          why: "requests of AWS are signed with three values",
          advice: "link an account of the git host"))
    }
    let token = try access.token(of: record.facts.name, in: session)
    return token.withAccessToken { SecretBuffer(copying: $0) }
  }

  /// `username=…` and `password=…`, a line each. A value with a line break in it would be read as something else.
  private static func answer(
    _ user: String, _ password: borrowing SecretBuffer
  ) throws(CommandError) -> SecretBuffer {
    var text = SecretBuffer(capacity: user.utf8.count + password.count + 32)
    text.append(text: "username=\(user)\npassword=")
    password.withBytes { _ = text.append($0) }
    text.append(UInt8(ascii: "\n"))
    let isSound = text.withBytes { bytes in
      bytes.byteOffsets.count { bytes[$0] == UInt8(ascii: "\n") } == 2
        && !bytes.contains { $0 == 0 }
    }
    guard isSound else {
      throw .failed(
        Explanation(
          what: "git cannot be given this user name and password",
          why: "one of them has several lines, or a zero byte in it",
          advice: "link an account whose secret is a single line"))
    }
    return text
  }

  /// git has seen a password refused. What is kept is thrown away if that was it: the next one will be another.
  private func erase() throws {
    let request = try GitCredentialRequest(from: STDIN_FILENO)
    let session = try store.session()
    let connection = try session.name(meant: name)
    guard var stored = try session.token(of: connection), let kept = stored.duplicateTokens() else {
      return
    }
    let isRefused =
      switch request.password {
      case nil: true
      case .some(let password):
        kept.withAccessToken { kept in password.withBytes { $0.equals(kept) } }
      }
    guard isRefused else { return }
    guard kept.isOfConsent else {
      try session.removeToken(of: connection)
      return
    }
    // What renews it stays: without that a person would have to agree again. Where nothing does, another repository may
    // take what this one has refused.
    let record = try session.read(connection)
    guard Renewal.outlook(record.submission(), known: stored.tokens) == .possible else { return }
    stored.tokens?.expires = kept.obtained
    try session.saveToken(stored, of: record.facts)
  }

  private var onTerminal: CommandError {
    .usage(
      Explanation(
        what: "a secret is not printed to a terminal",
        why: "it would stay in the scroll-back and in recordings",
        advice: "let git start it: git config credential.helper '!usher git-credential \(name)'"))
  }

  private func unprotected(_ scheme: String) -> CommandError {
    .failed(
      Explanation(
        what: "git gets no password for \(scheme)",
        why: "whoever listens on the way could read it",
        advice: "use an https:// address for the remote"))
  }
}

extension ConnectionRecord {
  /// The user name that stands among the values; nil where there is none, or a secret one.
  fileprivate var ownUserName: String? {
    let form = Form(provider: provider, guide: nil)
    let field = form.fields.first { field in
      !field.isMasked && values.contains(field.id)
        && ["username", "user"].contains(field.id.name.lowercased())
    }
    guard let field else { return nil }
    let name = values.withBytes(of: field.id) { $0.shownText }
    return name.isEmpty ? nil : name
  }
}
