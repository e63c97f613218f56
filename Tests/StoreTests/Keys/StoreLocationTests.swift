import Basics
import Connections
import Store
import TestSupport
import Testing

@testable import Store

@Suite("where the store is")
struct StoreLocationTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var variables: [String: String] = ["HOME": "/home/me"]
    var userID: UInt32 = 1000
    var accountHome: String?
    var store: String?
    var path: String
    var configuration: String

    var testDescription: String { "\(variables) \(userID) \(store ?? "") → \(path)" }
  }

  @Test(arguments: [
    Case(path: "/home/me/.local/share/usher/usher.db", configuration: "/home/me/.config/usher"),
    Case(
      variables: ["HOME": "/home/me/"], path: "/home/me/.local/share/usher/usher.db",
      configuration: "/home/me/.config/usher"),
    Case(
      variables: ["HOME": "/home/me", "XDG_DATA_HOME": "/data", "XDG_CONFIG_HOME": "/conf/"],
      path: "/data/usher/usher.db", configuration: "/conf/usher"),
    Case(
      variables: ["HOME": "/home/me", "XDG_DATA_HOME": "", "XDG_CONFIG_HOME": "conf"],
      path: "/home/me/.local/share/usher/usher.db", configuration: "/home/me/.config/usher"),
    Case(
      variables: [:], accountHome: "/srv/me", path: "/srv/me/.local/share/usher/usher.db",
      configuration: "/srv/me/.config/usher"),
    Case(
      variables: ["HOME": "me"], accountHome: "/srv/me",
      path: "/srv/me/.local/share/usher/usher.db", configuration: "/srv/me/.config/usher"),
    Case(
      variables: ["HOME": "/home/me", "XDG_DATA_HOME": "/tmp/data"], userID: 0,
      path: "/var/lib/usher/usher.db", configuration: "/etc/usher"),
    Case(
      variables: ["HOME": "/home/me", "XDG_DATA_HOME": "/usr/none/of/this"], userID: 0,
      path: "/usr/none/of/this/usher/usher.db", configuration: "/etc/usher"),
    Case(store: "/srv/s.db", path: "/srv/s.db", configuration: "/home/me/.config/usher"),
    Case(store: "/srv/s/", path: "/srv/s/usher.db", configuration: "/home/me/.config/usher"),
    Case(store: "s.db", path: "/srv/s.db", configuration: "/home/me/.config/usher"),
    Case(store: "sqlite:/srv/s.db", path: "/srv/s.db", configuration: "/home/me/.config/usher"),
    Case(store: "sqlite:s.db", path: "/srv/s.db", configuration: "/home/me/.config/usher"),
    Case(store: "file:///srv/s.db", path: "/srv/s.db", configuration: "/home/me/.config/usher"),
    Case(store: "/srv/a:b.db", path: "/srv/a:b.db", configuration: "/home/me/.config/usher"),
  ])
  func `flags and variables decide`(given: Case) throws {
    let location = try StoreLocation(StoreChoice(store: given.store), in: environment(of: given))
    #expect(location.path == given.path)
    #expect(location.configuration == given.configuration)
    #expect(location.identity == .standard("\(given.configuration)/identity.txt"))
  }

  @Test(arguments: [
    "", "/", "http://host/x", "etcd:host/x", "file://host/x", "file:", "sqlite:", "..",
  ])
  func `a store that cannot be meant is refused`(store: String) {
    let environment = environment(of: Case(path: "", configuration: ""))
    #expect(throws: StoreError.self) {
      _ = try StoreLocation(StoreChoice(store: store), in: environment)
    }
  }

  @Test func `a relative variable is left aside and said so`() throws {
    let given = Case(
      variables: ["HOME": "/home/me", "XDG_DATA_HOME": "data"], path: "", configuration: "")
    let location = try StoreLocation(in: environment(of: given))
    #expect(location.notes == ["XDG_DATA_HOME is left aside: it is not an absolute path"])
  }

  @Test func `what root leaves aside is said, with the reason`() throws {
    let given = Case(
      variables: ["XDG_DATA_HOME": "/tmp/usher-none"], userID: 0, path: "", configuration: "")
    let location = try StoreLocation(in: environment(of: given))
    #expect(
      location.notes == [
        "XDG_DATA_HOME is left aside for root: /tmp/usher-none can be made by others"
      ])
  }

  @Test func `without any home the advice names what to set`() {
    let given = Case(variables: [:], path: "", configuration: "")
    let error = failure { () throws(StoreError) in
      _ = try StoreLocation(in: environment(of: given))
    }
    #expect(error?.explanation.advice == "set HOME, or XDG_CONFIG_HOME and XDG_DATA_HOME")
  }

  @Test func `the identity comes from the command line, then systemd, then a file of settings`()
    throws
  {
    let credentials = TemporaryDirectory()
    let given = Case(
      variables: ["HOME": "/home/me", "CREDENTIALS_DIRECTORY": credentials.path], path: "",
      configuration: "")
    let environment = environment(of: given)
    func identity(_ choice: StoreChoice = StoreChoice()) throws -> IdentitySource {
      try StoreLocation(choice, in: environment).identity
    }
    #expect(try identity() == .standard("/home/me/.config/usher/identity.txt"))
    TestFile.write([], to: credentials.file("usher-identity"))
    #expect(try identity() == .credential("\(credentials.path)/usher-identity"))
    let usual = IdentitySource.command(["pass", "show", "usher"])
    #expect(try identity(StoreChoice(identity: .descriptor(7))) == .descriptor(7))
    #expect(
      try identity(StoreChoice(identity: .file("key.txt"), usualIdentity: usual))
        == .file("/srv/key.txt"))
    #expect(
      try identity(StoreChoice(usualIdentity: usual))
        == .credential("\(credentials.path)/usher-identity"))
    TestFile.remove(credentials.file("usher-identity"))
    #expect(try identity(StoreChoice(usualIdentity: usual)) == usual)
  }

  private func environment(of given: Case) -> StoreEnvironment {
    StoreEnvironment(
      variables: given.variables, userID: given.userID, accountHome: given.accountHome,
      workingDirectory: "/srv")
  }
}
