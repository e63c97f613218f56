import Basics
import Glibc
import Onboarding
import ProviderFormat
import Secrets
import TerminalUI
import TestSupport
import Testing

/// A value out of a file.
@Suite struct KeyFileTests {
  private static let key = Field.ID(.credentials, "privateKey")

  private static let form: Form = {
    let field = FormField(
      field: Field(id: key, title: "Private key", isDeclaredSecret: true), order: 100,
      label: "Private key", isMasked: true)
    let provider = Provider(
      slug: "tea", displayName: "Tea", authMode: .jwt, origin: .builtIn)
    return Form(provider: provider, guide: nil, fields: [field])
  }()

  /// No key: the letters of one, 28 lines of them.
  private static let pem =
    "-----BEGIN RSA PRIVATE KEY-----\r\n"
    + String(repeating: String(repeating: "EXAMPLE0", count: 8) + "\r\n", count: 26)
    + "-----END RSA PRIVATE KEY-----\r\n"

  private func walk() -> Walk {
    let walk = Walk.through(Self.form)
    walk.press(.enter)
    return walk
  }

  @Test func `a key asks for the file, and what it holds becomes the value`() {
    let walk = walk()
    expectScreen(walk.canvas, "file-field-80x24")
    walk.press(.control("t"))
    walk.type("~/key.pem")
    expectScreen(walk.canvas, "file-80x24")
    #expect(walk.press(.enter) == .read("~/key.pem"))
    walk.send(.fileRead(KeyFile(SecretBuffer(Self.pem), isReadableByOthers: false)))
    #expect(walk.focused?.status == ["PEM, RSA private key, 28 lines"])
    expectScreen(walk.canvas, "file-read-80x24")
    walk.press(.enter)
    expectScreen(walk.canvas, "file-review-80x24")
  }

  @Test func `a file that other accounts may read is used with a warning`() {
    let walk = walk()
    walk.press(.control("t"))
    walk.send(.fileRead(KeyFile(SecretBuffer(Self.pem), isReadableByOthers: true)))
    #expect(walk.said.contains { $0.contains("chmod 600") })
  }

  @Test func `a file that cannot be read is said, and the value before it stays`() {
    let walk = walk()
    walk.paste("abc")
    walk.press(.control("t"))
    walk.type("/gone")
    walk.press(.enter)
    walk.send(.fileNotRead(KeyFile.Problem.notAFile.explanation))
    #expect(walk.said.first?.hasPrefix("This is not a regular file") == true)
    #expect(walk.focused?.input == .text("/gone", caret: 5))
    walk.press(.escape)
    #expect(walk.focused?.id == Self.key)
    #expect(walk.focused?.isEmpty == false)
  }

  @Test func `a key pasted where a path belongs is not shown`() {
    let walk = walk()
    walk.press(.control("t"))
    walk.paste(String(repeating: Self.pem, count: 3))
    #expect(walk.focused?.input == .text("", caret: 0))
    #expect(walk.said.first?.contains("not a path") == true)
  }

  @Test func `a file that is read too late changes nothing`() {
    let walk = walk()
    walk.press(.control("t"))
    walk.press(.escape)
    walk.send(.fileRead(KeyFile(SecretBuffer(Self.pem), isReadableByOthers: false)))
    #expect(walk.focused?.isEmpty == true)
  }

  // MARK: Reading

  private func read(_ path: String) -> KeyFile.Problem? {
    do throws(KeyFile.Problem) {
      _ = try KeyFile.read(path)
      return nil
    } catch {
      return error
    }
  }

  @Test func `only regular files with something in them are read`() {
    let directory = TemporaryDirectory()
    TextFile.write("", to: "\(directory.path)/empty")
    TextFile.write(String(repeating: "x", count: (1 << 20) + 1), to: "\(directory.path)/large")
    TextFile.write(String(repeating: "x", count: 1 << 20), to: "\(directory.path)/limit")
    #expect(unsafe mkfifo("\(directory.path)/pipe", 0o600) == 0)
    #expect(unsafe symlink("limit", "\(directory.path)/link") == 0)
    #expect(read("\(directory.path)/empty") == .empty)
    #expect(read("\(directory.path)/large") == .tooLarge)
    #expect(read("\(directory.path)/pipe") == .notAFile)
    #expect(read(directory.path) == .notAFile)
    #expect(read("\(directory.path)/gone") == .unreadable(SystemError(code: ENOENT)))
    #expect(read("\(directory.path)/limit") == nil)
    #expect(read("\(directory.path)/link") == nil)
  }

  @Test(arguments: [(0o600, false), (0o640, true), (0o604, true)])
  func `the permissions of others are seen`(_ mode: mode_t, _ isReadable: Bool) throws {
    let directory = TemporaryDirectory()
    TextFile.write("x", to: "\(directory.path)/key")
    #expect(unsafe chmod("\(directory.path)/key", mode) == 0)
    let found = try KeyFile.read("\(directory.path)/key").isReadableByOthers
    #expect(found == isReadable)
  }
}
