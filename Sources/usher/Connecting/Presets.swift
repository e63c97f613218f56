internal import Credentials
internal import Guides

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

  private static func field(_ text: String, in form: Form) throws(CommandError) -> FormField {
    let matching = form.fields.filter { $0.id.description == text || $0.id.name == text }
    guard matching.count == 1 else {
      let known = form.fields.filter(\.isAsked).map(\.id.description)
      throw .usage(
        Explanation(
          what: "\(form.provider.slug) asks for no field \(text)",
          advice: "it asks for \(known.joined(separator: ", "))"))
    }
    return matching[0]
  }
}
