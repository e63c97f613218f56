import Basics
import Connections
import Store
import StoreFaults
import TestSupport
import Testing

@testable import Store

@Suite("kinds of file systems")
struct FileSystemTests {
  private func store(
    _ home: borrowing TestHome, _ system: FileSystem, _ choice: StoreChoice = StoreChoice(),
    engine: String? = nil
  ) -> TestStore {
    let location = home.location(choice)
    let disk = StorageBackend(engine: engine, fileSystem: system)
    return TestStore(
      handle: StoreHandle(at: location, engine: SQLiteEngine(at: location, disk: disk)))
  }

  private let network = FileSystem(networkName: "NFS", isReadOnly: false)
  private let readOnly = FileSystem(networkName: nil, isReadOnly: true)

  @Test(arguments: [FaultyDisk.Fault.broken, .full])
  func `a failing shared disk leaves the old record or the new one`(fault: FaultyDisk.Fault) throws
  {
    let home = TestHome()
    let disk = FaultyDisk(name: "network-\(fault.rawValue)")
    try store(home, network).save("old-EXAMPLE")
    let content = TestFile.read(home.storePath)
    for call in 1...2000 {
      TestFile.remove(home.storePath + "-journal")
      TestFile.replace(home.storePath, with: content)
      home.forgetHeads()
      disk.plan(.init(call: call, fault: fault))
      let faulty = store(home, network, engine: disk.name)
      let error = failure { () throws(StoreError) in try faulty.save("new-EXAMPLE", replacing: true)
      }
      disk.normalize()
      let found = try store(home, network).secret()
      #expect(found == "new-EXAMPLE" || (error != nil && found == "old-EXAMPLE"), "call \(call)")
      if disk.calls < call {
        #expect(call > 10)
        return
      }
    }
    Issue.record("the work never ended")
  }

  @Test(arguments: ["usher.db", "a b.db", "50%25?.db", "ключ#1.db"])
  func `a store that cannot be written can still be read`(name: String) throws {
    let home = TestHome()
    let choice = StoreChoice(store: home.directory.file("data/\(name)"))
    try home.store(choice).save("x-EXAMPLE")
    let readable = store(home, readOnly, choice)
    #expect(try readable.secret() == "x-EXAMPLE")
    #expect(try readable.list().count == 1)
    #expect(TestFile.names(home.directory.file("data")) == [name, "\(name)-journal"])
    let error = failure { () throws(StoreError) in try readable.save("y-EXAMPLE", replacing: true) }
    #expect(error?.explanation.why?.contains("cannot be written") == true)
    #expect(try home.store(choice).secret() == "x-EXAMPLE")
  }

  @Test func `the kinds that machines share are known by their numbers`() {
    #expect(FileSystem.name(0x6969) == "NFS")
    #expect(FileSystem.name(0xFF53_4D42) == "SMB")
    #expect(FileSystem.name(0x6573_5546) == "FUSE")
    // ext4, tmpfs, btrfs, XFS, overlay
    for type: UInt32 in [0xEF53, 0x0102_1994, 0x9123_683E, 0x5846_5342, 0x794C_7630] {
      #expect(FileSystem.name(type) == nil)
    }
  }
}
