internal import ProviderFormat
internal import Secrets

/// The diagnosis of an answer that holds no token: by the word of OAuth that it says, else by its status.
struct TokenRefusal {
  private let general: StatusDiagnosis
  /// What the fields are called that a refusal is about: `Client ID and Client Secret`.
  private let fields: String
  /// What the field for scopes is called, where there is one.
  private let scopes: String?

  /// More titles than these make no sentence.
  private static let mostTitles = 3

  /// - Parameter names: the credentials that the request carries.
  init(_ context: borrowing CheckContext, fields names: [String]) {
    let form = Form(provider: context.provider, guide: nil)
    general = context.general
    let titles = form.fields.filter {
      $0.isPrompted && $0.id.scope == .credentials && names.contains($0.id.name)
    }.map(\.label)
    fields =
      (1...Self.mostTitles).contains(titles.count)
      ? titles.joined(separator: " and ") : "the values"
    scopes = form.fields.first { $0.id.name == "oauth_scopes" }?.label
  }

  /// The diagnosis of an answer, with the provider's own words.
  func diagnosis(
    of answer: borrowing CheckAnswer, from sources: borrowing TemplateContext
  ) -> Diagnosis {
    let error = answer.body.withBytes { OAuthError(in: $0) }
    var diagnosis = byStatus(answer)
    if let error { diagnosis = self.diagnosis(error, status: answer.status) }
    diagnosis.providerSays = ProviderMessage.find(in: answer, from: sources)
    return diagnosis
  }

  private func byStatus(_ answer: borrowing CheckAnswer) -> Diagnosis {
    let status = answer.status
    switch status {
    case 200...299:
      var diagnosis = general.diagnosis(.unclear, status: status)
      diagnosis.status = status
      return diagnosis
    case 400, 422:
      // Of all that a token request can be blamed for, the values are what differs from one user to the next.
      var diagnosis = general.diagnosis(.refused)
      diagnosis.status = status
      diagnosis.sentence = "\(general.name) gives no token for these values."
      diagnosis.nextStep = "Check \(fields) and the other fields."
      return diagnosis
    default:
      var diagnosis = general.diagnosis(
        status: status, retryAfter: answer.header("retry-after"))
      if diagnosis.kind == .refused {
        diagnosis.nextStep = "Copy \(fields) once more, or create new ones."
      }
      return diagnosis
    }
  }

  /// The diagnosis for a word of OAuth.
  func diagnosis(_ error: OAuthError, status: Int) -> Diagnosis {
    var diagnosis = general.diagnosis(error.kind)
    let name = general.name
    switch error {
    case .invalidClient:
      diagnosis.sentence = "\(name) does not know this client, or its secret is wrong."
      diagnosis.nextStep = "Copy \(fields) once more."
    case .invalidGrant:
      diagnosis.sentence = "\(name) refuses what was handed in: it is wrong, expired or revoked."
      diagnosis.nextStep = "Check \(fields), or create new ones."
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
    diagnosis.status = status
    return diagnosis
  }
}
