package import GuideText

/// What has changed between two versions of a guide, in sentences for somebody who follows it: which step has another
/// item, which link leads elsewhere now.
package struct GuideComparison {
  /// Without a period, in the order of the guide: `step 2 has another item 3`. Empty when a reader sees the same.
  package private(set) var sentences: [String] = []

  /// Compares the texts as they are shown.
  package init(from old: Guide, to new: Guide) {
    if old.title != new.title { sentences.append("the title is now “\(new.title)”") }
    compare(
      old.overview + old.prerequisites + old.instructions,
      new.overview + new.prerequisites + new.instructions, in: "the part before the steps")
    compareSteps(old.steps, new.steps)
    compareSections(old.extras, new.extras)
  }

  /// Steps with the same title are the same step, wherever it stands; of the others, those at the same place.
  private mutating func compareSteps(_ old: [Step], _ new: [Step]) {
    var unmatched = Set(old.indices)
    var matches = new.map { step -> Int? in
      let match = old.indices.first { unmatched.contains($0) && old[$0].title == step.title }
      return match.map { unmatched.remove($0) ?? $0 }
    }
    for (place, number) in matches.enumerated() where number == nil && unmatched.contains(place) {
      matches[place] = unmatched.remove(place)
    }
    for (place, number) in matches.enumerated() {
      let name = "step \(place + 1)"
      guard let number else {
        sentences.append("\(name) is new: “\(new[place].title)”")
        continue
      }
      if old[number].title != new[place].title {
        sentences.append("\(name) is called “\(new[place].title)” now")
      }
      if number != place, old.count == new.count {
        sentences.append("\(name) was step \(number + 1) before")
      }
      compare(old[number].blocks, new[place].blocks, in: name)
    }
    for number in unmatched.sorted() {
      sentences.append("step \(number + 1), “\(old[number].title)”, is gone")
    }
  }

  private mutating func compareSections(_ old: [Section], _ new: [Section]) {
    for section in new {
      guard let match = old.first(where: { $0.heading == section.heading }) else {
        sentences.append("the section “\(section.heading)” is new")
        continue
      }
      compare(match.blocks, section.blocks, in: "the section “\(section.heading)”")
    }
    for section in old where !new.contains(where: { $0.heading == section.heading }) {
      sentences.append("the section “\(section.heading)” is gone")
    }
  }

  private mutating func compare(_ old: [Block], _ new: [Block], in place: String) {
    guard old != new else { return }
    let (before, after) = (GuidePartContent(old), GuidePartContent(new))
    let count = sentences.count
    compareItems(before.items, after.items, in: place)
    if before.texts != after.texts { sentences.append("the text of \(place) has changed") }
    if before.code != after.code { sentences.append("the code of \(place) has changed") }
    if before.links != after.links { compareLinks(before.links, after.links, in: place) }
    if before.figures != after.figures {
      sentences.append("the screenshots of \(place) have changed")
    }
    if sentences.count == count { sentences.append("the form of \(place) has changed") }
  }

  private mutating func compareItems(_ old: [String], _ new: [String], in place: String) {
    var (gone, come): (Set<Int>, Set<Int>) = ([], [])
    for change in new.difference(from: old) {
      switch change {
      case .remove(let offset, _, _): gone.insert(offset)
      case .insert(let offset, _, _): come.insert(offset)
      }
    }
    for number in come.intersection(gone).sorted() {
      sentences.append("\(place) has another item \(number + 1)")
    }
    for number in come.subtracting(gone).sorted() {
      sentences.append("\(place) has a new item \(number + 1)")
    }
    for number in gone.subtracting(come).sorted() {
      sentences.append("item \(number + 1) of \(place) is gone")
    }
  }

  private mutating func compareLinks(_ old: [String], _ new: [String], in place: String) {
    if old.count == new.count {
      for (before, after) in zip(old, new) where before != after {
        sentences.append("a link in \(place) leads to \(after) now")
      }
    } else {
      sentences.append("\(place) has \(new.count) links now, and had \(old.count)")
    }
  }
}

/// What a part of a guide holds, taken apart by what a change of it means to a reader.
private struct GuidePartContent {
  /// The words of each list item, without those of items inside it.
  var items: [String] = []
  /// The words of everything else.
  var texts: [String] = []
  var code: [String] = []
  /// The addresses of links, in written order.
  var links: [String] = []
  var figures: [String] = []

  /// Where words belong that come next: to an item, by its number, or to no item.
  private var places: [Int?] = [nil]

  init(_ blocks: [Block]) { blocks.walk { add($0) } }

  private mutating func add(_ event: GuideEvent) {
    switch event {
    case .span(let span): add(span)
    case .itemBegins:
      places.append(items.count)
      items.append("")
    case .calloutBegins, .quoteBegins: places.append(nil)
    case .itemEnds, .calloutEnds, .quoteEnds: places.removeLast()
    case .tableBegins: break
    }
  }

  private mutating func add(_ span: TextSpan) {
    span.inlines.forEachRun { run in
      switch run {
      case .linkBegins(_, let url): links.append(url)
      case .figure(let figure): figures.append(figure.name)
      case .words, .linkEnds, .address, .lineBreak: break
      }
    }
    switch span.content {
    case .paragraph(let inlines), .heading(_, let inlines):
      let text = inlines.plainText
      if let item = places.last ?? nil {
        items[item] += items[item].isEmpty ? text : "\n\(text)"
      } else {
        texts.append(text)
      }
    case .cell(let inlines): texts.append(inlines.plainText)
    case .code(_, let text): code.append(text)
    case .figure: break
    }
  }
}
