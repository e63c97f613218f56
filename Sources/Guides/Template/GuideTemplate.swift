/// The two files that a provider of one's own begins with: complete, sound, and explained line by line.
package struct GuideTemplate {
  /// The ways of signing in that anybody's service may have. The format's other modes are the ways of single
  /// services, whose entries nobody writes a second time.
  package enum Mode: String, CaseIterable, Sendable {
    case apiKey = "API_KEY"
    case basic = "BASIC"
    case oauth2ClientCredentials = "OAUTH2_CC"
    case twoStep = "TWO_STEP"
    case jwt = "JWT"
    case none = "NONE"
  }

  package let slug: String
  package let displayName: String
  private let parts: ModeParts

  /// - Parameters:
  ///   - slug: has to be one (`Provider.isSlug`).
  ///   - displayName: the name that people know; nil makes one of the slug.
  package init(slug: String, displayName: String? = nil, mode: Mode) {
    self.slug = slug
    self.displayName = displayName ?? Self.name(from: slug)
    parts = ModeParts(mode)
  }

  /// `green-tea` is shown as `Green Tea`.
  private static func name(from slug: String) -> String {
    slug.split(separator: "-").map { $0.prefix(1).uppercased() + $0.dropFirst() }
      .joined(separator: " ")
  }

  /// What to write into `provider.yaml`.
  package var provider: String {
    let text =
      """
      # How Usher links \(name). Lines that begin with # are explanations; delete them as you like.
      # Every address here is made up: put in those of your service, then run
      #   usher guides check \(slug)/provider.yaml

      # The name that people know. What the guide and the screens call it.
      display_name: \(Self.quoted(displayName))
      # Words that search finds it by.
      categories:
        - other
      # How its credentials work. `usher guides new --help` lists the words.
      auth_mode: \(parts.mode.rawValue)
      # Where the service describes its API.
      docs: https://\(slug).example/developers

      """
    return ([text] + parts.entry.map(filledIn)).joined(separator: "\n")
  }

  /// What to write into `guide.md`.
  package var guide: String {
    let top =
      """
      ---
      title: \(Self.quoted("Link " + displayName))
      sidebarTitle: \(Self.quoted(displayName))
      ---

      ## Overview

      \(filledIn(parts.overview))

      ### Prerequisites

      - An account at \(name).

      ### Instructions

      """
    let steps = parts.steps.enumerated().map { index, step in
      "#### Step \(index + 1): \(step.title)\n\n\(filledIn(step.text))\n"
    }
    return ([top] + steps).joined(separator: "\n")
  }

  private func filledIn(_ part: String) -> String {
    part.replacing("SLUG", with: slug).replacing("NAME", with: name)
  }

  /// The name as words of Markdown and of a comment.
  private var name: String {
    String(displayName.filter { !"<>{}[]`*_\\#".contains($0) })
  }

  private static func quoted(_ text: String) -> String {
    "'" + text.replacing("'", with: "''") + "'"
  }
}
