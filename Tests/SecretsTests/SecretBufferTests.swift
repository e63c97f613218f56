import Secrets
import TestSupport
import Testing

/// Only for tests: fixtures are in the program anyway.
extension SecretBuffer {
  init(fixture text: String, capacity: Int? = nil) {
    self.init(capacity: capacity ?? max(1, text.utf8.count))
    for byte in text.utf8 { append(byte) }
  }

  /// What lies in the room that has not been written to.
  mutating func isZero(upTo count: Int) -> Bool {
    var isZero = true
    _ = unsafe appendInPlace(atMost: count) { room in
      isZero = unsafe room.allSatisfy { $0 == 0 }
      return 0
    }
    return isZero
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

  @Test func `nothing of a secret is in the pages of the next`() {
    for capacity in [100, 5000, SecretBuffer.lineCapacity] {
      var former = SecretBuffer(capacity: capacity)
      while former.append(UInt8(ascii: "s")) {}
      _ = consume former
      var next = SecretBuffer(capacity: capacity)
      let isClean = next.isZero(upTo: capacity)
      #expect(isClean, "\(capacity) bytes")
    }
  }

  @Test(.enabled(if: SecretBuffers.canLock, "no memory can be locked here"))
  func `secrets that are gone hold little memory locked`() throws {
    let before = try SecretBuffers.lockedKilobytes()
    for _ in 0..<2 {
      var buffers: [Held] = []
      for _ in 0..<64 { buffers.append(Held(SecretBuffer(fixture: "s", capacity: 4096))) }
      let held = try SecretBuffers.lockedKilobytes()
      #expect(held >= before + 64 * 4 - 32)
      buffers.removeAll()
      let after = try SecretBuffers.lockedKilobytes()
      #expect(after <= before + 32)
    }
  }

  private final class Held {
    let buffer: SecretBuffer
    init(_ buffer: consuming SecretBuffer) { self.buffer = buffer }
  }

  /// The address sanitizer says that it locks, and does not. Found out once, by a size that no other secret has: pages that
  /// are kept would be locked already.
  static let canLock: Bool = {
    let before = try? lockedKilobytes()
    let held = Held(SecretBuffer(fixture: "s", capacity: 17 * 4096))
    defer { withExtendedLifetime(held) {} }
    return (try? lockedKilobytes()) != before
  }()

  private static func lockedKilobytes() throws -> Int {
    let status = String(
      decoding: try #require(TextFile.read("/proc/self/status")), as: UTF8.self)
    let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmLck:") })
    let words = line.split { $0 == " " || $0 == "\t" }
    return try #require(words.dropFirst().first.flatMap { Int($0) })
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
