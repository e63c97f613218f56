import Basics
import Checking
import Drafts
import Glibc
import ProviderFormat
import Requests
import Secrets

/// The program that wants a call: asks a provider for `/`, writes what it answers to standard output, and ends with the
/// call's exit code.
struct CallDriver {
  private let url: String

  /// Address of the provider.
  init(_ arguments: [String]) { url = arguments.first ?? "" }

  func run() -> Int32 {
    ProcessHardening.apply()
    let entry = """
      {"display_name":"Loopback","auth_mode":"NONE","proxy":{"base_url":"\(url)"}}
      """
    guard let map = try? Value(json: entry).map else { fatalError("the entry is not JSON") }
    let submission = Submission(
      provider: Provider(slug: "loopback", entry: map, origin: .folder("/test")),
      values: SecretValues())
    let outcome = HelperCaller(output: STDOUT_FILENO).call(
      CallRequest(APICall(target: .path("/"))), of: submission, token: nil,
      cancel: EventDescriptor(), report: { _ in },
      renew: { .refused(Diagnosis(kind: .refused, sentence: "There is none.")) })
    return outcome.exitCode.rawValue
  }
}
