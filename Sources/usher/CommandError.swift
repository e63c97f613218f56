internal import Basics
internal import Catalogues
internal import Connections
internal import CursesTerminal
internal import Glibc
internal import GuideText
internal import Projects
internal import ProviderFormat
internal import Requests
internal import Secrets
internal import Store
internal import Tokens

/// What can go wrong between the command line and the targets below it.
enum CommandError: Explained, Equatable {
  case noTerminal(Explanation)
  case usage(Explanation)
  case noProvider(slug: String, suggestions: [String])
  /// There are files of that name, and this is wrong with them.
  case unusableProvider(slug: String, GuideFinding)
  case ambiguous(provider: String, names: [ConnectionName])
  /// The name is linked already; `free` is one that is not.
  case taken(ConnectionName, free: ConnectionName)
  case noConnection(text: String, suggestions: [ConnectionName])
  /// What a project's file requires and is not linked.
  case notSetUp(file: String, [ConnectionName])
  /// No application of that name.
  case noApplication(text: String, suggestions: [String])
  /// No field of that name, several of them, or (with an empty text) none named where there are several.
  case noField(connection: ConnectionName, text: String, known: [Field.ID])
  /// Values that were handed in do not pass the form's rules; nothing was asked and nothing stored.
  case invalidValues([String])
  case failed(Explanation)

  var explanation: Explanation {
    switch self {
    case .noTerminal(let explanation), .usage(let explanation), .failed(let explanation):
      explanation
    case .noProvider(let slug, let suggestions):
      Explanation(
        what: "no provider \(slug)", why: "no guide folder has an entry of this name",
        advice: suggestions.isEmpty
          ? "usher guides list shows what there is; --guides DIR adds a folder"
          : "did you mean \(suggestions.joined(separator: ", "))?")
    case .unusableProvider(let slug, let finding):
      Explanation(
        what: "the provider \(slug) cannot be used",
        why: "\(finding.place): \(finding.message)", advice: finding.advice)
    case .ambiguous(let provider, let names):
      Explanation(
        what: "\(provider) is linked \(names.count) times",
        why: "the command needs to know which one is meant",
        advice: "give the whole name: \(names.map(\.description).joined(separator: ", "))")
    case .noConnection(let text, let suggestions):
      Explanation(
        what: "no connection \(text)", why: "nothing is linked under this name",
        advice: suggestions.isEmpty
          ? "usher list shows what is linked"
          : "did you mean \(suggestions.map(\.description).joined(separator: ", "))?")
    case .notSetUp(let file, let names):
      Explanation(
        what: "\(names.map(\.description).joined(separator: ", ")) "
          + "\(names.count == 1 ? "is" : "are") not linked, and nothing was run",
        why: "\(file) requires \(names.count == 1 ? "it" : "them")",
        advice: "\(SetupLine(file).text) links what is missing, on a terminal")
    case .noApplication(let text, let suggestions):
      Explanation(
        what: "no application \(text)", why: "none is kept under this name",
        advice: suggestions.isEmpty
          ? "usher apps list shows what is kept"
          : "did you mean \(suggestions.joined(separator: ", "))?")
    case .taken(let name, let free):
      Explanation(
        what: "\(name) is linked already, and nothing was stored",
        why: "a name is used once",
        advice:
          "--replace puts the new values in its place; --name \(free.name) stores them beside it, as \(free)"
      )
    case .noField(let connection, let text, let known):
      CommandError.noField(text, of: connection, known)
    case .invalidValues(let sentences):
      Explanation(
        what: "the values cannot be used, and nothing was stored",
        why: sentences.joined(separator: " "),
        advice: "correct them, or run usher connect on a terminal to see each one explained")
    }
  }

  /// Of a provider whose accounts nobody can link from here, with another one of the same service where there is one.
  static func impossible(
    _ provider: Provider, _ obstacle: LinkObstacle, in catalogue: Catalogue
  ) -> CommandError {
    var explanation = obstacle.explanation(for: provider)
    if let other = catalogue.entries.alternatives(to: provider).first {
      explanation.advice = "usher connect \(other.slug) links the same service in another way"
    }
    return .failed(explanation)
  }

  /// A connection whose only secret is that of the application, which is not what a script wants.
  static func tokenMeant(_ connection: ConnectionName) -> CommandError {
    .usage(
      Explanation(
        what: "\(connection) was linked with a person's consent, and has no key to hand out",
        why: "its requests carry an access token, which is renewed as needed",
        advice:
          "usher token \(connection) hands that out; usher get \(connection) FIELD gets one stored value"
      ))
  }

  /// A connection whose requests carry something else than one token.
  static func noLoneToken(_ connection: ConnectionName) -> CommandError {
    .failed(
      Explanation(
        what: "\(connection) has no token that stands by itself",
        why: "its requests carry cookies or other values of the log-in",
        advice: "usher token \(connection.shortest) --header prints what they carry"))
  }

  /// What `--reveal` would print.
  static let secretOnTerminal = CommandError.usage(
    Explanation(
      what: "a secret is not printed to a terminal",
      why: "it would stay in the scroll-back and in recordings",
      advice: "send it to a pipe or a file, or add --reveal"))

  private static func noField(
    _ text: String, of connection: ConnectionName, _ known: [Field.ID]
  ) -> Explanation {
    let list = known.map(\.description).joined(separator: ", ")
    if text.isEmpty {
      return Explanation(what: "\(connection) has more than one value", advice: "it has \(list)")
    }
    if known.contains(where: { $0.name == text }) {
      return Explanation(
        what: "\(connection) has more than one field \(text)",
        advice: "give the whole name: \(list)")
    }
    return Explanation(
      what: "\(connection) has no field \(text)",
      advice: Field.ID.meant(by: text, among: known).map { "did you mean \($0)?" }
        ?? "it has \(list)")
  }
}

extension Explained {
  /// What a script is told of this error.
  var exitCode: ExitCode {
    switch self {
    case let error as StoreError:
      switch error {
      case .notFound: .notFound
      case .exists, .shared: .usage
      case .nothingThere: .failed
      case .conflict, .identity, .damaged, .untrusted, .permissions, .failed: .storeFailed
      }
    case let error as ExecError:
      switch error {
      case .noCommand, .badName: .usage
      case .failed(_, let failure): failure.code == ENOENT ? .noCommand : .notRunnable
      case .noInterpreter, .tooLong: .notRunnable
      case .zeroByte, .zeroByteInArgument, .noFile, .noMemoryFolder: .failed
      }
    case let error as TokenError:
      switch error {
      case .noToken: .usage
      case .refused, .consentNeeded: .refused
      case .notAsked(_, let diagnosis), .blocked(_, _, let diagnosis): diagnosis.tokenExitCode
      case .store(let error), .unkeepable(_, let error): error.exitCode
      }
    case let error as BackupError:
      switch error {
      case .store(let error): error.exitCode
      case .source, .noFile, .wantsPassphrase, .otherIdentity, .damaged: .failed
      }
    case let error as TerminalError: error == .noTerminal ? .noTerminal : .failed
    case is ChosenEndError: .usage
    case is ProjectError: .usage
    case let refusal as BulkRefusal: refusal.diagnosis.exitCode
    case let refused as RevocationRefused: refused.exitCode
    case let fault as CallbackFault: fault.isRefusal ? .refused : .failed
    case let error as CommandError:
      switch error {
      case .noTerminal: .noTerminal
      case .usage, .taken: .usage
      case .noProvider, .ambiguous, .noConnection, .notSetUp, .noApplication, .noField: .notFound
      case .unusableProvider, .invalidValues, .failed: .failed
      }
    default: .failed
    }
  }
}

extension CallbackFault {
  /// Whether the provider, or whoever signed in, has said no.
  fileprivate var isRefusal: Bool { if case .refused = self { true } else { false } }
}

extension Diagnosis {
  /// Where it says why there is no token: whatever is no refusal is a provider that could not be asked.
  fileprivate var tokenExitCode: ExitCode {
    switch exitCode {
    case .refused, .interrupted: exitCode
    default: .notAsked
    }
  }
}
