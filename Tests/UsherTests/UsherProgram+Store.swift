import Connections
import Glibc
import Store
import TestSupport

extension UsherProgram {
  /// The program's store, in this process.
  func inStore<Result>(_ body: (borrowing StoreSession) throws -> Result) throws -> Result {
    own(by: geteuid())
    defer { if geteuid() == 0 { own(by: UsherProgram.nobody) } }
    let location = try StoreLocation(
      in: StoreEnvironment(
        variables: ["HOME": home.path], userID: 1000, accountHome: nil, workingDirectory: "/"))
    return try body(StoreHandle(at: location).session())
  }

  /// The program runs as nobody where the tests run as root, and a store is its owner's alone.
  private func own(by user: UInt32) {
    guard geteuid() == 0 else { return }
    _ = ChildProcess.run(
      "/usr/bin/chown", ["-R", "\(user):\(user)", home.path], environment: environment)
  }
}
