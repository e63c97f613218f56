import Checking
import TestSupport
import Testing

/// What is told about the way to the network before anything is asked.
@Suite struct NetworkSettingsTests {
  @Test func `the proxy is named without its login`() {
    let settings = NetworkSettings { ["HTTPS_PROXY": "http://me:hidden@proxy.example:3128"][$0] }
    #expect(settings.proxy == "proxy.example:3128")
    #expect(settings.proxyProblem == nil)
  }

  @Test func `a setting that cannot be used is told with its reason`() {
    let settings = NetworkSettings {
      ["https_proxy": "socks5://me:hidden@proxy.example", "SSL_CERT_FILE": "/nowhere/ca.pem"][$0]
    }
    #expect(settings.proxy == nil)
    #expect(settings.proxyProblem?.contains("http://") == true)
    #expect(settings.authorityFiles.isEmpty)
    #expect(settings.authorityProblem?.contains("SSL_CERT_FILE") == true)
    #expect(!"\(settings)".contains("hidden"))
  }

  @Test func `an environment that is not trusted tells nothing`() {
    var options = CheckOptions()
    options.usesEnvironment = false
    let settings = NetworkSettings(options) { _ in "http://proxy.example" }
    #expect(settings.proxy == nil)
    #expect(!settings.authorityFiles.contains("http://proxy.example"))
  }

  @Test func `the file of authorities is the one that the user named`() {
    let directory = TemporaryDirectory()
    let file = directory.file("ca.pem")
    TextFile.write("", to: file)
    #expect(NetworkSettings { ["SSL_CERT_FILE": file][$0] }.authorityFiles == [file])
  }
}
