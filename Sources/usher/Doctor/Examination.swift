internal import Basics

/// One thing that `usher doctor` looked at.
struct Examination {
  enum State: String {
    case good = "ok"
    case warning
    case bad = "problem"
  }

  let subject: String
  let state: State
  /// What was found, in a sentence without a period.
  let finding: String
  let advice: String?

  init(_ subject: String, _ state: State, _ finding: String, advice: String? = nil) {
    self.subject = subject
    self.state = state
    self.finding = finding
    self.advice = advice
  }

  /// The state in three columns of text, so that no colour is needed.
  var sign: String {
    switch state {
    case .good: "ok "
    case .warning: "?  "
    case .bad: "!! "
    }
  }

  var json: Value {
    .map([
      ("subject", .string(subject)), ("state", .string(state.rawValue)),
      ("finding", .string(finding)), ("advice", .optional(advice)),
    ])
  }
}
