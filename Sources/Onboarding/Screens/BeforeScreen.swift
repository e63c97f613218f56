internal import Basics
internal import Catalogues
internal import Connections
internal import Drafts
internal import GuideText
internal import ProviderFormat
internal import Requests

/// Before anything is typed: what will be asked, what is needed, and where it will be kept.
struct BeforeScreen: ActionScreen {
  /// More providers of the same service than this are not told at once.
  private static let mostAlternatives = 3

  var choice = Choice()

  var screen: Screen { .before(self) }

  func page(_ visit: borrowing LinkSession) -> Page {
    var page = Page(
      header: visit.header(position: "Before you start", station: 0),
      title: visit.replacing ?? "Link \(visit.provider.displayName)")
    page.items = visit.projectItems + standing(visit) + introduction(visit)
    page.items += asked(visit) + consent(visit)
    page.items += kept(visit) + others(visit) + needed(visit)
    page.keys = [
      KeyHint(.back, visit.isFirst ? "leave" : "back", weight: 10),
      KeyHint(.help, "help", weight: 5),
    ]
    page.show(actions(visit), selected: choice.index)
    return page
  }

  func actions(_ visit: borrowing LinkSession) -> [ScreenAction] {
    if visit.isNameTaken && !visit.isReplacing {
      let replace = ScreenAction("Replace it", .replace)
      // A project has given it its name.
      if visit.projectPlace != nil { return [ScreenAction("Back to the list", .toList), replace] }
      return [
        ScreenAction("Use another name", .rename), replace, ScreenAction("Leave", .leave),
      ]
    }
    let start =
      visit.resumed > 0
      ? [ScreenAction("Continue", .next), ScreenAction("Start afresh", .startAfresh)]
      : [ScreenAction("Start", .next)]
    let other =
      visit.linking.chosen == nil || visit.resumed > 0
      ? [] : [ScreenAction("Use another application", .chooseApplication)]
    guard visit.source?.isOld == true else { return start + other }
    return start + other + [ScreenAction("Look for a newer guide", .refreshGuide)]
  }

  /// A short overview is the best introduction. A long one comes last: what is asked, and where it will be kept, has to
  /// be seen.
  private func introduction(_ visit: borrowing LinkSession) -> [Page.Item] {
    guard let overview = visit.form.guide?.overview, overview.isShortIntroduction,
      !visit.needsConsent || visit.hasOwnGuide
    else { return [] }
    return [.guide(overview)]
  }

  /// What is the case already: linked under this name, begun in an earlier session, or not to be checked.
  private func standing(_ visit: borrowing LinkSession) -> [Page.Item] {
    var items = replaced(visit)
    if let existing = visit.existing, visit.replacement == nil {
      let sentence =
        visit.isReplacing
        ? "What is stored as \(existing.name) stays until the new values have been stored."
        : "\(existing.name) is linked already, since \(existing.created.day)."
      items.append(.status(Notice(visit.isReplacing ? .note : .warning, sentence)))
    }
    if visit.resumed > 0 {
      let filled = Sentences.count(visit.resumed, "value")
      let place =
        visit.firstGap().map { "step \(visit.place(of: $0.stage).number)" }
        ?? (visit.needsConsent ? visit.stationBeforeConsent : "the review")
      items.append(
        .status(
          Notice(
            .note,
            "You have been here before: \(filled) kept, sealed, filled in again. It goes on at \(place)."
          )))
    }
    if !visit.needsConsent, let reason = visit.checkedBy.reasonForNone {
      items.append(.status(Notice(.note, reason)))
    }
    if let source = visit.source { items.append(.status(source.notice)) }
    return items
  }

  /// What gives way: since when it is linked, whose it is, and what becomes of it.
  private func replaced(_ visit: borrowing LinkSession) -> [Page.Item] {
    guard let replacement = visit.replacement else { return [] }
    let facts = replacement.facts
    var rows: [Page.Fact] = []
    if let account = replacement.account.account { rows.append(.init("Account", account)) }
    if let organization = replacement.account.organization {
      rows.append(.init("Organization", organization))
    }
    rows.append(.init("Linked", facts.created.day))
    if facts.changed.day != facts.created.day {
      rows.append(.init("Last changed", facts.changed.day))
    }
    if let end = facts.ends.holding {
      rows.append(.init("Ends", Sentences.expiry(end, seenFrom: visit.moment)))
    }
    return [
      .status(
        Notice(
          .note,
          "The old values stay in use until the new ones are found good and stored. “usher replace \(visit.shortName) --undo” "
            + "brings them back.")),
      .facts(rows),
    ]
  }

  private func asked(_ visit: borrowing LinkSession) -> [Page.Item] {
    let fields = visit.shownFields()
    guard !fields.isEmpty else {
      if visit.linking.needsBrowser { return [] }
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

  /// How somebody agrees, and which application asks for it.
  private func consent(_ visit: borrowing LinkSession) -> [Page.Item] {
    guard visit.needsConsent else { return [] }
    var items: [Page.Item] = []
    if let facts = visit.linking.chosen {
      let owner = facts.provider == visit.provider.slug ? "" : ", of \(facts.provider)"
      var rows: [Page.Fact] = [
        .init("Application", "\(facts.name)\(owner), kept since \(facts.created.day)"),
        .init("Identifier", facts.clientID),
      ]
      rows.append(.init("Comes back to", visit.linking.callback.address))
      items += [.heading("It will be linked with"), .facts(rows)]
    }
    if visit.linking.needsBrowser {
      items.append(
        .paragraph(
          "You agree in a browser, on any computer. The address that it ends on is pasted here; nothing else has to reach "
            + "this machine."))
    }
    return items
  }

  /// The same service with a key.
  private func others(_ visit: borrowing LinkSession) -> [Page.Item] {
    guard visit.needsConsent, !visit.alternatives.isEmpty else { return [] }
    return [
      .heading("The same service, with values to type"),
      .commands(
        visit.alternatives.prefix(BeforeScreen.mostAlternatives).map {
          .init("usher connect \($0.slug)", $0.displayName)
        }),
    ]
  }

  private func kept(_ visit: borrowing LinkSession) -> [Page.Item] {
    let store = visit.options.store
    let location = store.exists ? store.location : "\(store.location) (new)"
    var rows: [Page.Fact] = [
      .init("Name", "\(visit.name)"), .init(store.engine, location),
      .init("Encryption", store.encryption), .init("Opened by", store.identityLocation),
    ]
    if let key = visit.secondKey { rows.append(.init("Also by", key)) }
    return [.heading("It will be kept as"), .facts(rows)]
  }

  /// The guide's own words come last: they may be long, and what is above has to be seen.
  private func needed(_ visit: borrowing LinkSession) -> [Page.Item] {
    guard let guide = visit.form.guide, !visit.needsConsent || visit.hasOwnGuide else {
      return []
    }
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
