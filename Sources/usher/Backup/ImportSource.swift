internal import Basics
internal import Glibc

/// The file that an import reads: by name, or standard input. Sealed bytes only.
final class ImportSource {
  private static let pieceLength = 64 * 1024

  private let file: FileDescriptor?
  /// What ends waiting for more of it.
  private let interruption: Interruption

  /// - Parameter path: `-` is standard input.
  init(_ path: String, interruption: Interruption) throws(CommandError) {
    self.interruption = interruption
    if path == "-" {
      file = nil
      return
    }
    do throws(SystemError) {
      file = try FileDescriptor.open(path, O_RDONLY)
    } catch {
      throw .failed(
        Explanation(
          what: "cannot read \(path)", why: error.reason,
          advice: "give a file that you may read, or - for standard input"))
    }
  }

  /// The next bytes; none at the end.
  /// - Throws: `EINTR` where somebody has interrupted the wait.
  func next() throws(SystemError) -> [UInt8] {
    let number =
      switch file {
      case .some(let file): file.number
      case nil: STDIN_FILENO
      }
    do throws(Interruption.Interrupted) {
      try interruption.wait(for: number)
    } catch {
      throw SystemError(code: EINTR)
    }
    var failure: SystemError?
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: Self.pieceLength) { room, filled in
      do throws(SystemError) {
        filled = try unsafe FileDescriptor.read(number, into: UnsafeMutableRawBufferPointer(room))
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    return bytes
  }
}
