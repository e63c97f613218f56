package import Basics
internal import Catalogues
internal import GuideText
internal import ProviderFormat

extension Catalogue {
  /// Everything that was read, as one JSON value: `providers` by slug and `guides` by their path. The shape is
  /// described in the article `ExportFormat`.
  package func exported() -> Value {
    let files = guideFiles()
    let guidesByPath = Dictionary(
      files.map { ($0.path.path, $0.guide) }, uniquingKeysWith: { first, _ in first })
    var users: [String: [String]] = [:]
    let providers = entries.map(\.slug).sorted().compactMap { slug -> Value.Member? in
      guard let provider = provider(slug) else { return nil }
      let path = guidePath(for: provider)
      if let path { users[path.relativePath, default: []].append(slug) }
      let guide = path.flatMap { guidesByPath[$0.path] }
      return .init(key: slug, value: ProviderExport.value(of: provider, at: path, guide))
    }
    let guides = files.sorted { $0.path.relativePath < $1.path.relativePath }.map { file in
      Value.Member(
        key: file.path.relativePath,
        value: GuideExport(file.guide).value(users: users[file.path.relativePath] ?? []))
    }
    return .map(
      .init([
        .init(key: "guides", value: .map(.init(guides))),
        .init(key: "providers", value: .map(.init(providers))),
      ]))
  }
}

/// A guide flattened into what it says: items, paragraphs, links and so on, for each step.
struct GuideExport {
  private let guide: Guide

  init(_ guide: Guide) { self.guide = guide }

  func value(users: [String]) -> Value {
    let overview = FlatBlocks(guide.overview)
    let prerequisites = FlatBlocks(guide.prerequisites)
    let outside = FlatBlocks(
      guide.overview + guide.prerequisites + guide.instructions + guide.extras.flatMap(\.blocks))
    return .map(
      .init([
        .init(key: "description", value: .optional(guide.description)),
        .init(key: "extra_sections", value: .list(guide.extras.map(section))),
        .init(key: "headings", value: .list(guide.headings.map(heading))),
        .init(key: "implicit_steps", value: .bool(guide.hasImplicitSteps)),
        .init(key: "outside_steps", value: .map(.init(outside.asides(countingImages: false)))),
        .init(key: "overview_items", value: .list(overview.items.map { .string($0.text) })),
        .init(key: "overview_paragraphs", value: .strings(overview.paragraphs)),
        .init(
          key: "prerequisites", value: .list(prerequisites.items.map { $0.value(numbered: false) })),
        .init(key: "prerequisites_paragraphs", value: .strings(prerequisites.paragraphs)),
        .init(key: "provider_name", value: .string(providerName)),
        .init(key: "providers", value: .strings(users)),
        .init(key: "sidebar_title", value: .optional(guide.sidebarTitle)),
        .init(key: "slug", value: .string(guide.slug)),
        .init(key: "steps", value: .list(guide.steps.map(step))),
        .init(key: "title", value: .string(guide.title)),
      ]))
  }

  /// The title without its question: `Tally - How do I link my account?`.
  private var providerName: String {
    guard let range = guide.title.ranges(of: " - How").last else { return guide.title }
    return String(guide.title[..<range.lowerBound])
  }

  private func heading(_ heading: Heading) -> Value {
    .map(
      .init([
        .init(key: "anchor", value: .string(heading.anchor)),
        .init(key: "kind", value: .string(kind(of: heading.text))),
        .init(key: "level", value: .int(heading.level)),
        .init(key: "text", value: .string(heading.text)),
      ]))
  }

  private func kind(of heading: String) -> String {
    switch HeadingText.kind(of: heading) {
    case .overview: "overview"
    case .prerequisites: "prerequisites"
    case .instructions: "instructions"
    case .step: "step"
    case .other:
      ["note", "notes"].contains(heading.lowercased().filter(\.isLetter)) ? "notes" : "other"
    }
  }

  private func step(_ step: Step) -> Value {
    let flat = FlatBlocks(step.blocks)
    let own: [Value.Member] = [
      .init(key: "anchor", value: .string(step.anchors.first ?? "")),
      .init(key: "anchors", value: .strings(step.anchors)),
      .init(key: "heading", value: .string(step.heading)),
      .init(key: "level", value: .int(step.level)),
      .init(key: "number", value: step.number.map(Value.int) ?? .null),
      .init(key: "title", value: .string(step.title)),
    ]
    return .map(.init((own + flat.members).sorted { $0.key < $1.key }))
  }

  private func section(_ section: Section) -> Value {
    let flat = FlatBlocks(section.blocks)
    let own: [Value.Member] = [
      .init(key: "after_step", value: .int(section.precedingSteps)),
      .init(key: "heading", value: .string(section.heading)),
      .init(key: "kind", value: .string(kind(of: section.heading))),
    ]
    return .map(.init((own + flat.members).sorted { $0.key < $1.key }))
  }
}

extension Value {
  static func strings(_ strings: [String]) -> Value { .list(strings.map(Value.string)) }
  static func optional(_ string: String?) -> Value { string.map(Value.string) ?? .null }
}
