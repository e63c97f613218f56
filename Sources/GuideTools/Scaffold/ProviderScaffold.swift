internal import Basics
package import ProviderFormat

/// The two files that a provider of one's own begins with: complete, sound, and explained line by line.
package struct ProviderScaffold {
  /// The ways of signing in that anybody's service may have.
  package static let modes = AuthMode.known.filter { $0.rules.scaffold != nil }

  /// The provider's short name, which names its folder.
  package let slug: String
  /// The name that people know.
  package let displayName: String
  private let mode: AuthMode

  /// - Parameters:
  ///   - slug: has to be one (`Provider.isSlug`).
  ///   - displayName: the name that people know; nil makes one of the slug.
  ///   - mode: one of `modes`; for another only what all providers have is written.
  package init(slug: String, displayName: String? = nil, mode: AuthMode) {
    self.slug = slug
    self.displayName = displayName ?? Self.name(from: slug)
    self.mode = mode
  }

  /// `green-tea` is shown as `Green Tea`.
  private static func name(from slug: String) -> String {
    slug.split(separator: "-").map { String($0).withCapital }
      .joined(separator: " ")
  }

  private var scaffold: ModeScaffold? { mode.rules.scaffold }

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
      auth_mode: \(mode.rawValue)
      # Where the service describes its API.
      docs: https://\(slug).example/developers

      """
    return ([text] + (scaffold?.entry ?? []).map(filledIn)).joined(separator: "\n")
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

      \(filledIn(scaffold?.overview ?? ""))

      ### Prerequisites

      - An account at \(name).

      ### Instructions

      """
    let steps = (scaffold?.steps ?? []).enumerated().map { index, step in
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
