internal import CLinux
internal import Glibc
internal import Synchronization

/// A program run to its end by a test, with what it printed.
package struct ChildProcess: Sendable {
  /// The exit code, or 128 and the signal that ended it, as a shell counts.
  package let status: Int32
  package let output: [UInt8]
  package let errors: [UInt8]

  package var text: String { String(decoding: output, as: UTF8.self) }
  package var errorText: String { String(decoding: errors, as: UTF8.self) }

  /// Runs a program and waits for it. The environment is exactly `environment`; arguments do not include the program.
  package static func run(
    _ program: String, _ arguments: [String] = [], environment: [String: String] = [:],
    input: [UInt8] = []
  ) -> ChildProcess {
    let toChild = Pipe()
    let fromChild = Pipe()
    let errorsFromChild = Pipe()
    let process = Spawn.start(
      program, arguments, environment: environment,
      descriptors: [0: toChild.readEnd, 1: fromChild.writeEnd, 2: errorsFromChild.writeEnd])
    toChild.closeReadEnd()
    fromChild.closeWriteEnd()
    errorsFromChild.closeWriteEnd()
    guard let process else {
      toChild.closeWriteEnd()
      fromChild.closeReadEnd()
      errorsFromChild.closeReadEnd()
      return ChildProcess(status: 127, output: [], errors: Array("cannot start".utf8))
    }
    // Three threads at once, so that no full pipe can stop the others.
    let writer = Worker { toChild.write(input) }
    let errors = Worker { errorsFromChild.readAll() }
    let output = fromChild.readAll()
    _ = writer.join()
    let errorBytes = errors.join()
    return ChildProcess(status: Spawn.wait(for: process), output: output, errors: errorBytes)
  }
}

/// A pipe whose ends are not inherited.
private final class Pipe: Sendable {
  let readEnd: Int32
  let writeEnd: Int32

  init() {
    var ends: [Int32] = [0, 0]
    precondition(unsafe linux_pipe(&ends) == 0)
    readEnd = ends[0]
    writeEnd = ends[1]
  }

  func closeReadEnd() { close(readEnd) }
  func closeWriteEnd() { close(writeEnd) }

  func readAll() -> [UInt8] {
    defer { closeReadEnd() }
    var all: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65536)
    while true {
      let count = unsafe read(readEnd, &chunk, chunk.count)
      if count < 0 && linux_errno() == EINTR { continue }
      if count <= 0 { return all }
      all += chunk[..<count]
    }
  }

  func write(_ bytes: [UInt8]) -> [UInt8] {
    defer { closeWriteEnd() }
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes {
        unsafe Glibc.write(writeEnd, $0.baseAddress, $0.count)
      }
      if count < 0 && linux_errno() == EINTR { continue }
      if count <= 0 { break }
      rest = rest.dropFirst(count)
    }
    return []
  }
}

/// A thread that gives bytes back.
private final class Worker: @unchecked Sendable {
  private let work: @Sendable () -> [UInt8]
  private let result = Mutex<[UInt8]>([])
  private var thread = pthread_t()

  init(_ work: @escaping @Sendable () -> [UInt8]) {
    self.work = work
    let context = unsafe Unmanaged.passRetained(self).toOpaque()
    unsafe pthread_create(
      &thread, nil,
      { context in
        guard let context = unsafe context else { return nil }
        let worker = unsafe Unmanaged<Worker>.fromOpaque(context).takeRetainedValue()
        let bytes = worker.work()
        worker.result.withLock { $0 = bytes }
        return nil
      }, context)
  }

  func join() -> [UInt8] {
    pthread_join(thread, nil)
    return result.withLock { $0 }
  }
}
