internal import Checking
internal import Requests

extension NetworkOptions {
  /// Asks providers what it takes to link an account with a person's consent.
  func linker() -> any Linker { HelperLinker(options: checkOptions) }
}
