import Basics
import CLinux
import Checking
import Drafts
import ProviderFormat
import Requests
import Secrets
import TestSupport

/// The program that wants tokens: fetches them one after the other from a provider that gives the client's secret back as
/// the token, and looks for what is left of it. Prints one line for each and one for the remains:
///
///     token 1
///     residues 0
///
/// that is: what came of each, and the copies of the token while it was held; those after all were given up.
struct TokenDriver {
  private let url: String
  private let count: Int
  private let marker = MemoryScan.marker(length: 40)

  /// Address of the provider, and how many to fetch.
  init(_ arguments: [String]) {
    url = arguments.first ?? ""
    count = arguments.count > 1 ? Int(arguments[1]) ?? 1 : 1
  }

  func run() -> Int32 {
    ProcessHardening.apply()
    let fetcher = HelperTokenFetcher()
    for _ in 0..<count {
      switch fetcher.fetch(submission(), known: nil) {
      case .token(let token):
        print("token \(residues())")
        _ = consume token
      case .refused(let diagnosis): print("refused \(diagnosis.sentence)")
      }
    }
    print("residues \(residues())")
    return 0
  }

  private func submission() -> Submission {
    let entry = """
      {"display_name":"Loopback","auth_mode":"OAUTH2_CC","token_url":"\(url)/token",
      "token_params":{"grant_type":"client_credentials"}}
      """
    var secret = SecretBuffer()
    for index in 0..<marker.count { secret.append(marker.byte(index)) }
    var values = SecretValues()
    values.set(Field.ID(.credentials, "client_id"), to: SecretBuffer(text: "client-EXAMPLE"))
    values.set(Field.ID(.credentials, "client_secret"), to: secret)
    guard let map = try? Value(json: entry).map else { fatalError("the entry is not JSON") }
    return Submission(
      provider: Provider(slug: "loopback", entry: map, origin: .folder("/test")), values: values)
  }

  private func residues() -> Int {
    // A hardened process can read its own memory only when it is root's.
    _ = linux_prctl(PR_SET_DUMPABLE, 1)
    defer { _ = linux_prctl(PR_SET_DUMPABLE, 0) }
    return marker.occurrences()
  }
}
