import Catalogues
import Glibc
import Onboarding
import ProviderFormat
import TerminalUI
import TestSupport
import Testing

/// Lists to choose from: providers, links, and the values of a field.
@Suite struct ChoosingTests {
  // MARK: Choices of a field

  private func zones() -> Walk {
    let walk = Walk.through(Samples.many)
    walk.press(.enter)
    walk.type("shop")
    walk.press(.tab, .tab)
    return walk
  }

  private func chosen(_ walk: Walk) -> Int? {
    guard case .choices(_, let selected) = walk.focused?.input else { return nil }
    return selected
  }

  @Test func `typing finds a choice`() {
    let walk = zones()
    walk.type("zone-12")
    #expect(chosen(walk) == 11)
    walk.press(.backspace)
    walk.type("7")
    #expect(chosen(walk) == 16)
  }

  @Test func `a key that leads to no choice changes nothing, and arrows still move`() {
    let walk = zones()
    walk.type("zone-3x")
    #expect(chosen(walk) == 2)
    walk.press(.right)
    #expect(chosen(walk) == 3)
    walk.press(.left, .left)
    #expect(chosen(walk) == 1)
  }

  @Test func `choices on two rows stand in columns`() {
    var form = Samples.many
    form.fields[1].field.choices = ["a", "a longer one", "bb", "the longest of all", "ccc", "d"]
    let walk = Walk.through(form)
    walk.press(.enter)
    walk.type("shop")
    walk.press(.tab)
    let rows = walk.canvas.lines.filter { $0.contains("( )") }
    #expect(rows.count == 2)
    let columns = rows.map { row in
      row.indices.filter { row[$0...].hasPrefix("( )") || row[$0...].hasPrefix("(•)") }
        .map { row.distance(from: row.startIndex, to: $0) }
    }
    #expect(Set(columns[0]).isSuperset(of: columns[1]))
  }

  // MARK: Providers

  /// The picker over what is built in and a folder.
  private func picker(over folder: String) -> Walk {
    let catalogue = Catalogue(sources: [.builtIn, .namedFolder(folder)])
    return Walk(Wizard(choosingFrom: catalogue, options: Samples.options()))
  }

  /// What the page says, on one line.
  private func words(_ walk: Walk) -> String {
    walk.canvas.lines.joined(separator: " ").split(separator: " ").joined(separator: " ")
  }

  @Test func `a folder of guides that is not there is told at once, and where nothing is found`() {
    let walk = picker(over: "/nowhere/guides")
    let reason =
      "/nowhere/guides could not be read: the folder does not exist. "
      + "usher guides check /nowhere/guides says more."
    #expect(words(walk).contains(reason), "\(words(walk))")
    walk.type("zzzz")
    #expect(words(walk).contains("No provider matches “zzzz”. " + reason), "\(words(walk))")
    walk.press(.backspace, .backspace, .backspace, .backspace)
    walk.type("tally")
    #expect(!words(walk).contains("nowhere"))
    #expect(walk.page.items.first.map { if case .list = $0 { true } else { false } } == true)
  }

  @Test func `an entry that is broken is told with its line, and how many more there are`() {
    let folder = TemporaryDirectory()
    for slug in ["acme", "brook"] {
      _ = unsafe mkdir(folder.file(slug), 0o755)
      TextFile.write("display_name: [\n", to: folder.file("\(slug)/provider.yaml"))
    }
    let walk = picker(over: folder.path)
    walk.type("zzzz")
    let text = words(walk)
    #expect(text.contains("acme/provider.yaml"), "\(text)")
    #expect(text.contains("not valid YAML"), "\(text)")
    #expect(text.contains("There is more in that folder."), "\(text)")
    #expect(text.contains("usher guides check"), "\(text)")
  }

  // MARK: Links

  @Test func `all links are listed with their addresses, and opened from there`() {
    let walk = Walk.through(Samples.tally)
    walk.press(.enter, .control("l"))
    let text = walk.canvas.lines.joined(separator: "\n")
    #expect(text.contains("https://tally.so/settings/api-keys"))
    #expect(text.contains("https://guides.example/overview.avif"))
    #expect(walk.press(.down, .enter) == .copy("https://guides.example/overview.avif"))
    walk.press(.escape)
    #expect(walk.title == "Create an API key")
  }

  @Test func `the guide's own page is the last link`() {
    var form = Samples.tally
    form.provider.docsConnect = "https://docs.example.com/tally/connect"
    let walk = Walk.through(form)
    walk.press(.enter)
    #expect(
      walk.page.references.all.last?.target == .address("https://docs.example.com/tally/connect"))
  }

  // MARK: Providers

  @Test func `what can be linked here comes first, a row for each`() {
    func provider(_ slug: String, _ name: String, _ mode: AuthMode) -> Provider {
      Provider(slug: slug, displayName: name, authMode: mode, origin: .builtIn)
    }
    let store = AuthMode(rawValue: "APP_STORE")
    let consent = AuthMode(rawValue: "OAUTH2")
    let index = MergedProviders([
      provider("data-a", "Data A", store), provider("data-b", "Data B", .apiKey),
      provider("data-c", "Data C", consent),
      provider(
        "zebra-with-a-slug-that-is-very-long-indeed", "Zebra with a name that is long too", .apiKey),
    ])
    let walk = Walk(Wizard(choosingFrom: index, options: Samples.options()))
    for (columns, rows) in [(40, 12), (80, 24)] {
      walk.resize(columns, rows)
      expectScreen(walk.canvas, "pick-order-\(columns)x\(rows)")
    }
    walk.type("dat")
    #expect(walk.press(.enter) == .open("data-b"))
  }
}
