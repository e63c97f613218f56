internal import Basics
internal import Connections
internal import Drafts
internal import GuideText
internal import ProviderFormat
internal import Requests

/// Before anything is typed: what will be asked, what is needed, and where it will be kept.
struct BeforeScreen: ActionScreen {
  var choice = Choice()

  var screen: Screen { .before(self) }

  func page(_ visit: borrowing LinkSession) -> Page {
    var page = Page(
      header: visit.header(position: "Before you start", station: 0),
      title: "Link \(visit.provider.displayName)")
    page.items = standing(visit) + introduction(visit) + asked(visit) + kept(visit) + needed(visit)
    page.keys = [
      KeyHint(.back, visit.isFirst ? "leave" : "back", weight: 10),
      KeyHint(.help, "help", weight: 5),
    ]
    page.show(actions(visit), selected: choice.index)
    return page
  }

  func actions(_ visit: borrowing LinkSession) -> [ScreenAction] {
    if visit.isNameTaken && !visit.isReplacing {
      return [
        ScreenAction("Use another name", .rename), ScreenAction("Replace it", .replace),
        ScreenAction("Leave", .leave),
      ]
    }
    let start =
      visit.resumed > 0
      ? [ScreenAction("Continue", .next), ScreenAction("Start afresh", .startAfresh)]
      : [ScreenAction("Start", .next)]
    guard visit.source?.isOld == true else { return start }
    return start + [ScreenAction("Look for a newer guide", .refreshGuide)]
  }

  /// A short overview is the best introduction. A long one comes last: what is asked, and where it will be kept, has to
  /// be seen.
  private func introduction(_ visit: borrowing LinkSession) -> [Page.Item] {
    guard let overview = visit.form.guide?.overview, overview.isShortIntroduction else { return [] }
    return [.guide(overview)]
  }

  /// What is the case already: linked under this name, begun in an earlier session, or not to be checked.
  private func standing(_ visit: borrowing LinkSession) -> [Page.Item] {
    var items: [Page.Item] = []
    if let existing = visit.existing {
      let sentence =
        visit.isReplacing
        ? "What is stored as \(existing.name) stays until the new values have been stored."
        : "\(existing.name) is linked already, since \(existing.created.day)."
      items.append(.status(Notice(visit.isReplacing ? .note : .warning, sentence)))
    }
    if visit.resumed > 0 {
      let filled = Sentences.count(visit.resumed, "value")
      let place = visit.firstGap().map { "step \($0.stage + 1)" } ?? "the review"
      items.append(
        .status(
          Notice(
            .note,
            "You have been here before: \(filled) kept, sealed, filled in again. It goes on at \(place)."
          )))
    }
    if let reason = visit.checkedBy.reasonForNone {
      items.append(.status(Notice(.note, reason)))
    }
    if let source = visit.source { items.append(.status(source.notice)) }
    return items
  }

  private func asked(_ visit: borrowing LinkSession) -> [Page.Item] {
    let fields = visit.shownFields()
    guard !fields.isEmpty else {
      return [.paragraph("Nothing needs to be typed for \(visit.provider.displayName).")]
    }
    var facts: [Page.Fact] = []
    for field in fields {
      var words: [String] = [field.isMasked ? "secret, hidden while you type" : "plain text"]
      if !field.field.choices.isEmpty { words = ["one of \(field.field.choices.count)"] }
      if field.acceptsEmpty { words.append("optional") }
      facts.append(.init(visit.draft.label(of: field), words.joined(separator: ", ")))
    }
    return [.heading("You will be asked for"), .facts(facts)]
  }

  private func kept(_ visit: borrowing LinkSession) -> [Page.Item] {
    let store = visit.options.store
    let location = store.exists ? store.location : "\(store.location) (new)"
    return [
      .heading("It will be kept as"),
      .facts([
        .init("Name", "\(visit.name)"), .init(store.engine, location),
        .init("Encryption", store.encryption), .init("Opened by", store.identityLocation),
      ]),
    ]
  }

  /// The guide's own words come last: they may be long, and what is above has to be seen.
  private func needed(_ visit: borrowing LinkSession) -> [Page.Item] {
    guard let guide = visit.form.guide else { return [] }
    var items: [Page.Item] = []
    if !guide.prerequisites.isEmpty {
      items += [.heading("You need"), .guide(guide.prerequisites)]
    }
    if !guide.overview.isEmpty, !guide.overview.isShortIntroduction {
      items += [.heading("About"), .guide(guide.overview)]
    }
    for section in guide.extras where !section.isAfterSteps && !section.blocks.isEmpty {
      items += [.heading(section.heading), .guide(section.blocks)]
    }
    return items
  }
}
