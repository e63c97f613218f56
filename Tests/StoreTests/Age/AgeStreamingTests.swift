import Basics
import Secrets
import Store
import Testing

@testable import Store

@Suite("age: files that are written and read in pieces")
struct AgeStreamingTests {
  private final class Sink { var bytes: [UInt8] = [] }

  private func pattern(_ size: Int) -> [UInt8] {
    (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
  }

  private func seal(
    _ content: [UInt8], to recipients: [AgeRecipient], piece: Int, isArmored: Bool
  ) throws(AgeError) -> [UInt8] {
    let sink = Sink()
    var writer = try AgeFileWriter(to: recipients, isArmored: isArmored) { sink.bytes += $0 }
    for start in stride(from: 0, to: content.count, by: piece) {
      let part = Array(content[start..<min(content.count, start + piece)])
      try part.withBytes { bytes throws(AgeError) in try writer.append(bytes) }
    }
    try writer.finish()
    return sink.bytes
  }

  private func open(
    _ file: [UInt8], _ identities: borrowing AgeIdentities, piece: Int
  ) throws(AgeReadingError) -> [UInt8] {
    var rest = file[...]
    var reader = try AgeFileReader(
      { () throws(SystemError) in
        defer { rest = rest.dropFirst(piece) }
        return Array(rest.prefix(piece))
      }, with: identities)
    var content: [UInt8] = []
    var chunk = SecretBuffer(capacity: AgeChunks.length)
    while try reader.next(into: &chunk) {
      content += chunk.withBytes { $0.copied() }
      chunk.wipe()
    }
    return content
  }

  @Test(
    arguments: [0, 1, 65535, 65536, 65537, 131_072, 200_000],
    [(piece: 1 << 16, isArmored: false), (piece: 977, isArmored: true)])
  func `they are files like others`(size: Int, way: (piece: Int, isArmored: Bool)) throws {
    let identities = AgeIdentities(generating: .x25519)
    let content = pattern(size)
    let file = try seal(
      content, to: identities.recipients, piece: way.piece, isArmored: way.isArmored)
    #expect(try open(file, identities, piece: way.piece) == content)
    let binary = way.isArmored ? try AgeArmor.decode(file) : file
    var whole = SecretBuffer(capacity: max(1, size))
    try AgeFile.open(binary, with: identities, into: &whole)
    #expect(whole.withBytes { $0.copied() } == content)
    #expect(!way.isArmored || AgeArmor.encode(binary) == file)
  }

  @Test func `an armor is read wherever its pieces end, and with blanks around it`() throws {
    let identities = AgeIdentities(generating: .x25519)
    let file = try AgeFile.seal(TestRecord.buffer("content"), to: identities.recipients)
    let text = String(decoding: AgeArmor.encode(file), as: UTF8.self)
    let variants = [text, "\n \r\n\(text)\n \n", text.replacing("\n", with: "\r\n"), text + "  "]
    for variant in variants {
      for piece in 1...70 {
        #expect(try open(Array(variant.utf8), identities, piece: piece) == Array("content".utf8))
      }
    }
  }

  @Test func `an armor that is not as it has to be is refused`() throws {
    let file = Array("what stands in it, long enough for two lines of an armor x".utf8)
    let text = String(decoding: AgeArmor.encode(file), as: UTF8.self)
    let lines = text.split(separator: "\n").map(String.init)
    let bad = [
      lines.dropLast().joined(separator: "\n"), lines.dropFirst().joined(separator: "\n"),
      text + "x", "x" + text, text.replacing("\n", with: "\n\n"),
      ([lines[0], lines[2], lines[1]] + lines[3...]).joined(separator: "\n"),
      text.replacing("=", with: ""), text.replacing("-----END", with: " -----END"),
      lines[0] + "\n" + String(repeating: "A", count: 10_000), "",
    ]
    for text in bad {
      #expect(throws: AgeError.self, "\(text)") { _ = try AgeArmor.decode(Array(text.utf8)) }
    }
  }

  @Test func `a header without an end is not read for ever`() throws {
    let identities = AgeIdentities(generating: .x25519)
    let line = Array("-> X25519 AAAA\nAAAA\n".utf8)
    var count = 0
    #expect(throws: AgeReadingError.self) {
      _ = try AgeFileReader(
        { () throws(SystemError) in
          count += 1
          return count == 1 ? AgeHeader.version : Array(repeatElement(line, count: 1000).joined())
        }, with: identities)
    }
    #expect(count < 100)
  }
}
