internal import Basics
internal import Secrets

/// How the rest of a list is asked for, as words for a shell.
enum CallContinuation {
  /// In bytes: what is longer is no help on a command line.
  private static let longest = 4096

  /// Nil where it cannot be said without a secret, or is longer than anybody would copy.
  /// - Parameter body: of the call, where it has one that is not read while it is sent.
  static func words(
    for call: APICall, body: borrowing CallBody, from sources: borrowing TemplateContext
  ) -> String? {
    var words: [String] = []
    if let method = call.method, method != (body.isNone ? "GET" : "POST") { words.append(method) }
    switch call.target {
    case .path(let path): words.append(path)
    case .link(let address), .address(let address):
      // Typed, it would be a template.
      if address.contains("${") { return nil }
      words.append(address)
    }
    if let base = call.baseURL { words += ["--base-url", base] }
    for parameter in call.parameters { words += ["-q", "\(parameter.name)=\(parameter.value)"] }
    if !call.bodyMembers.isEmpty {
      guard let content = self.content(of: body, call) else { return nil }
      words += ["-d", content]
    }
    let line = words.map(quoted).joined(separator: " ")
    guard line.utf8.count <= longest, !Redactor.occurs(in: line, from: sources) else { return nil }
    return line
  }

  /// The body with what leads to the page in it.
  private static func content(of body: borrowing CallBody, _ call: APICall) -> String? {
    let content: SecretBuffer
    switch body.source {
    case .stream: return nil
    case .nowhere: content = SecretBuffer(capacity: 1)
    case .content(let own):
      if own.count > longest { return nil }
      content = own.duplicate()
    }
    let empty = SecretBuffer(text: "{}", capacity: 1)
    let text = try? JSONMerge.merge(content, with: empty, setting: call.bodyMembers)
    return text?.withBytes { $0.shownText }
  }

  /// As it is where a shell takes no mark of it for its own, else between quotes.
  private static func quoted(_ word: String) -> String {
    let isPlain =
      !word.isEmpty
      && word.utf8.allSatisfy { $0.isLetter || $0.isDigit || "-_./:=@%+,".utf8.contains($0) }
    return isPlain ? word : "'\(word.replacing("'", with: "'\\''"))'"
  }
}
