package import Basics
internal import Drafts
package import Secrets

/// What the helper process is told when it starts, before there is anything to do:
/// `{"now":1795219200,"options":{…}}`.
package struct HelperSettings: Sendable {
  /// The most bytes that are taken.
  package static let limit = 64 * 1024

  /// How it reaches the network.
  package let options: CheckOptions
  /// What the program's clock says while it sends them. What is signed, and every end that is told, goes by that clock;
  /// certificates go by the system's.
  package let now: Timestamp

  package init(_ options: CheckOptions, at now: Timestamp = .now()) {
    self.options = options
    self.now = now
  }

  /// The settings with their length before them. They hold no secret; nil when they are longer than the process would
  /// take.
  package var framed: SecretBuffer? {
    HelperFrame.write(limit: Self.limit) { json in
      json.key("now")
      json.write(.int(Int(now.secondsSinceEpoch)))
      json.key("options")
      json.write(options.json)
    }
  }

  /// Reads what stands in a frame; nil when it is not all of the settings.
  package init?(_ text: RawSpan) {
    var options: CheckOptions?
    var now: Int64?
    var reader = JSONReader()
    do throws(JSONError) {
      try reader.object(text) { member, reader throws(JSONError) in
        switch member {
        case "now": now = try reader.integer(text)
        case "options": options = CheckOptions(try Value(text, &reader))
        default: throw reader.failure(.unexpected)
        }
      }
      try reader.end(text)
    } catch {
      return nil
    }
    guard let options, let now else { return nil }
    self.init(options, at: Timestamp(secondsSinceEpoch: now))
  }
}

extension CheckOptions {
  private typealias Limit<Number> = any WritableKeyPath<CheckLimits, Number> & Sendable

  private static let counts: [(name: String, limit: Limit<Int>)] = [
    ("headers", \.headers), ("header_lines", \.headerLines), ("body", \.body), ("bodies", \.bodies),
    ("redirects", \.redirects),
    ("addresses", \.addresses), ("requests", \.requests),
  ]
  /// In milliseconds.
  private static let times: [(name: String, limit: Limit<Duration>)] = [
    ("connect", \.connect), ("total", \.total), ("hard", \.hard),
  ]

  fileprivate var json: Value {
    var map = Value.Map()
    map["authority_file"] = authorityFile.map(Value.string)
    map["uses_environment"] = .bool(usesEnvironment)
    for (name, limit) in Self.counts { map[name] = .int(limits[keyPath: limit]) }
    for (name, limit) in Self.times {
      map[name] = .int(Int(limits[keyPath: limit] / .milliseconds(1)))
    }
    return .map(map)
  }

  /// Nil unless all of it is there: the process must not work with other limits than it was told.
  fileprivate init?(_ json: Value) {
    self.init()
    guard let usesEnvironment = json["uses_environment"]?.bool else { return nil }
    self.usesEnvironment = usesEnvironment
    authorityFile = json["authority_file"]?.text
    for (name, limit) in Self.counts {
      guard case .int(let count) = json[name], count >= 0 else { return nil }
      limits[keyPath: limit] = count
    }
    for (name, limit) in Self.times {
      guard case .int(let milliseconds) = json[name], milliseconds >= 0 else { return nil }
      limits[keyPath: limit] = .milliseconds(milliseconds)
    }
  }
}
