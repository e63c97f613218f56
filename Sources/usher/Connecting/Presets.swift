internal import Basics
internal import ProviderFormat

/// `--set FIELD=VALUE`: values that may stand on a command line, which is everything that is no secret.
struct Presets {
  let values: [Field.ID: String]

  init(_ arguments: [String], for form: Form) throws(CommandError) {
    var values: [Field.ID: String] = [:]
    for argument in arguments {
      let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2 else {
        throw .usage(
          Explanation(
            what: "--set needs FIELD=VALUE", advice: "for example --set params.subdomain=acme"))
      }
      let field = try Presets.field(String(parts[0]), in: form)
      guard !field.isMasked else {
        throw .usage(
          Explanation(
            what: "\(field.id) is a secret and is not taken from an argument",
            why: "arguments are visible to every process on this machine and stay in the history",
            advice: "type it in the wizard, or hand it in with --from FILE"))
      }
      values[field.id] = String(parts[1])
    }
    self.values = values
  }

  /// The field that a word of the command line means.
  static func field(_ text: String, in form: Form) throws(CommandError) -> FormField {
    let matching = form.fields.filter { $0.id.description == text || $0.id.name == text }
    guard matching.count < 2 else {
      throw .usage(
        Explanation(
          what: "\(form.provider.slug) has more than one field \(text)",
          advice: "give the whole name: \(matching.map(\.id.description).joined(separator: ", "))"))
    }
    guard let field = matching.first else {
      let known = form.fields.filter(\.isPrompted).map(\.id)
      throw .usage(
        Explanation(
          what: "\(form.provider.slug) asks for no field \(text)",
          advice: Field.ID.meant(by: text, among: known).map { "did you mean \($0)?" }
            ?? "it asks for \(known.map(\.description).joined(separator: ", "))"))
    }
    return field
  }
}
