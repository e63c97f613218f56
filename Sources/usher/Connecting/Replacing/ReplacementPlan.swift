internal import Basics
internal import Connections
internal import Onboarding
internal import ProviderFormat
internal import Requests

/// Which connection is to have other values, as the command line says it.
struct ReplacementPlan {
  /// What is to be done with them.
  enum Deed: Equatable {
    case replace
    /// Only looked at and changed; a field as it was named, to begin with.
    case edit(field: String?)
  }

  /// The connection as it was named.
  let name: String
  var deed = Deed.replace
  /// `--set`, one by one.
  var presets: [String] = []
  var skipsCheck = false
  /// When the new values end, where that was said.
  var end: ChosenEnd?

  var isEdit: Bool { deed != .replace }

  /// - Throws: where there is no such field, or no value of the connection can be changed by itself.
  func purpose(
    of record: borrowing ConnectionRecord, _ form: Form
  ) throws(CommandError) -> Replacement.Purpose {
    switch deed {
    case .replace: return .replace
    case .edit(let field):
      guard !record.provider.authMode.needsConsent else {
        throw .consentNotEdited(record.facts.name)
      }
      guard let field else { return .edit(nil) }
      return .edit(try Presets.field(field, in: form).id)
    }
  }
}

extension CommandError {
  /// Of a connection whose tokens come of a person's consent, which is not typed.
  static func consentNotEdited(_ name: ConnectionName) -> CommandError {
    .usage(
      Explanation(
        what: "the consent of \(name) cannot be edited",
        why: "its tokens come from the provider, where a person agrees to them",
        advice:
          "usher replace \(name) asks for it anew; usher edit \(name) FIELD --from - changes a setting"
      ))
  }
}
