internal import Drafts
internal import ProviderFormat
internal import Requests
internal import Secrets

/// Who is asked whether values are good, as far as that is known before any of them is typed.
struct CheckedBy: Equatable {
  /// The host that is asked first; nil where the values decide which it is.
  let host: String?
  /// Why nobody can be asked, as a sentence; nil where somebody can.
  let reasonForNone: String?

  init(_ form: Form) {
    reasonForNone = CheckSession.reasonForNone(form.provider)
    guard reasonForNone == nil else {
      host = nil
      return
    }
    // A host that is the same whatever is typed does not depend on it.
    let hosts = ["a", "b"].map { CheckedBy.firstHost(of: form, with: $0) }
    host = hosts[0] == hosts[1] ? hosts[0] : nil
  }

  private static func firstHost(of form: Form, with letter: String) -> String? {
    var values = SecretValues()
    for field in form.fields {
      let value = SecretBuffer(text: field.isPrompted ? letter : field.initial)
      if !value.isEmpty { values.set(field.id, to: value) }
    }
    return CheckSession.hosts(of: Submission(provider: form.provider, values: values)).first
  }
}
