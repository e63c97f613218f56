import CLinux
import CursesTerminal
import Secrets
import TerminalUI
import Testing

@testable import CursesTerminal

@Suite struct InputReaderTests {
  /// What a reader made of the parts, each arriving in a read of its own.
  private func read(_ parts: [[UInt8]]) -> [String] {
    var ends: [Int32] = [0, 0]
    #expect(unsafe linux_pipe(&ends) == 0)
    defer {
      close(ends[0])
      close(ends[1])
    }
    var reader = InputReader(decoder: KeyDecoder(), findsPastes: false)
    var items: [String] = []
    for part in parts {
      _ = unsafe part.withUnsafeBytes { unsafe write(ends[1], $0.baseAddress, $0.count) }
      let isOpen = reader.read(from: ends[0])
      #expect(isOpen)
      collect(from: &reader, into: &items)
    }
    return items
  }

  private func collect(from reader: inout InputReader, into items: inout [String]) {
    while true {
      switch reader.next() {
      case .key(let key): items.append("\(key)")
      case .unmarkedPaste: items.append("unmarked")
      case .arriving: items.append("arriving")
      case .paste(let paste):
        let cut = paste.isCut ? " cut" : ""
        let text = paste.contents()
        items.append("paste \(text.withBytes { bytes in hex(bytes) })\(cut)")
      case .none: return
      }
    }
  }

  private func hex(_ bytes: RawSpan) -> String {
    (0..<bytes.byteCount).map { offset in
      String(unsafe bytes.unsafeLoad(fromByteOffset: offset, as: UInt8.self), radix: 16)
    }.joined(separator: " ")
  }

  private let paste = Array("\u{1B}[200~a\nb\u{1B}[20c\u{1B}[201~".utf8)
  private let pasted = "paste 61 a 62 1b 5b 32 30 63"

  @Test func `a paste is one item, however its bytes arrive`() {
    let bytes = Array("x".utf8) + paste + Array("y".utf8)
    let expected = ["\(Key.character("x"))", pasted, "\(Key.character("y"))"]
    #expect(read([bytes]) == expected)
    for cut in 1..<bytes.count {
      #expect(read([Array(bytes[..<cut]), Array(bytes[cut...])]) == expected, "cut at \(cut)")
    }
    #expect(read(bytes.map { [$0] }) == expected)
  }

  @Test func `marks inside a paste and a second end mark do nothing`() {
    let text = "\u{1B}[200~a\u{1B}[200~b\u{1B}[201~\u{1B}[201~c"
    #expect(
      read([Array(text.utf8)]) == ["paste 61 1b 5b 32 30 30 7e 62", "\(Key.character("c"))"])
  }

  @Test func `a paste beyond the capacity is cut, says so, and does not leak into keys`() {
    var collector = PasteCollector()
    collector.begin()
    var chunk = SecretBuffer(capacity: 65536)
    for _ in 0..<65536 { chunk.append(0x61) }
    for _ in 0..<17 {
      let progress = collector.collect(from: chunk, at: 0)
      #expect(progress == .init(taken: 65536, isComplete: false))
    }
    var end = SecretBuffer(capacity: 16)
    for byte in PasteCollector.endMark { end.append(byte) }
    let last = collector.collect(from: end, at: 0)
    #expect(last.isComplete)
    let paste = collector.finish()
    let isCut = paste.isCut
    let count = paste.contents().count
    #expect(isCut)
    #expect(count == SecretBuffer.fileCapacity)
  }

  @Test func `the end of the input is told`() {
    var ends: [Int32] = [0, 0]
    #expect(unsafe linux_pipe(&ends) == 0)
    close(ends[1])
    var reader = InputReader(decoder: KeyDecoder())
    let isOpen = reader.read(from: ends[0])
    close(ends[0])
    #expect(!isOpen)
  }
}
