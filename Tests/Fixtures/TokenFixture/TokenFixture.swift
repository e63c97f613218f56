import Basics
import CLinux
import Connections
import Glibc
import Requests
import Secrets
import StoreFaults
import Tokens

@testable import Store

/// A process that asks for the token of `acme/default` and may be killed while it does:
/// `TokenFixture HOME PROVIDER [GATE] [PLAN]`.
///
/// PROVIDER is a folder: see `FolderProvider`. With a GATE, the path of a file, it says `ready` and waits until it gets a
/// shared lock on the file. PLAN is `call:N` (killed at the Nth call to the disk) or `asked` (killed when the provider has
/// given a token, before anything is made of it). It prints the token, or why there is none.
@main
struct TokenFixture {
  static func main() throws {
    let arguments = CommandLine.arguments
    let plan = arguments.count > 4 ? arguments[4] : ""
    let disk = FaultyDisk(name: "fixture")
    if plan.hasPrefix("call:"), let call = Int(plan.dropFirst(5)) {
      disk.plan(.init(call: call, fault: .kill))
    }
    if arguments.count > 3, !arguments[3].isEmpty { wait(at: arguments[3]) }
    let location = try StoreLocation(
      in: StoreEnvironment(
        variables: ["HOME": arguments[1]], userID: 1000, accountHome: nil, workingDirectory: "/"))
    let store = StoreHandle(
      at: location, engine: SQLiteEngine(at: location, disk: StorageBackend(engine: disk.name)))
    let provider = FolderProvider(folder: arguments[2], diesWhenAsked: plan == "asked")
    guard let name = ConnectionName(provider: "acme") else { return }
    let keeper = TokenKeeper(
      fetcher: provider, maker: { provider.fetch($0, known: nil) }, notice: { _ in })
    do throws(TokenError) {
      let tokens = try keeper.token(of: name, in: store.session())
      print(tokens.withAccessToken { $0.shownText })
    } catch {
      print("\(error.explanation.what): \(error.explanation.why ?? "")")
    }
  }

  private static func wait(at gate: String) {
    print("ready")
    let file = unsafe linux_open(gate, O_RDONLY | O_CLOEXEC, 0)
    while linux_flock(file, LOCK_SH) != 0 {}
    close(file)
  }

  /// One line in one call, so that those of several processes do not mix.
  private static func print(_ text: String) {
    let line = Array("\(text)\n".utf8)
    _ = unsafe line.withUnsafeBytes { unsafe write(1, $0.baseAddress, $0.count) }
  }
}
