import Basics
import Connections
import Drafts
import ProviderFormat
import Requests
import Secrets
import Signing
import TestSupport
import Testing

/// What stays in this process's memory of a secret that went through it.
@Suite(.serialized) struct Residues {
  private static let key = Fixture.apiKey

  private static func marked(_ scan: MemoryScan, before: String = "", after: String = "")
    -> SecretBuffer
  {
    var buffer = SecretBuffer(capacity: 256)
    for byte in before.utf8 { buffer.append(byte) }
    for index in 0..<scan.count { buffer.append(scan.byte(index)) }
    for byte in after.utf8 { buffer.append(byte) }
    return buffer
  }

  @Test func `a draft holds a pasted and mended value once, and not at all when it is gone`() {
    let scan = MemoryScan.marker()
    do {
      var draft = Draft(form: Fixture.form(Fixture.acme))
      do {
        let pasted = Self.marked(scan, before: "curl -H 'Authorization: Bearer ", after: "' url")
        _ = draft.paste(pasted, into: Self.key)
      }
      draft.moveCaret(.start, in: Self.key)
      _ = draft.type("x", into: Self.key)
      draft.erase(.backward, in: Self.key)
      let state = draft.state(of: Self.key)
      let ends = draft.ends(of: Self.key)
      #expect(state.characters == scan.count)
      #expect(ends.hidden > 0)
      #expect(scan.occurrences() == 1)
    }
    #expect(scan.occurrences() == 0)
  }

  @Test func `a record is sealed from one buffer and read into another, and none stays`() throws {
    let scan = MemoryScan.marker()
    do {
      var values = SecretValues()
      values.set(Self.key, to: Self.marked(scan))
      let name = try #require(ConnectionName(provider: "acme"))
      let record = ConnectionRecord(
        name: name,
        submission: Submission(provider: Fixture.provider(Fixture.acme), values: values),
        diagnosis: nil)
      let bytes = record.encoded()
      let again = try ConnectionRecord(decoding: bytes)
      let fields = again.values.keys
      #expect(fields == [Self.key])
      #expect(scan.occurrences() == 3)
    }
    #expect(scan.occurrences() == 0)
  }

  @Test func `a request and its redacted answer leave nothing behind`() {
    let scan = MemoryScan.marker()
    do {
      var values = SecretValues()
      values.set(Self.key, to: Self.marked(scan))
      var session = CheckSession(
        Submission(provider: Fixture.provider(Fixture.acme), values: values))
      if case .send = session.next() {
        let echo = Self.marked(scan, before: #"{"message":"bad key "#, after: #""}"#)
        session.receive(CheckAnswer(status: 401, body: echo))
      }
      if case .done(let diagnosis) = session.next() {
        #expect(diagnosis.providerSays == "bad key ‹redacted›")
      }
    }
    #expect(scan.occurrences() == 0)
  }

  @Test func `a secret that signs leaves nothing behind, nor does what it signed`() {
    let scan = MemoryScan.marker()
    let check = #""proxy":{"base_url":"https://a.example","verification":{"endpoints":["/me"]}}"#
    let modes: [(fields: [String], entry: String)] = [
      (
        ["key"],
        """
        {"auth_mode":"JWT",\(check),"token":{"signing_key":"${key}",
         "hmac_secret_encoding":"utf8","header":{"alg":"HS256"},"payload":{"iss":"${key}"}}}
        """
      ),
      (
        ["username", "password"],
        #"{"auth_mode":"SIGNATURE","signature":{"protocol":"WSSE"},\#(check)}"#
      ),
      (
        [
          "oauth_client_id_override", "oauth_client_secret_override", "token_id", "token_secret",
        ], #"{"auth_mode":"TBA",\#(check)}"#
      ),
    ]
    do {
      for (fields, entry) in modes {
        var values = SecretValues()
        for field in fields { values.set(Field.ID(.credentials, field), to: Self.marked(scan)) }
        var session = CheckSession(
          Submission(provider: Fixture.provider(entry), values: values))
        var isSent = false
        if case .send = session.next() { isSent = true }
        #expect(isSent)
        session.receive(CheckAnswer(status: 401, body: Self.marked(scan)))
        if case .done(let diagnosis) = session.next() { #expect(diagnosis.kind == .refused) }
      }
    }
    #expect(scan.occurrences() == 0)
  }

  @Test func `a digest leaves nothing of what it was made of`() {
    let scan = MemoryScan.marker()
    do {
      let text = Self.marked(scan)
      text.withBytes { text in
        #expect(Digests.sha256(text).count == 32)
        #expect(Digests.sha512(text).count == 64)
        #expect(Digests.hmacSHA1(text, key: text).count == 20)
        #expect(Digests.hmacSHA256(text, key: text).count == 32)
        #expect(Digests.extract(text, salt: [1, 2, 3]).count == 32)
      }
    }
    #expect(scan.occurrences() == 0)
  }

  @Test func `a token that was fetched leaves nothing behind, in whatever it came`() {
    let scan = MemoryScan.marker()
    do {
      for (before, after) in [
        (#"{"access_token":""#, #"","expires_in":60}"#), ("<r><t>", "</t></r>"),
        (#"{"error":"invalid_grant","error_description":"no "#, #""}"#),
      ] {
        // What a provider says is kept as text, so the third echoes what is known to be a secret.
        var values = SecretValues(fixture: ["credentials.user": "ann"])
        values.set(Self.key, to: Self.marked(scan))
        var session = CheckSession(
          Submission(
            provider: Fixture.provider(
              """
              {"auth_mode":"TWO_STEP","token_url":"https://a.example/",
               "token_params":{"u":"${user}"},"token_response":{"token":"access_token"}}
              """), values: values))
        if case .send = session.next() {
          session.receive(
            CheckAnswer(status: 200, body: Self.marked(scan, before: before, after: after)))
        }
        if case .done(let diagnosis) = session.next() {
          #expect(!diagnosis.sentence.isEmpty)
        }
      }
    }
    #expect(scan.occurrences() == 0)
  }
}
