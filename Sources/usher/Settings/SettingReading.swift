internal import Basics

/// What is read of a value: of the text of a variable, or of what stands behind a key of `config.yaml`.
///
/// Both end in the same form: texts and lists of texts, `.bool`, and `.int` in seconds or days.
extension Setting {
  /// Why a value is not read, where there is more to say than what it has to be.
  struct Fault: Error {
    var reason: String?
  }

  /// - Parameter text: not empty.
  func value(ofVariable text: String) throws(Fault) -> Value {
    switch self {
    case .store, .identity, .ca: return .string(text)
    case .guides: return try texts(text.split(separator: ":").map { .string(String($0)) })
    // No shell and no quotes: an argument with a blank in it needs a list, which a file can hold.
    case .identityCommand: return try texts(Setting.words(of: text).map(Value.string))
    // Any other text says yes: a wish of somebody who cannot see the screen is not refused for its spelling.
    case .plain: return .bool(!["0", "no", "false", "off"].contains(text.lowercased()))
    case .checkTimeout: return try time(text)
    case .guideDays: return try days(Int(text))
    }
  }

  /// - Parameter folder: what relative paths are relative to.
  func value(inFile value: Value, in folder: String) throws(Fault) -> Value {
    switch self {
    // What a relative one is relative to is known by its place: it may have a scheme in front.
    case .store: return .string(try path(value))
    case .identity, .ca: return .string(FilePath.absolute(try path(value), in: folder))
    case .guides:
      var folders: [Value] = []
      for part in value.list ?? [value] {
        folders.append(.string(FilePath.absolute(try path(part), in: folder)))
      }
      return try texts(folders)
    case .identityCommand: return try texts(value.list ?? [value])
    case .plain:
      guard let flag = value.bool else { throw Fault() }
      return .bool(flag)
    case .checkTimeout: return try time(value.text ?? "")
    case .guideDays:
      guard case .int(let count) = value else { throw Fault() }
      return try days(count)
    }
  }

  /// The words of a command that is one text: what blanks part, and nothing else does.
  static func words(of text: String) -> [String] {
    text.split(whereSeparator: \.isWhitespace).map(String.init)
  }

  private func path(_ value: Value) throws(Fault) -> String {
    guard case .string(let text) = value, !text.isEmpty else { throw Fault() }
    guard !text.hasPrefix("~") else {
      throw Fault(reason: "there is no shell that would make a path of ~")
    }
    return text
  }

  private func texts(_ list: [Value]) throws(Fault) -> Value {
    let texts = list.compactMap(\.text)
    guard !texts.isEmpty, texts.count == list.count, !texts[0].isEmpty else { throw Fault() }
    return .list(texts.map(Value.string))
  }

  private func time(_ text: String) throws(Fault) -> Value {
    guard let span = TimeSpan(argument: text), 1...60 ~= span.seconds else { throw Fault() }
    return .int(Int(span.seconds))
  }

  private func days(_ count: Int?) throws(Fault) -> Value {
    guard let count, 0...TimeSpan.limit / 86_400 * 100 ~= Int64(count) else { throw Fault() }
    return .int(count)
  }
}
