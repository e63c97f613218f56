internal import Basics
internal import Drafts
internal import ProviderFormat
internal import Requests
internal import Secrets

/// Values that came from a file, held to the rules as the wizard holds them: mended, and everything that was changed is
/// told. Whoever insists wants them as they are.
struct UnattendedDraft {
  let form: Form
  let insists: Bool
  let replay: ReplayContext
  /// What stands before a note or a warning, where it has to be said whose it is.
  var prefix = ""

  /// - Parameters:
  ///   - presets: what the command line says besides.
  ///   - kept: what stays of a connection whose values give way, and is used as it is where nothing else is given.
  /// - Throws: every sentence that stands in the way.
  func make(
    of values: consuming SecretValues, presets: [Field.ID: String] = [:],
    keeping kept: consuming SecretValues? = nil
  ) throws(CommandError) -> Draft {
    let given = values.keys
    var whole = kept ?? SecretValues()
    let untouched = Set(whole.keys).subtracting(given).subtracting(presets.keys)
    for id in given { if let value = values.duplicate(of: id) { whole.set(id, to: value) } }
    var draft = Draft(form: form, resuming: whole, randomSource: replay.randomSource)
    for (id, text) in presets { draft.set(text, for: id) }
    for field in form.fields where untouched.contains(field.id) { draft.acceptAsIs(field.id) }
    if insists {
      for field in form.fields { draft.acceptAsIs(field.id) }
    } else {
      for normalized in draft.normalize(Set(given).union(presets.keys)) {
        for repair in normalized.repairs {
          ErrorPrinter.note("\(prefix)\(normalized.field): \(repair.sentence)")
        }
      }
      warn(of: draft)
    }
    if draft.firstBlocked() != nil { throw CommandError.invalidValues(obstacles(of: draft)) }
    return draft
  }

  /// What the wizard would say and let through.
  private func warn(of draft: borrowing Draft) {
    for field in form.fields where field.isPrompted {
      let state = draft.state(of: field.id)
      guard !state.isBlocked else { continue }
      for finding in state.findings where finding.severity == .warning {
        ErrorPrinter.warn("\(prefix)\(field.id): \(finding.sentence)")
      }
    }
  }

  /// Every sentence that stands in the way, with the field it is about.
  private func obstacles(of draft: borrowing Draft) -> [String] {
    var sentences: [String] = []
    for field in form.fields where field.isPrompted {
      let state = draft.state(of: field.id)
      guard state.isBlocked, let worst = state.findings.first else { continue }
      let way = worst.severity == .overridable ? " (--insist uses it anyway)" : ""
      sentences.append("\(field.id): \(worst.sentence)\(way)")
    }
    return sentences
  }
}
