import Basics
import CLinux
import Secrets
import Testing

/// A pipe that closes what is still open.
private final class Pipe {
  private var ends: [Int32] = [-1, -1]
  var reading: Int32 { ends[0] }
  var writing: Int32 { ends[1] }

  init(flags: Int32 = 0) { _ = unsafe pipe2(&ends, flags) }

  deinit {
    closeReading()
    closeWriting()
  }

  func closeReading() { Self.close(&ends[0]) }
  func closeWriting() { Self.close(&ends[1]) }

  private static func close(_ end: inout Int32) {
    if end >= 0 { CLinux.close(end) }
    end = -1
  }
}

@Suite struct Descriptors {
  @Test func `all bytes of a file are read`() throws {
    let pipe = Pipe()
    let sent = SecretBuffer(fixture: String(repeating: "0123456789", count: 2000))
    try sent.write(to: pipe.writing)
    pipe.closeWriting()
    var received = SecretBuffer(capacity: 30_000)
    let isWhole = try received.read(from: pipe.reading)
    #expect(isWhole)
    #expect(received.fixtureText == sent.fixtureText)
  }

  @Test(arguments: [(5, true), (4, false), (0, false)])
  func `a buffer that is too small says so`(capacity: Int, isWhole: Bool) throws {
    let pipe = Pipe()
    try SecretBuffer(fixture: "12345").write(to: pipe.writing)
    pipe.closeWriting()
    var received = SecretBuffer(capacity: capacity)
    let wasWhole = try received.read(from: pipe.reading)
    #expect(wasWhole == isWhole)
    let count = received.count
    #expect(count == capacity)
  }

  @Test func `a descriptor that would not wait is waited for`() throws {
    let pipe = Pipe(flags: O_NONBLOCK)
    let size = 300_000
    let reading = pipe.reading
    let reader = ThreadResult {
      var received = SecretBuffer(capacity: size)
      let isWhole = (try? received.read(from: reading)) ?? false
      return isWhole ? received.count : -1
    }
    let sent = SecretBuffer(fixture: String(repeating: "x", count: size))
    try sent.write(to: pipe.writing)
    pipe.closeWriting()
    #expect(reader.wait() == size)
  }

  @Test func `writing to a reader that has gone is an error that says so`() {
    _ = linux_signal_ignore(SIGPIPE)
    let pipe = Pipe()
    pipe.closeReading()
    let text = SecretBuffer(fixture: "x")
    do {
      try text.write(to: pipe.writing)
      Issue.record("it was written")
    } catch {
      #expect(error.reason == "the program that reads has ended")
    }
  }

  @Test func `a closed descriptor is an error that says so`() {
    var buffer = SecretBuffer(capacity: 8)
    do {
      _ = try buffer.read(from: -1)
      Issue.record("it was read")
    } catch {
      #expect(error.reason == "the file descriptor is not open for this")
    }
  }

  @Test(arguments: [(5, true), (6, false)])
  func `a buffer is filled, and says so when there is too little`(
    capacity: Int, isFull: Bool
  ) throws {
    let pipe = Pipe()
    try SecretBuffer(fixture: "12345").write(to: pipe.writing)
    pipe.closeWriting()
    var received = SecretBuffer(capacity: capacity)
    let wasFull = try received.fill(from: pipe.reading)
    #expect(wasFull == isFull)
    let count = received.count
    #expect(count == 5)
  }

  @Test(arguments: [(5, "12345"), (4, nil)] as [(Int, String?)])
  func `what is longer than allowed is not handed out`(limit: Int, text: String?) throws {
    let pipe = Pipe()
    try SecretBuffer(fixture: "12345").write(to: pipe.writing)
    pipe.closeWriting()
    if let found = try SecretBuffer.reading(pipe.reading, limit: limit) {
      #expect(found.fixtureText == text)
    } else {
      #expect(text == nil)
    }
  }
}
