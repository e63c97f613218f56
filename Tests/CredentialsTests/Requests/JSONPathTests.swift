import Requests
import Testing

@Suite struct PathsIntoJSON {
  @Test(arguments: [
    ("a[0]", true), ("a.0", true), ("a[1].b", true), ("a.1.b", true), ("1", true), ("a", false),
    ("a[1]", false), ("a[2]", false), ("b", false), ("a.b", false), ("a[x]", false), ("a[", false),
  ])
  func `a path leads to its value or nowhere`(path: String, isThere: Bool) {
    let session = SessionUnderTest(
      """
      {"display_name":"Acme","auth_mode":"TWO_STEP","token_url":"https://acme.example/login",
       "token_params":{"k":"${credentials.key}"},"token_response":{"token":"\(path)"}}
      """, ["credentials.key": "k"])
    _ = session.next()
    session.answer(200, #"{"a":[10,{"b":"x"}],"1":"y"}"#)
    #expect(session.diagnosis.kind == (isThere ? .accepted : .unclear))
  }
}
