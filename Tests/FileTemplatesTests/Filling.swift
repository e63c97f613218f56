import Basics
import FileTemplates
import Secrets
import TestSupport

/// A template filled in, as a test wants it: with plain texts, and what went wrong as lines.
struct Filling {
  /// What was made; empty where something stood against it.
  let text: [UInt8]
  let faults: [String]

  init(_ template: String, as format: TemplateFormat, _ values: [String: String]) {
    self.init(template, as: format, bytes: values.mapValues { Array($0.utf8) })
  }

  init(_ template: String, as format: TemplateFormat, bytes values: [String: [UInt8]]) {
    let plan = FillPlan(FileTemplate(Array(template.utf8)), as: format)
    var secrets = SecretMap<String>()
    for (name, value) in values {
      var secret = SecretBuffer(capacity: max(1, value.count))
      for byte in value { secret.append(byte) }
      secrets.set(name, to: secret)
    }
    do throws(TemplateFaults) {
      let filled = try plan.fill(with: secrets)
      text = filled.withBytes { $0.copied() }
      faults = []
    } catch {
      text = []
      faults = error.faults.map { $0.text(in: "f") }
    }
  }

  var string: String { String(decoding: text, as: UTF8.self) }

  /// What a program prints that reads the file, which is its last argument, as lines.
  func read(by program: String, _ arguments: [String]) -> [String] {
    let folder = TemporaryDirectory()
    let path = folder.file("filled")
    TextFile.write(text, to: path)
    let result = ChildProcess.run(
      program, arguments + [path], environment: ["PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"])
    guard result.status == 0 else { return ["\(result.errorText)\n\(string)"] }
    return result.text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
      .map(String.init)
  }

  /// Every text in the file, keys too, in the order in which they stand, as Debian's Python reads it.
  func texts(_ load: String) -> [String] {
    let script = """
      import sys
      data = open(sys.argv[1], 'rb').read()
      def walk(value):
          if isinstance(value, dict):
              for key, inner in value.items():
                  walk(key)
                  walk(inner)
          elif isinstance(value, list):
              for inner in value: walk(inner)
          elif isinstance(value, str): print(value.encode().hex())
          else: print(type(value).__name__)
      \(load)
      """
    return read(by: "/usr/bin/python3", ["-c", script])
  }

  static func hex(_ text: String) -> String {
    text.utf8.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}

/// Values that mean something to one reader or another.
enum Hostile {
  /// Of one line, without control characters.
  static let lines = [
    "plain-EXAMPLE_1", "", " ", "it's \"said\" \\n \\ $HOME ${HOME} $(id) `id` !x", "a: b", "a #b",
    "# c", "- x", "~", "null", "true", "0x1F", "1e3", "2026-01-01", "'", "\"", "\\", "''", "'''",
    "\"\"\"", "{{ v }}", "{a: 1}", "[x]", "*a", "&a", "!t", "|", ">", "%d", "@x", "`", "---", "...",
    " around ", "é € 😀", "\u{A0}", "\\u0041", "$", "a\\", "EOF", "<<EOF", ")", "}", "k",
  ]
  /// The others.
  static let others = [
    "one\ntwo\n", "\n", "\n\n x", "a\r\nb\rc", "\ttab\t", "x\n---\ny\n...\n", "it's\n\"two\"\\\n",
    "\u{1}\u{1B}[2J\u{7F}", "\u{85}\u{2028}\u{2029}", "\u{FEFF}x", "\u{FFFE}\u{FFFF}",
    "-----BEGIN X-----\nAAAA+/==\n-----END X-----\n",
  ]
  static let all = lines + others
}
