internal import Basics
internal import ProviderFormat
internal import Requests
internal import Secrets

/// While the provider is asked what a link takes.
struct LinkingScreen: WizardScreen {
  /// What is asked.
  enum Purpose: Equatable {
    /// What the question needs.
    case preparing
    /// To redeem what a browser brought.
    case redeeming
    /// The question itself.
    case asking
    /// A token for a refresh token.
    case renewing
    /// Where the application is installed.
    case looking
    /// Whether somebody has agreed on another device.
    case device
  }

  let purpose: Purpose
  private let started: ContinuousClock.Instant
  private var progress: CheckProgress?
  private var seconds = 0

  init(_ purpose: Purpose, at now: ContinuousClock.Instant) {
    self.purpose = purpose
    started = now
  }

  var screen: Screen { .linking(self) }

  var deadline: ContinuousClock.Instant? { started + .seconds(seconds + 1) }

  mutating func tick(at now: ContinuousClock.Instant) {
    seconds = Int((now - started).components.seconds)
  }

  mutating func record(_ progress: CheckProgress) { self.progress = progress }

  /// Nothing can be chosen here: a second Enter that was meant for the screen before does nothing.
  mutating func handle(_ input: Input, _ visit: inout LinkSession) -> Request {
    switch input {
    case .command(.back): return .back
    case .command(.leave): return .leave
    case .command(.copy): return code(visit).map { .copyShown($0.address) } ?? .stay
    case .command(.scroll(let scroll)): return .scroll(scroll)
    case .command(.move(.up)): return .scroll(.up)
    case .command(.move(.down)): return .scroll(.down)
    case .command, .edit: return .stay
    }
  }

  func page(_ visit: borrowing LinkSession) -> Page {
    let code = code(visit)
    var page = Page(
      header: visit.header(position: position, station: visit.consentStation),
      title: code == nil ? "Asking \(visit.provider.displayName)" : "Agree on another device")
    page.items = code.map(items) ?? [.paragraph(sentence(visit))]
    var facts: [Page.Fact] = []
    if let progress {
      let number = progress.request > 1 && purpose != .device ? ", request \(progress.request)" : ""
      facts.append(.init("Asking", progress.place + number))
    }
    facts.append(.init("Waiting", waiting(code, visit)))
    page.items.append(.facts(facts))
    page.keys = [
      KeyHint(.back, "cancel", weight: 10), KeyHint(.help, "help", weight: 8, isTyping: true),
    ]
    if code != nil {
      page.keys.insert(KeyHint(.copy, "copy the address", brief: "copy", weight: 9), at: 0)
    }
    return page
  }

  private var position: String {
    switch purpose {
    case .preparing: "Preparing"
    case .redeeming, .asking, .renewing, .looking: "Linking"
    case .device: "Consent"
    }
  }

  private func sentence(_ visit: borrowing LinkSession) -> String {
    let name = visit.provider.displayName
    switch purpose {
    case .preparing:
      return
        "\(name) is asked what it needs before the address to open can be shown. Nothing is stored."
    case .redeeming:
      return
        "The answer belongs to the question. \(name) is asked for what it is good for; a code is used once."
    case .asking:
      return "\(name) answers this question without a browser. Nothing is stored before the answer."
    case .renewing:
      return
        "\(name) is asked for a token for the refresh token. Nothing is stored before the answer."
    case .looking:
      return
        "\(name) is asked where the application is installed. Nothing is stored before the answer."
    case .device: return "\(name) is asked for a code to type on another device."
    }
  }

  // MARK: A code for another device

  /// What of the code is shown.
  private struct Code {
    var address: String
    var code: String
    var complete: String?
    var expires: Timestamp
  }

  private func code(_ visit: borrowing LinkSession) -> Code? {
    switch visit.linking.device {
    case .some(let device):
      let complete: String? =
        switch device.completeAddress {
        case .some(let address): address.withBytes { $0.shownText }
        case nil: nil
        }
      return Code(
        address: device.address, code: device.userCode.withBytes { $0.shownText },
        complete: complete, expires: device.expires)
    case nil: return nil
    }
  }

  private func items(of code: Code) -> [Page.Item] {
    var items: [Page.Item] = [
      .paragraph("Open this address on any device:"), .verbatim(code.address),
      .paragraph("Type this code there, and agree:"), .verbatim(code.code),
    ]
    if let complete = code.complete {
      items += [.paragraph("This address has the code in it:"), .verbatim(complete)]
    }
    return items
  }

  private func waiting(_ code: Code?, _ visit: borrowing LinkSession) -> String {
    guard let code else { return "\(seconds) s" }
    let left = max(0, code.expires.secondsSinceEpoch - visit.moment.secondsSinceEpoch)
    return
      "\(seconds) s; the code is good for \(Sentences.count(Int((left + 59) / 60), "minute")) more"
  }
}
