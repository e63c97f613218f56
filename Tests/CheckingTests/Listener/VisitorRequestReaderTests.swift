import Basics
import Testing

@testable import Checking

/// What is read of bytes that anybody may send.
@Suite struct VisitorRequestReaderTests {
  @Test func `whatever bytes come, a request is read or refused`() {
    let reader = VisitorRequestReader(port: 8976)
    let seed = Array(
      "POST /callback?a=b HTTP/1.1\r\nHost: 127.0.0.1:8976\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 4\r\n\r\na=bc"
        .utf8)
    var random = SystemRandomNumberGenerator()
    for _ in 0..<5_000 {
      var bytes = seed
      for _ in 0..<Int.random(in: 0...4, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.remove(at: place)
        default: bytes.insert(bytes[Int.random(in: 0..<bytes.count, using: &random)], at: place)
        }
      }
      let cut = Int.random(in: 0...bytes.count, using: &random)
      let whole = bytes.withBytes { reader.read($0, from: 0) }
      // What was scanned before makes no difference.
      let part = Array(bytes[..<cut]).withBytes { reader.read($0, from: 0) }
      if case .incomplete(let scanned) = part {
        let rest = bytes.withBytes { reader.read($0, from: scanned) }
        #expect(rest == whole)
      }
      if case .call(let path, let parameters) = whole {
        #expect(path.lowerBound >= 0 && path.upperBound <= bytes.count)
        #expect(parameters.lowerBound >= 0 && parameters.upperBound <= bytes.count)
      }
    }
  }
}
