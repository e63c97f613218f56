internal import Basics
internal import ProviderFormat
internal import Secrets

/// What an entry says of its token request, with the defaults of its auth mode filled in.
struct TokenRules {
  /// How the client shows who it is, in an OAuth token request.
  enum Authentication: Equatable {
    /// `client_id` and `client_secret` among the parameters.
    case parameters
    case basic
    /// The same values, called `username` and `password`.
    case custom
    case privateKeyJWT
  }

  /// Where parameters go.
  enum Format: Equatable {
    case query
    case body(BodyFormat)
  }

  /// One request: the first, or one of `additional_steps`.
  struct Step {
    /// A template; nil when the entry has none.
    var address: String?
    /// `GET` or `POST`.
    var method: String
    var parameters: Value.Map
    var headers: [Provider.NamedTemplate]

    init(_ entry: Value.Map, authMode: AuthMode) {
      let url = entry["token_url"]
      address = url?.text ?? url?[authMode.rawValue]?.text
      method = entry["token_request_method"]?.text?.uppercased() == "GET" ? "GET" : "POST"
      parameters = entry["token_params"]?.map ?? .init()
      headers = entry["token_headers"]?.templates ?? []
    }

    /// Every name that it uses.
    var names: [String] {
      var texts = [address ?? ""] + headers.map(\.template)
      Value.map(parameters).forEachText { text, _ in texts.append(text) }
      return texts.flatMap { Template($0).names }
    }

    /// The step that renews what this one got. Its parameters are its own: what got the first token is not sent again.
    fileprivate func renewal(by entry: Value.Map) -> Step? {
      let parameters = entry["refresh_token_params"]?.map
      let headers = entry["refresh_token_headers"]?.templates
      guard parameters != nil || headers != nil else { return nil }
      var step = self
      step.address = entry["refresh_url"]?.text ?? address
      step.parameters = parameters ?? .init()
      step.headers = headers ?? self.headers
      return step
    }
  }

  let first: Step
  let additional: [Step]
  /// The request that gets a new token for a refresh token; nil where the entry has none, and all steps are taken anew.
  let renewal: Step?
  let format: Format
  let authentication: Authentication
  /// Put between the scopes of `oauth_scopes`.
  let scopeSeparator: String
  /// Whether cookies of the answer are part of what the answer gives.
  let keepsCookies: Bool
  /// Whether the client has to show a certificate (mutual TLS).
  let needsCertificate: Bool
  /// Where the token and its expiry stand in the answer.
  let response: TokenResponseRules
  /// What calls and renewals use of the answers besides the token: `step1.id`, `credentials.raw.id`.
  let lasting: [String]

  init(_ provider: Provider) {
    let entry = provider.entry
    let mode = provider.authMode
    first = Step(entry, authMode: mode)
    additional = (entry["additional_steps"]?.list ?? []).compactMap(\.map).map {
      Step($0, authMode: mode)
    }
    renewal = first.renewal(by: entry)
    authentication =
      switch entry["token_request_auth_method"]?.text {
      case "basic": .basic
      case "custom": .custom
      case "private_key_jwt": .privateKeyJWT
      default: .parameters
      }
    format =
      switch entry["body_format"]?.text {
      case "form": .body(.form)
      case "json": .body(.json)
      case "xml": .body(.xml)
      case "query": .query
      default: .body(mode.rules.proof == .token(.oauth) ? .form : .json)
      }
    scopeSeparator = entry["scope_separator"]?.text ?? " "
    keepsCookies = (entry["token_response_headers"]?.list ?? []).contains {
      $0.text?.lowercased() == "set-cookie"
    }
    needsCertificate = entry["require_client_certificate"]?.bool == true
    lasting = Self.lastingNames(provider, renewal)
    let isRenewed = renewal?.names.contains(where: TemplateScope.renewal.contains) == true
    response = TokenResponseRules(provider, lasting: lasting, isRenewed: isRenewed)
  }

  private static func lastingNames(_ provider: Provider, _ renewal: Step?) -> [String] {
    let proxy = provider.proxy
    var texts = (proxy.headers + proxy.query).map(\.template) + [proxy.baseURL ?? ""]
    Value.map(proxy.body).forEachText { text, _ in texts.append(text) }
    let names = texts.flatMap { Template($0).names } + (renewal?.names ?? [])
    return names.filter { name in
      name.hasPrefix(TokenResponseRules.rawPrefix)
        || name.hasPrefix("step") && name.dropFirst("step".count).first?.isNumber == true
    }.uniqued
  }

  /// The templates of every address that is asked.
  var addresses: [String] { ([first] + additional).compactMap(\.address) }

  /// The names of values that stand in answers of earlier steps: `step1.access_token`.
  var fetchedNames: [String] {
    additional.flatMap(\.names).filter { $0.hasPrefix("step") }.uniqued
  }

  /// The names that later steps use of the answer to a step, counted from 1.
  func names(ofStep step: Int) -> [String] {
    fetchedNames.filter { $0.hasPrefix("step\(step).") }
  }

  /// Puts what later steps and requests use of an answer where they find it. False when something is not there that a
  /// later step needs.
  func store(
    _ answer: borrowing TokenAnswer, ofStep step: Int, in sources: inout TemplateContext
  ) -> Bool {
    let needed = names(ofStep: step)
    var isWhole = true
    for name in (needed + lasting.filter { $0.hasPrefix("step\(step).") }).uniqued {
      if let value = answer.text(at: String(name.drop { $0 != "." }.dropFirst())) {
        sources.fetched.set(name, to: value)
      } else if needed.contains(name) {
        isWhole = false
      }
    }
    return isWhole
  }
}

/// What an entry says of the answer to its token request.
struct TokenResponseRules {
  enum Strategy { case expiresIn, expiresAt }

  /// Where the token stands, the first that is there counts. The empty path is the whole answer.
  let token: [String]
  /// Where its expiry stands, and what kind of value is there.
  let expiry: [(path: String, strategy: Strategy)]
  /// Whether a number of `expires_in` counts milliseconds.
  let isInMilliseconds: Bool
  /// How long a token without an expiry lives, in milliseconds; 0 when that is not known.
  let fixedLife: Int?
  /// Members that are kept with the connection, by path.
  let metadata: [String]
  /// Where a refresh token stands; nil where the entry does not say, or has no use for one.
  let refreshToken: String?
  /// Members that templates name by themselves: `credentials.raw.id`.
  let members: [String]

  /// What stands before the path of a member in its name.
  static let rawPrefix = "credentials.raw."

  init(token: [String], metadata: [String], members: [String]) {
    self.token = token
    self.metadata = metadata
    self.members = members
    expiry = []
    isInMilliseconds = false
    fixedLife = nil
    refreshToken = nil
  }

  /// - Parameters:
  ///   - lasting: the names that later requests use.
  ///   - isRenewed: whether a refresh token gets the next token.
  init(_ provider: Provider, lasting: [String], isRenewed: Bool) {
    let entry = provider.entry
    members = lasting.filter { $0.hasPrefix(Self.rawPrefix) }
    metadata = (entry["token_response_metadata"]?.list ?? []).compactMap(\.text)
    isInMilliseconds = entry["expires_in_unit"]?.text?.hasPrefix("millisecond") == true
    let written = entry["token_response"]
    if provider.authMode.rules.proof == .token(.oauth) {
      token = ["access_token", "data.token", "jwt"]
      refreshToken = nil
      expiry = [("expires_at", .expiresAt), ("expires_in", .expiresIn)]
    } else {
      token = [written?["token"]?.text ?? ""]
      refreshToken = isRenewed ? written?["refresh_token"]?.text : nil
      let isPeriod = written?["token_expiration_strategy"]?.text == "expireIn"
      expiry =
        written?["token_expiration"]?.text.map { [($0, isPeriod ? .expiresIn : .expiresAt)] } ?? []
    }
    if case .int(let life) = entry["token_expires_in_ms"] {
      fixedLife = life
    } else {
      fixedLife = nil
    }
  }
}

extension [String] {
  /// Each once, where it came first.
  fileprivate var uniqued: [String] {
    reduce(into: []) { names, name in
      if !names.contains(name) { names.append(name) }
    }
  }
}
