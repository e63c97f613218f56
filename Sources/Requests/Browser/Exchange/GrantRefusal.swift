internal import Basics
internal import ProviderFormat
internal import Secrets

/// What it means that an answer of a flow holds no token, in words for whoever links an account in a browser: by the
/// word of OAuth that it says, else as any answer is read.
struct GrantRefusal {
  /// What was asked for.
  enum Stage: Equatable {
    case exchange, renewal, givenToken, installation, temporaryToken, registration, device
  }

  private let stage: Stage
  private let name: String
  /// Whether an application that is installed asks.
  private let isOfInstallation: Bool
  private let reader: AnswerReader
  /// Whether its client is one that registered itself, of which no page knows.
  private let registersItself: Bool

  init(_ context: borrowing CheckContext, _ stage: Stage) {
    self.stage = stage
    name = context.general.name
    registersItself = context.sources.values.contains(KeptRegistration.setting)
    isOfInstallation = [.app, .custom].contains(context.provider.authMode)
    reader = AnswerReader(context)
  }

  func diagnosis(
    of answer: borrowing CheckAnswer, from sources: borrowing TemplateContext
  ) -> Diagnosis {
    var reading = reader.read(answer, from: sources)
    // What an application signs counts only around its time, and few say that this is the reason.
    if stage == .installation, answer.status == 401, reading.clock != nil {
      reading.meaning = .clock
    }
    var diagnosis: Diagnosis
    switch reading.meaning {
    // A server that is in trouble may say anything of the grant.
    case _ where answer.status == 429 || answer.status >= 500:
      diagnosis = reader.general.diagnosis(.busy)
      diagnosis.sentence = "\(name) answered \(answer.status) and cannot help at the moment."
    case .clock, .gateway, .portal, .proxy, .page, .redirect, .rate, .trouble, .place:
      diagnosis = reader.diagnosis(reading)
    case .accepted, .failed, .refused, .ended, .noCredentials, .lacksRight, .plan, .address,
      .bare, .malformed, .absent, .notModified, .other:
      diagnosis = OAuthError(in: answer).map { self.diagnosis($0) } ?? general(reading)
    }
    diagnosis.status = answer.status
    diagnosis.providerSays = reading.says
    diagnosis.wait = reading.wait?.seconds
    if let advice = MicrosoftError(in: reading.says ?? "")?.advice { diagnosis.nextStep = advice }
    return diagnosis
  }

  /// Whether an answer says that the server does not know the client, or not this redirect address of it: servers
  /// forget clients that registered themselves.
  static func saysClientIsUnknown(_ answer: borrowing CheckAnswer) -> Bool {
    guard !answer.isSuccess, answer.status < 500 else { return false }
    if OAuthError(in: answer) == .invalidClient { return true }
    guard answer.body.count <= ProviderMessage.longestAnswer else { return false }
    let words = [
      "invalid_redirect_uri", "unregistered redirect", "not registered", "unknown client",
      "client not found", "client_not_found", "client id not found",
    ]
    return answer.body.withBytes { body in words.contains { body.containsIgnoringCase($0) } }
  }

  // MARK: Words

  private func diagnosis(_ error: OAuthError) -> Diagnosis {
    let (sentence, next) = words(error)
    return Diagnosis(kind: error.kind(at: stage), sentence: sentence, nextStep: next)
  }

  private func words(_ error: OAuthError) -> (sentence: String, next: String) {
    switch error {
    case .invalidClient where registersItself:
      (
        "\(name) does not know the client any more that registered itself there.",
        "Link the account again: it registers anew."
      )
    case .invalidClient:
      (
        "\(name) does not know this application, or its secret is wrong.",
        "Copy the client's identifier and secret once more from its page."
      )
    case .invalidGrant: refusedGrant
    case .unauthorizedClient:
      (
        "\(name) knows this application, but does not let it sign people in this way.",
        "Allow it on the application's page."
      )
    case .invalidScope:
      (
        "\(name) does not give this application the scopes that are asked for.",
        "Ask for other scopes, or allow these on the application's page."
      )
    case .accessDenied:
      ("The request was refused by whoever signed in.", "Open the address again and agree.")
    case .unsupportedGrantType:
      (
        "\(name) does not give tokens this way.",
        "Look at the kind of the application on its page; the provider's entry may be out of date."
      )
    case .invalidRequest:
      (
        "\(name) finds something wrong or missing in the request.",
        "Compare the redirect address with the one that is registered, letter by letter."
      )
    case .slowDown: ("\(name) was asked too often in a short time.", "Try again later.")
    case .temporarilyUnavailable, .serverError:
      ("\(name) cannot give tokens at the moment.", "Try again later; nothing is wrong so far.")
    }
  }

  private var refusedGrant: (sentence: String, next: String) {
    switch stage {
    case .renewal:
      (
        "\(name) does not renew the token any more: access was taken back, has expired, or was renewed elsewhere.",
        "Link the account again."
      )
    case .givenToken:
      (
        "\(name) does not take this refresh token: it is mistyped, has ended, was taken back, or belongs to another application.",
        "Copy it once more, or agree in a browser."
      )
    case .exchange, .installation, .temporaryToken, .registration, .device:
      (
        "\(name) does not take the code: it was used before, is older than a few minutes, or belongs to another redirect address or try.",
        "Open the address anew, and paste what the browser ends on at once."
      )
    }
  }

  /// Without a word of OAuth.
  private func general(_ reading: AnswerReading) -> Diagnosis {
    let answered = "\(name) answered \(reading.status)"
    switch reading.meaning {
    case _ where reading.status == 404 && isOfInstallation:
      return Diagnosis(
        kind: .refused, sentence: "\(answered): it knows no such application or installation.",
        nextStep:
          "Look at the application's number, and whether an owner of the account has installed or approved it."
      )
    case _ where (200...299).contains(reading.status):
      return Diagnosis(
        kind: reading.meaning == .accepted ? .unclear : .refused,
        sentence: "\(answered) \(lack).", nextStep: next)
    case .refused, .ended, .noCredentials, .lacksRight, .plan, .bare, .malformed:
      return Diagnosis(kind: .refused, sentence: "\(answered): it refuses.", nextStep: next)
    default: return reader.diagnosis(reading)
    }
  }

  /// What a success should have held.
  private var lack: String {
    switch stage {
    case .registration: "without an identifier for the client"
    case .device: "without what it takes to go on on another device"
    case .exchange, .renewal, .givenToken, .installation, .temporaryToken: "without a token"
    }
  }

  private var next: String {
    switch stage {
    case .exchange: "Open the address anew; look at the application's page if it stays so."
    case .renewal: "Link the account again if it stays so."
    case .givenToken: "Agree in a browser if it stays so."
    case .installation: "Look at the application's number, its key and its installation."
    case .temporaryToken: "Look at the application's page: its key, and its redirect address."
    case .registration: "Register an application by hand, and give its identifier."
    case .device: "Look at the application's page: whether it may be used from other devices."
    }
  }
}

extension OAuthError {
  /// A refused grant of a renewal is a credential that is good no more; a refusal of the registration is no refusal of
  /// credentials.
  fileprivate func kind(at stage: GrantRefusal.Stage) -> Diagnosis.Kind {
    switch self {
    case .invalidRequest: stage == .registration ? .unclear : .refused
    default: kind
    }
  }
}
