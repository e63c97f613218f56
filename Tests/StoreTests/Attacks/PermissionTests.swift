import Basics
import Connections
import Glibc
import Store
import TestSupport
import Testing

@testable import Store

@Suite("files that others could reach")
struct PermissionTests {
  private func home() throws -> TestHome {
    let home = TestHome()
    try home.store().save("x-EXAMPLE")
    return home
  }

  private func openingFails(_ home: borrowing TestHome) -> StoreError? {
    let store = home.store()
    return failure { () throws(StoreError) in _ = try store.secret() }
  }

  private func savingFails(_ home: borrowing TestHome) -> StoreError? {
    let store = home.store()
    return failure { () throws(StoreError) in
      try store.save("y-EXAMPLE", TestRecord.name("second"))
    }
  }

  @Test(arguments: [0o644, 0o660, 0o604, 0o601, 0o620] as [UInt32])
  func `a store that others can reach is refused`(mode: UInt32) throws {
    let home = try home()
    unsafe chmod(home.storePath, mode)
    let error = openingFails(home)
    #expect(error.isAboutPermissions)
    #expect(error?.explanation.advice?.contains("chmod 0600") == true)
    #expect(savingFails(home).isAboutPermissions)
  }

  @Test(arguments: [0o755, 0o770, 0o701] as [UInt32])
  func `a directory that others can reach is refused`(mode: UInt32) throws {
    let home = try home()
    unsafe chmod(home.location().directory, mode)
    #expect(openingFails(home).isAboutPermissions)
    #expect(savingFails(home).isAboutPermissions)
  }

  @Test(arguments: [0o440, 0o404, 0o666] as [UInt32])
  func `an identity that others can read is refused`(mode: UInt32) throws {
    let home = try home()
    unsafe chmod(home.identityPath, mode)
    let error = openingFails(home)
    #expect(error.isAboutPermissions)
    #expect(error?.explanation.what == "\(home.identityPath) is not used")
    #expect(error?.explanation.advice?.contains("--identity-fd") == true)
  }

  @Test func `a store with a second name is read with a warning, and not written`() throws {
    let home = try home()
    let before = TestFile.read(home.storePath)
    unsafe link(home.storePath, home.directory.file("second"))
    let notices = Notices()
    let store = home.store(notices: notices)
    #expect(try store.secret() == "x-EXAMPLE")
    #expect(notices.warnings.contains { $0.contains("second name") })
    let error = savingFails(home)
    #expect(error.isAboutPermissions)
    #expect(failure { () throws(StoreError) in try store.remove(TestRecord.tally) } == error)
    #expect(TestFile.read(home.directory.file("second")) == before)
    // The advice that is given.
    let advice = try #require(error?.explanation.advice?.split(separator: ": ").last)
    #expect(ChildProcess.run("/bin/sh", ["-c", String(advice)]).status == 0)
    #expect(savingFails(home) == nil)
  }

  @Test func `an identity with a second name is used with a warning`() throws {
    let home = try home()
    unsafe link(home.identityPath, home.directory.file("second"))
    let notices = Notices()
    #expect(try home.store(notices: notices).secret() == "x-EXAMPLE")
    #expect(notices.warnings.contains { $0.contains("second name") })
  }

  @Test func `a linked configuration folder of our own is used`() throws {
    let home = try home()
    let elsewhere = home.directory.file("dot")
    unsafe rename(home.configuration, elsewhere)
    unsafe symlink(elsewhere, home.configuration)
    #expect(try home.store().secret() == "x-EXAMPLE")
    #expect(savingFails(home) == nil)
    // What it leads to is verified as it would be in its place.
    unsafe chmod(elsewhere, 0o777)
    #expect(openingFails(home).isAboutPermissions)
  }

  @Test(.enabled(if: geteuid() == 0, "needs root to give files away"))
  func `a linked configuration folder of somebody else is not followed`() throws {
    let home = try home()
    let elsewhere = home.directory.file("dot")
    unsafe rename(home.configuration, elsewhere)
    unsafe symlink(elsewhere, home.configuration)
    unsafe lchown(home.configuration, 12345, 12345)
    #expect(openingFails(home).isAboutPermissions)
  }

  @Test func `advice for links names the file or folder itself`() throws {
    let home = try home()
    let real = home.directory.file("real")
    unsafe rename(home.location().directory, real)
    unsafe symlink(real, home.location().directory)
    #expect(openingFails(home)?.explanation.advice?.hasSuffix("--store \(real)/usher.db") == true)
    #expect(try home.store(StoreChoice(store: "\(real)/usher.db")).secret() == "x-EXAMPLE")

    let file = home.directory.file("key")
    unsafe rename(home.identityPath, file)
    unsafe symlink(file, home.identityPath)
    let choice = StoreChoice(store: "\(real)/usher.db")
    let error = failure { () throws(StoreError) in _ = try home.store(choice).secret() }
    #expect(error?.explanation.advice?.hasSuffix("--identity \(file)") == true)
    let named = StoreChoice(store: "\(real)/usher.db", identity: .file(file))
    #expect(try home.store(named).secret() == "x-EXAMPLE")
  }

  @Test func `a link in place of the store is not followed`() throws {
    let home = try home()
    let elsewhere = home.directory.file("elsewhere")
    unsafe rename(home.storePath, elsewhere)
    unsafe symlink(elsewhere, home.storePath)
    #expect(openingFails(home).isAboutPermissions)
    #expect(savingFails(home).isAboutPermissions)
  }

  @Test func `a dangling link makes no file where it points`() throws {
    let home = TestHome()
    let directory = home.location().directory
    try makeDirectories(directory)
    let target = home.directory.file("target")
    unsafe symlink(target, home.storePath)
    #expect(savingFails(home).isAboutPermissions)
    #expect(!TestFile.exists(target))
  }

  @Test func `a link in place of the identity is not followed`() throws {
    let home = try home()
    let elsewhere = home.directory.file("elsewhere")
    unsafe rename(home.identityPath, elsewhere)
    unsafe symlink(elsewhere, home.identityPath)
    #expect(openingFails(home) != nil)
  }

  @Test(arguments: ["-wal", "-shm", "-journal"])
  func `a link in place of a side file is not followed`(suffix: String) throws {
    let home = try home()
    let target = home.directory.file("target")
    TestFile.remove(home.storePath + suffix)
    unsafe symlink(target, home.storePath + suffix)
    #expect(openingFails(home).isAboutPermissions)
    #expect(!TestFile.exists(target))
  }

  @Test func `a link in place of the directory is not followed`() throws {
    let home = try home()
    let directory = home.location().directory
    unsafe rename(directory, home.directory.file("elsewhere"))
    unsafe symlink(home.directory.file("elsewhere"), directory)
    #expect(openingFails(home).isAboutPermissions)
  }

  @Test func `something else in place of the store is refused`() throws {
    let home = TestHome()
    try makeDirectories(home.location().directory)
    unsafe mkfifo(home.storePath, 0o600)
    #expect(openingFails(home).isAboutPermissions)
    unsafe unlink(home.storePath)
    unsafe mkdir(home.storePath, 0o700)
    #expect(openingFails(home).isAboutPermissions)
  }

  @Test(.enabled(if: geteuid() == 0, "needs root to give files away"))
  func `what belongs to another user is refused`() throws {
    for part in ["store", "directory", "identity"] {
      let home = try home()
      let path =
        switch part {
        case "store": home.storePath
        case "directory": home.location().directory
        default: home.identityPath
        }
      unsafe chown(path, 12345, 12345)
      #expect(openingFails(home).isAboutPermissions, "\(part)")
    }
  }

  @Test(arguments: ["000", "077", "027"])
  func `the umask does not decide who can read`(mask: String) throws {
    let home = TestHome()
    let program = TestFile.fixture("StoreCrashFixture")
    let result = ChildProcess.run(
      "/bin/sh", ["-c", "umask \(mask); exec \"$0\" \"$@\"", program, home.path, "2", "a"],
      environment: Fixture.environment)
    #expect(result.status == 0, "\(result.errorText)")
    #expect(TestFile.mode(home.storePath) == 0o600)
    #expect(TestFile.mode(home.identityPath) == 0o400)
    #expect(TestFile.mode(home.location().directory) == 0o700)
    #expect(TestFile.mode(home.configuration) == 0o700)
    for name in TestFile.names(home.configuration) {
      #expect(TestFile.mode("\(home.configuration)/\(name)") & 0o077 == 0, "\(name)")
    }
  }

  @Test func `a log without its store is not taken for that of a new one`() throws {
    let home = try home()
    TestFile.write(Array("log".utf8), to: home.storePath + "-wal")
    TestFile.remove(home.storePath)
    let error = savingFails(home)
    #expect(error?.explanation.why == "the log may hold the last saves")
    #expect(TestFile.read(home.storePath + "-wal") == Array("log".utf8))
  }

  private func makeDirectories(_ path: String) throws {
    _ = try PrivateDirectory.create(path, .closed)
  }
}
