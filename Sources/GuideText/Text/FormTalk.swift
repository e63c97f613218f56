internal import Basics

/// Sentences about the form of the program that a guide was written for: open it, enter what you have, submit it, "you are
/// now connected". In the wizard its own pages are that form, and these sentences would be said before anything was asked.
///
/// Goes by the words of several hundred such guides, which say it in few ways.
struct FormTalk {
  /// In lower case, blanks at the ends taken off.
  private let text: String

  init(_ inlines: [Inline]) { text = inlines.singleLine.lowercased() }

  init(heading: String) { text = heading.lowercased() }

  // MARK: Sentences

  /// `Open the form where you need to authenticate with Tea.`
  var opens: Bool {
    guard begins(with: ["open", "navigate", "go to", "go back", "return", "head"]) else {
      return false
    }
    if says(["nango", "connect ui"]) { return true }
    return says(["form"])
      && says([
        "authenticate", "authentication", "authorize", "connect", "credential", "link your",
        "link the",
      ])
  }

  /// `Submit the form, and you should be successfully authenticated.`
  var submits: Bool {
    if begins(with: ["submit"]) { return true }
    return begins(with: ["click", "press", "select", "hit"]) && text.count < 100
      && says(["connect", "submit", "authorize"])
  }

  /// `You are now connected to Tea.`
  var isFarewell: Bool {
    says([
      "you are now connected", "you're now connected", "you’re now connected", "you're connected",
      "you're all set", "you are all set", "is now connected", "is now linked",
      "has been connected", "you are now linked", "you are connected",
      "be successfully authenticated", "be successfully connected", "successfully linked",
    ])
  }

  /// `Once you have your API key:`, before the form is opened.
  private var introduces: Bool {
    text.hasSuffix(":")
      && begins(with: [
        "once you", "after you", "when you", "now that", "to authenticate", "to link", "to connect",
        "with your",
      ])
  }

  /// Something is to be entered.
  private var enters: Bool {
    says([
      "enter ", "entered ", "fill in", "fill out", "paste ", "provide ", "type ", "input ",
      "select ", "choose ",
      "optionally",
    ])
  }

  /// It says more than that something is to be entered: a form, an example, a condition.
  private var hasRemark: Bool {
    says([
      "e.g", "for example", "such as", "without", "leave ", "optional", "format", "must",
      "should be",
      "make sure", "if ", "unless", "either", "only", "not ", "—", "–", " - ", "(", "://",
    ])
  }

  /// Whether it has its place in a step about the form.
  var isAboutForm: Bool { opens || submits || isFarewell || introduces || enters }

  /// Whether nothing is lost without it.
  var isDispensable: Bool {
    opens || submits || isFarewell || introduces || (enters && !hasRemark)
  }

  // MARK: Headings

  /// `Enter credentials in the Connect UI`, `Authorize in Nango`.
  var namesForm: Bool {
    says([
      "connect ui", "nango ui", "connect form", "connection form", "authentication form",
      "in nango",
      "into nango", "to nango", "with nango", "nango connect", "integration form", "connect modal",
    ])
  }

  /// `Enter your credentials`, `Connect your account`: a step about the form if its sentences are.
  var mayNameForm: Bool {
    says([
      "enter", "submit", "provide", "fill", "connect", "link", "authorize", "authenticate",
      "finish",
      "complete",
    ])
  }

  // MARK: Words

  private func begins(with words: [String]) -> Bool {
    let bare = text.drop { !$0.isLetter }
    return words.contains { bare.hasPrefix($0) }
  }

  /// By bytes: the library's search for a text in a text costs a hundred times as much, and is asked for each sentence of
  /// a guide before its first page is shown.
  private func says(_ words: [String]) -> Bool {
    text.withBytes { bytes in words.contains { bytes.firstOffset(of: $0.utf8) != nil } }
  }
}
