import Onboarding
import TerminalUI
import TestSupport
import Testing

/// Keys, words, help and README say the same.
@Suite struct KeyBindingTests {
  private static func names(_ binding: KeyBinding) -> Set<String> {
    Set(binding.strokes.map(\.key.name))
  }

  /// The keys that a text names: `Shift-←→` names two, and so does `↑↓`.
  private static func named(in text: String) -> [String] {
    text.split { " ,;".contains($0) }.flatMap { word -> [String] in
      let arrows = word.filter { "↑↓←→".contains($0) }
      let lead = word.prefix { !"↑↓←→".contains($0) }
      return arrows.isEmpty ? [String(word)] : arrows.map { lead + String($0) }
    }.filter { $0 != "…" }
  }

  @Test func `every key does what its row says, and nothing else`() {
    for isTyping in [true, false] {
      var seen: Set<Key> = []
      for stroke in KeyBinding.all.flatMap(\.strokes)
      where stroke.condition == .always || (stroke.condition == .whileTyping) == isTyping {
        #expect(KeyMap.input(for: stroke.key, isTyping: isTyping) == stroke.input)
        #expect(seen.insert(stroke.key).inserted)
      }
    }
  }

  @Test func `a key that no row has types itself where a text is typed, and else does nothing`() {
    #expect(KeyMap.input(for: .character("x"), isTyping: true) == .edit(.insert("x")))
    #expect(KeyMap.input(for: .character("?"), isTyping: true) == .edit(.insert("?")))
    #expect(KeyMap.input(for: .character("x"), isTyping: false) == nil)
    #expect(KeyMap.input(for: .control("v"), isTyping: true) == nil)
    #expect(KeyMap.input(for: .function(2), isTyping: true) == nil)
    #expect(KeyMap.input(for: .backspace, isTyping: false) == nil)
  }

  @Test func `every key that a row names is one of its keys`() {
    for binding in KeyBinding.all {
      let names = Self.names(binding)
      #expect(names.isSuperset(of: Self.named(in: binding.keys)), "\(binding.keys)")
      let mentioned = Self.named(in: binding.meaning).filter {
        $0.contains("-") && $0.first?.isUppercase == true || $0 == "Space"
      }
      #expect(names.isSuperset(of: mentioned), "\(binding.meaning)")
    }
  }

  @Test func `the help has every row that says something`() {
    let walk = Walk.through(Samples.tally)
    walk.press(.character("?"))
    let shown = walk.page.items.flatMap { item -> [Page.KeyRow] in
      if case .keys(let rows) = item { rows } else { [] }
    }
    let table = KeyBinding.all.filter { !$0.meaning.isEmpty }
    #expect(shown.map(\.keys) == table.map(\.keys))
    #expect(shown.map(\.word) == table.map(\.word))
    #expect(shown.map(\.meaning) == table.map(\.meaning))
    for row in shown { #expect(!row.keys.isEmpty || !row.word.isEmpty) }
  }

  @Test func `every key hint of the screens names keys of the table, or what is on the page`() {
    let known = Set(KeyBinding.all.flatMap(\.strokes).map(\.key.name))
    let walk = Walk.through(Samples.tailscale)
    var hints = walk.page.keys
    for key in [Key.enter, .control("l"), .escape, .control("f"), .escape, .control("g")] {
      walk.press(key)
      hints += walk.page.keys
    }
    #expect(hints.count > 12)
    for hint in hints where !hint.keys.hasPrefix("Link ") && hint.keys.first?.isNumber != true {
      #expect(known.isSuperset(of: Self.named(in: hint.keys)), "\(hint.keys)")
    }
  }

  @Test func `every word of the help is one in plain mode`() async {
    for word in KeyBinding.all.map(\.word) where !word.isEmpty {
      let transcript = await PlainLinesTests.transcript(["", "", word, ":quit", "2"])
      #expect(!transcript.contains { $0.contains("no such word") }, "\(word)")
    }
    let unknown = await PlainLinesTests.transcript(["", "", ":nothing", ":quit", "2"])
    #expect(unknown.contains { $0.contains("no such word") })
  }

  @Test func `README names keys that there are, and those of search and help`() throws {
    let folder = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    let bytes = try #require(TextFile.read("/\(folder)/README.md"))
    let readme = String(decoding: bytes, as: UTF8.self)
    let known = Set(KeyBinding.all.flatMap(\.strokes).map(\.key.name))
    let words = readme.split { !$0.isLetter && !$0.isNumber && $0 != "-" }
    let named = words.filter { word in
      word.hasPrefix("Ctrl-") || (word.first == "F" && word.count == 2 && word.last!.isNumber)
    }
    #expect(named.count >= 4)
    for key in named { #expect(known.contains(String(key)), "\(key)") }
    let keys = { (command: Command) in
      KeyBinding.all.first { $0.strokes.contains { $0.input == .command(command) } }?.keys ?? ""
    }
    for (command, does) in [(Command.find, "searches"), (.help, "shows the keys")] {
      let names = keys(command).split(separator: ", ")
      #expect(names.count == 2)
      #expect(readme.contains("`\(names[0])` or \(names[1]) \(does)"))
    }
  }
}
