package import Basics

/// What the `usher:` key of a provider entry declares: the check with its diagnosis, values that can be derived, hints
/// about other kinds of token, and how a key is revoked. All of it is data; none of it is code.
package struct UsherExtension: Sendable, Equatable {
  /// The provider's domain, shown beside its name where names are easily confused.
  package var domain: String?
  /// The check's requests in order; empty means the general check of the provider's auth mode. An entry that declares
  /// none and names a script has the requests of the built-in check of that name.
  package var check: [CheckStep] = []
  /// Values that are made of other values (`usher.derive`).
  package var derivations: [Derivation] = []
  /// What to say of values that begin in a certain way (`usher.hints`).
  package var hints: [Hint] = []
  /// How severe a value that fails its field's pattern is; a field that is not named takes `error`.
  package var patternSeverity: [Field.ID: PatternSeverity] = [:]
  /// How a value is taken back (`usher.revoke`). An entry that says nothing of it has what is known of the place where its
  /// tokens are got (`KnownRevocations`).
  package var revocation: Revocation?
  /// How an account is linked by a code that is typed on another device; nil where the provider does not know that.
  package var device: DeviceGrant?
  /// Field → the environment variable under which `usher run` hands it over, from the key `env`; the provider's own
  /// tools often have a usual name for it.
  package var variables: [Field.ID: String] = [:]

  /// What an entry without the key `usher` declares: nothing.
  package init() {}

  /// How bad it is when a value does not match its field's pattern. Both can be overridden by the user.
  package enum PatternSeverity: String, Sendable {
    /// Refused unless the user says that the value is right.
    case error
    /// Said, and let through.
    case warning
  }

  /// A value that need not be asked.
  package struct Derivation: Sendable, Equatable {
    /// Where the derived value goes.
    package enum Target: Sendable, Equatable {
      /// A field: the derived value is offered in it and can be changed.
      case field(Field.ID)
      /// A name for templates: `${derived.NAME}`.
      case name(String)
    }

    /// What the value is derived from.
    package enum Source: Sendable, Equatable {
      /// A fixed text.
      case text(String)
      /// The first capture group of an expression searched in another field's value.
      case pattern(String, in: Field.ID)
      /// A path in the answer of the check.
      case answer(String)
    }

    /// What is made.
    package var target: Target
    /// What it is made of.
    package var source: Source
    /// Why this value is right, shown beside the offer: `the organization that the token belongs to`.
    package var because: String?

    package init(target: Target, source: Source, because: String? = nil) {
      self.target = target
      self.source = source
      self.because = because
    }
  }

  /// What the beginning of a value says about it.
  package struct Hint: Sendable, Equatable {
    /// What it means that a value begins so.
    package enum Verdict: String, Sendable {
      /// The right kind: the prefix may be shown under the mask.
      case right
      /// Another kind of token: refused with `say`, unless the user insists.
      case wrong
      /// How every right value begins. A value that begins with none of its field's required beginnings is refused
      /// with the first one's `say`, unless the user insists.
      case required
    }

    /// The field that the hint is about.
    package var field: Field.ID
    /// How such values begin, letter by letter.
    package var startsWith: String
    /// What it means that one does.
    package var verdict: Verdict
    /// A sentence for the wrong kind and for the missing beginning; a short name of the kind for the right one.
    package var say: String?

    package init(field: Field.ID, startsWith: String, verdict: Verdict, say: String? = nil) {
      self.field = field
      self.startsWith = startsWith
      self.verdict = verdict
      self.say = say
    }
  }

  /// The device grant (RFC 8628) as a provider has it (`usher.device`). What is left out is what the standard has.
  package struct DeviceGrant: Sendable, Equatable {
    /// Where the code is got: a template.
    package var url: String
    /// Where the token is got, once somebody has agreed: a template. Nil for the entry's `token_url`.
    package var tokenURL: String?
    /// Parameters of the request for a code, beside the standard's; null takes one of those away.
    package var parameters: Value.Map
    /// The same for the request for a token.
    package var tokenParameters: Value.Map
    /// How the client proves itself: `none`, `client_secret_basic` or `client_secret_post`.
    package var method: String?

    package init(
      url: String, tokenURL: String? = nil, parameters: Value.Map = .init(),
      tokenParameters: Value.Map = .init(), method: String? = nil
    ) {
      self.url = url
      self.tokenURL = tokenURL
      self.parameters = parameters
      self.tokenParameters = tokenParameters
      self.method = method
    }
  }
}
