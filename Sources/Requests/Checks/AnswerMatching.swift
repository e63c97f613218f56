internal import Basics
internal import ProviderFormat
internal import Secrets

extension UsherExtension.Answer {
  /// Whether the answer is the one that is meant.
  func matches(_ answer: borrowing CheckAnswer) -> Bool {
    if let status, !status.contains(answer.status) { return false }
    for condition in conditions {
      if !condition.test.passes(AnswerPath(condition.path), in: answer) { return false }
    }
    return answer.body.withBytes { $0.containsIgnoringCase(all: contains) }
  }
}

extension UsherExtension.Answer {
  /// Whether it looks at more than the status, and so cannot be meant for an answer of somebody else.
  var looksInside: Bool { !conditions.isEmpty || !contains.isEmpty }
}

extension UsherExtension.Condition.Test {
  /// Whether what stands at a path of an answer is as it should be.
  func passes(_ path: AnswerPath, in answer: borrowing CheckAnswer) -> Bool {
    switch self {
    case .equals(let texts):
      path.text(in: answer)?.withBytes { text in texts.contains { text.equals($0.utf8) } } ?? false
    case .contains(let words):
      path.text(in: answer)?.withBytes { $0.containsIgnoringCase(all: words) } ?? false
    case .isList: path.kind(in: answer) == .list
    case .isPresent: path.kind(in: answer) != .absent
    case .isAbsent: path.kind(in: answer) == .absent
    }
  }
}

extension UsherExtension.Meaning {
  /// Nil for `continue`: the next request decides.
  var kind: Diagnosis.Kind? {
    switch self {
    case .accepted: .accepted
    case .continue: nil
    case .wrongKind: .wrongKind
    case .wrongTenant: .wrongTenant
    case .lacksRight: .lacksRight
    case .refused: .refused
    case .busy: .busy
    case .unknown: .unclear
    }
  }
}

extension RawSpan {
  fileprivate func containsIgnoringCase(all words: [String]) -> Bool {
    for word in words {
      if !containsIgnoringCase(word) { return false }
    }
    return true
  }
}
