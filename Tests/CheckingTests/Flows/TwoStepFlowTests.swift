import LoopbackSupport
import Requests
import Testing

/// Sessions and tokens that are fetched in a step or several, against a provider that reads every step for itself.
@Suite(.needsOpenSSL, .needsPython, .timeLimit(.minutes(1))) struct TwoStepFlowTests {
  private static let login = #"{"user":"${credentials.user}","pass":"${credentials.pass}"}"#
  private static let ann = ["credentials.user": "ann", "credentials.pass": #"a||b<&>"EXAMPLE"#]
  private static let pass = #"a||b<&>\"EXAMPLE"#

  private static func flow(
    _ name: String, _ members: String, routes: String, kind: Diagnosis.Kind = .accepted,
    cause: Diagnosis.Cause? = nil, sentence: String = "", life: Int64? = nil,
    requests: [String]? = nil
  ) -> Flow {
    Flow(
      name: name, entry: #"{"display_name":"Acme","auth_mode":"TWO_STEP",\#(members)}"#,
      values: ann, routes: "[\(routes)]", kind: kind, cause: cause, sentence: sentence, life: life,
      requests: requests)
  }

  private static let bodies = [
    flow(
      "in JSON",
      #""token_url":"SERVER/login","token_params":\#(login),"token_response":{"token":"data.session"}"#,
      routes: #"""
        {"method":"POST","path":"/login","expect":{"json":{"user":"ann","pass":"\#(pass)"}},
         "answer":{"status":201,"json":{"data":{"session":"s"}}}}
        """#),
    flow(
      "in form data",
      #"""
      "token_url":"SERVER/login","token_params":\#(login),"body_format":"form",
      "token_response":{"token":"[0].id","token_expiration":"[0].life",
       "token_expiration_strategy":"expireIn"}
      """#,
      routes: #"""
        {"method":"POST","path":"/login","expect":{"form":{"user":"ann","pass":"\#(pass)"}},
         "answer":{"json":[{"id":7,"life":"2h"}]}}
        """#, life: 7200),
    flow(
      "in XML",
      #"""
      "token_url":"SERVER/login","body_format":"xml",
      "token_params":{"login":{"$version":"3","user":"${credentials.user}","pass":"${credentials.pass}"}},
      "token_headers":{"content-type":"text/xml"},"token_response":{"token":"r.session.$id"}
      """#,
      routes: #"""
        {"method":"POST","path":"/login","auth":[{"kind":"xml","root":"login",
          "attributes":{"version":"3"},"members":{"user":"ann","pass":"\#(pass)"}}],
         "expect":{"headers":{"content-type":"text/xml"}},
         "answer":{"text":"<?xml version='1.0'?><r><session id='s&amp;1'/></r>"}}
        """#),
    flow(
      "in headers of a GET",
      #"""
      "token_url":"SERVER/token","token_request_method":"GET","token_params":\#(login),
      "token_headers":{"authorization":"Basic ${base64(${credentials.user}:${credentials.pass})}"},
      "token_response":{"token":"token"}
      """#,
      routes: #"""
        {"path":"/token","auth":[{"kind":"basic","username":"ann","password":"\#(pass)"}],
         "expect":{"body":""},"answer":{"json":{"token":"t"}}}
        """#),
  ]

  private static let chains = [
    flow(
      "values of the first answer lead the second step",
      #"""
      "token_url":"SERVER/one","body_format":"form","token_params":\#(login),
      "additional_steps":[{"token_url":"SERVER/two/${step1.id}",
       "token_params":{"code":"${step1.codes[1]}","pass":"${credentials.pass}"}}],
      "token_response":{"token":"token"}
      """#,
      routes: #"""
        {"method":"POST","path":"/one","answer":{"json":{"id":"a/b?c","codes":["x","y&z"]}}},
        {"method":"POST","path":"/two/a%2Fb%3Fc","expect":{"form":{"code":"y&z","pass":"\#(pass)"}},
         "answer":{"json":{"token":"t"}}}
        """#),
    flow(
      "the cookies that are set are the session",
      #"""
      "token_url":"SERVER/login","token_params":\#(login),"token_response_headers":["set-cookie"],
      "additional_steps":[{"token_url":"SERVER/me","token_request_method":"GET",
       "token_headers":{"cookie":"${credentials._cookies}"}}],
      "token_response":{"token":"id"}
      """#,
      routes: #"""
        {"method":"POST","path":"/login",
         "answer":{"headers":{"set-cookie":["a=1; Path=/","b=x=2; HttpOnly; Secure"]}}},
        {"path":"/me","auth":[{"kind":"header","name":"cookie","value":"a=1; b=x=2"}],
         "answer":{"json":{"id":"t"}}}
        """#),
    flow(
      "a second step counts as done with 200 alone",
      #"""
      "token_url":"SERVER/one","token_params":\#(login),
      "additional_steps":[{"token_url":"SERVER/two"}],"token_response":{"token":"token"}
      """#,
      routes: #"""
        {"method":"POST","path":"/one"},
        {"method":"POST","path":"/two","answer":{"status":201,"json":{"token":"t"}}}
        """#, kind: .unclear, requests: ["POST /one 200", "POST /two 201"]),
    flow(
      "an answer cannot lead into the private network",
      #"""
      "token_url":"SERVER/one","token_params":\#(login),
      "additional_steps":[{"token_url":"${step1.url}/two","token_params":\#(login)}],
      "token_response":{"token":"token"}
      """#,
      routes: #"{"method":"POST","path":"/one","answer":{"json":{"url":"https://10.0.0.1"}}}"#,
      kind: .unreachable, cause: .forbiddenAddress),
    flow(
      "an answer without the value that is needed ends the chain",
      #"""
      "token_url":"SERVER/one","token_params":\#(login),
      "additional_steps":[{"token_url":"SERVER/two/${step1.id}"}],
      "token_response":{"token":"token"}
      """#,
      routes: #"{"method":"POST","path":"/one"}"#, kind: .unclear),
    flow(
      "a wrong password goes no further",
      #"""
      "token_url":"SERVER/one","token_params":\#(login),
      "additional_steps":[{"token_url":"SERVER/two"}],"token_response":{"token":"token"}
      """#,
      routes: #"""
        {"method":"POST","path":"/one","expect":{"json":{"pass":"another"}},
         "refusal":{"status":401,"json":{"message":"Wrong a||b<&>\"EXAMPLE"}}},
        {"method":"POST","path":"/two"}
        """#, kind: .refused, sentence: "refuses these credentials", requests: ["POST /one 401"]),
  ]

  private static let bill = [
    bill("a session is opened", key: "dev-EXAMPLE-1", kind: .accepted, status: 200),
    bill("a developer key that is not known", key: "another", kind: .refused, status: 401),
  ]

  private static func bill(
    _ name: String, key: String, kind: Diagnosis.Kind, status: Int
  ) -> Flow {
    Flow(
      name: name,
      entry: #"{"display_name":"Bills","auth_mode":"BILL","token_url":"SERVER/v3/login"}"#,
      values: [
        "credentials.username": "ann", "credentials.password": "pass-EXAMPLE-1",
        "credentials.organization_id": "org", "credentials.dev_key": "dev-EXAMPLE-1",
      ],
      routes: #"""
        [{"method":"POST","path":"/v3/login","expect":{"headers":{"content-type":"application/json"},
          "json":{"username":"ann","password":"pass-EXAMPLE-1","organizationId":"org",
           "devKey":"\#(key)"}},
          "answer":{"json":{"sessionId":"s","organizationId":"org","userId":"u"}}}]
        """#,
      kind: kind, life: kind == .accepted ? 35 * 60 : nil, requests: ["POST /v3/login \(status)"])
  }

  private static let stage = FlowStage(bodies + chains + bill)

  @Test(arguments: bodies)
  func `what was typed arrives as it was typed`(_ flow: Flow) async throws {
    try await Self.stage.play(flow)
  }

  @Test(arguments: chains) func `each step uses the answers before it`(_ flow: Flow) async throws {
    try await Self.stage.play(flow)
  }

  @Test(arguments: bill) func `a session of BILL`(_ flow: Flow) async throws {
    try await Self.stage.play(flow)
  }
}
