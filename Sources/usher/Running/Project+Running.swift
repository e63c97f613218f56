internal import Basics
internal import Connections
internal import GuideText
internal import Projects
internal import ProviderFormat
internal import Store

extension Project {
  /// The connections that it names and that are linked, with the variables that it gives them.
  ///
  /// What has ended or was refused is handed over all the same, and told: the command may know better.
  /// - Throws: `.notSetUp` where something required is not linked; `ProjectError.wrong` for a field that there is not.
  func sources(in session: borrowing StoreSession) throws -> [RunSource] {
    let linked = Set(try session.list().map(\.name))
    let missing = needs.filter { !linked.contains($0.name) }
    let required = missing.filter(\.isRequired).map(\.name)
    guard required.isEmpty else { throw CommandError.notSetUp(file: file, required) }
    for need in missing {
      ErrorPrinter.note("\(need.name) is not linked, and left out: \(file) can do without it")
    }
    var sources: [RunSource] = []
    for need in needs where linked.contains(need.name) {
      sources.append(RunSource(try session.read(need.name), words: words(for: need)))
    }
    try validate(against: sources)
    try tellOfEnded(in: session)
    return zip(needs.filter { linked.contains($0.name) }, sources).map { need, source in
      declaring(need, in: source)
    }
  }

  private func tellOfEnded(in session: borrowing StoreSession) throws(StoreError) {
    let now = Timestamp.now()
    let required = try survey(in: session) { _ in nil }.open(required: true)
    for status in required.compactMap(\.status) {
      let how =
        if case .ended(let moment) = status.state { "ended \(moment.relative(to: now))" } else {
          "was refused"
        }
      ErrorPrinter.note(
        "\(status.entry.name) \(how), and is handed over all the same; "
          + "\(SetupLine(file).text) links it again")
    }
  }

  /// How `--env` may name it besides: by its provider, where no other one has that.
  private func words(for need: Need) -> [String] {
    let provider = need.name.provider
    return needs.count { $0.name.provider == provider } == 1 ? [provider] : []
  }

  /// The entries in the records count: what is handed over is what is sealed there.
  private func validate(against sources: [RunSource]) throws(ProjectError) {
    let findings = findings { need in
      guard let source = sources.first(where: { $0.name == need.name }) else { return nil }
      let known = source.provider.fieldsForVariables
      return known + source.fields.filter { !known.contains($0) }
    }
    guard findings.isEmpty else { throw .wrong(file, findings) }
  }

  private func declaring(_ need: Need, in source: RunSource) -> RunSource {
    var source = source
    for variable in need.variables {
      let fields = Field.ID.named(variable.field, among: source.fields)
      guard let field = fields.first, fields.count == 1 else {
        ErrorPrinter.note(
          "\(variable.name) is not set: \(need.name) has no value for \(variable.field)")
        continue
      }
      source.declared[field] = variable.name
    }
    return source
  }
}
