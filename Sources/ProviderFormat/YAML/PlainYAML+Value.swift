internal import Basics

/// What a plain text says, as `YAMLReader` makes it of libyaml's events.
extension PlainYAML {
  /// One-based.
  ///
  /// - Parameter firstLine: the number of the text's first line.
  func firstKeyLine(from firstLine: Int) -> Int { Int(tokens[0].line) + firstLine }

  /// - Parameters:
  ///   - bytes: those that the tokens were found in.
  ///   - firstLine: the number of their first line.
  func value(of bytes: [UInt8], firstLine: Int, keeping kept: KeptKeys) -> Value {
    var position = 0
    return value(at: &position, of: bytes, firstLine, kept)
  }

  private func value(
    at position: inout Int, of bytes: [UInt8], _ firstLine: Int, _ kept: KeptKeys
  ) -> Value {
    let token = tokens[position]
    if case .nothing = kept {
      position = end(at: position)
      return .null
    }
    position += 1
    switch token.kind {
    case .plain: return YAMLScalar.value(of: text(of: token, in: bytes))
    case .quoted: return .string(text(of: token, in: bytes))
    case .mapStart: return .map(map(at: &position, of: bytes, firstLine, kept))
    case .listStart:
      var list: [Value] = []
      while tokens[position].kind != .end {
        list.append(value(at: &position, of: bytes, firstLine, kept))
      }
      position += 1
      return .list(list)
    case .end: preconditionFailure("a value does not begin with an end")
    }
  }

  private func map(
    at position: inout Int, of bytes: [UInt8], _ firstLine: Int, _ kept: KeptKeys
  ) -> Value.Map {
    var map = Value.Map()
    while tokens[position].kind != .end {
      let token = tokens[position]
      let key = text(of: token, in: bytes)
      position += 1
      let inner: KeptKeys? =
        switch kept {
        case .all: .all
        case .nothing: nil
        case .each(let kept): kept
        case .named(let names): names[key]
        }
      guard let inner else {
        position = end(at: position)
        continue
      }
      let value = value(at: &position, of: bytes, firstLine, inner)
      map.members.append(.init(key: key, value: value, line: Int(token.line) + firstLine))
    }
    position += 1
    return map
  }

  private func text(of token: Token, in bytes: [UInt8]) -> String {
    String(decoding: bytes[Int(token.start)..<Int(token.end)], as: UTF8.self)
  }
}
