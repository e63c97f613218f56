import Connections
import Onboarding
import Requests
import TerminalUI
import Testing

/// The screens of values that take the place of others, in three sizes.
@Suite struct ReplacementScreenTests {
  private func snap(_ walk: Walk, _ name: String) {
    for (columns, rows) in [(80, 24), (40, 12), (120, 40)] {
      walk.resize(columns, rows)
      expectScreen(walk.canvas, "\(name)-\(columns)x\(rows)")
    }
    walk.resize(80, 24)
  }

  @Test func `the way through a replacement`() {
    let walk = Walk.replacing(
      Samples.tally, account: "jane@example.com", revocation: .request)
    snap(walk, "replace-before")
    walk.press(.enter, .enter)
    walk.paste(Samples.tallyKey)
    walk.press(.enter)
    snap(walk, "replace-review")
    walk.press(.enter)
    walk.send(.checked(Walk.accepted(by: "bob@example.com"), Samples.now))
    snap(walk, "replace-other")
    walk.press(.right, .enter)
    walk.send(.stored(walk.saved!, leavesOldKey: true))
    snap(walk, "replace-done")
    walk.wait(.seconds(1))
    walk.press(.right, .enter)
    snap(walk, "replace-revoking")
    walk.send(
      .revoked(
        .failed(
          Diagnosis(
            kind: .unreachable, sentence: "Tally could not be reached.",
            nextStep: "Revoke it at https://tally.so/settings/api-keys."))))
    snap(walk, "replace-not-revoked")
    walk.wait(.seconds(1))
    walk.press(.right, .enter)
    walk.send(.revoked(.revoked))
    snap(walk, "replace-revoked")
  }

  @Test func `one page for one field`() {
    let walk = Walk.replacing(Samples.oneField, account: "jane@example.com")
    walk.press(.enter)
    snap(walk, "replace-one-page")
  }

  @Test func `an edit, and the end`() {
    let walk = Walk.replacing(
      Samples.tally, .edit(nil), account: "jane@example.com",
      known: [Samples.apiKey: Samples.tallyKey])
    snap(walk, "edit-review")
    walk.press(.down, .enter)
    snap(walk, "end")
    walk.type("90")
    walk.press(.enter)
    snap(walk, "end-wrong")
    walk.type("d")
    walk.press(.enter)
    snap(walk, "edit-end")
    walk.press(.enter)
    walk.send(.stored(walk.saved!))
    snap(walk, "edit-end-done")
  }

  @Test func `another key for a connection that is edited`() {
    let walk = Walk.replacing(
      Samples.oneField, .edit(nil), account: "jane@example.com",
      known: [Samples.apiKey: Samples.tallyKey])
    walk.press(.enter)
    snap(walk, "edit-one-page")
    walk.paste(Samples.formerTallyKey)
    walk.press(.control("g"))
    snap(walk, "edit-changed")
  }

  @Test func `a consent that is asked for anew`() {
    let walk = Walk.linking(
      Links.form("quay"), kept: [Links.facts()], scopeNames: Links.names,
      replacing: "jane@example.com")
    snap(walk, "replace-consent-before")
  }
}
