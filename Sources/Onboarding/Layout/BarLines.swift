internal import Basics
internal import TerminalUI

/// The two lines that frame every page.
extension LayoutContext {
  /// Who is being linked at the left, how far it has come at the right. What does not fit goes, the least important
  /// first.
  func header(_ header: Page.Header) -> Line {
    let provider = header.provider.map(text)
    let names = [
      ["Usher", provider, header.domain.map(text)], [provider, header.domain.map(text)], [provider],
    ]
    .map { $0.compactMap { $0 } }.map { $0.isEmpty ? ["Usher"] : $0 }
    let marks = [progress(header.progress), []]
    for (names, marks) in [(0, 0), (1, 0), (1, 1), (2, 0), (2, 1)].map({
      (names[$0.0], marks[$0.1])
    }) {
      let right = [StyledText(header.position, .muted)] + marks
      let left = heading(names)
      let gap = width - (left + right).reduce(0) { $0 + $1.width }
      if gap >= 2 { return Line(left + [StyledText(String(repeating: " ", count: gap))] + right) }
    }
    let room = max(0, width - Width.of(header.position) - 2)
    let name = Width.truncate(provider ?? "Usher", columns: room)
    let gap = max(0, width - Width.of(name) - Width.of(header.position))
    return Line([
      StyledText(name, .strong), StyledText(String(repeating: " ", count: gap)),
      StyledText(header.position, .muted),
    ])
  }

  private func heading(_ names: [String]) -> [StyledText] {
    let separator = glyphs.spell(" · ")
    return names.enumerated().flatMap { index, name -> [StyledText] in
      let isProvider = names.count == 1 || (names[0] == "Usher" ? index == 1 : index == 0)
      let run = StyledText(name, isProvider ? .strong : .muted)
      return index == 0 ? [run] : [StyledText(separator, .muted), run]
    }
  }

  /// One mark for each station. Guides of many steps have only their numbers.
  private func progress(_ progress: Page.Progress?) -> [StyledText] {
    guard let progress, progress.total <= 9 else { return [] }
    let marks = (1...max(1, progress.total)).map {
      $0 <= progress.reached ? glyphs.reached : glyphs.coming
    }
    return [StyledText("   " + marks.joined(separator: " "), .muted)]
  }

  /// As many hints as fit, in their order. Those that only help go first; then the others say it briefly, and stand
  /// closer; the lightest is left out last.
  func keyBar(_ hints: [KeyHint]) -> Line {
    var hints = hints
    var gapWidth = 3
    func lightest(below weight: Int) -> Int? {
      hints.indices.filter { hints[$0].weight < weight }
        .min { hints[$0].weight < hints[$1].weight }
    }
    while barWidth(hints, gapWidth) > width, hints.count > 1 {
      if let index = lightest(below: KeyHint.needed) {
        hints.remove(at: index)
      } else if let index = hints.firstIndex(where: { $0.brief != nil }) {
        hints[index].meaning = hints[index].brief ?? ""
        hints[index].brief = nil
      } else if gapWidth > 2 {
        gapWidth = 2
      } else if let index = lightest(below: .max) {
        hints.remove(at: index)
      }
    }
    let runs = hints.enumerated().flatMap { index, hint -> [StyledText] in
      let gap =
        index == 0 ? [] : [StyledText(String(repeating: " ", count: gapWidth), .keyText)]
      return gap + [
        StyledText(text(hint.keys), .keyName), StyledText(" " + text(hint.meaning), .keyText),
      ]
    }
    return Line(runs)
  }

  private func barWidth(_ hints: [KeyHint], _ gapWidth: Int) -> Int {
    hints.reduce(0) { $0 + Width.of(text($1.keys)) + 1 + Width.of(text($1.meaning)) }
      + gapWidth * max(0, hints.count - 1)
  }

  /// What can be done, side by side as far as they fit.
  func actions(_ actions: [Page.Action], selected: Int?) -> [Line] {
    var lines: [Line] = []
    for (index, action) in actions.enumerated() {
      let isSelected = index == selected
      let mark = isSelected ? glyphs.pointer : " "
      let run = StyledText("\(mark) \(text(action.label)) ", isSelected ? .selected : .plain)
      if let last = lines.last, last.width + 2 + run.width <= width {
        lines[lines.count - 1].runs += [StyledText("  "), run]
      } else {
        lines.append(Line([run]))
      }
    }
    return lines
  }

  /// The line between what scrolls and what stays: says how much is out of view.
  func scrollRule(above: Int, below: Int) -> Line {
    var parts: [String] = []
    if above > 0 { parts.append("↑ \(above)") }
    if below > 0 { parts.append("↓ \(below) more") }
    let label = parts.isEmpty ? "" : " " + glyphs.spell(parts.joined(separator: "  ")) + " "
    let tail = label.isEmpty ? 0 : 2
    return Line([
      StyledText(rule(width - Width.of(label) - tail), .border), StyledText(label, .muted),
      StyledText(rule(tail), .border),
    ])
  }
}

extension KeyHint {
  /// Hints of this weight and more say what a page is for, and how to get out of it.
  fileprivate static let needed = 8
}
