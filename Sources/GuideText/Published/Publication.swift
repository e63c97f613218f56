/// What the published form of a guide says besides the guide itself. None of it is shown in the wizard or followed:
/// `guides show --all` prints it, and updates take the addresses for what somebody may look up.
package struct Publication: Sendable, Equatable {
  /// The address of the site's documentation index, out of the page's banner.
  package var index: String?
  /// The address that the page gives as its own.
  package var source: String?
  /// Blocks that are written for programs, each without its tags.
  package var programTexts: [String] = []

  /// Of a page that says nothing besides its guide.
  package init() {}

  /// Whether nothing was said.
  package var isEmpty: Bool { index == nil && source == nil && programTexts.isEmpty }
}
