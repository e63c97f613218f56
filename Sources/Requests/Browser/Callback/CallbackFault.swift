package import Basics

/// Why what was pasted, or sent to the listener, is no answer to the question that was asked. Nothing of it is told but
/// the provider's own words.
package enum CallbackFault: Explained, Equatable, Sendable {
  case empty
  /// Longer than any address that a browser ends on.
  case tooLong
  /// Neither an address nor parameters nor a code.
  case unreadable
  /// The address that was to be opened, instead of the one that the browser ended on.
  case authorizationAddress
  /// A page of somebody else's, by host.
  case otherPage(String)
  /// It does not say to which question it belongs.
  case noState
  /// It belongs to another question.
  case otherState
  /// A parameter stands there twice, so that nobody can say which one counts.
  case repeated(String)
  /// The provider said no.
  case refused(ProviderRefusal)
  /// The address is the right one, and holds no code.
  case noCode
  /// A code alone does not tell all that is needed.
  case needsWholeAddress
  /// It was sent by another server than the one that was asked, by the name of the latter.
  case otherIssuer(String)
  /// The server says in each answer which one it is, and this one does not.
  case noIssuer
  /// The application's installation waits for an owner of the account to approve it.
  case awaitsApproval
  /// The question is older than an answer to it can be.
  case late
  /// It was answered before.
  case spent

  /// Ends with what to do next.
  package var explanation: Explanation {
    switch self {
    case .refused(let refusal): refusal.explanation
    case .empty, .tooLong, .unreadable, .authorizationAddress, .otherPage, .noCode,
      .needsWholeAddress:
      ofText
    case .noState, .otherState, .repeated, .otherIssuer, .noIssuer, .awaitsApproval, .late, .spent:
      ofAnswer
    }
  }

  private static let again =
    "copy the whole address out of the browser's address bar, and paste it here"
  private static let anew = "open the address anew, and paste the one that the browser ends on"

  /// It is not what was asked for.
  private var ofText: Explanation {
    switch self {
    case .empty: Explanation(what: "nothing was pasted", advice: Self.again)
    case .tooLong:
      Explanation(
        what: "what was pasted is too long", why: "no address of a browser has more than 16 kB",
        advice: Self.again)
    case .authorizationAddress:
      Explanation(
        what: "this is the address to open, not the one that the browser ended on",
        advice: "open it, agree there, and paste the address of the page that cannot be reached")
    case .otherPage(let host):
      Explanation(
        what: "this is a page of \(host), and not the one that the provider sends the browser to",
        why: "it holds no answer",
        advice: "go on there until the browser ends on a page that cannot be reached")
    case .noCode:
      Explanation(
        what: "the address holds no code", why: "it is the right page, but nothing came with it",
        advice: Self.anew)
    case .needsWholeAddress:
      Explanation(
        what: "the code alone is not enough",
        why: "the address around it holds more that is needed", advice: Self.again)
    default:
      Explanation(
        what: "what was pasted is no answer of the provider",
        why: "it is neither an address nor a code", advice: Self.again)
    }
  }

  /// It is an answer, and not to the question that was asked.
  private var ofAnswer: Explanation {
    switch self {
    case .noState:
      Explanation(
        what: "the answer does not say to which question it belongs",
        why: "the state is missing in it: the address was cut off, or somebody else made it",
        advice: Self.again)
    case .repeated(let name):
      Explanation(
        what: "the answer cannot be taken", why: "it holds \(name) twice", advice: Self.anew)
    case .otherIssuer(let issuer):
      Explanation(
        what: "the answer comes from another server",
        why: "\(issuer) was asked, and it names another",
        advice: "do not go on with it; \(Self.anew)")
    case .noIssuer:
      Explanation(
        what: "the answer does not say which server it comes from",
        why: "this server always says so (iss)", advice: Self.again)
    case .awaitsApproval:
      Explanation(
        what: "the application is not installed yet",
        why:
          "nothing says where it is installed: an owner of the account has to approve that first",
        advice:
          "have an owner approve the request or install the application, then open the address anew"
      )
    case .late:
      Explanation(
        what: "the answer comes too late", why: "a code is good for a few minutes only",
        advice: Self.anew)
    case .spent:
      Explanation(
        what: "this question was answered before", why: "a code is good once", advice: Self.anew)
    default:
      Explanation(
        what: "the answer belongs to another question",
        why: "its state is not the one that was sent: it is of an earlier try, or somebody else's",
        advice: Self.anew)
    }
  }
}
