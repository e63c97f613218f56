internal import ArgumentParser
internal import Checking
internal import Requests

/// How the live check reaches a provider.
struct NetworkOptions: ParsableArguments {
  @Option(
    name: .customLong("ca"),
    help: ArgumentHelp(
      "Trust the certificate authorities in this PEM file, for a provider inside your network.",
      valueName: "file"), completion: .file())
  var certificateAuthority: String?

  /// What a command line with these options would say.
  init(certificateAuthority: String?) {
    self.init()
    self.certificateAuthority = certificateAuthority
  }

  init() {}

  var checkOptions: CheckOptions {
    var options = CheckOptions()
    options.authorityFile = certificateAuthority
    return options
  }

  func checker() -> any Checker { HelperChecker(options: checkOptions) }
}
