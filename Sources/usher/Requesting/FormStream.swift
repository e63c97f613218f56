internal import Basics
internal import CLinux
internal import Dispatch
internal import Glibc
internal import Requests

/// A form that is read by a pipe while it is written.
struct FormStream: ~Copyable {
  private let reading: FileDescriptor
  private let writing: SendOnceBox<FileDescriptor>

  init() throws(CommandError) {
    var ends: [Int32] = [-1, -1]
    guard unsafe linux_pipe(&ends) == 0 else {
      throw .failed(Explanation(what: "cannot send the form", why: SystemError.last.reason))
    }
    reading = FileDescriptor(ends[0])
    writing = SendOnceBox(FileDescriptor(ends[1]))
  }

  /// For whoever sends the form.
  var input: Int32 { reading.number }

  /// Begins to write, once, beside everything else. A file that cannot be read on, or that has become shorter, ends the form
  /// before its length is reached, which whoever sends it notices.
  /// - Parameter parts: the fields, with what stands before each.
  func write(_ parts: [(field: FormPart, head: String)], closing: String) {
    let writing = writing
    // A queue of its own is a thread of its own.
    DispatchQueue(label: "form").async {
      guard let output = writing.take() else { return }
      do throws(SystemError) {
        for part in parts {
          try output.write(part.head)
          try output.write(contentOf: part.field)
          try output.write(MultipartForm.lineEnd)
        }
        try output.write(closing)
      } catch {
        return
      }
    }
  }
}

extension FileDescriptor {
  fileprivate borrowing func write(_ text: String) throws(SystemError) {
    try text.withBytes { bytes throws(SystemError) in try write(bytes) }
  }

  fileprivate borrowing func write(contentOf field: FormPart) throws(SystemError) {
    guard let attachment = field.attachment else { return try write(field.value) }
    var piece = [UInt8](repeating: 0, count: 64 * 1024)
    var rest = field.size
    while rest > 0 {
      let count = unsafe piece.withUnsafeMutableBytes { room in
        let room = unsafe UnsafeMutableRawBufferPointer(rebasing: room.prefix(Int(clamping: rest)))
        return (try? unsafe FileDescriptor.read(attachment.file.descriptor.number, into: room)) ?? 0
      }
      guard count > 0 else { throw SystemError(code: EIO) }
      try piece.withBytes { bytes throws(SystemError) in
        try write(bytes.extracting(0..<count))
      }
      rest -= Int64(count)
    }
  }
}
