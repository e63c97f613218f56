import Basics
import Catalogues
import Testing

@testable import Catalogues
@testable import ProviderFormat

/// Results as a person expects them, over names that are easily confused.
@Suite("Searching the catalogue")
struct SearchTests {
  private static let listed = MergedProviders(
    [
      ("github", "GitHub", ["dev-tools"]), ("gitlab", "GitLab", ["dev-tools"]),
      ("bitbucket", "Bitbucket", ["dev-tools"]), ("tally", "Tally", ["productivity"]),
      ("tailscale-api-key", "Tailscale (API Key)", ["dev-tools"]),
      ("tailscale", "Tailscale (OAuth)", ["dev-tools"]),
      ("metal", "Metal Tally Works", ["accounting"]), ("mytallyho", "Mytallyho", ["crm"]),
      ("iam", "iam", ["iam"]), ("tea", "Café Tea", ["food"]), ("ore", "Øre & Søn", ["food"]),
      ("cloud", "Great Cloud Platform", ["dev-tools"]),
      ("note-b", "Note Beta", ["productivity"]),
      ("note-long", "Note Alpha Long", ["productivity", "popular"]),
      ("note-a", "Note Area", ["productivity"]),
    ].map { slug, name, categories in
      Provider(
        slug: slug, displayName: name, categories: categories, authMode: .apiKey, origin: .builtIn)
    })

  private func search(_ query: String) -> [String] { Self.listed.search(query).map(\.slug) }

  @Test func `an exact name comes before a beginning, a word and a part`() {
    #expect(search("tally") == ["tally", "metal", "mytallyho"])
  }

  @Test(arguments: [
    ("git", ["github", "gitlab"]), ("TAILSCALE", ["tailscale", "tailscale-api-key"]),
    ("tailscale api", ["tailscale-api-key"]), ("api tailscale", ["tailscale-api-key"]),
    ("tailscaleapikey", ["tailscale-api-key"]), ("git hub", ["github"]), ("crm", ["mytallyho"]),
    ("hub", ["github"]), ("zzzz", []), ("tly", []), ("gcp", ["cloud"]), ("gc", []),
    ("cafe", ["tea"]), ("CAFÉ", ["tea"]), ("cafe\u{301}", ["tea"]), ("ore son", ["ore"]),
    ("crm tally", ["mytallyho"]), ("food tea", ["tea"]), ("  git-lab  ", ["gitlab"]),
  ])
  func `search finds what a person expects`(_ query: String, _ slugs: [String]) {
    #expect(search(query) == slugs)
  }

  @Test(arguments: [
    ("talyl", "tally"), ("githup", "github"), ("gihtub", "github"), ("gitub", "github"),
    ("gitthub", "github"), ("bitbukket", "bitbucket"), ("bibtucekt", "bitbucket"),
    ("tailscael api", "tailscale-api-key"), ("xithub", "github"), ("acounting", "metal"),
  ])
  func `a mistyped name is found all the same`(_ query: String, _ slug: String) {
    #expect(search(query).first == slug)
  }

  @Test func `a letter that a name lacks is a mistake each time that it is typed`() {
    #expect(
      SearchWord(Array("zzte".utf8)).mistakes(lacking: LetterMask(of: Array("tea".utf8))) == 2)
    #expect(SearchWord(Array("tea".utf8)).mistakes(lacking: LetterMask(of: Array("eat".utf8))) == 0)
    #expect(search("gxxhub") == [])
    #expect(search("gixhub") == ["github"])
  }

  @Test func `mistakes are not looked for while a name begins with what was typed`() {
    #expect(search("gitl") == ["gitlab"])
    #expect(search("tall") == ["tally", "metal", "mytallyho"])
  }

  @Test func `what fits equally well is ordered by popularity, length and alphabet`() {
    #expect(search("note") == ["note-long", "note-a", "note-b"])
  }

  @Test func `a category finds its members behind those of that name`() {
    #expect(search("iam") == ["iam"])
    #expect(search("dev tools").count == 6)
    #expect(search("").count == Self.listed.count)
    #expect(search(" - ").count == Self.listed.count)
  }

  @Test(arguments: ["tailscale", "github", "metal tally"])
  func `each further letter narrows the results`(_ name: String) {
    var before = Set(search(""))
    for length in 1...name.count {
      let now = Set(search(String(name.prefix(length))))
      #expect(now.isSubset(of: before))
      #expect(!now.isEmpty)
      before = now
    }
  }

  @Test func `the list is in the order of names, whatever their case and accents`() {
    let names = Self.listed.entries.map(\.displayName)
    #expect(names.prefix(4) == ["Bitbucket", "Café Tea", "GitHub", "GitLab"])
    #expect(names.suffix(2) == ["Tailscale (OAuth)", "Tally"])
  }

  @Test func `a provider keeps its place in what was found`() {
    #expect(Self.listed.search("git").index(of: "gitlab") == 1)
    #expect(Self.listed.search("git").index(of: "tally") == nil)
    #expect(Self.listed.entries.index(of: "bitbucket") == 0)
    #expect(Self.listed.entries.index(of: "none") == nil)
  }

  @Test func `very long and strange queries break nothing`() {
    #expect(search(String(repeating: "tally ", count: 500)).contains("tally"))
    #expect(search(String(repeating: "x", count: 5000)).isEmpty)
    #expect(search("\u{0}\u{1F600}\u{202E}").count == Self.listed.count)
  }

  @Test(arguments: [
    ("tailscale-apikey", "tailscale-api-key"), ("taly", "tally"), ("gihtub", "github"),
    ("bitbuket", "bitbucket"), ("Tailscale (OAuth)", "tailscale"),
  ])
  func `a mistyped slug is recognised`(_ typed: String, _ slug: String) {
    #expect(search(typed).first == slug)
  }

  @Test(arguments: [
    ("abc", "abc", 0), ("abc", "acb", 1), ("abc", "ab", 1), ("abc", "abcd", 1), ("abc", "abd", 1),
    ("", "a", 1), ("a", "", 1), ("abcd", "badc", 2), ("kitten", "sittin", 2),
    ("abcdef", "uvwxyz", nil),
  ])
  func `typing mistakes are counted`(_ a: String, _ b: String, _ distance: Int?) {
    #expect(EditDistance.between(a, b, atMost: 2) == distance)
    #expect(EditDistance.between(b, a, atMost: 2) == distance)
  }

  /// The usual table, cell by cell.
  private static func table(_ a: [UInt8], _ b: [UInt8]) -> Int {
    var rows = [Array(0...b.count)]
    for i in a.indices {
      var row = [i + 1]
      for j in b.indices {
        var best = min(rows[i][j + 1] + 1, row[j] + 1, rows[i][j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
          best = min(best, rows[i - 1][j - 1] + 1)
        }
        row.append(best)
      }
      rows.append(row)
    }
    return rows[a.count][b.count]
  }

  @Test func `mistakes in bits are those of the table`() {
    var state: UInt64 = 7
    func next(_ limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % limit
    }
    for _ in 0..<2000 {
      let a = (0..<next(12)).map { _ in UInt8(97 + next(3)) }
      let b = (0..<next(12)).map { _ in UInt8(97 + next(3)) }
      let (x, y) = (String(decoding: a, as: UTF8.self), String(decoding: b, as: UTF8.self))
      #expect(EditDistance.between(x, y, atMost: 99) == Self.table(a, b), "\(x) \(y)")
    }
  }
}
