internal import Basics
internal import Connections
internal import Drafts
internal import ProviderFormat
internal import Requests

/// What comes of the values when the user says that they are right.
enum Decision: Equatable {
  /// The provider is asked, and what it accepts is stored.
  case check
  /// Stored without asking, because the user wants it so or because nobody can be asked.
  case store
  /// Something has to be looked at before.
  case review
}

extension LinkSession {
  /// What the last Enter of the one page leads to. What speaks against a value, and that nobody can be asked, is seen in
  /// the review before anything is stored.
  borrowing func decision() -> Decision {
    // An edit without other values has nothing to ask anybody, and the review says so.
    if isUnchanged || isEndAlone { return .review }
    if hasDoubts() || (isNameTaken && !isReplacing) { return .review }
    if options.skipsCheck { return .store }
    return checkedBy.reasonForNone == nil ? .check : .review
  }

  /// What the review does with values that are complete.
  var reviewDecision: Decision {
    options.skipsCheck || checkedBy.reasonForNone != nil ? .store : .check
  }

  /// What Enter does on the one page, whole.
  func commitment(to decision: Decision) -> Page.Commitment {
    let store = options.store
    return Page.Commitment(
      deed: deed(decision), location: store.location,
      kind: store.engine + (store.exists ? "" : ", new"),
      encryption: store.encryption)
  }

  private func deed(_ decision: Decision) -> String {
    let target =
      if isEditing { "change \(name)" } else if isReplacing && isNameTaken {
        "replace \(name)"
      } else { "store as \(name)" }
    switch decision {
    case .review where isUnchanged: return "review \(name), still unchanged,"
    case .review where isEndAlone: return "review, then change the end of \(name)"
    case .check: return "check with \(checkedBy.host ?? provider.displayName) and \(target)"
    case .store: return "\(target), without a check"
    case .review where checkedBy.reasonForNone != nil && !options.skipsCheck:
      return "review, for no check is known, and \(target)"
    case .review: return "review, then check and \(target)"
    }
  }
}

extension Decision {
  /// As the label of an action.
  func label(_ visit: borrowing LinkSession) -> String {
    let verb = visit.isReplacing && !visit.isEditing ? "replace" : "store"
    return switch self {
    case .check: "Check and \(verb)"
    case .store where visit.options.skipsCheck: "\(verb.withCapital) without a check"
    case .store: "\(verb.withCapital) unchecked"
    case .review: "Review"
    }
  }
}
