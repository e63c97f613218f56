internal import TerminalUI

/// The items of a page as lines.
extension LayoutContext {
  func lines(_ items: [Page.Item]) -> [Line] {
    let names = items.flatMap(\.alignedNames).map { Width.of(text($0)) }
    var setting = self
    setting.nameWidth = min(names.max() ?? 0, width / 2)
    return setting.alignedLines(items)
  }

  private func alignedLines(_ items: [Page.Item]) -> [Line] {
    var lines: [Line] = []
    var passage = 0
    for (index, item) in items.enumerated() {
      let follows = index > 0 && items[index - 1].isHeading
      if !lines.isEmpty && !follows && (isRoomy || !item.isTight) { lines.append(.blank) }
      lines += self.lines(item, &passage)
    }
    return lines
  }

  /// Everything but a guide is one passage.
  private func lines(_ item: Page.Item, _ passage: inout Int) -> [Line] {
    var guide = GuideLines(startingAt: passage)
    let lines = lines(item, &guide)
    defer { passage = max(passage + 1, guide.passage) }
    return guide.passage > passage ? lines : lines.map { $0.part(of: passage) }
  }

  private func lines(_ item: Page.Item, _ guide: inout GuideLines) -> [Line] {
    switch item {
    case .guide(let blocks): guide.lines(of: blocks, in: self)
    case .heading(let text): lines(text, .heading)
    case .paragraph(let text): lines(text)
    case .status(let notice): lines(notice)
    case .facts(let facts):
      columns(facts, nameStyle: .muted, valueStyle: .plain, nameWidth: nameWidth)
    case .list(let rows): list(rows)
    case .commands(let facts): columns(facts, nameStyle: .code, valueStyle: .muted)
    case .keys(let rows):
      columns(
        rows.filter { !$0.keys.isEmpty }.map { .init($0.keys, $0.meaning) }, nameStyle: .keyName,
        valueStyle: .plain)
    case .address(let url): address(url)
    case .verbatim(let text): verbatim(text)
    }
  }

  /// Names and values in two columns; one below the other where the window is narrow.
  private func columns(
    _ facts: [Page.Fact], nameStyle: Style, valueStyle: Style, nameWidth: Int = 0
  ) -> [Line] {
    let indent = 2
    let names = facts.map { text($0.name) }
    let longest = max(nameWidth, names.map { Width.of($0) }.max() ?? 0)
    let gap = 2
    let room = width - indent - longest - gap
    let address = facts.map { Wrapping.longestAddress(in: [StyledText(text($0.value))]) }.max() ?? 0
    guard room >= max(16, address) else {
      return stacked(facts, nameStyle: nameStyle, valueStyle: valueStyle)
    }
    var lines: [Line] = []
    for (name, fact) in zip(names, facts) {
      let pad = String(repeating: " ", count: longest - Width.of(name) + gap)
      let values = self.lines(fact.value, valueStyle, width: room)
      for (index, value) in values.enumerated() {
        let before =
          index == 0
          ? [StyledText("  "), StyledText(name, nameStyle), StyledText(pad)]
          : [StyledText(String(repeating: " ", count: indent + longest + gap))]
        lines.append(value.indented(by: before))
      }
    }
    return lines
  }

  private func stacked(_ facts: [Page.Fact], nameStyle: Style, valueStyle: Style) -> [Line] {
    facts.flatMap { fact in
      lines(fact.name, nameStyle)
        + narrowed(by: 2).lines(fact.value, valueStyle).map { $0.indented(by: 2) }
    }
  }

  // MARK: Lists to move through

  private func list(_ rows: [Page.Row]) -> [Line] {
    let names = rows.map { text($0.name) }
    let isWide = width >= 56
    return zip(names, rows).flatMap { name, row in
      row.isBrief
        ? [briefRow(row, name, nameWidth: nameWidth)]
        : isWide && !row.isStacked ? wideRow(row, name, nameWidth: nameWidth) : narrowRow(row, name)
    }
  }

  /// One line, whatever the width. What does not fit goes with a mark; the detail before the name, the notice last.
  private func briefRow(_ row: Page.Row, _ name: String, nameWidth: Int) -> Line {
    let style: Style = row.isSelected ? .selected : .plain
    let pointer = (row.isSelected ? glyphs.pointer : " ") + " "
    let notice = row.notice.map { "\(glyphs.sign($0.sign)) \(text($0.sentence))" } ?? ""
    let noticeWidth = notice.isEmpty ? 0 : Width.of(notice) + 2
    let room = max(8, width - Width.of(pointer) - noticeWidth)
    let name = Width.truncate(name, columns: room)
    let detailRoom = room - nameWidth - 2
    var line = Line(pointer + name, style)
    if detailRoom >= 8, Width.of(name) <= nameWidth {
      let pad = String(repeating: " ", count: nameWidth - Width.of(name) + 2)
      let detail = Width.truncate(text(row.detail), columns: detailRoom)
      line.runs += [StyledText(pad, style), StyledText(detail, row.isSelected ? style : .muted)]
    }
    if let sign = row.notice?.sign {
      let pad = String(repeating: " ", count: max(2, width - Width.of(notice) - line.width))
      line.runs += [
        StyledText(pad, style), StyledText(notice, row.isSelected ? style : sign.style),
      ]
    }
    line.isSelected = row.isSelected
    if row.isSelected { line.fill = .selected }
    return line
  }

  private func wideRow(_ row: Page.Row, _ name: String, nameWidth: Int) -> [Line] {
    let style: Style = row.isSelected ? .selected : .plain
    let pointer = (row.isSelected ? glyphs.pointer : " ") + " "
    let notice = row.notice.map { "\(glyphs.sign($0.sign)) \(text($0.sentence))" } ?? ""
    let noticeWidth = notice.isEmpty ? 0 : Width.of(notice) + 2
    let before = Width.of(pointer) + nameWidth + 2
    let room = max(8, width - before - noticeWidth)
    let name = Width.truncate(name, columns: nameWidth)
    let details = lines(row.detail, row.isSelected ? .selected : .muted, width: room)
    return details.enumerated().map { index, detail in
      let isFirst = index == 0
      let pad = String(repeating: " ", count: nameWidth - Width.of(name) + 2)
      let lead = isFirst ? pointer + name + pad : String(repeating: " ", count: before)
      var line = detail.indented(by: [StyledText(lead, style)])
      if isFirst, let sign = row.notice?.sign {
        line.runs.append(
          StyledText(String(repeating: " ", count: width - noticeWidth - line.width + 2), style))
        line.runs.append(StyledText(notice, row.isSelected ? .selected : sign.style))
      }
      line.isSelected = row.isSelected
      if row.isSelected { line.fill = .selected }
      return line
    }
  }

  private func narrowRow(_ row: Page.Row, _ name: String) -> [Line] {
    let style: Style = row.isSelected ? .selected : .plain
    let pointer = (row.isSelected ? glyphs.pointer : " ") + " "
    let notice = row.notice.map { "\(glyphs.sign($0.sign)) \(text($0.sentence))" } ?? ""
    let nameWidth = max(4, width - Width.of(pointer) - (notice.isEmpty ? 0 : Width.of(notice) + 1))
    let name = Width.truncate(name, columns: nameWidth)
    var first = Line([StyledText(pointer + name, style)])
    if let sign = row.notice?.sign {
      let gap = max(1, width - first.width - Width.of(notice))
      first.runs.append(StyledText(String(repeating: " ", count: gap), style))
      first.runs.append(StyledText(notice, row.isSelected ? .selected : sign.style))
    }
    var lines = [first]
    if !row.detail.isEmpty {
      let detailStyle: Style = row.isSelected ? .selected : .muted
      lines += narrowed(by: 4).lines(row.detail, detailStyle).map {
        $0.indented(by: [StyledText("    ", style)])
      }
    }
    return lines.map { line in
      var line = line
      line.isSelected = row.isSelected
      if row.isSelected { line.fill = .selected }
      return line
    }
  }

  /// Within the margins where it fits; else from edge to edge, so that nothing but the address is on its rows.
  private func address(_ url: String) -> [Line] {
    let url = Sanitizer.clean(url)
    if Width.of(url) <= width { return [Line(url, .link)] }
    return flush(url, .link)
  }

  /// From edge to edge, and parted there: rows that are selected hold nothing that was not written.
  private func verbatim(_ text: String) -> [Line] {
    CodeText(text).lines.flatMap { flush($0, .code) }
  }

  private func flush(_ text: String, _ style: Style) -> [Line] {
    pieces(of: text[...], width: windowWidth).map { piece in
      var line = Line(String(piece), style)
      line.isFlush = true
      return line
    }
  }

  /// A text cut into pieces of at most a number of columns; at least one.
  private func pieces(of text: Substring, width: Int) -> [Substring] {
    var pieces: [Substring] = []
    var rest = text
    while !rest.isEmpty {
      var head = Width.prefix(rest, columns: width)
      if head.isEmpty { head = rest.prefix(1) }
      pieces.append(head)
      rest = rest[head.endIndex...]
    }
    return pieces.isEmpty ? [""] : pieces
  }
}

extension Page.Item {
  /// Names that stand in one column with those of the other items of the page.
  var alignedNames: [String] {
    switch self {
    case .facts(let facts): facts.map(\.name)
    case .list(let rows): rows.map(\.name)
    case .guide, .heading, .paragraph, .status, .commands, .keys, .address, .verbatim: []
    }
  }

  var isHeading: Bool {
    if case .heading = self { true } else { false }
  }

  /// Needs no blank row above it where room is scarce.
  var isTight: Bool {
    switch self {
    case .facts, .list, .commands, .keys: true
    case .guide, .heading, .paragraph, .status, .address, .verbatim: false
    }
  }
}
