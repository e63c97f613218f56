package import Basics

/// What the check found out. Holds no secret: texts of the provider have been cleaned and redacted before they get
/// here.
package struct Diagnosis: Equatable, Sendable {
  /// One word for what happened. The raw values are stored and shown in JSON.
  package enum Kind: String, Sendable, CaseIterable {
    /// The credentials work.
    case accepted
    /// Not a key of this kind, or not a key at all.
    case wrongKind = "wrong_kind"
    /// A good key for another account, organization or host.
    case wrongTenant = "wrong_tenant"
    /// A good key without a right that is needed.
    case lacksRight = "lacks_right"
    /// Expired, revoked or mistyped: most providers do not say which.
    case refused
    /// Rate limited or failing on its side.
    case busy
    /// No route, no name, refused, reset, too slow, proxy or TLS: `cause` says which.
    case unreachable
    /// The answer is not one that this check understands.
    case unclear
    /// No check is known for this provider.
    case uncheckable
    /// Ended by the user before there was an answer.
    case cancelled
  }

  /// Why the provider could not be asked.
  package enum Cause: String, Sendable, CaseIterable {
    /// The host's name has no address.
    case noName = "no_name"
    /// No server could say which address the host's name has.
    case noNameServer = "no_name_server"
    case noRoute = "no_route"
    /// The host answers, and nothing listens on the port.
    case connectionRefused = "connection_refused"
    case connectionReset = "connection_reset"
    /// The limits of the check passed first.
    case timeout
    /// No secure connection came about: the certificate, its name, or the version.
    case tls
    /// The provider demands a client certificate, or refuses the one that it was shown.
    case clientCertificate = "client_certificate"
    /// The proxy cannot be reached, or refuses.
    case proxy
    /// The address is one that Usher does not send credentials to.
    case forbiddenAddress = "forbidden_address"
    /// A redirect to another origin.
    case redirect
    /// Longer than the limit, compressed beyond reason, or not HTTP.
    case badAnswer = "bad_answer"
    /// The check's own process failed.
    case internalFailure = "internal"
  }

  /// What happened.
  package var kind: Kind
  /// Why the provider could not be asked; nil when it answered.
  package var cause: Cause?
  /// The HTTP status of the answer that decided.
  package var status: Int?
  /// For how many seconds a busy provider wants not to be asked; nil where it does not say.
  package var wait: Int64?
  /// Host, and port when it is not 443, that was asked.
  package var host: String?
  /// Who the credentials belong to: a name, an e-mail, a user id.
  package var account: String?
  /// The account's organization, team or workspace.
  package var organization: String?
  /// When the credentials end; nil when nothing is known of an end.
  package var expires: Timestamp?
  /// What stands where the end of validity is, when it could not be read as a date; cleaned and redacted.
  package var unreadExpiry: String?
  /// When the token ends that was fetched for the check and thrown away. The credentials may live longer.
  package var tokenExpires: Timestamp?
  /// What stands where the end of that token is, when it could not be read; cleaned and redacted.
  package var unreadTokenExpiry: String?
  /// What the credentials may do, in the provider's words.
  package var rights: [String] = []
  /// What the answer says that later use needs, by the name that the provider's entry gives: `instance_url`.
  package var metadata: [String: String] = [:]
  /// The diagnosis in one sentence, with a period.
  package var sentence: String
  /// One thing to do next, a sentence with a period; empty when there is nothing to do.
  package var nextStep: String
  /// The provider's own words, cleaned and redacted, at most 300 characters.
  package var providerSays: String?

  /// One of which nothing else is known: no status, no account, no words of the provider.
  package init(kind: Kind, sentence: String, nextStep: String = "") {
    self.kind = kind
    self.sentence = sentence
    self.nextStep = nextStep
  }

  /// The most members of `metadata`. The entries known name one or two.
  package static let mostMetadata = 16

  /// Whether the credentials may be stored without a further question.
  package var isAccepted: Bool { kind == .accepted }
}

extension Diagnosis {
  /// What a script is told.
  package var exitCode: ExitCode {
    switch kind {
    case .accepted, .uncheckable: .done
    case .wrongKind, .wrongTenant, .lacksRight, .refused: .refused
    case .busy, .unreachable, .unclear: .notAsked
    case .cancelled: .interrupted
    }
  }
}
