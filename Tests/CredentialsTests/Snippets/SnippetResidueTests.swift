import Drafts
import Secrets
import TestSupport
import Testing

/// Reading a text makes no copy of what may be a secret, wherever in it the secret stands.
@Suite(.serialized) struct SnippetResidues {
  static let surroundings: [(before: String, after: String)] = [
    ("", ""), ("", "\nsecond-EXAMPLE"), ("ACME_KEY=", "\nOTHER=x"), ("other: x\nkey: ", "\n"),
    ("{\"key\": \"", "\", \"a\": \"b\"}"),
    ("fetch('https://a.example', ['user', '", "'])"), ("curl -u ann:", " https://a.example"),
    ("user ", ""), ("", " = x"), ("$", ""),
    ("new Acme('", "')"), ("", ": x"),
    ("export TOKEN=", "\ncurl -H \"Authorization: Bearer $TOKEN\" https://a.example"),
  ]

  @Test(arguments: surroundings)
  func `nothing is left of a paste that was not used`(before: String, after: String) {
    let scan = MemoryScan.marker(length: 40)
    do {
      var draft = Draft(form: Fixture.form(#"{"auth_mode":"API_KEY"}"#))
      do {
        var pasted = SecretBuffer(capacity: 256)
        pasted.append(text: before)
        for index in 0..<scan.count { pasted.append(scan.byte(index)) }
        pasted.append(text: after)
        _ = draft.paste(pasted, into: Fixture.apiKey)
      }
      _ = draft.state(of: Fixture.apiKey)
      _ = draft.found
      draft.dropFound()
      draft.wipe()
    }
    #expect(scan.occurrences() == 0)
  }
}
