import Basics
import Connections
import Glibc
import Store
import TestSupport
import Testing

@testable import Store

@Suite("taking turns for a token")
struct TokenLockTests {
  private let other = TestRecord.name("other")

  private func home() throws -> TestHome {
    let home = TestHome()
    for name in [TestRecord.tally, other] { try home.store().save("x-EXAMPLE", name) }
    return home
  }

  private func lockPath(_ home: borrowing TestHome) -> String { home.storePath + ".lock" }

  private func isMine(_ turn: consuming TokenTurn) -> Bool {
    if case .taken = turn { true } else { false }
  }

  private func isPassed(_ turn: consuming TokenTurn) -> Bool {
    if case .passed = turn { true } else { false }
  }

  /// Takes its turn and gives it up.
  private func takesTurn(_ name: ConnectionName, in store: TestStore) throws(StoreError) -> Bool {
    isMine(try store.lockToken(of: name, since: 0))
  }

  /// Asks for a turn without waiting for it for long: whoever waits gives up when its task is cancelled.
  private func failureWithoutWaiting(
    _ name: ConnectionName, in store: TestStore
  ) async -> StoreError? {
    let task = Task {
      failure { () throws(StoreError) in _ = try store.lockToken(of: name, since: 0) }
    }
    task.cancel()
    return await task.value
  }

  @Test func `one at a time has it, other connections are free, and it ends with the lock`()
    async throws
  {
    let home = try home()
    let store = home.store()
    do {
      let turn = try store.lockToken(of: TestRecord.tally, since: 0)
      let error = await failureWithoutWaiting(TestRecord.tally, in: home.store())
      #expect(error?.explanation.what == "no token for tally/default")
      #expect(error?.explanation.advice?.contains("try again") == true)
      #expect(try takesTurn(other, in: home.store()))
      let wasMine = isMine(turn)
      #expect(wasMine)
    }
    #expect(try takesTurn(TestRecord.tally, in: home.store()))
  }

  @Test func `whoever waits gets it as soon as it is given up`() async throws {
    let home = try home()
    let store = home.store()
    let turn = try store.lockToken(of: TestRecord.tally, since: 0)
    let waiting = Task.detached { [self] in try takesTurn(TestRecord.tally, in: store) }
    let wasMine = isMine(turn)
    #expect(wasMine)
    #expect(try await waiting.value)
  }

  @Test func `whoever waits is told when something is kept meanwhile`() async throws {
    let home = try home()
    let store = home.store()
    let turn = try store.lockToken(of: TestRecord.tally, since: 0)
    try store.keep("first-EXAMPLE")
    let waiting = Task.detached { [self] in
      isPassed(try store.lockToken(of: TestRecord.tally, since: 1))
    }
    try store.keep("second-EXAMPLE")
    #expect(try await waiting.value)
    let wasMine = isMine(turn)
    #expect(wasMine)
  }

  @Test func `the file is for this account alone, empty, and stays`() throws {
    let home = try home()
    let mask = umask(0)
    defer { umask(mask) }
    for _ in 0..<2 { #expect(try takesTurn(TestRecord.tally, in: home.store())) }
    #expect(TestFile.mode(lockPath(home)) == 0o600)
    #expect(TestFile.read(lockPath(home)).isEmpty)
    #expect(TestFile.names(home.location().directory) == TestStore.files + ["usher.db.lock"])
    #expect(!home.store().examine().contains { $0.state != .good })
  }

  @Test func `a lock is no change of the store`() throws {
    let home = try home()
    let content = TestFile.read(home.storePath)
    #expect(try takesTurn(TestRecord.tally, in: home.store()))
    #expect(TestFile.read(home.storePath) == content)
  }

  @Test func `a link in its place is not followed`() throws {
    let home = try home()
    let target = home.directory.file("target")
    unsafe symlink(target, lockPath(home))
    let store = home.store()
    #expect(
      failure { () throws(StoreError) in _ = try store.lockToken(of: TestRecord.tally, since: 0) }
        .isAboutPermissions)
    #expect(!TestFile.exists(target))
  }

  @Test func `one that others can reach is refused`() throws {
    let home = try home()
    TestFile.write([], to: lockPath(home), mode: 0o644)
    let store = home.store()
    #expect(
      failure { () throws(StoreError) in _ = try store.lockToken(of: TestRecord.tally, since: 0) }
        .isAboutPermissions)
  }

  @Test func `where nothing can be written there are no turns, and no file is made`() throws {
    let home = try home()
    unsafe link(home.storePath, home.directory.file("second"))
    guard
      case .unkeepable(.permissions) = try home.store().lockToken(of: TestRecord.tally, since: 0)
    else {
      Issue.record("it is not told that nothing can be kept")
      return
    }
    let system = FileSystem(networkName: nil, isReadOnly: true)
    let location = home.location()
    let disk = StorageBackend(fileSystem: system)
    TestFile.remove(home.directory.file("second"))
    let readOnly = TestStore(
      handle: StoreHandle(at: location, engine: SQLiteEngine(at: location, disk: disk)))
    guard case .unkeepable(.failed) = try readOnly.lockToken(of: TestRecord.tally, since: 0) else {
      Issue.record("it is not told that nothing can be kept")
      return
    }
    #expect(!TestFile.exists(lockPath(home)))
  }
}
