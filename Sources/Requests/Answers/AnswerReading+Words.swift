internal import Basics
internal import ProviderFormat

/// What was read, as a diagnosis in words.
extension AnswerReader {
  /// The diagnosis of an answer of which the entry says nothing.
  func diagnosis(
    of answer: borrowing CheckAnswer, from sources: borrowing TemplateContext
  ) -> Diagnosis {
    diagnosis(read(answer, from: sources))
  }

  func diagnosis(_ reading: AnswerReading) -> Diagnosis {
    let (sentence, next) = words(reading)
    var diagnosis = Diagnosis(kind: reading.meaning.kind, sentence: sentence, nextStep: next)
    diagnosis.cause = reading.meaning.cause
    diagnosis.status = reading.status
    if reading.meaning != .accepted { diagnosis.providerSays = reading.says }
    return diagnosis
  }

  private var name: String { general.name }

  private static let later = "Check again later, or store it unchecked if you are sure of it."

  private func words(_ reading: AnswerReading) -> (sentence: String, next: String) {
    let answered = "\(name) answered \(reading.status)"
    switch reading.meaning {
    case .accepted: return general.words(of: .accepted)
    case .page: return page(reading)
    case .failed:
      return (
        "\(answered), but the answer itself says that the request failed, and not that the credentials are the reason.",
        Self.later
      )
    case .refused, .ended, .noCredentials: return refusal(reading)
    case .lacksRight: return lackingRight(reading)
    case .plan:
      return (
        "\(answered): the account's plan does not include what the check asks, or a payment is due.",
        "Look at the plan and the bills of the account with \(name), then check again."
      )
    case .clock: return clock(reading)
    case .gateway: return gateway(reading)
    case .portal:
      return (
        "The network wants a sign-in before it lets requests through to \(name).",
        "Sign in to the network with a browser, then check again."
      )
    case .bare:
      return (
        "\(answered) and does not say why: the key may lack a right, or something on the way may have refused.",
        "Check the key's rights with \(name), and whether a firewall or proxy is in between."
      )
    case .place:
      return (
        "\(name) does not take requests from where this machine is.",
        "Allow this machine's address with \(name), or check from another network."
      )
    case .proxy:
      return ("A proxy wants a sign-in before it lets requests through.", "Check HTTPS_PROXY.")
    case .address:
      let next = general.addressFields.map { "Check \($0)." }
      return (
        "\(name) has nothing for these credentials under this address.",
        next ?? "Check that the key belongs to this account."
      )
    case .rate, .trouble: return busy(reading)
    case .malformed:
      return (
        "\(answered): it does not understand the request, as when a value is malformed.",
        "Compare each value with the guide; store them unchecked if you are sure of them."
      )
    case .absent:
      return (
        "\(answered): what the check asks for is not there, which says nothing about the credentials.",
        Self.later
      )
    case .redirect: return redirect(reading)
    case .notModified:
      return (
        "\(answered), which is for whoever has a copy already: it says nothing about the credentials.",
        Self.later
      )
    case .other:
      let isKnown = (100...599).contains(reading.status)
      let what = isKnown ? "which says" : "a status that HTTP does not know, which says"
      return ("\(answered), \(what) nothing about the credentials.", Self.later)
    }
  }

  private func page(_ reading: AnswerReading) -> (String, String) {
    let purpose = reading.isSignIn ? " to sign in on" : ""
    let title = reading.title.map { ", titled “\($0)”," } ?? ""
    return (
      "\(name) sent a web page\(purpose)\(title) where data was asked for: it says nothing about the credentials.",
      general.addressFields.map {
        "Check \($0), and whether this network asks for a sign-in first."
      }
        ?? "Check whether this network asks for a sign-in first, then check again."
    )
  }

  private func refusal(_ reading: AnswerReading) -> (String, String) {
    if reading.meaning == .noCredentials {
      return (
        "\(name) refuses the request, because it finds no credentials in it, or not all.",
        "Check that every field is filled in as the guide tells."
      )
    }
    if reading.meaning == .ended {
      return (
        "\(name) refuses these credentials: they have expired, or were revoked or disabled.",
        "Create new ones, or have these enabled again."
      )
    }
    if let signed = SignedRefusal(general.provider) { return signed.words(needsRight: false) }
    return general.words(of: .refused)
  }

  private func lackingRight(_ reading: AnswerReading) -> (String, String) {
    if let signed = SignedRefusal(general.provider) {
      return (general.words(of: .lacksRight).sentence, signed.words(needsRight: true).next)
    }
    if reading.topics.contains(.right) { return general.words(of: .lacksRight) }
    return (
      "\(name) does not let these credentials do what the check asks.",
      "Give the key the right to it, or create one that has it."
    )
  }

  private func clock(_ reading: AnswerReading) -> (String, String) {
    let next = "Set this machine's clock, and check again."
    if let difference = reading.clock {
      return (
        "\(name) refuses \(isSigned ? "what was signed" : "the request"), and this machine's clock is \(difference.words) its own.",
        next
      )
    }
    return (
      "\(name) finds that the request was made at another time than now: this machine's clock, or its own, is wrong.",
      next
    )
  }

  /// An answer of somebody between here and there.
  private func gateway(_ reading: AnswerReading) -> (String, String) {
    let title = reading.title.map { ", titled “\($0)”" } ?? ""
    let page = reading.isPage ? ": it sent a web page\(title)" : ""
    return (
      "Something on the way to \(name) refused the request\(page).",
      "Check from another network, or ask who runs this one; nothing is known of the credentials."
    )
  }

  private func busy(_ reading: AnswerReading) -> (String, String) {
    let when = reading.wait?.words ?? "in some minutes"
    if reading.meaning == .rate, reading.status != 408, reading.status != 425 {
      return (
        "\(name) was asked too often in a short time.",
        "Check again \(when); nothing is wrong so far."
      )
    }
    return (
      reading.status < 400
        ? "\(name) says that it has trouble of its own."
        : "\(name) has trouble of its own and answered \(reading.status).",
      "Check again \(when); nothing is known of the credentials."
    )
  }

  private func redirect(_ reading: AnswerReading) -> (String, String) {
    let answered = "\(name) answered \(reading.status)"
    let fields = general.addressFields
    guard [301, 302, 303, 307, 308].contains(reading.status) else {
      return ("\(answered), which says nothing about the credentials.", Self.later)
    }
    return (
      "\(answered) and points to another place, perhaps to sign in: the check cannot go there.",
      fields.map { "Check \($0)." } ?? Self.later
    )
  }
}
