import Basics
import LoopbackSupport
import TestSupport
import Testing

/// `usher token --format aws`, read by AWS's own library.
@Suite(
  .enabled(if: LoopbackCertificates.tool != nil, "needs openssl"),
  .enabled(if: AWSLibrary.python != nil, "needs botocore"),
  .timeLimit(.minutes(1)))
struct AWSCredentialProcessTests {
  @Test func `botocore signs with what it prints, and knows its end`() async throws {
    let provider = try await AccessProvider(UsherProgram())
    provider.link("cloud")
    let command = UsherProgram.command(["token", "cloud", "--format", "aws"]) + provider.options
    let configuration = provider.program.write(
      "[default]\ncredential_process = \(command.joined(separator: " "))\n", to: "aws.ini")
    let script = """
      import botocore.session
      credentials = botocore.session.Session().get_credentials()
      frozen = credentials.get_frozen_credentials()
      print(frozen.access_key, frozen.secret_key, frozen.token, credentials.method)
      print(credentials._expiry_time.isoformat())
      """
    let environment = provider.program.environment.merging([
      "AWS_CONFIG_FILE": configuration, "AWS_SHARED_CREDENTIALS_FILE": "/nowhere",
      "AWS_EC2_METADATA_DISABLED": "true",
    ]) { $1 }
    let result = ChildProcess.run(
      AWSLibrary.python ?? "", ["-E", "-c", script], environment: environment)
    #expect(
      result.text == """
        ASIAEXAMPLE temporary/EXAMPLE session/EXAMPLE+== custom-process
        2099-01-01T00:00:00+00:00

        """, "\(result.errorText)")
  }
}

/// AWS's library for Python.
private enum AWSLibrary {
  /// An interpreter that has it: the system's, else the first on the path.
  static let python: String? = ["/usr/bin/python3", Tool.path("python3")].compactMap { $0 }
    .first { ChildProcess.run($0, ["-E", "-c", "import botocore"]).status == 0 }
}
