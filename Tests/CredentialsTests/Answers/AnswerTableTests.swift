import Basics
import Drafts
import Requests
import TestSupport
import Testing

/// The table of the documentation, row by row: what an answer means of which the entry says nothing.
@Suite struct AnswerTable {
  /// A row of the table, and answers that are such ones.
  struct Row: CustomTestStringConvertible {
    let status: String
    let body: String
    let words: String
    let kind: Diagnosis.Kind
    let exit: Int
    let answers: [Answer]

    /// As it stands in the documentation.
    var line: String { "| \(status) | \(body) | \(words) | \(kind.rawValue) | \(exit) |" }
    var testDescription: String { line }

    init(
      _ status: String, _ body: String, _ words: String, _ kind: Diagnosis.Kind, _ exit: Int,
      _ answers: [Answer]
    ) {
      (self.status, self.body, self.words) = (status, body, words)
      (self.kind, self.exit, self.answers) = (kind, exit, answers)
    }
  }

  struct Answer {
    let status: Int
    let body: String
    let headers: [(name: String, value: String)]

    init(_ status: Int, _ body: String = "", type: String? = nil) {
      (self.status, self.body) = (status, body)
      headers = type.map { [("content-type", $0)] } ?? []
    }
  }

  private static let signIn = """
    <!doctype html><html><head><title>Log in</title></head><body><form action="/login">\
    <input type="password"></form></body></html>
    """
  private static let blocked =
    "<html><head><title>Attention required</title></head><body>You have been blocked</body></html>"

  static let successes: [Row] = [
    Row(
      "2xx", "nothing, data, text", "anything", .accepted, 0,
      [
        Answer(200), Answer(204), Answer(201, "[]"), Answer(200, "{}"), Answer(200, "pong"),
        Answer(200, #"{"id":1,"error":null}"#), Answer(200, #"{"errors":[],"data":{"id":1}}"#),
        Answer(200, #"{"status":"ok","code":0}"#), Answer(200, #"{"code":200,"success":true}"#),
        Answer(200, #"[{"error":"timeout"},{"error":null}]"#),
        Answer(200, "<user><id>1</id></user>"),
        Answer(200, #"{"ok":true,"user":{"name":"ann"}}"#, type: "text/html"),
        Answer(200, "OK", type: "text/html; charset=utf-8"),
      ]),
    Row(
      "2xx", "web page", "anything", .unclear, 6,
      [
        Answer(200, signIn, type: "text/html; charset=utf-8"), Answer(200, signIn),
        Answer(200, signIn, type: "application/json"),
        Answer(200, "Please <a href='/login'>log in</a>", type: "text/html"),
        Answer(200, "<?xml version=\"1.0\"?><!-- x --><!DOCTYPE HTML><html></html>"),
      ]),
    Row(
      "2xx", "says that it failed", "wrong credentials", .refused, 5,
      [
        Answer(200, #"{"ok":false,"error":"invalid_auth"}"#),
        Answer(200, #"{"success":false,"message":"Invalid API key"}"#),
        Answer(200, #"{"Success":"false","Message":"Wrong password for ann"}"#),
        Answer(200, #"{"status":"error","message":"Unauthorized"}"#),
        Answer(200, #"{"errors":[{"message":"no","extensions":{"code":"UNAUTHENTICATED"}}]}"#),
        Answer(200, #"{"data":null,"errors":[{"message":"Bad credentials"}]}"#),
        Answer(200, #"<rsp stat="fail"><err code="100" msg="Invalid API Key"/></rsp>"#),
        Answer(200, #"{"meta":{"code":401,"errorDetail":"The token is not valid."}}"#),
        Answer(200, #"{"code":40101,"msg":"invalid access token"}"#),
        Answer(200, #"{"status":"fail","data":{"apiKey":"API key is invalid"}}"#),
        Answer(200, #"{"authenticated":false}"#), Answer(202, "error=invalid_token&x=1"),
      ]),
    Row(
      "2xx", "says that it failed", "credentials that have ended", .refused, 5,
      [Answer(200, #"{"ok":false,"error":"token_revoked"}"#)]),
    Row(
      "2xx", "says that it failed", "credentials that are missing", .refused, 5,
      [Answer(200, #"{"success":false,"message":"Please log in first."}"#)]),
    Row(
      "2xx", "says that it failed", "a right", .lacksRight, 5,
      [Answer(200, #"{"ok":false,"error":"missing_scope","needed":"users:read"}"#)]),
    Row(
      "2xx", "says that it failed", "a plan or a payment", .lacksRight, 5,
      [Answer(200, #"{"success":false,"error":"Upgrade to use this"}"#)]),
    Row(
      "2xx", "says that it failed", "a clock", .unclear, 6,
      [
        Answer(
          200, #"{"code":-1021,"msg":"Timestamp for this request is outside of the recvWindow."}"#)
      ]),
    Row(
      "2xx", "says that it failed", "a firewall or gateway", .unclear, 6,
      [Answer(200, #"{"status":"error","message":"Request blocked by the firewall"}"#)]),
    Row(
      "2xx", "says that it failed", "too many requests", .busy, 6,
      [Answer(200, #"{"ok":false,"error":"ratelimited"}"#)]),
    Row(
      "2xx", "says that it failed", "trouble of its own", .busy, 6,
      [Answer(200, #"{"status":"error","message":"Down for maintenance"}"#)]),
    Row(
      "2xx", "says that it failed", "something else, or nothing", .unclear, 6,
      [
        Answer(200, #"{"ok":false}"#), Answer(200, #"{"status":"fail"}"#), Answer(200, "false"),
        Answer(200, #"{"errors":["no such field"]}"#), Answer(200, "ERROR 17"),
        Answer(200, #"<response><status>fail</status></response>"#),
        Answer(
          200,
          "<soap:Envelope xmlns:soap=\"x\"><soap:Body><soap:Fault><faultstring>no</faultstring></soap:Fault></soap:Body></soap:Envelope>"
        ),
      ]),
    Row(
      "2xx", "says that it failed, with code 401", "nothing", .refused, 5,
      [Answer(200, #"{"code":401}"#), Answer(200, #"{"statusCode":"401","data":{}}"#)]),
    Row(
      "2xx", "no data but a message", "wrong credentials", .refused, 5,
      [Answer(200, #"{"message":"Invalid API key"}"#), Answer(200, "Invalid token")]),
  ]

  static let others: [Row] = [
    Row("304", "any", "anything", .unclear, 6, [Answer(304)]),
    Row("3xx", "any", "anything", .unclear, 6, [Answer(302), Answer(300), Answer(307, signIn)]),
    Row(
      "400, 422", "data, text", "wrong credentials", .refused, 5,
      [
        Answer(400, #"{"error":{"message":"API key not valid. Please pass a valid API key."}}"#),
        Answer(422, #"{"message":"The API token is incorrect"}"#), Answer(400, "Unknown api_key"),
        Answer(422, #"{"errors":{"email":["is taken"],"api_key":["is invalid"]}}"#),
      ]),
    Row(
      "400, 422", "data, text", "a right", .lacksRight, 5,
      [Answer(400, #"{"message":"The key lacks the scope read"}"#)]),
    Row(
      "400, 422", "data, text", "a clock", .unclear, 6,
      [Answer(400, #"{"error":"invalid_token","message":"iat is in the future"}"#)]),
    Row(
      "400, 422", "data, text", "something else, or nothing", .unclear, 6,
      [
        Answer(400), Answer(422, #"{"errors":{"email":["is invalid"]}}"#),
        Answer(422, #"{"message":"Invalid value for page_token"}"#),
        Answer(400, #"{"message":"Unknown key: fields"}"#),
        Answer(400, #"{"message":"Missing parameter: limit"}"#),
      ]),
    Row(
      "400, 422", "web page", "something else, or nothing", .unclear, 6,
      [Answer(400, "<html><title>Bad Request</title></html>")]),
    Row(
      "401", "any", "something else, or nothing", .refused, 5,
      [
        Answer(401), Answer(401, #"{"message":"Unauthorized"}"#), Answer(401, "no"),
        Answer(401, "<html><title>401 Unauthorized</title></html>"),
      ]),
    Row(
      "401", "data, text", "credentials that have ended", .refused, 5,
      [Answer(401, #"{"message":"This key was revoked"}"#)]),
    Row(
      "401", "data, text", "a right", .lacksRight, 5,
      [Answer(401, #"{"error":"insufficient_scope"}"#)]),
    Row(
      "401", "any", "a clock", .unclear, 6,
      [Answer(401, #"{"message":"'Issued at' claim ('iat') is in the future"}"#)]),
    Row(
      "401", "any", "a firewall or gateway", .unclear, 6,
      [Answer(401, "<html><title>Company web filter</title></html>")]),
    Row(
      "401", "data, text", "where the request comes from", .unclear, 6,
      [Answer(401, #"{"message":"Your IP address is not whitelisted"}"#)]),
    Row(
      "402", "any", "anything", .lacksRight, 5,
      [Answer(402), Answer(402, #"{"message":"Pay first"}"#)]),
    Row(
      "403", "data, text", "a right", .lacksRight, 5,
      [
        Answer(403, #"{"message":"Insufficient permissions"}"#),
        Answer(403, #"{"detail":"You do not have permission to perform this action."}"#),
      ]),
    Row(
      "403", "data, text", "wrong credentials", .refused, 5,
      [
        Answer(403, #"{"message":"Invalid API key"}"#),
        Answer(403, #"{"message":"Access denied due to invalid subscription key."}"#),
      ]),
    Row(
      "403", "data, text", "something else", .lacksRight, 5,
      [Answer(403, #"{"message":"The Sheets API has not been used in this project"}"#)]),
    Row(
      "403", "data, text", "nothing, or what the status says", .unclear, 6,
      [
        Answer(403), Answer(403, #"{"message":"Forbidden"}"#), Answer(403, "Access denied"),
        Answer(403, "error code: 1020"),
      ]),
    Row(
      "403", "any", "a firewall or gateway", .unclear, 6,
      [
        Answer(403, blocked, type: "text/html"), Answer(403, "RBAC: access denied"),
        Answer(403, #"{"message":"Missing Authentication Token"}"#),
        Answer(403, "Request forbidden by administrative rules."),
      ]),
    Row(
      "403", "web page", "something else, or nothing", .unclear, 6,
      [Answer(403, "<html><h1>403 Forbidden</h1><hr>nginx</html>")]),
    Row(
      "403", "data, text", "where the request comes from", .unclear, 6,
      [Answer(403, #"{"message":"Your IP is not on the allow list"}"#)]),
    Row(
      "403", "data, text", "too many requests", .busy, 6,
      [Answer(403, #"{"message":"API rate limit exceeded for ann"}"#)]),
    Row(
      "404, 405, 410", "data, text", "wrong credentials", .refused, 5,
      [
        Answer(404, #"{"success":false,"error":"auth_error","msg":"Invalid user key"}"#),
        Answer(410, #"{"message":"API key not found"}"#),
        Answer(404, #"{"message":"No user found for this API key"}"#),
        Answer(404, #"{"message":"This account has been suspended"}"#),
      ]),
    Row(
      "404, 405, 410", "any", "something else, or nothing", .unclear, 6,
      [
        Answer(404), Answer(404, #"{"message":"Not Found"}"#), Answer(405), Answer(410),
        Answer(404, "<html><title>404 Not Found</title></html>"),
        Answer(404, #"{"message":"No project could be found with key 'ABC'."}"#),
      ]),
    Row(
      "404, 410 with a setting in the address", "any", "something else, or nothing", .wrongTenant,
      5,
      [Answer(404), Answer(410)]),
    Row("407", "any", "anything", .unreachable, 6, [Answer(407)]),
    Row(
      "408, 425, 429", "any", "anything", .busy, 6,
      [Answer(408), Answer(425), Answer(429, #"{"message":"Slow down"}"#)]),
    Row(
      "other 4xx", "data, text", "wrong credentials", .refused, 5,
      [Answer(409, #"{"message":"Wrong API key"}"#), Answer(498, "Expired token")]),
    Row(
      "other 4xx", "web page", "something else, or nothing", .unclear, 6,
      [Answer(406, "<html><title>Not Acceptable!</title></html>")]),
    Row(
      "other 4xx", "data, text", "something else, or nothing", .unclear, 6,
      [Answer(418), Answer(415, #"{"message":"Unsupported media type"}"#)]),
    Row(
      "500", "data, text", "wrong credentials", .refused, 5,
      [Answer(500, #"{"message":"Invalid API key"}"#)]),
    Row(
      "5xx", "any", "anything else", .busy, 6,
      [Answer(500), Answer(502, blocked), Answer(503, #"{"message":"Down"}"#)]),
    Row("511", "any", "anything", .unreachable, 6, [Answer(511)]),
    Row(
      "no status of HTTP", "any", "anything", .unclear, 6, [Answer(600), Answer(999, signIn)]),
  ]

  static let rows = successes + others

  private static let withSetting = """
    {"display_name":"Acme","auth_mode":"API_KEY",
     "proxy":{"base_url":"https://${connectionConfig.site}.acme.example",
      "verification":{"endpoints":["/me"]}},
     "connection_config":{"site":{"type":"string","title":"Site"}}}
    """

  @Test(arguments: rows) func `an answer means what the table says`(row: Row) {
    for answer in row.answers {
      let hasSetting = row.status.contains("setting")
      let session = SessionUnderTest(
        hasSetting ? Self.withSetting : Fixture.acme,
        ["credentials.apiKey": Fixture.goodKey, "params.site": "north"])
      _ = session.next()
      session.answer(answer.status, answer.body, headers: answer.headers)
      let diagnosis = session.diagnosis
      #expect(diagnosis.kind == row.kind, "\(answer.status) \(answer.body): \(diagnosis.sentence)")
      #expect(diagnosis.exitCode.rawValue == Int32(row.exit))
      #expect(diagnosis.sentence.hasSuffix("."))
      #expect(diagnosis.nextStep.isEmpty == (row.kind == .accepted))
    }
  }

  @Test func `the documentation has these rows and no others`() throws {
    let root = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
    let article = "/\(root)/Sources/Requests/Requests.docc/WhatAnAnswerMeans.md"
    let text = String(decoding: try #require(TextFile.read(article)), as: UTF8.self)
    let lines = text.split(separator: "\n").map(String.init).filter { $0.hasPrefix("| ") }
    // Head and rule of the table come first.
    #expect(Array(lines.dropFirst(2)) == Self.rows.map(\.line))
  }
}
