internal import ProviderFormat

/// Guides that were fetched from elsewhere, and may have changed there.
extension Wizard {
  /// Whether the page that the guide was fetched from has changed.
  mutating func refreshGuide() -> Effect {
    guard let slug = state.ask({ $0.provider.slug }) else { return .none }
    remark = Notice(.note, "Looking at the page the guide is from…")
    return .refreshGuide(slug: slug)
  }

  /// A new guide is shown at once where nothing was typed yet: its steps may be others.
  mutating func receive(_ news: GuideNews, about slug: String) -> Effect {
    guard state.ask({ $0.provider.slug }) == slug else { return .none }
    remark = news.notice
    guard case .changed = news, !hasTypedValues, case .before = state.screen else { return .none }
    return reopening(slug)
  }
}
