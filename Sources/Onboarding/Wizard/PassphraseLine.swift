internal import Basics
internal import Drafts
internal import Secrets

/// A passphrase while it is typed, for a sheet, which is copied as it is shown: all copies have this one line.
final class PassphraseLine {
  /// In bytes: more than anybody types, and than any generator makes.
  private static let limit = 4096

  private var content = SecretBuffer(capacity: limit)

  var isEmpty: Bool { content.isEmpty }

  /// In Unicode scalars.
  var characters: Int {
    content.withBytes { bytes in
      (0..<bytes.byteCount).count { bytes[$0] & 0xC0 != 0x80 }
    }
  }

  /// The caret stands behind the text: nobody edits within what cannot be seen.
  func apply(_ edit: Edit) {
    switch edit {
    case .insert(let scalar): _ = content.insert(scalar, at: content.count)
    case .erase(.backward): eraseLast()
    case .erase(.wordBackward), .erase(.toStart), .erase(.all): content.wipe()
    case .erase(.forward), .erase(.toEnd), .move: break
    }
  }

  /// Takes a text without the line end that a paste may bring along.
  /// - Returns: false when it is too long; nothing of it is used then.
  func replace(with text: borrowing SecretBuffer) -> Bool {
    content.wipe()
    let fits = text.withBytes { content.append($0) }
    content.dropLineEnd()
    return fits
  }

  /// All of it, blanks too, with an owner of its own. Nothing stays here.
  func take() -> SecretBuffer {
    defer { content.wipe() }
    return content.duplicate()
  }

  private func eraseLast() {
    let start = content.withBytes { bytes in
      var start = bytes.byteCount - 1
      while start > 0, bytes[start] & 0xC0 == 0x80 { start -= 1 }
      return start
    }
    if start >= 0 { content.remove(start..<content.count) }
  }
}
