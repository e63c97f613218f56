/// The last step of a guide that was written for another program, which sends the reader to that program's form.
extension Guide {
  /// The index of that step; nil when the last step is one in which something is done at the provider.
  package var formStep: Int? {
    guard let last = steps.last else { return nil }
    let heading = FormTalk(heading: last.title.isEmpty ? last.heading : last.title)
    if heading.namesForm { return steps.count - 1 }
    var opens = false
    var ends = false
    for talk in last.blocks.sentences {
      guard talk.isAboutForm else { return nil }
      opens = opens || talk.opens
      ends = ends || talk.submits || talk.isFarewell
    }
    return ends && (opens || heading.mayNameForm) ? steps.count - 1 : nil
  }

  /// What a step says to somebody who is asked for the values on the step itself, without the sentences about another
  /// program's form.
  ///
  /// - Parameter isForm: whether it is `formStep`.
  package func blocksBesideForm(ofStep index: Int, isForm: Bool) -> [Block] {
    let blocks = steps[index].blocks
    return index == steps.count - 1 ? blocks.withoutForm(isForm: isForm) : blocks
  }
}

extension [Block] {
  /// Every text in them that stands on its own.
  fileprivate var sentences: [FormTalk] {
    spans().compactMap { span in
      switch span.content {
      case .paragraph(let inlines): FormTalk(inlines)
      case .heading, .cell, .figure, .code: nil
      }
    }
  }

  /// In a step that is about something else only what stands from the sentence on that opens the form is about it, and a
  /// farewell wherever it stands.
  ///
  /// - Parameter isForm: whether all of the step is about the form. Its figures show that form then.
  fileprivate func withoutForm(isForm: Bool) -> [Block] {
    var filter = FormFilter(isInForm: isForm, isForm: isForm)
    return filter.kept(self)
  }
}

/// Leaves out what is said of the form, block by block in their order.
private struct FormFilter {
  var isInForm: Bool
  let isForm: Bool

  mutating func kept(_ blocks: [Block]) -> [Block] {
    var kept: [Block] = []
    for block in blocks {
      switch block {
      case .paragraph(let inlines):
        if !isLeftOut(FormTalk(inlines)) { kept.append(block) }
      case .list(let items):
        let items = items.compactMap { item($0) }
        if !items.isEmpty { kept.append(.list(items)) }
      case .figure, .rule: if !isInForm { kept.append(block) }
      case .heading, .code, .table, .callout, .quote: kept.append(block)
      }
    }
    // The words that lead to the form stand before the sentence that opens it.
    if isInForm, !isForm, case .paragraph(let inlines)? = kept.last, FormTalk(inlines).isDispensable
    {
      kept.removeLast()
    }
    return kept
  }

  /// What is left of an item. Its number counted what is no longer there.
  private mutating func item(_ item: ListItem) -> ListItem? {
    guard case .paragraph(let inlines)? = item.blocks.first, isLeftOut(FormTalk(inlines)) else {
      let blocks = kept(item.blocks)
      guard !blocks.isEmpty || item.blocks.isEmpty else { return nil }
      return ListItem(marker: isForm ? .bullet : item.marker, blocks: blocks, indent: item.indent)
    }
    let rest = kept(Array(item.blocks.dropFirst()))
    return rest.isEmpty ? nil : ListItem(marker: .bullet, blocks: rest, indent: item.indent)
  }

  private mutating func isLeftOut(_ talk: FormTalk) -> Bool {
    if talk.opens { isInForm = true }
    return isInForm ? talk.isDispensable : talk.isFarewell && !talk.submits
  }
}
