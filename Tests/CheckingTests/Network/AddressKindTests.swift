import Basics
import Testing

@testable import Checking

/// Which addresses credentials may be sent to.
@Suite struct AddressKindTests {
  @Test(arguments: [
    "1.1.1.1", "8.8.8.8", "11.0.0.1", "172.15.255.255", "172.32.0.1", "192.167.1.1", "100.63.0.1",
    "100.128.0.1", "126.255.255.255", "128.0.0.1", "198.18.0.1", "223.255.255.255",
    "2606:4700::1111", "2a00:1450:4001::200e", "64:ff9b::1.1.1.1", "2002:0101:0101::1",
  ])
  func `an address of the internet is public`(_ text: String) throws {
    #expect(try #require(IPAddress(text)).kind == .public)
  }

  @Test(arguments: ["127.0.0.1", "127.255.255.254", "::1", "64:ff9b::127.0.0.1", "2002:7f00:1::"])
  func `an address of this machine is loopback, also when it is wrapped`(_ text: String) throws {
    #expect(try #require(IPAddress(text)).kind == .loopback)
  }

  @Test(arguments: [
    "10.0.0.1", "10.255.255.255", "172.16.0.1", "172.31.255.255", "192.168.1.1", "100.64.0.1",
    "100.127.255.255", "fc00::1", "fd12:3456::1", "fec0::1", "64:ff9b:1::1", "64:ff9b::10.0.0.1",
    "2002:c0a8:0101::",
  ])
  func `an address of an organization's own network is private`(_ text: String) throws {
    #expect(try #require(IPAddress(text)).kind == .privateNetwork)
  }

  @Test(arguments: [
    "169.254.169.254", "169.254.0.1", "169.254.170.2", "100.100.100.200", "168.63.129.16",
    "192.0.0.192", "0.0.0.0", "0.1.2.3", "224.0.0.1", "239.255.255.250", "240.0.0.1",
    "255.255.255.255", "::", "::7f00:1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::ffff:0:1.2.3.4",
    "fe80::1", "febf::1", "ff02::1", "fd00:ec2::254", "fd20:ce::254", "2001:0:1::1",
    "64:ff9b::169.254.169.254", "2002:a9fe:a9fe::",
  ])
  func `an address that must never see credentials is forbidden`(_ text: String) throws {
    guard case .forbidden = try #require(IPAddress(text)).kind else {
      Issue.record("\(text) is not forbidden")
      return
    }
  }

  @Test(arguments: [
    "2130706433", "0x7f.0.0.1", "127.1", "1.2.3.4.5", "256.1.1.1", "[::1]", "fe80::1%eth0", "",
    "localhost", "1.2.3.4 ",
  ])
  func `other notations are names and not addresses`(_ text: String) {
    #expect(IPAddress(text) == nil)
  }

  @Test(arguments: [
    ("2001:DB8:0:0:0:0:0:1", "2001:db8::1"), ("192.0.2.1", "192.0.2.1"), ("::", "::"),
  ])
  func `an address is written in its canonical form`(_ text: String, _ canonical: String) throws {
    #expect(try #require(IPAddress(text)).description == canonical)
  }
}
