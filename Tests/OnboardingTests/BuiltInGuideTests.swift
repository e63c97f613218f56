import Catalogues
import Onboarding
import ProviderFormat
import TerminalUI
import Testing

/// The guides that come with the program, on the screens that they are written for.
@Suite struct BuiltInGuideTests {
  private static let catalogue = Catalogue(sources: [.builtIn])
  private static let slugs = catalogue.entries.map(\.slug)

  private func form(_ slug: String) throws -> Form { try #require(Self.catalogue.form(slug)) }

  @Test(arguments: slugs) func `every field is asked for on some step`(slug: String) throws {
    let form = try form(slug)
    let walk = Walk.through(form)
    var options = Samples.options()
    for field in form.fields where field.isPrompted && !field.isMasked {
      options.presets[field.id] = "-"
    }
    if walk.page.header.position == "Before you start" { walk.press(.enter) }
    var asked: [Field.ID] = []
    var last = Walk.Seen.none
    for _ in 0..<20 where walk.page.header.position.hasPrefix("Step") {
      asked += walk.page.fields.compactMap(\.id)
      if walk.focused?.isMasked == false { walk.type("-") }
      if walk.focused?.isMasked == true { walk.paste(key(for: slug)) }
      last = walk.press(.enter)
    }
    #expect(asked == form.fields.filter(\.isPrompted).map(\.id))
    if walk.title == "Review" { last = walk.press(.enter) }
    guard case .check = last else {
      Issue.record("no check")
      return
    }
  }

  @Test(arguments: slugs) func `every step draws, and every link opens`(slug: String) throws {
    let walk = Walk.through(try form(slug))
    let stages = walk.page.header.progress.map { $0.total - 2 } ?? 1
    for stage in 0..<stages {
      if stage > 0 || walk.page.header.position == "Before you start" { walk.press(.enter) }
      if walk.focused?.isMasked == false { walk.type("-") }
      if walk.focused?.isMasked == true { walk.paste(key(for: slug)) }
      for size in [(40, 10), (80, 24), (200, 60)] {
        walk.resize(size.0, size.1)
        #expect(walk.canvas.lines.last?.contains("Enter") == true)
      }
      for (index, reference) in walk.page.references.all.enumerated() {
        guard case .address(let url) = reference.target else { continue }
        #expect(walk.send(.command(.link(index + 1))) == .copy(url), "\(stage)")
        walk.press(.escape)
      }
    }
  }

  @Test func `the catalogue is searched as one types`() {
    let walk = Walk(Wizard(choosingFrom: Self.catalogue, options: Samples.options()))
    walk.type("tals")
    walk.press(.backspace, .backspace)
    walk.type("lly")
    #expect(walk.press(.enter) == .open("tally"))
  }

  private func key(for slug: String) -> String {
    slug == "tally" ? Samples.tallyKey : Samples.tailscaleToken
  }
}
