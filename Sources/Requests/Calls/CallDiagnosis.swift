internal import Basics
internal import ProviderFormat
internal import Secrets

/// What an answer to a call means that is no success. What is read of it is what a check reads; its words are for whoever
/// has linked the account already, and asks for something of it.
struct CallDiagnosis {
  private let reader: AnswerReader
  private let general: StatusDiagnosis

  init(_ context: borrowing CheckContext) {
    reader = AnswerReader(context)
    general = context.general
  }

  /// - Parameter origin: where it was asked.
  func of(
    _ answer: borrowing CheckAnswer, at origin: Origin?, from sources: borrowing TemplateContext
  ) -> Diagnosis {
    let reading = reader.read(answer, from: sources)
    var diagnosis = reader.diagnosis(reading)
    let place = answer.header("location").flatMap { Self.place($0, at: origin, from: sources) }
    let (sentence, next) = words(reading, leadingTo: place)
    diagnosis.sentence = sentence ?? diagnosis.sentence
    diagnosis.nextStep = next
    diagnosis.host = origin?.description
    return diagnosis
  }

  /// Scheme, host and path of where an answer leads, without what may be a secret.
  private static func place(
    _ location: String, at origin: Origin?, from sources: borrowing TemplateContext
  ) -> String? {
    let path = String(location.prefix { $0 != "?" && $0 != "#" })
    let whole =
      path.isAbsolute || path.hasPrefix("//")
      ? path : "\(origin.map(\.description) ?? "")\(path.hasPrefix("/") ? "" : "/")\(path)"
    return whole.withBytes { Redactor.clean($0, from: sources) }
  }

  private static let relink =
    "Check the connection, and link the account again if it is refused there too."

  private func words(
    _ reading: AnswerReading, leadingTo place: String?
  ) -> (sentence: String?, next: String) {
    let name = general.name
    let answered = "\(name) answered \(reading.status)"
    switch reading.meaning {
    case .refused, .noCredentials: return (nil, Self.relink)
    case .ended: return (nil, "Link the account again.")
    case .lacksRight:
      return (
        "\(name) does not let these credentials do this.", "Give them the right to it with \(name)."
      )
    case .plan:
      return (
        "\(answered): the account's plan does not include this, or a payment is due.",
        "Look at the plan and the bills of the account with \(name)."
      )
    case .bare:
      return (
        "\(answered) and does not say why: a right may be missing, or something on the way may have refused.",
        "Check the rights of the credentials with \(name), and whether a firewall or proxy is in between."
      )
    case .address, .absent:
      if reading.status == 405 {
        return (
          "\(answered): it does not take this method there.", "Check the method and the path."
        )
      }
      return ("\(answered): there is nothing at this address.", "Check the path.")
    case .malformed:
      return (
        "\(answered): it does not understand the request.",
        "Compare the request with the documentation of \(name)."
      )
    case .clock: return (nil, "Set this machine's clock, and try again.")
    case .gateway: return (nil, "Try from another network, or ask who runs this one.")
    case .portal: return (nil, "Sign in to the network with a browser, then try again.")
    case .place: return (nil, "Allow this machine's address with \(name).")
    case .proxy: return (nil, "Check HTTPS_PROXY.")
    case .rate, .trouble:
      let when = reading.wait?.words ?? "in some minutes"
      return (nil, "Try again \(when).")
    case .redirect:
      let goal = place.map { "to \($0)" } ?? "to another place"
      return ("\(answered) and points \(goal): the request is not sent there.", "Check the path.")
    case .page:
      return (
        "\(answered) with a web page where data was asked for.",
        "Check the path, and whether this network asks for a sign-in first."
      )
    case .failed:
      return (
        "\(answered), but the answer itself says that the request failed.",
        "Compare the request with the documentation of \(name)."
      )
    case .accepted, .notModified, .other:
      return ("\(answered).", "Compare the request with the documentation of \(name).")
    }
  }
}
