internal import Basics
internal import Drafts
internal import Requests
internal import Secrets

/// A secret that belongs to no form while it is typed or pasted: the address that a browser ended on, a refresh token. Of
/// it nothing but its length is ever shown. Wiped with its owner.
struct HiddenEntry: ~Copyable {
  /// Room for what browsers end on, and for no more.
  private var content = SecretBuffer(capacity: CallbackReader.limit)

  var isEmpty: Bool { content.isEmpty }

  /// In Unicode scalars.
  var characters: Int {
    content.withBytes { bytes in
      (0..<bytes.byteCount).count { bytes[$0] & 0xC0 != 0x80 }
    }
  }

  /// The caret stands behind the text: nobody edits within what cannot be seen.
  mutating func apply(_ edit: Edit) {
    switch edit {
    case .insert(let scalar): _ = content.insert(scalar, at: content.count)
    case .erase(.backward): eraseLast()
    case .erase(.wordBackward), .erase(.toStart), .erase(.all): content.wipe()
    case .erase(.forward), .erase(.toEnd), .move: break
    }
  }

  /// Takes a text in place of what was there: a second paste is a second try.
  /// - Returns: false when it is too long; nothing of it is used then.
  mutating func replace(with text: borrowing SecretBuffer) -> Bool {
    content.wipe()
    return text.withBytes { content.append($0) }
  }

  mutating func wipe() { content.wipe() }

  /// The text without blanks and quotes around it, with an owner of its own. Nothing stays here.
  mutating func take() -> SecretBuffer {
    defer { content.wipe() }
    return content.withBytes { bytes in
      let range = bytes.trimmed(0..<bytes.byteCount) { $0.isBlank || "\"'`".utf8.contains($0) }
      return SecretBuffer(copying: bytes.extracting(range))
    }
  }

  private mutating func eraseLast() {
    let start = content.withBytes { bytes in
      var start = bytes.byteCount - 1
      while start > 0, bytes[start] & 0xC0 == 0x80 { start -= 1 }
      return start
    }
    if start >= 0 { content.remove(start..<content.count) }
  }
}
