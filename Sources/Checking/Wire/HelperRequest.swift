internal import Basics
package import Drafts
internal import Requests
package import Secrets

/// What goes to the checking process: `{"options":{…},"submission":{…}}`, once.
package struct HelperRequest: ~Copyable {
  /// The most bytes that are taken. A submission holds the provider's entry and may hold several key files of
  /// `SecretBuffer.fileCapacity`.
  package static let limit = 8 * 1024 * 1024

  /// How the check reaches the network.
  package let options: CheckOptions
  /// What is checked.
  package var submission: Submission

  /// A request for the check of `submission`.
  package init(_ submission: consuming Submission, _ options: CheckOptions) {
    self.submission = submission
    self.options = options
  }

  /// The request with its length before it, ready to be sent: from here on the only copy of the values. Nil when it is
  /// longer than the process would take.
  package consuming func framed() -> SecretBuffer? {
    HelperFrame.write(limit: Self.limit) { json in
      json.key("options")
      json.write(options.json)
      json.key("submission")
      submission.write(to: &json)
    }
  }

  /// Reads what stands in a frame; nil when it is no request.
  package init?(_ text: RawSpan) {
    var options: CheckOptions?
    var submission: Submission?
    var reader = JSONReader()
    do throws(JSONError) {
      try reader.object(text) { member, reader throws(JSONError) in
        switch member {
        case "options": options = CheckOptions(try Value(text, &reader))
        case "submission": submission = try Submission.read(text, &reader)
        default: throw reader.failure(.unexpected)
        }
      }
      try reader.end(text)
    } catch {
      return nil
    }
    guard let options, let submission = submission.take() else { return nil }
    self.init(submission, options)
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

  /// Nil unless all of it is there: the process must not check with other limits than it was told.
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
