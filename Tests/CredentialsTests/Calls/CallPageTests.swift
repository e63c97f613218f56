import Basics
import Requests
import Secrets
import Testing

/// The pages of a list as one document.
@Suite struct CallPages {
  static let cursor = """
    {"type":"cursor","cursor_path_in_response":"next","cursor_name_in_request":"page.after",
     "limit_name_in_request":"limit","response_path":"items"}
    """
  static let link =
    #"{"type":"link","link_path_in_response_body":"next","response_path":"items"}"#
  static let offset =
    #"{"type":"offset","offset_name_in_request":"skip","limit_name_in_request":"take"}"#

  static func session(
    _ paginate: String?, _ line: String = "/items", form: CallPaging.Form = .items,
    size: Int? = nil, most: Int = 100, body: consuming CallBody = .none,
    values: KeyValuePairs<String, String> = [:]
  ) -> CallUnderTest {
    var options = CallOptions()
    options.paging = CallPaging(form: form, pageSize: size, mostPages: most)
    let pages = paginate.map { #","paginate":\#($0)"# } ?? ""
    return CallUnderTest(
      """
      {"display_name":"Acme","auth_mode":"API_KEY","credentials":{"apiKey":{"type":"string"}},
       "proxy":{"base_url":"\(CallUnderTest.host)"\(pages)}}
      """, APICall(line), values, body: body, options: options)
  }

  static let first = "GET https://api.acme.example/items"

  @Test(arguments: [
    (CallPaging.Form.items, "[\n{\"a\": 1},\n2,\n3\n]\n"), (.lines, "{\"a\": 1}\n2\n3\n"),
    (
      .pages,
      "[\n{\"items\":[{\"a\": 1},2],\"next\":\"c 1\"},\n{\"items\":[3]}\n]\n"
    ),
  ])
  func `items of all pages come out as they stand in the answers`(
    form: CallPaging.Form, output: String
  ) {
    let session = Self.session(Self.cursor, form: form)
    #expect(session.next() == Self.first)
    #expect(session.handling(200) == .keep(limit: CallSession.pageLimit))
    session.answer(200, #"{"items":[{"a": 1},2],"next":"c 1"}"#)
    #expect(session.next() == Self.first + "?page.after=c+1")
    session.answer(200, #" {"items":[3]} "#)
    #expect(session.next() == "done 0")
    #expect(session.output == output)
    #expect(session.outcome?.pages == 2)
    #expect(session.outcome?.isDone == true)
  }

  @Test(arguments: [
    (CallPaging.Form.items, "[]\n"), (.lines, ""), (.pages, "[\n{\"items\":[]}\n]\n"),
  ])
  func `an empty list is a document as well`(form: CallPaging.Form, output: String) {
    let session = Self.session(Self.cursor, form: form)
    _ = session.next()
    session.answer(200, #"{"items":[]}"#)
    #expect(session.next() == "done 0")
    #expect(session.output == output)
  }

  @Test func `an item of several lines becomes one`() {
    let session = Self.session(Self.cursor, form: .lines)
    _ = session.next()
    session.answer(200, "{\"items\":[{\r\n \"a\": [1,\n 2], \"b\": \"x\\ny\"\n}]}")
    #expect(session.next() == "done 0")
    #expect(session.output == "{ \"a\": [1, 2], \"b\": \"x\\ny\"}\n")
  }

  @Test func `where no list is declared a page that is none is one item`() {
    let cursor = #"{"type":"cursor","cursor_path_in_response":"n","cursor_name_in_request":"c"}"#
    let session = Self.session(cursor)
    _ = session.next()
    session.answer(200, #"{"ok":true,"m":[1],"n":7}"#)
    #expect(session.next() == Self.first + "?c=7")
    session.answer(200, "[8]")
    #expect(session.next() == "done 0")
    #expect(session.output == "[\n{\"ok\":true,\"m\":[1],\"n\":7},\n8\n]\n")
  }

  @Test func `a page that holds nothing, or no answer at all, ends the list`() {
    for body in ["", #"{"items":null,"next":"x"}"#, "{}"] {
      let session = Self.session(Self.cursor)
      _ = session.next()
      session.answer(body.isEmpty ? 204 : 200, body)
      #expect(session.next() == "done 0")
      #expect(session.output == (body.isEmpty ? "" : "[]\n"))
    }
  }

  // MARK: Which page

  @Test func `a size is asked for where the entry says how`() {
    #expect(Self.session(Self.cursor, size: 5).next() == Self.first + "?limit=5")
    let none = Self.session(Self.link, size: 5)
    #expect(none.next() == "done 1")
    #expect(none.outcome?.diagnosis?.sentence.contains("size of a page") == true)
  }

  @Test func `an offset ends with a page that is not full`() {
    let session = Self.session(Self.offset, size: 2)
    #expect(session.next() == Self.first + "?take=2&skip=0")
    session.answer(200, "[1,2]")
    #expect(session.next() == Self.first + "?take=2&skip=2")
    session.answer(200, "[3]")
    #expect(session.next() == "done 0")
    #expect(session.output == "[\n1,\n2,\n3\n]\n")
  }

  @Test func `an offset that the caller gives is where it begins`() {
    let session = Self.session(Self.offset, "/items?skip=40")
    #expect(session.next() == Self.first + "?skip=40")
    session.answer(200, "[1,2]")
    #expect(session.next() == Self.first + "?skip=42")
  }

  @Test func `without pages in its entry a list cannot be followed`() {
    for paginate in [nil, #"{"type":"cursor","cursor_path_in_response":"next_token"}"#] {
      let session = Self.session(paginate)
      #expect(session.next() == "done 1")
      #expect(session.outcome?.diagnosis?.sentence.contains("pages cannot be followed") == true)
    }
  }

  @Test func `what leads in a circle ends it`() {
    let session = Self.session(Self.link)
    _ = session.next()
    session.answer(200, #"{"items":[1],"next":"/items?p=2"}"#)
    #expect(session.next() == Self.first + "?p=2")
    session.answer(200, #"{"items":[2],"next":"/items?p=2"}"#)
    #expect(session.next() == "done 0")
    #expect(session.output == "[\n1,\n2\n]\n")
  }

  @Test func `members of a JSON body lead to pages of what is posted`() {
    let session = Self.session(
      Self.cursor, "POST /search", size: 2,
      body: .content(SecretBuffer(fixture: #"{"q": "x","page":{"a":1}}"#), type: nil))
    let start = "POST https://api.acme.example/search content-type: application/json "
    #expect(session.next() == start + #"{"q":"x","page":{"a":1},"limit":2}"#)
    session.answer(200, #"{"items":[1,2],"next":"c"}"#)
    #expect(session.next() == start + #"{"q":"x","page":{"a":1,"after":"c"},"limit":2}"#)
    session.answer(200, #"{"items":[1,2],"next":7}"#)
    #expect(session.next() == start + #"{"q":"x","page":{"a":1,"after":7},"limit":2}"#)
    session.answer(503)
    #expect(session.next() == "done 6")
    #expect(
      session.outcome?.continuation
        == #"/search -d '{"q":"x","page":{"a":1,"after":7},"limit":2}'"#)
  }

  @Test func `an offset in a body begins where the caller says`() {
    let session = Self.session(
      Self.offset, "PUT /search", body: .content(SecretBuffer(fixture: #"{"skip":40}"#), type: nil))
    #expect(session.next().hasSuffix(#" {"skip":40}"#))
    session.answer(200, "[1]")
    #expect(session.next().hasSuffix(#" {"skip":41}"#))
  }
}
