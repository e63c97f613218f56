extension Guide {
  /// The largest guide that is read, in bytes. The largest known one has 20 kB.
  package static let sizeLimit = 1024 * 1024
  /// The lines that are read of a guide. The longest known one has some 300, and every line may be an item with a place of
  /// its own on the screen.
  package static let lineLimit = 20_000

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
    var excess: String?
    if bytes.count > Self.sizeLimit {
      bytes.removeSubrange(Self.sizeLimit...)
      excess = "is larger than 1 MiB"
    }
    let source = SourceText(bytes)
    findings += source.findings(file: file)
    if source.lines.count > Self.lineLimit { excess = "has more than \(Self.lineLimit) lines" }
    let lines = source.lines.prefix(Self.lineLimit).enumerated().map {
      SourceLine($0.element, number: $0.offset + 1)
    }
    if let excess {
      findings.append(
        GuideFinding(
          severity: .error, file: file, line: lines.count,
          message: "the guide \(excess), and the rest of it was not read",
          advice: "split it, or remove what does not belong to it"))
    }
    let front = FrontMatter(lines)
    let page = PublishedPage(
      Array(lines.dropFirst(front.lineCount)), hasFrontMatter: front.lineCount > 0)
    let body = page.body
    var prepass = PrepassOutput(file: file, lines: body)
    MDXNormalizer.run(body, &prepass)
    var builder = BlockBuilder(prepass, linksAddresses: linksAddresses)
    let document = MarkdownDocument(prepass.bytes)
    let elements = document?.withRoot { builder.elements(of: $0) } ?? []

    findings += front.findings(file: file, pageTitle: page.title)
    findings += prepass.findings
    let empty = Guide(
      slug: slug, title: front.values["title"] ?? page.title ?? slug,
      sidebarTitle: front.values["sidebarTitle"], description: front.values["description"],
      findings: findings, publication: page.publication)
    self = GuideAssembly.assemble(elements, into: empty)
    if let excess { end(with: "The rest of this guide was not read: it \(excess).") }
  }

  /// Says something where the guide ends, for those who follow it.
  private mutating func end(with sentence: String) {
    let note = Block.callout(.warning, [.paragraph([.text(sentence)])])
    if steps.isEmpty {
      overview.append(note)
    } else {
      steps[steps.count - 1].blocks.append(note)
    }
  }
}

extension FrontMatter {
  fileprivate func findings(file: String, pageTitle: String?) -> [GuideFinding] {
    if isUnclosed {
      return [
        GuideFinding(
          severity: .warning, file: file, line: 1,
          message: "the lines that begin with `---` are not closed",
          advice: "end them with another `---`")
      ]
    }
    guard values["title"] == nil, pageTitle == nil else { return [] }
    return [
      GuideFinding(
        severity: .warning, file: file, line: 1, message: "the guide has no title",
        advice: "add a line `title: …` between two lines `---` at its top")
    ]
  }
}
