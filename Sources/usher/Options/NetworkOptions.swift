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

  /// What the command line names, else what the settings do.
  var authorityFile: String? { certificateAuthority ?? Settings.current.certificateAuthority }

  var checkOptions: CheckOptions {
    var options = CheckOptions()
    options.authorityFile = authorityFile
    if let time = Settings.current.checkTimeout { options.limits.setTotal(time) }
    return options
  }

  func checker() -> any Checker { HelperChecker(options: checkOptions) }
}
