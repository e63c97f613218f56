import Drafts
import FoundationEssentials
import ProviderFormat
import Requests
import Secrets
import TestSupport
import Testing

/// The functions of templates beside what openssl makes of the same bytes.
@Suite(.enabled(if: Tool.path("openssl") != nil, "needs openssl"))
struct TemplateFunctionComparisons {
  private static func fill(
    _ template: String, _ values: KeyValuePairs<String, String>
  ) -> String {
    let session = SessionUnderTest(
      """
      {"auth_mode":"API_KEY","proxy":{"base_url":"https://a.example",
       "headers":{"x-made":"\(template)"},"verification":{"endpoints":["/"]}}}
      """, values)
    let request = session.next()
    guard let start = request.ranges(of: "x-made: ").first?.upperBound else { return request }
    return String(request[start...].prefix { $0 != " " })
  }

  private static func openssl(_ arguments: [String], input: [UInt8] = []) -> ChildProcess {
    ChildProcess.run(Tool.path("openssl") ?? "openssl", arguments, input: input)
  }

  private static func digest(of bytes: [UInt8]) -> String {
    Data(openssl(["dgst", "-sha256", "-binary"], input: bytes).output).base64EncodedString()
  }

  @Test(arguments: ["", "GET\nhost, with a comma\n/path", "größe 🔑"])
  func `digests and codes are those of openssl`(text: String) {
    let values: KeyValuePairs = ["credentials.text": text + ".", "credentials.key": "k-EXAMPLE"]
    let bytes = Array((text + ".").utf8)
    let hmac = Self.openssl(["dgst", "-sha1", "-hmac", "k-EXAMPLE", "-r"], input: bytes).text
    #expect(Self.fill("${hmacSha1Hex(${text}, ${key})}", values) == String(hmac.prefix(40)))
    let hex = Self.openssl(["dgst", "-sha256", "-r"], input: bytes).text
    #expect(Self.fill("${sha256Hex(${text})}", values) == String(hex.prefix(64)))
    #expect(Self.fill("${sha256Base64(${text})}", values) == Self.digest(of: bytes))
  }

  @Test(arguments: [
    ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"],
    ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384"],
    ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-521"],
    ["-algorithm", "ED25519"], ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"],
  ])
  func `a fingerprint is that of the public half, whatever the key`(options: [String]) {
    let pem = Self.openssl(["genpkey"] + options).text
    let der = Self.openssl(["pkey", "-pubout", "-outform", "DER"], input: Array(pem.utf8)).output
    #expect(
      Self.fill("${fingerprint(${key})}", ["credentials.key": pem])
        == "SHA256:" + Self.digest(of: der))
  }

  @Test func `openssl takes an Ed25519 signature`() {
    let directory = TemporaryDirectory()
    let (key, message) = (directory.file("key.pem"), directory.file("message"))
    TextFile.write(TestKeys.ed25519, to: key)
    TextFile.write("one, two", to: message)
    let signature = Self.fill(
      "${ed25519Sign(one, two, ${key})}", ["credentials.key": TestKeys.ed25519])
    let file = directory.file("signature")
    _ = FileManager.default.createFile(
      atPath: file, contents: Data(base64Encoded: signature) ?? Data())
    let result = Self.openssl([
      "pkeyutl", "-verify", "-inkey", key, "-rawin", "-in", message, "-sigfile", file,
    ])
    #expect(result.status == 0, "\(result.errorText)\(result.text)")
  }
}
