import Basics
import Checking
import Drafts
import ProviderFormat
import Requests
import Secrets
import TestSupport

/// A helper process that is a shell script: one that behaves as badly as a test wants.
struct ShellHelper {
  let script: String
  var options = CheckOptions()
  var variables: [String: String] = [:]

  init(_ script: String) {
    self.script = script
    options.limits.hard = .seconds(30)
  }

  func checker() -> HelperChecker {
    HelperChecker(
      program: "/bin/sh", arguments: ["-c", script], options: options,
      variable: { variables[$0] })
  }

  func check(_ submission: consuming Submission = ShellHelper.submission()) async -> Diagnosis {
    await checker().check(submission)
  }

  /// A submission whose one value has `length` bytes.
  static func submission(length: Int = 24) -> Submission {
    var value = SecretBuffer()
    for index in 0..<length { value.append(UInt8(ascii: "a") + UInt8(index % 26)) }
    var values = SecretValues()
    values.set(Field.ID(.credentials, "apiKey"), to: value)
    return Submission(
      provider: Provider(slug: "shell", entry: Value.Map(), origin: .builtIn), values: values)
  }

  /// The `printf` command for a message, `length` said to be that of its text.
  static func printing(_ text: String, length: Int? = nil) -> String {
    let length = length ?? text.utf8.count
    let header = (0..<4).map { UInt8(truncatingIfNeeded: length >> (24 - 8 * $0)) }
    let octal = (header + Array(text.utf8)).map { byte in
      let digits = String(byte, radix: 8)
      return "\\" + String(repeating: "0", count: 3 - digits.count) + digits
    }
    return "printf '\(octal.joined())'"
  }

  /// Whether a process with the number that is written in a file still exists, as a zombie or otherwise.
  static func isRunning(_ file: String) -> Bool {
    let number = TextFile.read(file).map { String(decoding: $0, as: UTF8.self) } ?? ""
    let trimmed = number.filter(\.isNumber)
    return !trimmed.isEmpty && TextFile.read("/proc/\(trimmed)/stat")?.isEmpty == false
  }
}
