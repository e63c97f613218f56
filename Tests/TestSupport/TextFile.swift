internal import CLinux
internal import Glibc

/// Small files of a test.
package enum TextFile {
  /// Writes a file anew, readable for this user alone.
  package static func write(_ text: String, to path: String) {
    write(Array(text.utf8), to: path)
  }

  package static func write(_ bytes: [UInt8], to path: String) {
    let descriptor = unsafe linux_open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    precondition(descriptor >= 0, "cannot write \(path)")
    defer { close(descriptor) }
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes {
        unsafe Glibc.write(descriptor, $0.baseAddress, $0.count)
      }
      precondition(count > 0, "cannot write \(path)")
      rest = rest.dropFirst(count)
    }
  }

  /// The whole file, or nil when there is none.
  package static func read(_ path: String) -> [UInt8]? {
    let descriptor = unsafe linux_open(path, O_RDONLY | O_CLOEXEC, 0)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var all: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65536)
    while true {
      let count = unsafe Glibc.read(descriptor, &chunk, chunk.count)
      if count <= 0 { return all }
      all += chunk[..<count]
    }
  }
}
