import Basics
import ProviderFormat
import Requests
import TestSupport
import Testing

/// The next page of a list, by what entries say of it and what answers hold.
@Suite struct Pages {
  /// The addresses of the first page and of the next one; nil where there is none.
  private static func pages(
    _ paginate: String, _ body: String, link: String = "", base: String = "https://a.example/v1"
  ) throws -> (first: String?, next: String?) {
    let provider = Fixture.provider(
      #"{"auth_mode":"NONE","proxy":{"base_url":"\#(base)","paginate":{\#(paginate)}}}"#)
    let headers = link.isEmpty ? "{}" : Value.map([("Link", .string(link))]).json
    let json = try ProviderFlow(
      provider,
      given: Value(json: #"{"next_page":{"answer":{"body":\#(body),"headers":\#(headers)}}}"#)
    ).json()
    let page = try Value(json: json.fixtureText)["next_page"]
    return (page?["first"]?["url"]?.text, page?["request"]?["url"]?.text)
  }

  private static let header = #""type":"link","link_rel_in_response_header":"next""#
  private static let path = #""type":"link","link_path_in_response_body":"_links.next""#

  @Test(arguments: [
    (#"<https://a.example/v1/p?page=2>; rel="next""#, "https://a.example/v1/p?page=2"),
    (#"<https://a.example/l>; rel="last", <https://a.example/n>; REL=next"#, "https://a.example/n"),
    (#"<https://a.example/n>; title="a, <b>; rel=prev"; rel="last NEXT""#, "https://a.example/n"),
    ("</p?page=2>; rel=next", "https://a.example/v1/p?page=2"),
    ("<https://A.example:443/n>; rel=next", "https://a.example/n"),
    ("<//a.example/n>; rel=next", "https://a.example/n"),
  ])
  func `a header says where the next page is`(link: String, next: String) throws {
    #expect(try Self.pages(Self.header, "[]", link: link).next == next)
  }

  @Test(arguments: [
    "<https://a.example/n>; rel=prev", "https://a.example/n; rel=next", "<https://a.example/n",
    "<https://a.example/n>", "",
  ])
  func `a header without such a relation says that there is none`(link: String) throws {
    #expect(try Self.pages(Self.header, "[]", link: link).next == nil)
  }

  @Test(arguments: [
    "https://b.example/n", "http://a.example/n", "https://a.example:8443/n",
    "https://a.example@b.example/n", "HTTPS://b.example/n", "https://", "//b.example/n",
  ])
  func `no page is asked for at another origin`(link: String) throws {
    let body = Value.map([("_links", .map([("next", .string(link))]))]).json
    let pages = try Self.pages(Self.path, body)
    #expect(pages.first != nil)
    #expect(pages.next == nil)
  }

  /// What programs that read addresses do not agree about, put together in every way.
  @Test func `no link whatever leads the credentials to another host`() throws {
    let pieces = [
      "https://", "http:", "HTTPS:", "//", "/", "\\", "@", "b.example", "a.example", "a.example.b",
      ":443",
      "?", "#", "%2f", "%40", ".", "..", " ", "\t", "${", "}", "[", "]", "\u{FF0F}", "\u{3002}",
      "b",
    ]
    var random = SeededRandom(seed: 7)
    for _ in 0..<1000 {
      let link = (0..<Int.random(in: 1...6, using: &random))
        .map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
      let body = Value.map([
        ("_links", .map([("next", .string(link)), ("base", .string(link))]))
      ]).json
      guard let next = try Self.pages(Self.path, body).next else { continue }
      #expect(next.hasPrefix("https://a.example/"), "\(link)")
    }
  }

  @Test(arguments: [
    (#"{"_links":{"next":"/p?page=2"}}"#, "https://a.example/v1/p?page=2"),
    (#"{"_links":{"next":" /p?q=${random} "}}"#, "https://a.example/v1/p?q=${random}"),
    (#"{"_links":{"next":"/p","base":"https://a.example/wiki"}}"#, "https://a.example/wiki/p"),
  ])
  func `a link in the body is relative to the base, and no template`(
    body: String, next: String
  ) throws {
    #expect(try Self.pages(Self.path, body).next == next)
  }

  @Test(arguments: [
    "{}", #"{"_links":{"next":null}}"#, #"{"_links":{"next":""}}"#, #"{"_links":{"next":false}}"#,
    #"{"_links":{"next":"/p","base":"https://b.example"}}"#, "[", "",
  ])
  func `a body without a link that may be followed ends the list`(body: String) throws {
    let json = (try? Value(json: body)) == nil ? "null" : body
    #expect(try Self.pages(Self.path, json).next == nil)
  }

  private static let cursor =
    #""type":"cursor","cursor_path_in_response":"meta.next","cursor_name_in_request":"c""#

  @Test(
    arguments: [
      (
        Self.cursor, #"{"meta":{"next":"a/b ${x}"}}"#,
        "https://a.example/v1/some/path?x=1&c=a%2Fb+%24%7Bx%7D"
      ),
      (Self.cursor, #"{"meta":{"next":12}}"#, "https://a.example/v1/some/path?x=1&c=12"),
      (Self.cursor, #"{"meta":{"next":"  "}}"#, nil),
      (Self.cursor, #"{"meta":{"next":false}}"#, nil),
      (Self.cursor, "[]", nil),
      (Self.cursor + #","response_path":"items""#, #"{"items":[],"meta":{"next":"7"}}"#, nil),
      (Self.cursor + #","response_path":"items""#, #"{"meta":{"next":"7"}}"#, nil),
      (
        Self.cursor + #","response_path":"items""#, #"{"items":[1],"meta":{"next":"7"}}"#,
        "https://a.example/v1/some/path?x=1&c=7"
      ),
      (#""type":"cursor","cursor_path_in_response":"next""#, #"{"next":"7"}"#, nil),
    ] as [(String, String, String?)])
  func `a cursor goes into its parameter as it is`(
    paginate: String, body: String, next: String?
  ) throws {
    #expect(try Self.pages(paginate, body).next == next)
  }

  @Test(arguments: [
    (#""offset_name_in_request":"skip""#, "skip=0", "skip=3"),
    (#""offset_name_in_request":"skip","offset_start_value":5"#, "skip=5", "skip=8"),
    (#""offset_name_in_request":"nr","offset_calculation_method":"per-page""#, "nr=0", "nr=1"),
    (#""offset_name_in_request":"page""#, "page=1", "page=2"),
    (#""offset_name_in_request":"page","offset_start_value":0"#, "page=0", "page=1"),
    // What the path itself says is where it begins.
    (#""offset_name_in_request":"x""#, "x=1", "x=4"),
  ])
  func `an offset counts what the entry says`(
    paginate: String, first: String, next: String
  ) throws {
    let pages = try Self.pages(#""type":"offset",\#(paginate)"#, "[1,[2],{}]")
    let prefix = "https://a.example/v1/some/path?" + (first.hasPrefix("x=") ? "" : "x=1&")
    #expect(pages.first == prefix + first)
    #expect(pages.next == prefix + next)
  }

  @Test(arguments: ["[]", "{}", "null", #"{"items":[1]}"#])
  func `without a list that has something in it an offset ends`(body: String) throws {
    let offset = #""type":"offset","offset_name_in_request":"skip""#
    #expect(try Self.pages(offset, body).next == nil)
  }

  @Test(arguments: [
    "", #""type":"spiral""#, #""type":"link""#, #""type":"cursor""#, #""type":"offset""#,
  ])
  func `an entry that does not say how has no pages`(paginate: String) throws {
    #expect(try Self.pages(paginate, "[1]").first == nil)
  }
}
