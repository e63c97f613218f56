import Secrets
import Testing

/// Only for tests: fixtures are in the program anyway.
extension SecretBuffer {
  init(fixture text: String, capacity: Int? = nil) {
    self.init(capacity: capacity ?? max(1, text.utf8.count))
    for byte in text.utf8 { append(byte) }
  }

  var fixtureText: String {
    withBytes { bytes in
      unsafe bytes.withUnsafeBytes { unsafe String(decoding: $0, as: UTF8.self) }
    }
  }
}

@Suite struct SecretBuffers {
  @Test func `bytes come back in their order`() {
    var buffer = SecretBuffer(capacity: 16)
    #expect(buffer.fixtureText == "")
    for byte in "hello".utf8 { buffer.append(byte) }
    let comma = SecretBuffer(fixture: ", ")
    let isInserted = comma.withBytes { buffer.insert($0, at: 0) }
    #expect(isInserted)
    #expect(buffer.fixtureText == ", hello")
    buffer.remove(0..<2)
    #expect(buffer.fixtureText == "hello")
    buffer.remove(1..<4)
    #expect(buffer.fixtureText == "ho")
    let count = buffer.count
    #expect(count == 2)
  }

  @Test func `a full buffer refuses the rest and keeps what it has`() {
    var buffer = SecretBuffer(fixture: "abc", capacity: 4)
    let more = SecretBuffer(fixture: "de")
    let isAppended = more.withBytes { buffer.append($0) }
    #expect(!isAppended)
    let last = buffer.append(UInt8(ascii: "d"))
    #expect(last)
    let tooMany = buffer.append(UInt8(ascii: "e"))
    #expect(!tooMany)
    #expect(buffer.fixtureText == "abcd")
  }

  @Test func `a scalar goes in as UTF-8, all of it or none`() {
    var buffer = SecretBuffer(fixture: "ab", capacity: 6)
    let length = buffer.insert("é", at: 1)
    #expect(length == 2)
    #expect(buffer.fixtureText == "aéb")
    let tooLong = buffer.insert("🦆", at: 0)
    #expect(tooLong == nil)
    #expect(buffer.fixtureText == "aéb")
    let last = buffer.insert("世", at: 4)
    #expect(last == nil)
    let one = buffer.insert("c", at: 4)
    #expect(one == 1)
    #expect(buffer.fixtureText == "aébc")
  }

  @Test func `a duplicate has a life of its own`() {
    var buffer = SecretBuffer(fixture: "one", capacity: 8)
    let copy = buffer.duplicate()
    buffer.wipe()
    #expect(copy.fixtureText == "one")
    #expect(buffer.fixtureText == "")
    let capacity = copy.capacity
    #expect(capacity == 8)
  }

  @Test func `wiping and removing leave nothing in the room behind`() {
    var buffer = SecretBuffer(fixture: "secret-EXAMPLE", capacity: 32)
    buffer.remove(6..<14)
    let afterRemoval = Self.room(of: &buffer)
    #expect(afterRemoval.allSatisfy { $0 == 0 })
    buffer.wipe()
    let afterWipe = Self.room(of: &buffer)
    #expect(afterWipe.count == 32)
    #expect(afterWipe.allSatisfy { $0 == 0 })
  }

  @Test func `a value of a mebibyte is held whole`() {
    var buffer = SecretBuffer(capacity: SecretBuffer.fileCapacity)
    for index in 0..<SecretBuffer.fileCapacity { buffer.append(UInt8(truncatingIfNeeded: index)) }
    let last = buffer.withBytes { unsafe $0.unsafeLoad(fromByteOffset: 1_048_575, as: UInt8.self) }
    #expect(last == 255)
    let isFull = !buffer.append(0)
    #expect(isFull)
  }

  /// Needs a child process each: the pages around the bytes must not be readable.
  @Test func `reading before the first byte ends the process`() async {
    await #expect(processExitsWith: .failure) {
      let buffer = SecretBuffer(fixture: "x", capacity: 4096)
      buffer.withBytes { bytes in
        let byte = unsafe bytes.withUnsafeBytes {
          unsafe ($0.baseAddress! - 1).load(as: UInt8.self)
        }
        print(byte)
      }
    }
  }

  @Test func `reading behind the last page ends the process`() async {
    await #expect(processExitsWith: .failure) {
      let buffer = SecretBuffer(fixture: "x", capacity: 4096)
      buffer.withBytes { bytes in
        let byte = unsafe bytes.withUnsafeBytes {
          unsafe ($0.baseAddress! + 4096).load(as: UInt8.self)
        }
        print(byte)
      }
    }
  }

  /// The free room, as the next writer would find it.
  private static func room(of buffer: inout SecretBuffer) -> [UInt8] {
    var bytes: [UInt8] = []
    _ = unsafe buffer.appendInPlace(atMost: .max) { room in
      bytes = unsafe Array(room)
      return 0
    }
    return bytes
  }
}
