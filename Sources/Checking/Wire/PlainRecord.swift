internal import Basics
internal import Requests

/// Text and numbers in written order, for the small records that accompany a check. Holds no secret.
struct PlainRecordWriter {
  private(set) var bytes: [UInt8] = []

  mutating func write(_ number: Int64) {
    bytes += (0..<8).map { UInt8(truncatingIfNeeded: number >> (56 - 8 * $0)) }
  }

  mutating func write(_ text: String?) {
    write(text.map { Int64($0.utf8.count) } ?? -1)
    bytes += Array(text?.utf8 ?? "".utf8)
  }
}

/// Reads what the writer wrote. Every call is nil once something was missing or malformed.
struct PlainRecordReader {
  private var rest: ArraySlice<UInt8>
  private var isBroken = false

  init(_ bytes: some Collection<UInt8>) { rest = ArraySlice(bytes) }

  /// Whether everything was read and nothing was left over.
  var isComplete: Bool { rest.isEmpty && !isBroken }

  mutating func number() -> Int64? {
    guard !isBroken, rest.count >= 8 else { return broken() }
    let number = rest.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    rest = rest.dropFirst(8)
    return Int64(bitPattern: number)
  }

  /// A text, a text that is absent, or nil when the record is malformed.
  mutating func text() -> String?? {
    guard let length = number() else { return nil }
    if length == -1 { return .some(nil) }
    guard length >= 0, length <= rest.count,
      let text = String(validating: rest.prefix(Int(length)), as: UTF8.self)
    else { return broken() }
    rest = rest.dropFirst(Int(length))
    return text
  }

  private mutating func broken<Value>() -> Value? {
    isBroken = true
    return nil
  }
}

extension CheckProgress {
  var encoded: [UInt8] {
    var writer = PlainRecordWriter()
    writer.write(host)
    writer.write(address)
    writer.write(proxy)
    writer.write(Int64(request))
    return writer.bytes
  }

  /// Nil unless host, address and proxy look like such: what the checking process says is shown on a screen.
  init?(decoding bytes: some Collection<UInt8>) {
    var reader = PlainRecordReader(bytes)
    guard let host = reader.text() ?? nil, let address = reader.text(), let proxy = reader.text(),
      let request = reader.number(), reader.isComplete, (1...1000).contains(request)
    else { return nil }
    guard HostAndPort(host) != nil, address.map({ IPAddress($0) != nil }) ?? true,
      proxy.map({ HostAndPort($0) != nil }) ?? true
    else { return nil }
    self.init(host: host, address: address, proxy: proxy, request: Int(request))
  }
}

extension CheckOptions {
  var encoded: [UInt8] {
    var writer = PlainRecordWriter()
    writer.write(authorityFile)
    writer.write(usesEnvironment ? 1 : 0)
    for duration in [limits.connect, limits.total, limits.hard] {
      writer.write(duration.components.seconds)
      writer.write(duration.components.attoseconds)
    }
    let counts = [
      limits.headers, limits.body, limits.bodies, limits.redirects, limits.addresses,
      limits.requests,
    ]
    for count in counts {
      writer.write(Int64(count))
    }
    return writer.bytes
  }

  init?(decoding bytes: some Collection<UInt8>) {
    var reader = PlainRecordReader(bytes)
    self.init()
    guard let file = reader.text(), let proxy = reader.number(),
      let connect = reader.duration(), let total = reader.duration(), let hard = reader.duration(),
      let headers = reader.count(), let body = reader.count(), let bodies = reader.count(),
      let redirects = reader.count(), let addresses = reader.count(), let requests = reader.count(),
      reader.isComplete
    else { return nil }
    authorityFile = file
    usesEnvironment = proxy != 0
    (limits.connect, limits.total, limits.hard) = (connect, total, hard)
    (limits.headers, limits.body, limits.bodies) = (headers, body, bodies)
    (limits.redirects, limits.addresses, limits.requests) = (redirects, addresses, requests)
  }
}

extension PlainRecordReader {
  fileprivate mutating func duration() -> Duration? {
    guard let seconds = number(), let attoseconds = number() else { return nil }
    return Duration(secondsComponent: seconds, attosecondsComponent: attoseconds)
  }

  fileprivate mutating func count() -> Int? {
    guard let number = number(), number >= 0 else { return nil }
    return Int(number)
  }
}
