internal import Basics
internal import ProviderFormat

/// Why nothing was taken back, in words for whoever wanted it to be: what was answered, and what a person can do instead.
struct RevocationRefusal {
  private let name: String
  /// What is to be taken back: `key`, `access`.
  private let what: String
  /// The last sentence of what to do.
  private let byHand: String

  init(_ provider: Provider) {
    name = provider.displayName
    what = provider.authMode.needsConsent ? "access" : "key"
    byHand =
      provider.usher.revocation?.page.map { "Take it back by hand: \($0)" }
      ?? "Take it back by hand in your account at \(name)."
  }

  /// Of an answer that was no success.
  func diagnosis(
    _ reading: AnswerReading, isClientWrong: Bool, _ reader: AnswerReader
  ) -> Diagnosis {
    var diagnosis: Diagnosis
    switch reading.meaning {
    case _ where isClientWrong:
      diagnosis = Diagnosis(
        kind: .refused,
        sentence: "\(name) does not know the application that asks, or its secret is wrong.")
    case .refused, .ended, .noCredentials:
      diagnosis = Diagnosis(
        kind: .refused, sentence: "\(name) refuses the request to take the \(what) back.")
    case .lacksRight, .plan, .bare:
      diagnosis = Diagnosis(
        kind: .lacksRight, sentence: "\(name) does not let the \(what) take itself back.")
    case .rate, .trouble:
      diagnosis = Diagnosis(
        kind: .busy,
        sentence: "\(name) answered \(reading.status) and takes nothing back at the moment.",
        nextStep: "Try again \(reading.wait?.words ?? "later").")
    case .page, .clock, .gateway, .portal, .proxy, .place, .redirect:
      diagnosis = reader.diagnosis(reading)
      diagnosis.nextStep = ""
    case .failed, .address, .malformed, .absent, .notModified, .other, .accepted:
      diagnosis = Diagnosis(
        kind: .unclear,
        sentence: "\(name) answered \(reading.status) to the request to take the \(what) back.")
    }
    diagnosis.status = reading.status
    diagnosis.wait = reading.wait?.seconds
    diagnosis.providerSays = reading.says
    return advising(diagnosis)
  }

  /// Where the provider's check still takes what was to be gone.
  func stillGood(_ status: Int) -> Diagnosis {
    let sentence =
      status == 401
      ? "\(name) still takes the \(what), and does not let it take itself back."
      : "\(name) answered \(status), as if there were nothing to take back, and still takes the \(what)."
    var diagnosis = Diagnosis(kind: .lacksRight, sentence: sentence)
    diagnosis.status = status
    return advising(diagnosis)
  }

  /// Of tokens of a kind that the server does not take back.
  /// - Parameters:
  ///   - taken: what it has taken back before.
  ///   - end: when what is left ends by itself.
  func unsupported(
    _ tokens: [RevokedToken], taken: [RevokedToken], end: Timestamp?
  ) -> Diagnosis {
    let left = tokens.contains(where: \.isRefresh) ? RevokedToken.refresh : .access
    let until = left.isRefresh ? nil : end.map { ", which is good until \($0)" }
    let sentence =
      if let first = taken.first {
        "\(name) has taken the \(first.words) back, and does not take back the \(left.words)\(until ?? "")."
      } else {
        "\(name) does not take tokens of this kind back when it is asked."
      }
    return advising(Diagnosis(kind: .unclear, sentence: sentence))
  }

  /// Where the server's own words name no place for it.
  var unknownPlace: Diagnosis {
    advising(
      Diagnosis(
        kind: .unclear, sentence: "\(name) does not say where it takes tokens back."))
  }

  /// Where the data of the provider say no way.
  var noWay: Diagnosis {
    advising(
      Diagnosis(
        kind: .unclear,
        sentence: "It is not known how \(name) is asked to take the \(what) back."))
  }

  /// The same with what a person can do.
  func advising(_ diagnosis: Diagnosis) -> Diagnosis {
    var diagnosis = diagnosis
    diagnosis.nextStep = diagnosis.nextStep.isEmpty ? byHand : "\(diagnosis.nextStep) \(byHand)"
    return diagnosis
  }
}
