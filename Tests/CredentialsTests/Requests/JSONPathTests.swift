import Basics
import Requests
import Secrets
import Testing

@testable import Requests

@Suite struct PathsIntoJSON {
  @Test(arguments: [
    ("", #"{"a":[10,{"b":"x"}],"1":"y"}"#), ("a[0]", "10"), ("a.0", "10"), ("a[1].b", #""x""#),
    ("a.1.b", #""x""#), ("1", #""y""#), ("a[2]", nil), ("b", nil), ("a.b", nil), ("a[x]", nil),
  ])
  func `a path leads to its value or nowhere`(path: String, found: String?) {
    let text = SecretBuffer(fixture: #"{"a":[10,{"b":"x"}],"1":"y"}"#)
    let value = text.withBytes { bytes in
      JSONPath(path).find(in: bytes).map { bytes.shownText($0) }
    }
    #expect(value == found)
  }
}
