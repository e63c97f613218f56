internal import Drafts
package import TerminalUI

/// A row of the one table of what a user can ask for: keys, the word of plain mode, and what the help says of them. The
/// key map, the words, the help sheet and the key hints of every screen come out of this table.
package struct KeyBinding: Sendable {
  /// When a key means what it is bound to. Keys that a text needs for itself change their meaning while one is typed.
  package enum Condition: Sendable { case always, whileTyping, elsewhere }

  /// One key and what it does.
  package struct Stroke: Sendable {
    /// What the terminal delivers.
    package let key: Key
    /// What the screen is told when the key is pressed and `condition` holds.
    package let input: Input
    /// Two strokes may share a key when their conditions exclude each other.
    package let condition: Condition

    fileprivate static func on(
      _ key: Key, _ command: Command, _ condition: Condition = .always
    ) -> Stroke {
      Stroke(key: key, input: .command(command), condition: condition)
    }

    fileprivate static func edit(_ key: Key, _ edit: Edit) -> Stroke {
      Stroke(key: key, input: .edit(edit), condition: .whileTyping)
    }

    fileprivate static func digits(
      _ key: (Unicode.Scalar) -> Key, _ condition: Condition
    ) -> [Stroke] {
      (0...9).map { .on(key(Unicode.Scalar(UInt8(48 + $0))), .digit($0), condition) }
    }
  }

  /// How the help calls the keys; empty where only plain mode has the command.
  package let keys: String
  /// All keys of the row, those that `keys` leaves out as well. The first one that counts names a command in hints.
  package let strokes: [Stroke]
  /// The word as the help writes it, with an example of its argument; empty where plain mode has none.
  package let word: String
  /// What the word, with that argument, asks for.
  let says: PlainWord?
  /// As the help says it: lower case, no period.
  package let meaning: String
  /// The same where there are no keys: in plain mode.
  let spoken: String

  private init(
    _ keys: String, _ strokes: [Stroke], word: (text: String, says: PlainWord)? = nil,
    _ meaning: String, spoken: String? = nil
  ) {
    self.spoken = spoken ?? meaning
    self.keys = keys
    self.strokes = strokes
    self.word = word?.text ?? ""
    says = word?.says
    self.meaning = meaning
  }
}

extension KeyBinding {
  /// The table.
  package static let all = going + typing + reading + unsaid

  static let going: [KeyBinding] = [
    KeyBinding("Enter", [.on(.enter, .activate)], "next field, next screen, or what is marked"),
    KeyBinding(
      "Esc", [.on(.escape, .back)], word: (":back", .command(.back)), "back; what was typed stays"),
    KeyBinding(
      "Tab",
      [
        .on(.tab, .nextControl), .on(.backTab, .previousControl),
        .on(.control("n"), .nextControl), .on(.control("p"), .previousControl),
      ], "next field or action; Shift-Tab goes back"),
    KeyBinding(
      "↑↓ ←→",
      [
        .on(.up, .move(.up)), .on(.down, .move(.down)),
        .on(.left, .move(.left), .elsewhere), .on(.right, .move(.right), .elsewhere),
      ], "choose, or scroll where nothing is to choose"),
    KeyBinding(
      "Ctrl-G", [.on(.control("g"), .review)], word: (":review", .command(.review)),
      "from a step to the review"),
    KeyBinding(
      "Ctrl-C", [.on(.control("c"), .leave)], word: (":quit", .command(.leave)),
      "leave; asks when something was typed"),
    KeyBinding("Ctrl-Z", [.on(.control("z"), .suspend)], "put Usher to sleep; fg wakes it"),
    KeyBinding(
      "?, F1", [.on(.character("?"), .help, .elsewhere), .on(.function(1), .help)],
      word: (":help", .command(.help)), "this page"),
    KeyBinding("", [], word: (":again", .again), "print the page once more"),
  ]

  static let typing: [KeyBinding] = [
    KeyBinding(
      "Ctrl-O", [.on(.control("o"), .insist)], word: (":anyway", .command(.insist)),
      "use a value in spite of what was found"),
    KeyBinding(
      "Ctrl-Y", [.on(.control("y"), .acceptOffer)], word: (":offer", .command(.acceptOffer)),
      "take the value that is offered"),
    KeyBinding(
      "Ctrl-T", [.on(.control("t"), .readFile)], word: (":file", .command(.readFile)),
      "read the value from a file"),
    KeyBinding(
      "Ctrl-R", [.on(.control("r"), .reveal)], word: (":ends", .command(.reveal)),
      "show the first and last characters of a secret"),
    KeyBinding(
      "Ctrl-U", [.edit(.control("u"), .erase(.toStart)), .edit(.control("k"), .erase(.toEnd))],
      "erase up to the caret; Ctrl-K what follows it"),
    KeyBinding("", [], word: (":clear", .clear), "erase the value"),
    KeyBinding(
      "Ctrl-W", [.edit(.control("w"), .erase(.wordBackward))], "erase the word before the caret"),
    KeyBinding(
      "Ctrl-A", [.edit(.control("a"), .move(.start)), .edit(.control("e"), .move(.end))],
      "to the beginning; Ctrl-E to the end"),
    KeyBinding("", [], word: ("::", .answer), "the beginning of a value that begins with a colon"),
  ]

  static let reading: [KeyBinding] = [
    KeyBinding(
      "PgDn, PgUp",
      [
        .on(.pageDown, .scroll(.pageDown)), .on(.pageUp, .scroll(.pageUp)),
        .on(.character(" "), .scroll(.pageDown), .elsewhere),
      ], "scroll; Space too while no text is typed"),
    KeyBinding(
      "/, Ctrl-F", [.on(.character("/"), .find, .elsewhere), .on(.control("f"), .find)],
      word: (":find TEXT", .find("TEXT")),
      "search in all steps of the guide; while a text is typed Ctrl-F",
      spoken: "search in all steps of the guide"),
    KeyBinding(
      "1 2 3 …", Stroke.digits({ .character($0) }, .elsewhere),
      word: (":link 1", .command(.link(1))),
      "show link or code [1] whole and copy it", spoken: "print link or code 1 whole"),
    KeyBinding(
      "Alt-1", Stroke.digits({ .alt($0) }, .always), "the same while a text is typed"),
    KeyBinding(
      "Ctrl-L", [.on(.control("l"), .linkPrompt)],
      "list all links of the page with their addresses, and the guide's own page"),
    KeyBinding(
      "Ctrl-X", [.on(.control("x"), .copy)], "copy the address to open in a browser"),
    KeyBinding(
      "Shift-←→", [.on(.shiftLeft, .scroll(.left)), .on(.shiftRight, .scroll(.right))],
      "move code that is wider than the window"),
  ]

  /// What every shell user's fingers know (readline), and the keys of their name: the help has no room for them.
  private static let unsaid: [KeyBinding] = [
    KeyBinding(
      "",
      [
        .edit(.left, .move(.left)), .edit(.right, .move(.right)),
        .edit(.home, .move(.start)), .edit(.end, .move(.end)),
        .edit(.backspace, .erase(.backward)), .edit(.delete, .erase(.forward)),
        .edit(.control("b"), .move(.left)), .edit(.control("d"), .erase(.forward)),
        .edit(.control("h"), .erase(.backward)),
      ], ""),
    KeyBinding(
      "",
      [.on(.home, .scroll(.top), .elsewhere), .on(.end, .scroll(.bottom), .elsewhere)], ""),
  ]

  /// How the help writes a word of plain mode.
  static func word(for says: PlainWord) -> String { all.first { $0.says == says }?.word ?? "" }
}
