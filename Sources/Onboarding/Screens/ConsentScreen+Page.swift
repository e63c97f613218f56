internal import Basics
internal import Connections
internal import GuideText
internal import ProviderFormat
internal import Requests
internal import Secrets

/// What the consent looks like.
extension ConsentScreen {
  func page(_ visit: borrowing LinkSession) -> Page {
    let name = visit.provider.displayName
    var page = Page(
      header: visit.header(position: "Consent", station: visit.consentStation),
      title: "Agree at \(name)")
    page.items = (news.map { [.status($0)] } ?? []) + question(visit) + answer(visit)
    page.items += waiting(visit) + asked(visit) + faults(visit)
    let actions = actions(visit)
    if doubts {
      page.notice = Notice(
        .warning,
        "This is a code without the address around it: nothing shows that it belongs to this question. Use it only if "
          + "it comes from the page on which you have just agreed; or paste the whole address here."
      )
      page.takesAnswer = true
      page.show(actions, selected: action?.index ?? 0)
    } else {
      page.fields = [field(visit)]
      page.actions = actions.map { Page.Action($0.label) }
      page.actionsStandBesideField = true
      page.selectedAction = action?.index
    }
    page.hidesAnswers = true
    page.keys += keys(actions)
    return page
  }

  private func field(_ visit: borrowing LinkSession) -> FieldView {
    let count = visit.linking.hidden.characters + arriving
    var field = FieldView(
      label: "The address that the browser ends on",
      input: .masked(characters: count, caret: count))
    field.isFocused = action == nil
    field.notices = [notice ?? overNotice].compactMap(\.self)
    return field
  }

  private var overNotice: Notice? {
    guard isOver else { return nil }
    return Notice(
      .warning,
      "No answer to this address can be taken any more, for a code is good once and for minutes. Enter makes a new one."
    )
  }

  private func keys(_ actions: [ScreenAction]) -> [KeyHint] {
    var keys: [KeyHint] = []
    if let action, !doubts {
      keys.append(KeyHint(.activate, actions[action.index].hint, brief: "select", weight: 9))
    } else if !doubts {
      keys.append(
        KeyHint(.activate, isOver ? "a new address" : "read it", brief: "read", weight: 9))
    }
    keys.append(KeyHint(.copy, "copy it", brief: "copy", weight: 7))
    if action != nil || doubts {
      keys.append(KeyHint(.move(.left), .move(.right), "choose", weight: 7))
    } else {
      // Nothing else on the page says that there are any.
      keys.append(KeyHint(.nextControl, "other ways", weight: 9))
    }
    keys.append(KeyHint(.back, "back", weight: 10))
    keys.append(KeyHint(.help, "help", weight: 5, isTyping: isTyping))
    return keys
  }

  // MARK: What is said

  private func question(_ visit: borrowing LinkSession) -> [Page.Item] {
    [
      .paragraph("Open this address in a browser, on any computer; sign in and agree:"),
      .verbatim(visit.linking.ask { $0.address } ?? ""),
    ]
  }

  private func answer(_ visit: borrowing LinkSession) -> [Page.Item] {
    let callback = callback(visit)
    let sentence =
      callback.isLoopback
      ? "The browser ends on a page that cannot be reached: paste its address here."
      : "The browser will end on a page of \(callback.origin.host). Paste its whole address here."
    return [.paragraph(sentence)]
  }

  private func callback(_ visit: borrowing LinkSession) -> Callback {
    visit.linking.ask { $0.callback } ?? visit.linking.callback
  }

  /// That somebody listens, and how a browser elsewhere is led here.
  private func waiting(_ visit: borrowing LinkSession) -> [Page.Item] {
    switch hearing {
    case .unknown: return []
    case .deaf(let explanation):
      return [.status(Notice(.note, Sentences.paragraph(explanation)))]
    case .listening:
      let callback = callback(visit)
      let place = callback.origin.description
      guard let command = visit.options.tunnel?.command(for: callback) else {
        return [.paragraph("Usher listens at \(place): a browser on this machine needs no paste.")]
      }
      // Each of them on one line, so that a small window shows both.
      return [
        .paragraph("While this runs on your own computer, its browser needs no paste:"),
        .guide([.code(language: nil, text: command)]),
      ]
    }
  }

  private func asked(_ visit: borrowing LinkSession) -> [Page.Item] {
    var facts: [Page.Fact] = []
    if let name = visit.linking.chosen?.name { facts.append(.init("Application", "\(name)")) }
    let scopes = visit.linking.scopes
    facts.append(
      .init(
        "Rights", scopes.isEmpty ? "what the application has by itself" : scopes.joined(by: ", ")))
    let user = visit.linking.plan.userScopes
    if !user.isEmpty { facts.append(.init("In your name", user.joined(by: ", "))) }
    return [.facts(facts)]
  }

  /// What the terminal cannot see: no browser comes back then.
  private func faults(_ visit: borrowing LinkSession) -> [Page.Item] {
    let name = visit.provider.displayName
    let address = callback(visit).address
    func item(_ text: String, _ more: Block...) -> ListItem {
      ListItem(marker: .bullet, blocks: [.paragraph([.text(text)])] + more)
    }
    return [
      .heading("If the page shows an error instead"),
      .guide([
        .list([
          item(
            "The application has another redirect address. It needs this one, letter by letter:",
            .code(language: nil, text: address)),
          item("The application is not known: its identifier is mistyped, or it was deleted."),
          item("The application may not ask for one of the rights."),
          item("\(name) has not approved the application yet, or only for its testers."),
          item("An administrator of the account has to agree first."),
        ])
      ]),
    ]
  }
}
