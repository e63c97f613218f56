internal import Basics
internal import Connections
internal import ProviderFormat
internal import Requests

/// What came of values that took the place of others.
extension OutcomeScreen {
  // MARK: Another account

  func page(ofOther diagnosis: Diagnosis, _ visit: borrowing LinkSession) -> Page {
    var page = header("Answer", title: "Another account", visit)
    page.items = [
      .status(Notice(.warning, diagnosis.sentence)), .paragraph(diagnosis.nextStep),
      .paragraph("Nothing has changed yet. What you typed is still here."),
    ]
    return page
  }

  func actionsWithOther(_ visit: borrowing LinkSession) -> [ScreenAction] {
    let change: ScreenAction =
      if visit.needsConsent {
        ScreenAction(
          visit.linking.needsBrowser ? "Open a new address" : "Ask again", .linkAgain)
      } else {
        ScreenAction("Change the values", visit.firstSecret.map { Request.edit($0) } ?? .back)
      }
    return [
      change, ScreenAction("Replace it all the same", .replaceOther),
      ScreenAction("Leave", .leave),
    ]
  }

  // MARK: Stored

  /// The page's title where values took the place of others.
  func swapTitle(_ visit: borrowing LinkSession) -> String? {
    visit.replacement.map { "\($0.facts.name) is \($0.isEdit ? "changed" : "replaced")" }
  }

  func swapNotices(_ visit: borrowing LinkSession) -> [Page.Item] {
    var notices: [Page.Item] = []
    if visit.aftermath.isSameAccountUnknown {
      notices.append(
        .status(
          Notice(.note, "Whether it is the same account as before could not be told.")))
    }
    switch visit.aftermath.oldKey {
    case .untouched: break
    case .revoked:
      notices.append(
        .status(
          Notice(.done, "\(visit.provider.displayName) has taken the old key back.")))
    case .revokedUnnoted(let error):
      let name = visit.provider.displayName
      let why = Sentences.paragraph(error.explanation)
      notices.append(
        .status(
          Notice(
            .warning,
            "\(name) has taken the old key back, and only this could not be noted. \(why)")))
    case .notRevoked(let diagnosis):
      let next = diagnosis.nextStep.isEmpty ? "" : " \(diagnosis.nextStep)"
      notices.append(
        .status(Notice(.failed, "The old key is not revoked. \(diagnosis.sentence)\(next)")))
    case .unknown:
      notices.append(
        .status(Notice(.warning, "Whether the old key is revoked is not known.")))
    }
    return notices
  }

  func swapRows(_ visit: borrowing LinkSession) -> [Page.Fact] {
    guard visit.aftermath.keepsFormer, !visit.aftermath.oldKey.isRevoked else { return [] }
    let doubt = visit.aftermath.oldKey == .unknown ? " (its key may be revoked)" : ""
    var rows: [Page.Fact] = [
      .init("Before", "kept: usher replace \(visit.shortName) --undo brings it back\(doubt)")
    ]
    if case .page(let url) = visit.oldKey {
      rows.append(.init("Old key", "still good until it is revoked at \(url)"))
    }
    return rows
  }

  /// Where to go on, and what can be done about the old key. It may be in use elsewhere, so that leaving it is what Enter
  /// does. None where the wizard ends by itself.
  func actionsStored(_ visit: borrowing LinkSession) -> [ScreenAction] {
    let onward: ScreenAction? =
      if visit.sequel != nil {
        ScreenAction("Back to the list", .toList)
      } else if visit.oldKey == .request {
        ScreenAction("Leave it", .finish)
      } else { nil }
    guard visit.oldKey == .request else { return [onward].compactMap(\.self) }
    let verb = visit.aftermath.oldKey == .untouched ? "Revoke the old key" : "Try again"
    return [onward, ScreenAction(verb, .revokeOldKey, hint: "revoke it")].compactMap(\.self)
  }

  func oldKeyItems(_ visit: borrowing LinkSession) -> [Page.Item] {
    guard visit.oldKey == .request else { return [] }
    let name = visit.provider.displayName
    let danger =
      visit.needsConsent
      ? "Some providers end all access of an application with it, the new one too."
      : "Whatever else goes by it stops working then, and it cannot be brought back."
    return [
      .heading(
        visit.aftermath.oldKey == .unknown
          ? "The old key may still be good" : "The old key is still good"),
      .paragraph("\(name) can be asked to take it back. \(danger)"),
      .commands([
        .init("usher replace \(visit.shortName) --revoke-old", "does that later")
      ]),
    ]
  }
}
