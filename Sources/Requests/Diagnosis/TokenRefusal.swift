internal import Basics
internal import ProviderFormat
internal import Secrets

/// The diagnosis of an answer that holds no token: by the word of OAuth that it says and what its own words are about,
/// else as any answer is read.
struct TokenRefusal {
  private let general: StatusDiagnosis
  private let reader: AnswerReader
  /// What the fields are called that a refusal is about: `Client ID and Client Secret`.
  private let fields: String
  /// What the field for scopes is called, where there is one.
  private let scopes: String?

  /// More titles than these make no sentence.
  private static let mostTitles = 3

  /// - Parameter names: the credentials that the request carries; nil for all that the form asks for.
  init(_ context: borrowing CheckContext, fields names: [String]? = nil) {
    let form = Form(provider: context.provider, guide: nil)
    general = context.general
    reader = AnswerReader(context)
    let titles = form.fields.filter {
      $0.isPrompted && $0.id.scope == .credentials && names?.contains($0.id.name) != false
    }.map(\.label)
    fields =
      (1...Self.mostTitles).contains(titles.count)
      ? titles.joined(separator: " and ") : "the values"
    scopes = form.fields.first { $0.id.name == "oauth_scopes" }?.label
  }

  /// The diagnosis of an answer, with the provider's own words; nil for a success that says nothing of a failure.
  func diagnosis(
    of answer: borrowing CheckAnswer, from sources: borrowing TemplateContext
  ) -> Diagnosis? {
    let reading = reader.read(answer, from: sources)
    var diagnosis = reader.diagnosis(reading)
    switch reading.meaning {
    case .clock, .gateway, .portal, .proxy, .place, .page, .rate, .trouble, .address, .plan,
      .redirect, .notModified, .absent, .other, .bare:
      if let error = OAuthError(in: answer), reading.meaning.givesWay(to: error) {
        diagnosis = self.diagnosis(error, reading)
      }
    case .refused, .ended, .noCredentials, .lacksRight, .malformed, .failed:
      if let error = OAuthError(in: answer) {
        diagnosis = self.diagnosis(error, reading)
      } else {
        describe(reading, in: &diagnosis)
      }
    case .accepted:
      guard let error = OAuthError(in: answer) else { return nil }
      diagnosis = self.diagnosis(error, reading)
    }
    diagnosis.status = answer.status
    diagnosis.providerSays = reading.says
    return diagnosis
  }

  /// The diagnosis of an answer whose status is not the one that a token comes with: a success of another kind proves
  /// nothing.
  func diagnosis(
    ofOther answer: borrowing CheckAnswer, from sources: borrowing TemplateContext
  ) -> Diagnosis {
    if let found = diagnosis(of: answer, from: sources) { return found }
    var unclear = general.diagnosis(.unclear)
    unclear.status = answer.status
    unclear.sentence =
      "\(general.name) answered \(answer.status), which is not what a token comes with."
    return unclear
  }

  /// What the general words cannot say: which fields a refusal is about.
  private func describe(_ reading: AnswerReading, in diagnosis: inout Diagnosis) {
    switch reading.meaning {
    case .refused: diagnosis.nextStep = "Copy \(fields) once more, or create new ones."
    case .ended: diagnosis.nextStep = "Create new ones in place of \(fields)."
    case .noCredentials:
      diagnosis.nextStep = "Check that \(fields) are filled in as the guide tells."
    case .malformed:
      // Of all that a token request can be blamed for, the values are what differs from one user to the next.
      diagnosis.kind = .refused
      diagnosis.sentence = "\(general.name) gives no token for these values."
      diagnosis.nextStep = "Check \(fields) and the other fields."
    case .accepted, .page, .failed, .lacksRight, .plan, .clock, .gateway, .portal, .proxy, .place,
      .address, .rate, .trouble, .bare, .absent, .redirect, .notModified, .other:
      break
    }
  }

  /// The diagnosis for a word of OAuth. Advice is given only where the answer's own words do not speak of something else.
  private func diagnosis(_ error: OAuthError, _ reading: AnswerReading) -> Diagnosis {
    var diagnosis = general.diagnosis(error.kind)
    let name = general.name
    switch error {
    case .invalidClient, .invalidGrant:
      refuse(error, reading, &diagnosis)
    case .unauthorizedClient:
      diagnosis.sentence = "\(name) knows this client, but does not let it get a token this way."
      diagnosis.nextStep = "Allow the client this kind of access where it was created."
    case .unsupportedGrantType:
      diagnosis.sentence = "\(name) does not give tokens to a client of this kind."
      diagnosis.nextStep = "Create a client of the kind that the guide names."
    case .invalidScope:
      diagnosis.sentence = "\(name) does not give this client the scopes that are asked for."
      diagnosis.nextStep =
        scopes.map { "Check \($0)." } ?? "Grant the client the scopes that the guide names."
    case .accessDenied:
      diagnosis.sentence = "\(name) denies this client access."
      diagnosis.nextStep = "Have an administrator of the account allow it."
    case .invalidRequest:
      diagnosis.kind = general.addressFields == nil ? .unclear : .wrongTenant
      diagnosis.sentence = "\(name) finds something missing or wrong in the token request."
      diagnosis.nextStep = "Check \(general.addressFields ?? fields)."
    case .slowDown: diagnosis.sentence = "\(name) was asked too often in a short time."
    case .temporarilyUnavailable, .serverError:
      diagnosis.sentence = "\(name) cannot give tokens at the moment."
    }
    if diagnosis.kind == .busy, let wait = reading.wait {
      diagnosis.nextStep = "Check again \(wait.words); nothing is wrong so far."
    }
    return diagnosis
  }

  private func refuse(
    _ error: OAuthError, _ reading: AnswerReading, _ diagnosis: inout Diagnosis
  ) {
    let name = general.name
    let topics = reading.topics.subtracting(Self.topics(of: error))
    let said = reading.says ?? ""
    if topics.contains(.missing), !topics.contains(.ended), !Self.saysWrong(said, error) {
      diagnosis.sentence =
        "\(name) gives no token: it finds that something is missing in the request."
      diagnosis.nextStep = "Check that \(fields) are filled in as the guide tells."
    } else if topics.contains(.ended), !Self.saysWrong(said, error) {
      diagnosis.sentence =
        "\(name) gives no token: what was handed in has expired, or was revoked or disabled."
      diagnosis.nextStep = "Create new ones in place of \(fields)."
    } else if said.isEmpty || WordTopics(of: said).contains(.wrong) {
      diagnosis.sentence =
        error == .invalidClient
        ? "\(name) does not know this client, or its secret is wrong."
        : "\(name) refuses what was handed in: it is wrong, expired or revoked."
      diagnosis.nextStep =
        error == .invalidClient
        ? "Copy \(fields) once more." : "Check \(fields), or create new ones."
    } else {
      diagnosis.sentence = "\(name) gives this client no token."
      diagnosis.nextStep = "Compare \(fields) with what the guide tells to create."
    }
  }

  /// What the word itself would be taken for, were it a sentence.
  private static func topics(of error: OAuthError) -> WordTopics { WordTopics(of: error.rawValue) }

  /// Whether more is said to be wrong than the word itself says.
  private static func saysWrong(_ text: String, _ error: OAuthError) -> Bool {
    text != error.rawValue && WordTopics(of: text).contains(.wrong)
  }
}

extension AnswerMeaning {
  /// Whether a word of OAuth tells more than what was read beside it: a status alone, or that access is denied.
  fileprivate func givesWay(to error: OAuthError) -> Bool {
    switch self {
    case .bare, .other, .absent, .address, .trouble: true
    case .rate, .accepted, .page, .failed, .refused, .ended, .noCredentials, .lacksRight, .plan,
      .clock, .gateway, .portal, .proxy, .place, .malformed, .redirect, .notModified:
      false
    }
  }
}
