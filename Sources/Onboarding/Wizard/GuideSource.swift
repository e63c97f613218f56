/// Where a guide was fetched from, and when.
package struct GuideSource: Equatable, Sendable {
  /// The site, without scheme and path.
  package let site: String
  /// How long ago it was fetched: `3 days ago`.
  package let age: String
  /// Whether it is so old that the page may have changed since.
  package let isOld: Bool

  /// - Parameter isOld: as the user has set it.
  package init(site: String, age: String, isOld: Bool) {
    self.site = site
    self.age = age
    self.isOld = isOld
  }

  var notice: Notice {
    isOld
      ? Notice(
        .warning, "This guide was fetched from \(site) \(age), and may not match the page any more."
      )
      : Notice(.note, "Guide from \(site), fetched \(age).")
  }
}

/// What came of looking for a newer guide.
package enum GuideNews: Equatable, Sendable {
  /// The page is as it was.
  case unchanged
  /// What has changed, each in a sentence without a period.
  case changed([String])
  /// Why it could not be looked for, as a sentence with a period.
  case failed(String)

  var notice: Notice {
    switch self {
    case .unchanged: Notice(.note, "The page is as it was: this guide is up to date.")
    case .changed(let sentences):
      Notice(
        .note,
        "The guide is new: \(sentences.isEmpty ? "it reads as before" : sentences.joined(separator: "; "))."
      )
    case .failed(let sentence): Notice(.warning, "The page could not be looked at. \(sentence)")
    }
  }
}
