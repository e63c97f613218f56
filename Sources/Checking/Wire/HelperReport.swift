internal import Basics
package import Requests
package import Secrets

/// What comes from the checking process: any number of `{"progress":{…}}`, then one `{"diagnosis":{…}}`.
package enum HelperReport: Equatable, Sendable {
  case progress(CheckProgress)
  case diagnosis(Diagnosis)

  /// The most bytes that are taken of one.
  package static let limit = 256 * 1024

  /// The report with its length before it. It holds no secret; it comes in such a buffer because a diagnosis is written
  /// into one for the store. Nil when it is longer than the program would take.
  package var framed: SecretBuffer? {
    HelperFrame.write(limit: Self.limit) { json in
      switch self {
      case .progress(let progress):
        json.key("progress")
        json.write(progress.json)
      case .diagnosis(let diagnosis):
        json.key("diagnosis")
        diagnosis.write(to: &json)
      }
    }
  }

  /// Reads what stands in a frame; nil when it is no report.
  package init?(_ text: RawSpan) {
    var report: HelperReport?
    var reader = JSONReader()
    do throws(JSONError) {
      try reader.object(text) { member, reader throws(JSONError) in
        switch member {
        case "progress": report = CheckProgress(try Value(text, &reader)).map(Self.progress)
        case "diagnosis": report = try Diagnosis.read(text, &reader).map(Self.diagnosis)
        default: throw reader.failure(.unexpected)
        }
      }
      try reader.end(text)
    } catch {
      return nil
    }
    guard let report else { return nil }
    self = report
  }

  /// The first report of `bytes`, which is taken out of them; nil while there is not all of one. Fails where the bytes are
  /// no report: what speaks there is not ours.
  package static func takeFirst(of bytes: inout [UInt8]) throws(Unreadable) -> HelperReport? {
    guard bytes.count >= HelperFrame.headerSize else { return nil }
    let length = bytes.withBytes { HelperFrame.length($0, limit: limit) }
    guard let length else { throw Unreadable() }
    let end = HelperFrame.headerSize + length
    guard bytes.count >= end else { return nil }
    let report = bytes.withBytes { HelperReport($0.extracting(HelperFrame.headerSize..<end)) }
    guard let report else { throw Unreadable() }
    bytes.removeFirst(end)
    return report
  }

  /// Bytes that are no report.
  package struct Unreadable: Error {}
}

extension CheckProgress {
  fileprivate var json: Value {
    var map = Value.Map()
    map["host"] = .string(host)
    map["address"] = address.map(Value.string)
    map["proxy"] = proxy.map(Value.string)
    map["request"] = .int(request)
    return .map(map)
  }

  /// Nil unless host, address and proxy look like such: what the checking process says is shown on a screen.
  fileprivate init?(_ json: Value) {
    let (address, proxy) = (json["address"]?.text, json["proxy"]?.text)
    guard let host = json["host"]?.text, HostAndPort(host) != nil,
      address.map({ IPAddress($0) != nil }) ?? true, proxy.map({ HostAndPort($0) != nil }) ?? true,
      case .int(let request) = json["request"], (1...1000).contains(request)
    else { return nil }
    self.init(host: host, address: address, proxy: proxy, request: request)
  }
}
