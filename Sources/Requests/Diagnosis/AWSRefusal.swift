internal import Basics
internal import ProviderFormat
internal import Secrets

/// The diagnosis of an answer by which AWS, or an owner's own service in its place, gives no credentials: by the code of
/// AWS (https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html), else by the status.
struct AWSRefusal {
  private enum Code {
    case denied, unknownKey, badSignature, expired, clock, disabledRegion, badValue, throttled
  }

  private let general: StatusDiagnosis
  private let reader: AnswerReader
  private let role: String
  private let key: String
  private let secret: String
  private let region: String
  private let asksAWS: Bool
  /// What the role's trust policy has to name; no secret.
  private let externalID: String

  init(_ context: borrowing CheckContext) {
    general = context.general
    reader = AnswerReader(context)
    let form = Form(provider: context.provider, guide: nil)
    let label = { (id: Field.ID, other: String) in
      form.fields.first { $0.id == id }?.label ?? other
    }
    role = label(STSSettings.role, "the role's ARN")
    key = label(STSSettings.keyID, "the access key ID")
    secret = label(STSSettings.secretKey, "the secret access key")
    region = label(.init(.connectionConfig, "region"), "the region")
    externalID = context.sources.values.withBytes(of: STSSettings.externalID) { $0.shownText }
    asksAWS = (try? STSSettings(context.sources.values))?.issuer == .aws
  }

  /// The role was not given out.
  func ofRole(
    _ answer: borrowing CheckAnswer, from sources: borrowing TemplateContext
  ) -> Diagnosis {
    var diagnosis = base(answer, from: sources)
    guard let code = code(in: answer) else {
      if !asksAWS, diagnosis.kind == .refused || diagnosis.kind == .lacksRight {
        diagnosis.sentence = "The STS endpoint answered \(answer.status) and gives no credentials."
        diagnosis.nextStep = "Check the key, or the user name and password, with which it is asked."
      }
      return diagnosis
    }
    (diagnosis.kind, diagnosis.sentence, diagnosis.nextStep) = verdict(code)
    if code == .clock { describe(ClockDifference(answer, now: sources.now), in: &diagnosis) }
    return diagnosis
  }

  /// The credentials that were given out are not taken.
  func ofIdentity(
    _ answer: borrowing CheckAnswer, from sources: borrowing TemplateContext
  ) -> Diagnosis {
    var diagnosis = base(answer, from: sources)
    switch code(in: answer) {
    case .denied, .unknownKey, .badSignature, .expired, .badValue:
      diagnosis.kind = .refused
      diagnosis.sentence = "AWS does not take the temporary credentials that were given out."
      diagnosis.nextStep =
        asksAWS ? "Check again in some minutes." : "See what the STS endpoint gives out."
    case .clock:
      (diagnosis.kind, diagnosis.sentence, diagnosis.nextStep) = verdict(.clock)
      describe(ClockDifference(answer, now: sources.now), in: &diagnosis)
    case .disabledRegion:
      (diagnosis.kind, diagnosis.sentence, diagnosis.nextStep) = verdict(.disabledRegion)
    case .throttled: (diagnosis.kind, diagnosis.sentence, diagnosis.nextStep) = verdict(.throttled)
    case nil: break
    }
    return diagnosis
  }

  /// The credentials are good, but somebody else's.
  func ofOther(_ owner: String) -> Diagnosis {
    var diagnosis = general.diagnosis(.wrongTenant)
    diagnosis.status = 200
    diagnosis.sentence = "The credentials are not those of this role: AWS names \(owner)."
    diagnosis.nextStep = "Check \(role)."
    return diagnosis
  }

  /// An answer that looks like success and lacks what it is for.
  func without(
    _ name: String, _ answer: borrowing CheckAnswer, from sources: borrowing TemplateContext
  ) -> Diagnosis {
    let read = base(answer, from: sources)
    if !read.isAccepted { return read }
    var diagnosis = general.diagnosis(.unclear)
    diagnosis.status = answer.status
    diagnosis.sentence = "The answer was \(answer.status), but without \(name)."
    return diagnosis
  }

  private func base(
    _ answer: borrowing CheckAnswer, from sources: borrowing TemplateContext
  ) -> Diagnosis {
    reader.diagnosis(of: answer, from: sources)
  }

  private func describe(_ difference: ClockDifference?, in diagnosis: inout Diagnosis) {
    guard let difference else { return }
    diagnosis.sentence =
      "AWS finds that the request was signed at another time than now: "
      + "this machine's clock is \(difference.words) its own."
  }

  private func verdict(_ code: Code) -> (Diagnosis.Kind, String, String) {
    switch code {
    case .denied:
      let id = externalID.isEmpty ? "the external ID" : "the external ID \(externalID)"
      return (
        .lacksRight, "AWS does not let the access key take on this role.",
        "Have the role's trust policy name the key's owner and \(id), and let the key's owner call sts:AssumeRole."
      )
    case .unknownKey:
      return (
        .refused, "AWS does not know this access key: it is mistyped, or it was deleted.",
        "Copy \(key) once more."
      )
    case .badSignature:
      return (
        .refused, "The secret access key is not the one of this access key ID.",
        "Copy \(key) and \(secret) once more."
      )
    case .expired:
      return (
        .refused, "The access key has expired.",
        "Give \(key) and \(secret) of a lasting access key."
      )
    case .clock:
      return (
        .unclear, "AWS finds that the request was signed at another time than now.",
        "Set this machine's clock, and check again."
      )
    case .disabledRegion:
      return (
        .wrongTenant, "The account does not give out credentials in this region.",
        "Check \(region), or have an administrator of the account switch the region on."
      )
    case .badValue:
      return (
        .wrongKind, "AWS finds that a value of the request is not of the form it should have.",
        "Check \(role)."
      )
    case .throttled:
      return (
        .busy, "AWS was asked too often in a short time.",
        "Check again in some minutes; nothing is wrong so far."
      )
    }
  }

  private static let paths = [
    "ErrorResponse/Error/Code", "Error.Code", "error.code", "__type", "code", "error",
  ].map(AnswerPath.init)

  private func code(in answer: borrowing CheckAnswer) -> Code? {
    guard answer.body.count <= ProviderMessage.longestAnswer else { return nil }
    for path in Self.paths {
      guard let text = path.text(in: answer), text.count <= 64 else { continue }
      // Some services put a namespace in front: `com.amazon.coral#AccessDenied`.
      let written = text.withBytes { $0.shownText }
      let name = written.split(separator: "#").last.map(String.init) ?? written
      guard let code = Self.codes[name] else { continue }
      // One code for two mistakes: a wrong key, and a wrong clock.
      let isClock = answer.body.withBytes { body in
        body.containsIgnoringCase("signature expired")
          || body.containsIgnoringCase("signature not yet current")
      }
      return code == .badSignature && isClock ? .clock : code
    }
    return nil
  }

  private static let codes: [String: Code] = [
    "AccessDenied": .denied, "AccessDeniedException": .denied, "NotAuthorized": .denied,
    "OptInRequired": .denied, "InvalidClientTokenId": .unknownKey,
    "UnrecognizedClientException": .unknownKey, "InvalidAccessKeyId": .unknownKey,
    "SignatureDoesNotMatch": .badSignature, "IncompleteSignature": .badSignature,
    "InvalidSignatureException": .badSignature, "ExpiredToken": .expired,
    "ExpiredTokenException": .expired, "RequestExpired": .clock,
    "RequestTimeTooSkewed": .clock, "RegionDisabledException": .disabledRegion,
    "ValidationError": .badValue, "ValidationException": .badValue, "Throttling": .throttled,
    "ThrottlingException": .throttled, "RequestLimitExceeded": .throttled,
  ]
}
