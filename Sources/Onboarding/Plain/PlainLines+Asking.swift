internal import Drafts
internal import ProviderFormat
internal import Secrets
internal import TerminalUI

/// What is asked, and what becomes of the answers.
extension PlainLines {
  /// What a command needs no page for: where it leads is printed, and the question stays. False for all others.
  private mutating func isAnswered<D: LineDevice & ~Copyable>(
    _ command: Command, on page: Page, _ device: inout D
  ) -> Bool {
    guard answer(command, on: page, &device) else { return false }
    wasAnsweredHere = true
    return true
  }

  private mutating func answer<D: LineDevice & ~Copyable>(
    _ command: Command, on page: Page, _ device: inout D
  ) -> Bool {
    if command == .help {
      var help = HelpSheet().page(header: page.header)
      help.confine(to: runner.wizard.allowances)
      print(PlainPage(help, glyphs: glyphs).lines(withDomain: false), on: &device)
      return true
    }
    guard case .link(let number) = command else { return false }
    guard let reference = page.references[number] else {
      device.print("There is no link \(number) on this page.")
      return true
    }
    let plain = PlainPage(page, glyphs: glyphs)
    // What the full screen scrolls to has been printed already.
    if case .place(let fragment) = reference.target,
      let title = runner.wizard.titleOnPage(of: fragment)
    {
      let again = KeyBinding.word(for: .again)
      let sentence =
        "Link \(number) leads to “\(title)”, on this page. \(again) prints all of it once more."
      print(plain.lines(Notice(.note, sentence)), on: &device)
      return true
    }
    let lines = plain.lines(for: reference, number: number)
    print(lines, on: &device)
    return !lines.isEmpty
  }

  // MARK: Asking

  mutating func ask<D: LineDevice & ~Copyable>(
    for field: FieldView, of page: Page, on device: inout D
  ) {
    let plain = PlainPage(page, glyphs: glyphs)
    if explained == nil || explained != field.id {
      print(plain.lines(before: field), on: &device)
      explained = field.id
    }
    let line = read(
      plain.prompt(for: field), echo: echo(of: field), hearsNews: page.actionsStandBesideField,
      on: &device)
    guard var line else { return }
    switch PlainWord.read(line) {
    case .answer:
      line.unescapeColon()
      answer(field, with: line, on: &device)
    case .clear: runner.send(.edit(.erase(.all)))
    case .again: forgetPrinted()
    case .unknown:
      device.print("There is no such word. A value that begins with a colon begins with two here.")
    case .command(.reveal) where runner.wizard.allowances.contains(.ends):
      runner.send(.command(.reveal))
      printFindings(field.id, on: &device)
      // A printed line cannot be taken back after some seconds; what is shown of the ends is little by design.
      runner.send(.command(.reveal))
    case .command(let command):
      if !isAnswered(command, on: page, &device) { runner.send(.command(command)) }
    case .find(let text): runner.send(.find(text))
    }
  }

  /// Where a search, a name or a path is asked for, and no value, a secret that is pasted is a mistake. So it is likely to be
  /// where a value is there already, and the next one is what somebody has come with.
  private func echo(of field: FieldView) -> LineEcho {
    if field.isMasked { return .nothing }
    return field.id == nil || field.isKept ? .typed : .all
  }

  private mutating func answer<D: LineDevice & ~Copyable>(
    _ field: FieldView, with line: consuming SecretBuffer, on device: inout D
  ) {
    if let row = rowNumber(line, in: runner.wizard.page()) {
      runner.send(.row(row))
      return
    }
    let page = runner.wizard.page()
    if page.actionsStandBesideField, let number = line.number, number < 100 {
      if page.actions.indices.contains(number - 1) {
        runner.send(.action(number - 1))
      } else {
        device.print("There is no number \(number) here. Nothing was read.")
      }
      return
    }
    if line.isEmpty {
      runner.send(.command(.activate))
      printFindings(field.id, on: &device)
      return
    }
    if case .choices(let choices, _) = field.input, let number = line.number,
      choices.indices.contains(number - 1)
    {
      line = SecretBuffer()
      for byte in choices[number - 1].utf8 { line.append(byte) }
    }
    guard readOn(&line, echo: echo(of: field), on: &device) else {
      device.print("This is longer than any value may be. Nothing of it was used.")
      return
    }
    runner.send(.answer(line))
    // What was mended, or does not look right, is read before going on.
    let isGood = printFindings(field.id, on: &device)
    let isStillAsked = runner.wizard.page().fields.contains { $0.id == field.id }
    if field.id != nil, isGood, isStillAsked { runner.send(.command(.activate)) }
    // What came out of a file is told like what was typed.
    if field.id == nil, let id = runner.wizard.page().fields.first(where: \.isFocused)?.id {
      printFindings(id, on: &device)
    }
  }

  /// The further lines of a value that has several. An empty one may belong to it; two end it. False when there is no
  /// room.
  private mutating func readOn<D: LineDevice & ~Copyable>(
    _ line: inout SecretBuffer, echo: LineEcho, on device: inout D
  ) -> Bool {
    if line.goesOn { device.print("The value goes on to its last line; two empty lines end it.") }
    var wasEmpty = false
    while line.goesOn, let next = read("", echo: echo, on: &device) {
      if next.isEmpty && wasEmpty { break }
      wasEmpty = next.isEmpty
      let fits = line.append(UInt8(ascii: "\n")) && next.withBytes { line.append($0) }
      guard fits else { return false }
    }
    return true
  }

  /// Prints what is known of a field's value. Returns whether the value may stay as it is.
  @discardableResult
  private mutating func printFindings<D: LineDevice & ~Copyable>(
    _ id: Field.ID?, on device: inout D
  ) -> Bool {
    let page = runner.wizard.page()
    guard let field = page.fields.first(where: { $0.id == id }), runner.outcome == nil
    else { return true }
    print(PlainPage(page, glyphs: glyphs).lines(about: field), on: &device)
    return !field.notices.contains { $0.sign == .failed }
  }

  /// Asks what to do, where no value is asked for.
  mutating func ask<D: LineDevice & ~Copyable>(what page: Page, on device: inout D) {
    let plain = PlainPage(page, glyphs: glyphs)
    let echo: LineEcho = page.hidesAnswers ? .nothing : .typed
    guard let line = read(plain.prompt, echo: echo, on: &device) else { return }
    switch PlainWord.read(line) {
    case .command(let command):
      if !isAnswered(command, on: page, &device) { runner.send(.command(command)) }
    case .find(let text): runner.send(.find(text))
    case .again: forgetPrinted()
    case .clear, .unknown:
      let help = KeyBinding.word(for: .command(.help))
      device.print("There is no such word here. \(help) lists them.")
    case .answer:
      if line.isEmpty {
        runner.send(.action(0))
      } else if let row = rowNumber(line, in: page) {
        runner.send(.row(row))
      } else if let number = line.number, page.actions.indices.contains(number - 1) {
        runner.send(.action(number - 1))
      } else if page.takesAnswer, line.number == nil {
        runner.send(.answer(line))
      } else {
        device.print("Please enter one of the numbers, or nothing for the first.")
      }
    }
  }

  /// The row of the page's list that a line names by its number. Only rows that were printed have one: any other number
  /// may be what somebody searches for.
  private func rowNumber(_ line: borrowing SecretBuffer, in page: Page) -> Int? {
    guard let number = line.number else { return nil }
    for case .list(let rows) in page.items
    where rows.prefix(PlainPage.longestList).indices.contains(number - 1) {
      return number - 1
    }
    return nil
  }
}
