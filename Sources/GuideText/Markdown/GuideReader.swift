extension Guide {
  /// The largest guide that is read, in bytes. The largest known one has 20 kB.
  package static let sizeLimit = 1024 * 1024

  /// Reads a guide's file. Never fails: what cannot be understood is shown as text, and `findings` says what was odd.
  ///
  /// - Parameters:
  ///   - slug: the provider that the guide belongs to.
  ///   - file: what findings call the file.
  package init(slug: String, markdown: [UInt8], file: String) {
    self.init(slug: slug, markdown: markdown, file: file, linksAddresses: true)
  }

  /// - Parameter linksAddresses: whether addresses in the text become links. The export wants them as they are.
  package init(slug: String, markdown: [UInt8], file: String, linksAddresses: Bool) {
    var bytes = markdown
    var findings: [GuideFinding] = []
    if bytes.count > Self.sizeLimit {
      bytes.removeSubrange(Self.sizeLimit...)
      findings.append(
        GuideFinding(
          severity: .error, file: file, line: 0,
          message: "the guide is larger than 1 MiB, and the rest of it was not read",
          advice: "split it, or remove what does not belong to it"))
    }
    let source = SourceText(bytes)
    findings += source.findings(file: file)
    let lines = source.lines.enumerated().map { SourceLine($0.element, number: $0.offset + 1) }
    let front = FrontMatter(lines)
    let body = Array(lines.dropFirst(front.lineCount))
    var prepass = PrepassOutput(file: file, lines: body)
    MDXNormalizer.run(body, &prepass)
    var builder = BlockBuilder(prepass, linksAddresses: linksAddresses)
    let document = MarkdownDocument(prepass.bytes)
    let elements = document?.withRoot { builder.elements(of: $0) } ?? []

    findings += front.findings(file: file)
    findings += prepass.findings
    let empty = Guide(
      slug: slug, title: front.values["title"] ?? slug, sidebarTitle: front.values["sidebarTitle"],
      description: front.values["description"], findings: findings)
    self = GuideAssembly.assemble(elements, into: empty)
  }
}

extension FrontMatter {
  fileprivate func findings(file: String) -> [GuideFinding] {
    if isUnclosed {
      return [
        GuideFinding(
          severity: .warning, file: file, line: 1,
          message: "the lines that begin with `---` are not closed",
          advice: "end them with another `---`")
      ]
    }
    guard values["title"] == nil else { return [] }
    return [
      GuideFinding(
        severity: .warning, file: file, line: 1, message: "the guide has no title",
        advice: "add a line `title: …` between two lines `---` at its top")
    ]
  }
}
