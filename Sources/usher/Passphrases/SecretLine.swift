internal import Basics
internal import Glibc
internal import Secrets

/// A line of a descriptor that is a passphrase or a password.
struct SecretLine {
  let descriptor: Int32
  /// What it is called.
  let noun: String
  /// The option that names the descriptor.
  let option: String

  /// - Parameters:
  ///   - noun: what it is, for errors.
  ///   - option: what names the descriptor, for errors.
  init(
    from descriptor: Int32, noun: String = "passphrase", option: String = "--passphrase-fd"
  ) {
    self.descriptor = descriptor
    self.noun = noun
    self.option = option
  }

  /// Byte by byte, so that what stands behind the line stays for whoever reads on.
  func read() throws(CommandError) -> SecretBuffer {
    guard isatty(descriptor) != 1 else {
      throw .usage(
        Explanation(
          what: "descriptor \(descriptor) is a terminal, which would show the \(noun)",
          advice: "leave out \(option): it is asked for without an echo"))
    }
    var line = SecretBuffer(capacity: PassphraseInput.limit)
    var hasEnded = false
    do throws(SystemError) {
      while !hasEnded, line.count < PassphraseInput.limit {
        let added = try unsafe line.appendInPlace(atMost: 1) { room throws(SystemError) in
          try unsafe FileDescriptor.read(descriptor, into: room)
        }
        hasEnded = added == 0 || line.withBytes { $0[$0.byteCount - 1] == UInt8(ascii: "\n") }
      }
    } catch {
      throw .usage(
        Explanation(what: "no \(noun) came by descriptor \(descriptor)", why: error.reason))
    }
    line.dropLineEnd()
    guard hasEnded, !line.isEmpty else {
      throw .usage(
        Explanation(
          what: "no \(noun) came by descriptor \(descriptor)",
          why: hasEnded ? "its line is empty, or missing" : "its line is longer than any \(noun)"
        ))
    }
    return line
  }
}
