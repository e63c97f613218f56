internal import Basics
package import GuideText

/// What a screen says, as data. Both front ends show the same page: `PageLayout` draws it, `PlainLines` prints it.
///
/// A page never holds a masked value; of a secret it knows the length and what may be said of it.
package struct Page: Equatable, Sendable {
  /// The line on top, which nothing scrolls away.
  package var header: Header
  /// Scrolls with the items below it, but for a search, which it stands above. A crowded window leaves it out beside a
  /// commitment.
  package var title: String
  /// What can be scrolled, from top to bottom.
  package var items: [Item] = []
  /// What is asked on this page. Kept in view while the items scroll.
  package var fields: [FieldView] = []
  /// What the user can do next, the best first.
  package var actions: [Action] = []
  /// Whether the actions are other ways than to answer what is asked: lines of text number them beside the question.
  package var actionsStandBesideField = false
  /// Whether a secret may be pasted where a number is asked for: lines of text do not echo it then.
  package var hidesAnswers = false
  /// Whether a text is taken as an answer, though no field is shown.
  package var takesAnswer = false
  /// What choosing a row of the list does; in plain mode the end of a question.
  package var rowDeed = "change that value"
  /// The action that Enter activates; nil while something else has the focus.
  package var selectedAction: Int?
  /// What Enter does on a page that asks for all at once, said while the value is typed.
  package var commitment: Commitment?
  /// What has just happened, beside the actions.
  package var notice: Notice?
  /// What the bar at the bottom says, in this order; where it is narrow the lightest are left out.
  package var keys: [KeyHint] = []
  /// A search stands above what it finds; all other fields stand below what explains them.
  package var fieldsComeFirst = false
  /// Whether an empty line goes on from a search, for what it finds need not be chosen.
  package var goesOnWhenEmpty = false
  /// Where the guide, or what the provider says itself, stands on the web: the last of the page's links.
  package var webPage: WebPage?
  /// How many rows of the items are scrolled away. The layout clamps it.
  package var scroll = 0
  /// How many columns of code are scrolled away, by the number of the block.
  package var sideways: [Int: Int] = [:]
  /// What was searched for, while a search is on.
  package var found: Found?
  /// Rows of a long list that the page does not say, because no window can show them together with the selected one.
  package var rowsBeyond = Beyond()
  /// The same for the fields of a step and the one with the focus.
  package var fieldsBeyond = Beyond()
  /// What the items point to, where that was found out before: a guide may have hundreds of links.
  var guideReferences: References?

  /// A page that says and asks nothing yet.
  package init(header: Header, title: String) {
    self.header = header
    self.title = title
  }
}

extension Page {
  /// The line on top: who is being linked, and how far the user has come.
  package struct Header: Equatable, Sendable {
    /// The name that people know; nil while none is chosen.
    package var provider: String?
    /// Tells providers of the same name apart.
    package var domain: String?
    /// `Step 2 of 3`, `Review`.
    package var position: String
    /// Nil where the way still depends on a choice.
    package var progress: Progress?

    package init(
      provider: String? = nil, domain: String? = nil, position: String = "",
      progress: Progress? = nil
    ) {
      self.provider = provider
      self.domain = domain
      self.position = position
      self.progress = progress
    }
  }

  /// How many of the wizard's stations have been reached, the present one included.
  package struct Progress: Equatable, Sendable {
    /// From 1 to `total`.
    package var reached: Int
    /// Steps, review and outcome: the same number as long as one provider is linked.
    package var total: Int

    package init(reached: Int, total: Int) {
      self.reached = reached
      self.total = total
    }
  }

  /// A piece of a page's body.
  package enum Item: Equatable, Sendable {
    /// Blocks out of a guide: foreign text.
    case guide([Block])
    case heading(String)
    case paragraph(String)
    case status(Notice)
    /// Names and values in two columns.
    case facts([Fact])
    case list([Row])
    /// Command lines to type, each with what it does.
    case commands([Fact])
    /// What can be pressed or, in plain mode, entered.
    case keys([KeyRow])
    /// An address, whole, from the left edge and without anything around it, so that it can be selected.
    case address(String)
    /// The same for text of several lines: code to copy.
    case verbatim(String)
  }

  /// A name and what is known under it.
  package struct Fact: Equatable, Sendable {
    /// Short: the widest name of the facts decides where the values begin.
    package var name: String
    /// May be long, and foreign text: it is cleaned, and wrapped within its column.
    package var value: String

    package init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// One row of a list that the user moves through.
  package struct Row: Equatable, Sendable {
    /// What is chosen by it. May be foreign text, which is cleaned before it is drawn.
    package var name: String
    /// Behind the name, or below it where `isStacked`; may be empty.
    package var detail: String
    /// What is said of the row besides, with its sign: `✓ linked`.
    package var notice: Notice?
    /// Whether Enter means this one.
    package var isSelected: Bool
    /// One of many, of which only so much is said as fits on one line.
    package var isBrief = false
    /// With the detail below the name, where it can be long.
    package var isStacked = false

    package init(
      _ name: String, detail: String = "", notice: Notice? = nil, isSelected: Bool = false
    ) {
      self.name = name
      self.detail = detail
      self.notice = notice
      self.isSelected = isSelected
    }
  }

  /// How many rows or fields there are besides those that are said.
  package struct Beyond: Equatable, Sendable {
    /// Those before the first that is said.
    package var above = 0
    /// Those behind the last that is said.
    package var below = 0

    package init(above: Int = 0, below: Int = 0) {
      self.above = above
      self.below = below
    }
  }

  /// What comes of a page's last Enter, and where the values will then be.
  package struct Commitment: Equatable, Sendable {
    /// What Enter does, as a command: `check with api.tally.so and store as tally/default`.
    package var deed: String
    /// Where that is stored.
    package var location: String
    /// What kind of store it is: `SQLite file, new`.
    package var kind: String
    /// How what is stored there is kept secret.
    package var encryption: String

    package init(deed: String, location: String, kind: String, encryption: String) {
      self.deed = deed
      self.location = location
      self.kind = kind
      self.encryption = encryption
    }

    /// Where and how, whole.
    var place: String { "in \(location) (\(kind)), encrypted with \(encryption)" }

    /// The same for a narrow window.
    var briefPlace: String { "in \(location), encrypted with \(encryption)" }
  }

  /// A page on the web that no text of this one points to.
  package struct WebPage: Equatable, Sendable {
    /// What the link is called on the page.
    package var name: String
    /// A whole address, `https://…`, as it is opened, shown and copied.
    package var url: String
  }

  /// One thing to do next.
  package struct Action: Equatable, Sendable {
    /// In the imperative, `Check and store`: the words of a button, and in plain mode of a numbered choice.
    package var label: String

    package init(_ label: String) { self.label = label }
  }

  /// A command with its key, its word in plain mode, and what it does.
  package struct KeyRow: Equatable, Sendable {
    /// As `KeyBinding.keys` writes them; empty for what only plain mode has.
    package var keys: String
    /// Empty where plain mode has no use for it.
    package var word: String
    /// What it does, in lower case and without a period.
    package var meaning: String
    /// The meaning of the word where there are no keys.
    package var spoken: String
  }
}

/// A sentence with a sign in front of it. The sign carries the meaning; colour only repeats it.
package struct Notice: Equatable, Sendable {
  /// What kind of news it is.
  package enum Sign: Equatable, Sendable { case done, failed, warning, note }

  /// Drawn as one character in front; plain mode says failures in words.
  package var sign: Sign
  /// With a period; beside a row of a list a few words without one. Cleaned when it is drawn.
  package var sentence: String

  package init(_ sign: Sign, _ sentence: String) {
    self.sign = sign
    self.sentence = sentence
  }

  /// What failed, why, and what to do about it.
  init(failed explanation: Explanation) {
    let advice = explanation.advice.map { " " + Sentences.sentence($0) } ?? ""
    self.init(.failed, Sentences.paragraph(explanation) + advice)
  }
}
