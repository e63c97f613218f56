import GuideFetching
import Testing

/// What an index for programs may look like.
@Suite struct DocumentationIndexTests {
  @Test func `links of every list are read, and words are not`() {
    let index = DocumentationIndex(
      Array(
        """
        # Tea House

        > Everything about tea. See [the shop](https://shop.tea.example).

        ## Guides

        - [Green tea](https://docs.tea.example/docs/green/connect.md): how to link
          - [A \\[nested\\] one](/docs/nested/connect): deeper
        * [Starred](<https://docs.tea.example/docs/star/connect> "title")
        - [Green tea again](https://docs.tea.example/docs/green/connect.md)
        - no link
        - [empty]()
        - [unclosed](https://docs.tea.example/x

        ## Optional

        - [Last](../last/connect.md)
        """.utf8))
    #expect(index.title == "Tea House")
    #expect(
      index.entries.map(\.address) == [
        "https://docs.tea.example/docs/green/connect.md", "/docs/nested/connect",
        "https://docs.tea.example/docs/star/connect", "../last/connect.md",
      ])
    #expect(index.entries[1].title == "A [nested] one")
  }

  @Test func `an index of a title and sections names nothing`() {
    let index = DocumentationIndex(Array("# Tea\n\n## One\n\n## Two\n".utf8))
    #expect(index.title == "Tea")
    #expect(index.entries.isEmpty)
  }

  @Test(arguments: [
    ("connect", "/docs/a/tea/connect", true), ("connect", "/docs/a/tea/connect.md", true),
    ("connect", "/docs/connect/other", false), ("connect", "/docs/reconnect", false),
    ("tea/*", "/docs/tea/connect", true), ("tea/*", "/docs/tea/green/connect", false),
    ("tea/**", "/docs/tea/green/connect", true), ("*tea*/connect", "/docs/green-tea/connect", true),
    ("/docs/*/connect", "/docs/tea/connect", true),
    ("/docs/*/connect", "/en/docs/tea/connect", false),
    ("/**/connect", "/en/docs/tea/connect", true), ("t?a/connect", "/docs/tea/connect", true),
    ("t?a/connect", "/docs/ta/connect", false), ("", "/docs/tea/connect", false),
    ("a*a*a*a*a*b", "/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false),
  ])
  func `a pattern fits the end of a path`(_ pattern: String, _ path: String, _ fits: Bool) {
    #expect(PagePattern(pattern).matches(path) == fits)
  }

  @Test(arguments: [
    ("https://t.example/docs/a/tea/connect", "docs/a/tea/connect.md", "tea"),
    ("https://t.example/docs/a/tea/connect.md", "docs/a/tea/connect.md", "tea"),
    ("https://t.example/en/docs/tea/connect/?x=1#y", "docs/tea/connect.md", "tea"),
    ("https://t.example/keys/tea", "docs/keys/tea/connect.md", "tea"),
    ("https://t.example/docs/v1.2/tea/connect", "docs/v1-2/tea/connect.md", "tea"),
  ])
  func `a page has its place in a checkout`(_ address: String, _ file: String, _ slug: String) {
    let page = PageAddress(address)
    #expect(page?.file == file)
    #expect(page?.slug == slug)
  }

  @Test(arguments: [
    "https://t.example/", "mailto:tea@t.example", "https://t.example/docs/.ssh/connect",
    "https://t.example/docs/%2e%2e/connect", "https://t.example/docs/a%00b/connect",
  ])
  func `what cannot be a file's place is none`(_ address: String) {
    #expect(PageAddress(address)?.file == nil)
  }
}
