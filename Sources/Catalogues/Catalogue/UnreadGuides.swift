package import GuideText

/// What could not be read where providers should come from, so that some may be missing.
package struct UnreadGuides: Equatable, Sendable {
  /// The folder that it is in, as it was given.
  package let folder: String
  /// The first thing that is wrong there.
  package let finding: GuideFinding
  /// How much more is wrong there.
  package let others: Int

  package init(folder: String, finding: GuideFinding, others: Int) {
    self.folder = folder
    self.finding = finding
    self.others = others
  }
}

extension Catalogue {
  /// What is wrong with the folders and their providers' files, by the first error of the weightiest; nil where nothing is.
  package var unread: UnreadGuides? {
    let errors = folderErrors()
    guard let first = errors.first else { return nil }
    let there = errors.count { $0.folder == first.folder }
    return UnreadGuides(folder: first.folder, finding: first.finding, others: there - 1)
  }
}
