import Basics
import Glibc
import Testing

@Suite("accounts of the machine")
struct AccountTests {
  private let text = """
    root:x:0:0:root:/root:/bin/bash
    broken:x:1000
    me:x:1000:1000:Me, Myself,,:/home/me:/bin/bash
    again:x:1000:1000::/home/again:/bin/sh
    relative:x:1001:1001::home:/bin/sh
    :x:1002:1002::/home/nameless:/bin/sh
    """

  @Test func `a home is found in the account file`() {
    #expect(AccountDatabase.home(of: 1000, in: text) == "/home/me")
    #expect(AccountDatabase.home(of: 0, in: text) == "/root")
    #expect(AccountDatabase.home(of: 1001, in: text) == nil)
    #expect(AccountDatabase.home(of: 5, in: text) == nil)
    #expect(AccountDatabase.home(of: 0) != nil)
  }

  @Test func `a name is found in the account file`() {
    #expect(AccountDatabase.name(of: 1000, in: text) == "me")
    #expect(AccountDatabase.name(of: 1001, in: text) == "relative")
    #expect(AccountDatabase.name(of: 1002, in: text) == nil)
    #expect(AccountDatabase.name(of: 5, in: text) == nil)
    #expect(AccountDatabase.name(of: 0) == "root")
    #expect(AccountDatabase.name(of: 0, path: "/nothing/here") == nil)
  }

  @Test func `behind sudo it is said who asked for it`() {
    #expect(SystemNames.user("root", askedFor: nil) == "root")
    #expect(SystemNames.user("root", askedFor: "anna") == "root (anna)")
    #expect(SystemNames.user("anna", askedFor: "anna") == "anna")
    #expect(SystemNames.user("root", askedFor: "") == "root")
  }

  @Test func `a name that anybody may have set moves no terminal and has an end`() {
    #expect(SystemNames.user("root", askedFor: "\u{1B}[2Jan\u{202E}na\n") == "root ([2Janna)")
    let long = SystemNames.user("é" + String(repeating: "x", count: 500), askedFor: nil)
    #expect(long.utf8.count == SystemNames.limit && long.hasPrefix("éx"))
    #expect(!SystemNames.user().isEmpty)
    #expect(SystemNames.host().utf8.count <= SystemNames.limit)
  }
}
