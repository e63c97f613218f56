import FoundationEssentials
import TestSupport
import Testing

/// Our signatures beside those of the library that AWS publishes for Python.
@Suite(.enabled(if: Botocore.interpreter != nil, "needs python3 with botocore"))
struct BotocoreComparisons {
  @Test(arguments: [
    ("GET", "/", "sts", ""), ("POST", "/", "sts", "Action=GetCallerIdentity&Version=2011-06-15"),
    ("GET", "/a%20b/c?z=1&a=%2F&a=b%20c", "execute-api", ""),
    ("PUT", "/bucket/a//b%2Bc?tagging", "s3", "text é"),
  ])
  func `a request is signed as botocore signs it`(
    method: String, path: String, service: String, body: String
  ) throws {
    for token in [nil, "session/EXAMPLE+token=="] {
      let ours = try AWSSignatures.sign(
        method, path, ["content-type": "text/plain", "x-own": " a   b "], body: body,
        service: service, token: token
      ).value
      #expect(Botocore.sign(method, path, service, body, token) == ours)
    }
  }
}

/// botocore in an interpreter of its own.
enum Botocore {
  /// The system's, else the first on the path; nil when neither has botocore.
  static let interpreter: String? = ["/usr/bin/python3", Tool.path("python3")]
    .compactMap(\.self)
    .first { ChildProcess.run($0, ["-E", "-c", "import botocore"]).status == 0 }

  /// Key, region and moment of `AWSSignatures`.
  private static let program = """
    import datetime, sys
    import botocore.auth as auth
    from botocore.awsrequest import AWSRequest
    from botocore.credentials import Credentials

    method, path, service, body, token = sys.argv[1:]
    moment = datetime.datetime(2015, 8, 30, 12, 36, 0)

    class Fixed(datetime.datetime):
        @classmethod
        def utcnow(cls):
            return moment

    auth.datetime.datetime = Fixed
    key = Credentials("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", token or None)
    kind = auth.S3SigV4Auth if service == "s3" else auth.SigV4Auth
    request = AWSRequest(
        method, "https://example.amazonaws.com" + path, data=body.encode(),
        headers={"content-type": "text/plain", "x-own": " a   b "})
    if service == "s3":
        request.context["client_config"] = None
    kind(key, service, "us-east-1").add_auth(request)
    print(request.headers["Authorization"])
    """

  /// The value of the Authorization header, or why there is none.
  static func sign(
    _ method: String, _ path: String, _ service: String, _ body: String, _ token: String?
  ) -> String {
    let result = ChildProcess.run(
      interpreter ?? "python3", ["-E", "-c", program, method, path, service, body, token ?? ""])
    if result.status != 0 { return result.errorText }
    return result.text.split(separator: "\n").first.map(String.init) ?? ""
  }
}
