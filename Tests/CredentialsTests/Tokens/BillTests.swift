import Basics
import Requests
import Testing

@Suite struct Bill {
  private static func session() -> SessionUnderTest {
    SessionUnderTest(
      #"{"display_name":"Bills","auth_mode":"BILL","token_url":"https://bill.example/v3/login"}"#,
      [
        "credentials.username": "ann", "credentials.password": "p-EXAMPLE-1",
        "credentials.organization_id": "org", "credentials.dev_key": "k-EXAMPLE-1",
      ], now: 0)
  }

  @Test func `a session is opened with the names that the service wants`() {
    #expect(
      Self.session().next()
        == #"POST https://bill.example/v3/login content-type: application/json {"username":"ann","#
        + #""password":"p-EXAMPLE-1","organizationId":"org","devKey":"k-EXAMPLE-1"}"#)
  }

  @Test func `a session is accepted, and what later use needs is kept`() {
    let session = Self.session()
    _ = session.next()
    session.answer(200, #"{"sessionId":"s-EXAMPLE-1","organizationId":"org","userId":"u7"}"#)
    #expect(session.diagnosis.kind == .accepted)
    #expect(session.diagnosis.tokenExpires?.secondsSinceEpoch == 2100)
    #expect(session.diagnosis.metadata == ["organizationId": "org", "userId": "u7"])
  }

  @Test func `an answer without a session opens nothing`() {
    for (status, body) in [(200, "{}"), (201, #"{"sessionId":"s"}"#), (401, "{}")] {
      let session = Self.session()
      _ = session.next()
      session.answer(status, body)
      #expect(session.diagnosis.kind != .accepted)
    }
  }
}
