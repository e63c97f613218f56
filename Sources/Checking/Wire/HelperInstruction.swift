internal import Basics
package import Requests
package import Secrets

/// What comes to a helper process during a call: `{"renewed":{…}}`, as often as it asks, and `{"stop":true}`.
package enum HelperInstruction: ~Copyable, Sendable {
  /// The token that it has asked for, or why there is none.
  case renewed(TokenOutcome)
  /// The user interrupts.
  case stop

  /// The most bytes that are taken: an assertion that is kept with a token may be long.
  package static let limit = 2 * 1024 * 1024

  /// The instruction with its length before it; nil when it is longer than the process would take.
  package borrowing func framed() -> SecretBuffer? {
    HelperFrame.write(limit: Self.limit) { json in
      switch self {
      case .renewed(let outcome):
        json.key("renewed")
        outcome.write(to: &json)
      case .stop:
        json.key("stop")
        json.bool(true)
      }
    }
  }

  /// Reads what stands in a frame; nil when it is no instruction.
  package init?(_ text: RawSpan) {
    var instruction: HelperInstruction?
    var count = 0
    var reader = JSONReader()
    do throws(JSONError) {
      try reader.object(text) { member, reader throws(JSONError) in
        count += 1
        switch member {
        case "renewed":
          if let outcome = try TokenOutcome.read(text, &reader) { instruction = .renewed(outcome) }
        case "stop": instruction = try reader.truth(text) ? .stop : nil
        default: throw reader.failure(.unexpected)
        }
      }
      try reader.end(text)
    } catch {
      return nil
    }
    guard count == 1, let instruction = instruction.take() else { return nil }
    self = instruction
  }
}
