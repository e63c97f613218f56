import Basics
import CLinux
import Checking
import Dispatch
import Drafts
import ProviderFormat
import Requests
import Secrets
import TestSupport

/// The program that links accounts: by a refresh token that the provider gives back as the access token, one after the
/// other, and looks for what is left of it. Prints one line for each and one for the remains:
///
///     linked 2
///     residues 0
///
/// that is: the copies of the token while the account was held, the refresh token being one; those after all were given up.
struct LinkDriver: Sendable {
  private let url: String
  private let count: Int
  private let marker = MemoryScan.marker(length: 40)

  /// Address of the provider, and how many to link.
  init(_ arguments: [String]) {
    url = arguments.first ?? ""
    count = arguments.count > 1 ? Int(arguments[1]) ?? 1 : 1
  }

  func run() -> Int32 {
    ProcessHardening.apply()
    let done = DispatchSemaphore(value: 0)
    Task.detached {
      let linker = HelperLinker()
      for _ in 0..<count {
        switch await linker.perform(job(), report: { _ in }) {
        case .linked(let account):
          print("linked \(residues())")
          _ = consume account
        case .refused(let refusal): print("refused \(refusal.diagnosis.sentence)")
        default: print("neither")
        }
      }
      print("residues \(residues())")
      done.signal()
    }
    done.wait()
    return 0
  }

  private func job() -> LinkJob {
    let entry = """
      {"display_name":"Loopback","auth_mode":"OAUTH2","token_url":"\(url)/token"}
      """
    var token = SecretBuffer()
    for index in 0..<marker.count { token.append(marker.byte(index)) }
    var values = SecretValues()
    values.set(OAuthClient.idField, to: SecretBuffer(text: "client-EXAMPLE"))
    guard let map = try? Value(json: entry).map else { fatalError("the entry is not JSON") }
    let submission = Submission(
      provider: Provider(slug: "loopback", entry: map, origin: .folder("/test")), values: values)
    return .renew(token, AuthorizationFlow(submission, scopes: Scopes()))
  }

  private func residues() -> Int {
    // A hardened process can read its own memory only when it is root's.
    _ = linux_prctl(PR_SET_DUMPABLE, 1)
    defer { _ = linux_prctl(PR_SET_DUMPABLE, 0) }
    return marker.occurrences()
  }
}
