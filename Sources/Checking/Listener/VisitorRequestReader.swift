internal import Basics

/// Reads the beginning of HTTP/1.1 (RFC 9112) as far as a browser that was redirected needs it: GET with parameters in
/// the address, and POST with a form (`response_mode=form_post`). All else is refused.
struct VisitorRequestReader {
  /// What a request comes to. Ranges are of the bytes that were read.
  enum Request: Equatable {
    /// - Parameter scanned: how much of it need not be searched again.
    case incomplete(scanned: Int)
    case refused(ListenerPage.Status)
    case call(path: Range<Int>, parameters: Range<Int>)
  }

  /// In bytes: what browsers themselves keep to.
  static let headLimit = 32 * 1024
  /// In bytes.
  static let bodyLimit = 32 * 1024

  /// What this machine may be called. A page of somebody else's that has made its own name lead here is told by it.
  private let hosts: [String]

  init(port: Int) {
    let names = ["127.0.0.1", "localhost"]
    hosts = names.map { "\($0):\(port)" } + (port == 80 ? names : [])
  }

  /// - Parameter scanned: what the last reading of fewer bytes said; else 0.
  func read(_ bytes: RawSpan, from scanned: Int) -> Request {
    guard let head = Self.head(of: bytes, from: scanned) else {
      return bytes.byteCount >= Self.headLimit
        ? .refused(.tooLong) : .incomplete(scanned: bytes.byteCount)
    }
    guard head.end <= Self.headLimit else { return .refused(.tooLong) }
    var lines = Lines(end: head.start)
    guard let first = lines.next(of: bytes), let line = RequestLine(bytes, first) else {
      return .refused(.badRequest)
    }
    var fields = Fields()
    while let range = lines.next(of: bytes) {
      guard fields.take(bytes, range) else { return .refused(.badRequest) }
    }
    guard let host = fields.host, hosts.contains(where: { bytes.isText($0, at: host) }) else {
      return .refused(.badRequest)
    }
    switch line.method {
    case .get: return .call(path: line.path, parameters: line.query)
    case .other: return .refused(.notFound)
    case .post:
      guard let count = fields.length, fields.isForm else { return .refused(.badRequest) }
      guard count <= Self.bodyLimit else { return .refused(.tooLong) }
      guard bytes.byteCount >= head.end + count else { return .incomplete(scanned: head.start) }
      return .call(path: line.path, parameters: head.end..<head.end + count)
    }
  }

  /// Where the empty line is that ends the head, and where the body begins.
  private static func head(of bytes: RawSpan, from scanned: Int) -> (start: Int, end: Int)? {
    var offset = max(0, scanned - 3)
    while let end = bytes.firstOffset(from: offset, where: { $0 == 0x0A }) {
      if bytes.has([0x0A], at: end + 1) { return (end + 1, end + 2) }
      if bytes.has([0x0D, 0x0A], at: end + 1) { return (end + 1, end + 3) }
      offset = end + 1
    }
    return nil
  }

  /// Lines that end in a line feed, a carriage return before it or not; without their ends.
  private struct Lines {
    let end: Int
    private var start = 0

    init(end: Int) { self.end = end }

    mutating func next(of bytes: RawSpan) -> Range<Int>? {
      guard start < end, let feed = bytes.firstOffset(from: start, where: { $0 == 0x0A }) else {
        return nil
      }
      defer { start = feed + 1 }
      let isReturn = feed > start && bytes[feed - 1] == 0x0D
      return start..<(isReturn ? feed - 1 : feed)
    }
  }

  /// `GET /callback?code=… HTTP/1.1`
  private struct RequestLine {
    enum Method { case get, post, other }

    let method: Method
    let path: Range<Int>
    let query: Range<Int>

    init?(_ bytes: RawSpan, _ line: Range<Int>) {
      let text = bytes.extracting(line)
      let isBlank: (UInt8) -> Bool = { $0 == 0x20 }
      guard let first = text.firstOffset(where: isBlank),
        let second = text.firstOffset(from: first + 1, where: isBlank), second > first + 1,
        text.has("HTTP/1.".utf8, at: second + 1), text.byteCount == second + 9,
        text[first + 1] == UInt8(ascii: "/")
      else { return nil }
      // Nothing that a browser writes otherwise, and nothing that a terminal would obey.
      let target = text.extracting(first + 1..<second)
      guard !target.contains(where: { $0 <= 0x20 || $0 >= 0x7F || $0 == UInt8(ascii: "#") })
      else { return nil }
      let word = text.extracting(0..<first)
      method = word.equals("GET".utf8) ? .get : word.equals("POST".utf8) ? .post : .other
      let (start, end) = (line.lowerBound + first + 1, line.lowerBound + second)
      let mark = target.firstOffset { $0 == UInt8(ascii: "?") }.map { start + $0 } ?? end
      path = start..<mark
      query = min(mark + 1, end)..<end
    }
  }

  /// What of the head counts.
  private struct Fields {
    private(set) var host: Range<Int>?
    private(set) var length: Int?
    private(set) var isForm = false

    /// False for what makes no sense, or could be understood in two ways.
    mutating func take(_ bytes: RawSpan, _ line: Range<Int>) -> Bool {
      let text = bytes.extracting(line)
      guard let colon = text.firstOffset(where: { $0 == UInt8(ascii: ":") }), colon > 0,
        !text.extracting(0..<colon).contains(where: { $0 <= 0x20 || $0 >= 0x7F })
      else { return false }
      let name = text.extracting(0..<colon)
      let value = text.trimmed(colon + 1..<text.byteCount) { $0 == 0x20 || $0 == 0x09 }
      let place = line.lowerBound + value.lowerBound..<line.lowerBound + value.upperBound
      if name.isText("host", at: 0..<colon) {
        if host != nil { return false }
        host = place
      } else if name.isText("content-length", at: 0..<colon) {
        guard length == nil, let count = text.extracting(value).smallNumber else { return false }
        length = count
      } else if name.isText("transfer-encoding", at: 0..<colon) {
        return false
      } else if name.isText("content-type", at: 0..<colon) {
        isForm = text.extracting(value).hasIgnoringCase("application/x-www-form-urlencoded".utf8)
      }
      return true
    }
  }
}

extension RawSpan {
  /// Whether a part is the text, whatever the case of its letters.
  fileprivate func isText(_ text: String, at range: Range<Int>) -> Bool {
    range.count == text.utf8.count && hasIgnoringCase(text.utf8, at: range.lowerBound)
  }

  /// A number of up to seven digits and nothing else.
  fileprivate var smallNumber: Int? {
    guard (1...7).contains(byteCount) else { return nil }
    var number = 0
    for offset in 0..<byteCount {
      guard (0x30...0x39).contains(self[offset]) else { return nil }
      number = number * 10 + Int(self[offset] - 0x30)
    }
    return number
  }
}
