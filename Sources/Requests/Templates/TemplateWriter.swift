internal import Basics
internal import ProviderFormat
internal import Secrets

/// Puts values in the place of placeholders.
struct TemplateWriter {
  let names: TemplateScope
  /// Whether secrets are replaced by a mark, for `--dry-run`.
  var isRedacting = false
  /// What `${now}` stands for; nil for the moment of the request.
  var now: Timestamp?
  /// Names that are written as nothing when they have no value, instead of staying as they were written.
  private var isLeftOut: (String) -> Bool = { _ in false }

  init(names: TemplateScope, isRedacting: Bool = false) {
    self.names = names
    self.isRedacting = isRedacting
  }

  /// This writer, for a place where an empty value is better than a placeholder.
  func leavingOut(_ isLeftOut: @escaping (String) -> Bool) -> TemplateWriter {
    var writer = self
    writer.isLeftOut = isLeftOut
    return writer
  }

  /// What became of a template.
  struct Result: Equatable {
    /// How many placeholders got a value.
    var filled = 0
    /// The placeholders that have none; they stay in the text as they were written.
    var missing: [String] = []
    /// Why a function could not be computed.
    var failure: RequestError?

    var isComplete: Bool { missing.isEmpty && failure == nil }

    static func + (a: Result, b: Result) -> Result {
      Result(
        filled: a.filled + b.filled, missing: a.missing + b.missing,
        failure: a.failure ?? b.failure)
    }
  }

  /// Writes a text with placeholders. `||` has no meaning here: it belongs to the text.
  func write(
    _ template: Template, from sources: borrowing TemplateContext, to text: inout SecretWriter
  ) -> Result {
    var result = Result()
    for part in template.parts {
      if case .literal(let literal) = part {
        text.append(text: literal)
      } else {
        result = result + write(part, from: sources, to: &text)
      }
    }
    return result
  }

  /// Writes a template in which `L || R` means L if anything in it got a value, else R.
  func writeChoosing(
    _ template: String, from sources: borrowing TemplateContext, to text: inout SecretWriter
  ) -> Result {
    write(Template(choice(of: template, from: sources)), from: sources, to: &text)
  }

  /// The side of `L || R` that counts: L if anything in it gets a value, else R. The whole template where there is no
  /// `||` in it.
  func choice(of template: String, from sources: borrowing TemplateContext) -> String {
    guard let (left, right) = Template.alternatives(template) else { return template }
    var ignored = SecretWriter()
    return write(Template(left), from: sources, to: &ignored).filled > 0 ? left : right
  }

  /// Writes one placeholder; as it was written when it has no value.
  func write(
    _ part: Template.Part, from sources: borrowing TemplateContext, to text: inout SecretWriter
  ) -> Result {
    switch part {
    case .literal(let literal):
      text.append(text: literal)
      return Result()
    case .now(let time):
      text.append(text: time.text(at: now ?? sources.now))
    case .random:
      text.append(text: sources.random)
    case .name(let name):
      let isFilled = sources.write(
        name, allowing: names, to: &text, isRedacting: isRedacting)
      guard isFilled else {
        if !isLeftOut(name) { text.append(text: "${\(name)}") }
        return Result(missing: [name])
      }
    case .call(let function, let arguments):
      return call(function, arguments, from: sources, to: &text)
    }
    return Result(filled: 1)
  }

  private func call(
    _ function: TemplateFunction, _ templates: [Template], from sources: borrowing TemplateContext,
    to text: inout SecretWriter
  ) -> Result {
    let missing = templates.flatMap { template -> [String] in
      var ignored = SecretWriter()
      return write(template, from: sources, to: &ignored).missing
    }
    guard missing.allSatisfy(isLeftOut) else {
      text.append(text: "${\(function.rawValue)(…)}")
      return Result(missing: missing)
    }
    // What comes of a mark would look like what comes of the value.
    let unknown = templates.flatMap(\.names).filter(sources.standIns.contains)
    guard unknown.isEmpty else {
      let names = "\(function.rawValue)-of-\(unknown.joined(separator: "-"))"
      text.append(text: TemplateContext.standInMark(for: names))
      return Result(filled: 1)
    }
    // Base64 and digests of a secret are as good as the secret, or help to guess it.
    if isRedacting {
      text.append(text: Redactor.mark)
      return Result(filled: 1)
    }
    let revealing = TemplateWriter(names: names).leavingOut(isLeftOut)
    let arguments = TemplateArguments(templates.count) { index, argument in
      _ = revealing.write(templates[index], from: sources, to: &argument)
    }
    do throws(RequestError) {
      try FunctionCall(function, arguments, sources.now, sources.request).write(to: &text)
      return Result(filled: 1)
    } catch {
      return Result(failure: error)
    }
  }
}
