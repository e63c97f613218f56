import CLinux
import Dispatch
import Glibc
import Synchronization

/// A pipe whose one end a test holds, and whose other end is written to or read from by what is tested.
final class BytePipe: Sendable {
  private struct State {
    var bytes: [UInt8] = []
    var isAtEnd = false
    var waiting: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []
  }

  let readEnd: Int32
  let writeEnd: Int32
  private let state = Mutex(State())
  private let isEnded = Mutex(false)

  init() {
    var ends: [Int32] = [0, 0]
    precondition(unsafe linux_pipe(&ends) == 0)
    (readEnd, writeEnd) = (ends[0], ends[1])
  }

  deinit {
    close(readEnd)
    // Closed already where `end` was called.
    if !isEnded.withLock({ $0 }) { close(writeEnd) }
  }

  /// Nobody writes any more.
  func end() {
    let wasEnded = isEnded.withLock { isEnded in
      defer { isEnded = true }
      return isEnded
    }
    if !wasEnded { close(writeEnd) }
  }

  /// Begins to read, on a thread of its own. Before that the pipe fills up.
  func collect() -> BytePipe {
    DispatchQueue(label: "pipe").async { [self] in
      var chunk = [UInt8](repeating: 0, count: 64 * 1024)
      while true {
        let count = unsafe read(readEnd, &chunk, chunk.count)
        if count < 0, linux_errno() == EINTR { continue }
        add(chunk[..<max(0, count)])
        if count <= 0 { return }
      }
    }
    return self
  }

  /// Writes on a thread of its own, and then ends.
  func send(_ bytes: [UInt8]) -> BytePipe {
    DispatchQueue(label: "pipe").async { [self] in
      var rest = bytes[...]
      while !rest.isEmpty {
        let count = unsafe rest.withUnsafeBytes { unsafe write(writeEnd, $0.baseAddress, $0.count) }
        if count < 0, linux_errno() == EINTR { continue }
        guard count > 0 else { break }
        rest = rest.dropFirst(count)
      }
      end()
    }
    return self
  }

  private func add(_ bytes: ArraySlice<UInt8>) {
    let ready = state.withLock { state in
      state.bytes += bytes
      if bytes.isEmpty { state.isAtEnd = true }
      let reached = state.isAtEnd ? Int.max : state.bytes.count
      defer { state.waiting.removeAll { $0.count <= reached } }
      return state.waiting.filter { $0.count <= reached }.map(\.continuation)
    }
    for continuation in ready { continuation.resume() }
  }

  /// What has come, as soon as there are so many bytes, or the end.
  func bytes(atLeast count: Int) async -> [UInt8] {
    await withCheckedContinuation { continuation in
      let isThere = state.withLock { state in
        if state.isAtEnd || state.bytes.count >= count { return true }
        state.waiting.append((count, continuation))
        return false
      }
      if isThere { continuation.resume() }
    }
    return state.withLock { $0.bytes }
  }

  func text(atLeast count: Int) async -> String {
    String(decoding: await bytes(atLeast: count), as: UTF8.self)
  }

  /// All that was written, when nobody writes any more.
  func all() async -> [UInt8] {
    end()
    return await bytes(atLeast: .max)
  }
}
