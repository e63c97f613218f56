package import TerminalUI

/// The page, and moving it. How far it can be moved is a matter of its layout in the present window.
extension Wizard {
  /// What to show now.
  package func page() -> Page {
    var page = state.page()
    if let overlay {
      let hidesAnswers = page.hidesAnswers
      page = overlay.current.page(header: page.header)
      page.hidesAnswers = hidesAnswers
    } else if let finder {
      page = finder.page(over: page)
      if case .step(let step) = state.screen { page.found = finder.found(in: step.stage) }
    }
    page.notice = remark ?? page.notice
    page.scroll = scroll
    page.sideways = sideways
    if let pendingLink { page.keys = Wizard.linkKeys(pendingLink) }
    if allowances != .all { page.confine(to: allowances) }
    return page
  }

  /// When to send `.tick` if nothing else happens before; nil: never.
  package var deadline: ContinuousClock.Instant? { state.deadline }

  /// The present page as a window shows it. The body is laid out once for as long as nothing in it changes.
  package func canvas(in size: Size) -> Canvas {
    PageLayout.canvas(page(), in: size, glyphs: glyphs, cache: layouts, drawn: drawn)
  }

  func layout() -> PageLayout {
    PageLayout(page(), in: size, glyphs: glyphs, cache: layouts)
  }

  mutating func turn(_ scroll: Command.Scroll) {
    let layout = layout()
    let extent = layout.extent
    let target: Int
    switch scroll {
    case .left:
      sideways = layout.sideways(to: .left)
      return
    case .right:
      sideways = layout.sideways(to: .right)
      return
    case .up: target = self.scroll - 1
    case .down: target = self.scroll + 1
    case .pageUp: target = self.scroll - extent.page
    case .pageDown: target = self.scroll + extent.page
    case .top: target = 0
    case .bottom: target = extent.total
    }
    self.scroll = min(max(0, target), max(0, extent.total - extent.visible))
  }

  /// The same passage stays on top of the page, and of the one that is covered. A window that is too small shows
  /// nothing; what counts then is the last one that did.
  mutating func resize(to size: Size) {
    guard PageLayout.fits(size) else {
      self.size = size
      return
    }
    let last = lastUsable
    let covered = overlay == nil ? nil : state.page()
    let top = row(of: page(), scrolledBy: scroll, from: last, to: size)
    if let covered {
      coveredScroll = row(of: covered, scrolledBy: coveredScroll, from: last, to: size)
    }
    scroll = top
    sideways = [:]
    self.size = size
    lastUsable = size
    let mostFields = PageLayout.mostFields(in: size)
    self.mostFields = mostFields
    state.change { $0.mostFields = mostFields }
    if finder != nil, overlay == nil { showMatch() }
  }

  private func row(of page: Page, scrolledBy scroll: Int, from old: Size, to new: Size) -> Int {
    guard scroll > 0 else { return 0 }
    var page = page
    page.scroll = scroll
    guard let place = PageLayout(page, in: old, glyphs: glyphs).place else { return 0 }
    return PageLayout(page, in: new, glyphs: glyphs).row(of: place)
  }
}
