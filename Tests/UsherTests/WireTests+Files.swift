import Basics
import FoundationEssentials
import Glibc
import LoopbackSupport
import TestSupport
import Testing

/// Credentials in files.
extension WireTests {
  @Test func `a file is written by the commands that are printed`() {
    let result = wire("app", "depot", "--file")
    let file = usher.home.file(".config/credstore/depot.apiKey")
    #expect(result.text.contains("LoadCredential=depot.apiKey:\(file)\n"))
    for command in commands(of: result) where !command.hasPrefix("systemctl") {
      let done = run(command)
      #expect(done.status == 0, "\(command): \(done.errorText)")
    }
    #expect(TextFile.read(file) == Array(AccessProvider.key.utf8))
    #expect((try? FileStatus(of: file, in: AT_FDCWD))?.mode == 0o600)
  }

  @Test func `an encrypted one is opened by systemd-creds, under its own name alone`() throws {
    let result = wire("app", "depot", "--encrypted", "--system")
    #expect(
      result.text.contains(
        "LoadCredentialEncrypted=depot.apiKey:/etc/credstore.encrypted/depot.apiKey\n"))
    let file = usher.home.file("depot.apiKey")
    let key = ["SYSTEMD_CREDENTIAL_SECRET": usher.home.file("host.key")]
    let command = try #require(commands(of: result).first { $0.contains("systemd-creds") })
    #expect(!command.contains(AccessProvider.key))
    let sealed = run(
      command.replacing("/etc/credstore.encrypted/depot.apiKey", with: file), adding: key)
    #expect(sealed.status == 0, "\(sealed.errorText)")
    #expect(TextFile.read(file).map { !$0.isEmpty } == true)
    let opened = run("systemd-creds decrypt --name=depot.apiKey \(file) -", adding: key)
    #expect(opened.text == AccessProvider.key, "\(opened.errorText)")
    let other = run("systemd-creds decrypt --name=other \(file) -", adding: key)
    #expect(other.status != 0 && other.text == "")
  }

  @Test func `the old value stays where there is no new one`() throws {
    let key = ["SYSTEMD_CREDENTIAL_SECRET": usher.home.file("host.key")]
    for (form, folder) in [("--encrypted", "credstore.encrypted"), ("--file", "credstore")] {
      let file = usher.write("old", to: "\(folder).value")
      let result = usher.run(["wire", "app", "depot", "--system", form])
      let command = try #require(commands(of: result).first { $0.contains("pipefail") })
        .replacing("/etc/\(folder)/depot.apiKey", with: file)
      let failed = run(command.replacing("depot/default", with: "depot/gone"), adding: key)
      #expect(failed.status != 0)
      #expect(TextFile.read(file) == Array("old".utf8), "\(command)")
      let done = run(command, adding: key)
      #expect(done.status == 0, "\(command) \(done.errorText)")
      #expect(TextFile.read(file) != Array("old".utf8))
    }
  }

}
