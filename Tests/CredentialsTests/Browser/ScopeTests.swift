import ProviderFormat
import Requests
import Testing

@Suite struct ScopesAsked {
  @Test(arguments: [
    ("a b", ["a", "b"]), ("a,b , a", ["a", "b"]), ("", []), ("a:b/c\n d", ["a:b/c", "d"]),
  ])
  func `names are read with blanks or commas between, each once`(text: String, names: [String]) {
    #expect(Scopes(text: text).names == names)
  }

  @Test func `an entry that asks for renewal says by which scope`() {
    let entry = #"{"auth_mode":"OAUTH2","default_scopes":["read","offline_access"]}"#
    #expect(AuthorizationRules(Fixture.provider(entry)).renewalScopes == ["offline_access"])
  }

  @Test func `what was not granted is what is left of what was asked`() {
    #expect(Scopes(["a", "b", "c"]).subtracting(Scopes(["b"])).names == ["a", "c"])
  }
}
