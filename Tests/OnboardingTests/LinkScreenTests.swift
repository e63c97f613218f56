import Connections
import Onboarding
import Requests
import Secrets
import TerminalUI
import Testing

/// The screens of a link with a person's consent, in three sizes.
@Suite struct LinkScreenTests {
  private func snap(_ walk: Walk, _ name: String) {
    for (columns, rows) in [(80, 24), (40, 12), (120, 40)] {
      walk.resize(columns, rows)
      expectScreen(walk.fixedCanvas(columns, rows), "\(name)-\(columns)x\(rows)")
    }
    walk.resize(80, 24)
  }

  @Test func `before, with an application that is kept`() {
    snap(
      Walk.linking(Links.form("quay"), kept: [Links.facts()], scopeNames: Links.names),
      "link-before")
  }

  @Test func `an application to register`() {
    let walk = Walk.linking(Links.form("quay"))
    walk.press(.enter)
    snap(walk, "link-application")
  }

  @Test func `rights`() {
    let walk = Walk.linking(
      Links.form("quay"), kept: [Links.facts()], scopeNames: Links.names)
    walk.press(.enter)
    walk.send(.applicationRead(Links.application(Links.facts())))
    snap(walk, "link-rights")
    walk.press(.down, .character(" "))
    snap(walk, "link-rights-warning")
  }

  @Test func `the consent`() {
    let walk = Walk.toTheConsent(
      Links.options { $0.tunnel = Tunnel(login: "jane@build-7") })
    walk.send(.listening)
    snap(walk, "link-consent")
    walk.press(.pageDown)
    snap(walk, "link-consent-more")
    walk.press(.tab)
    snap(walk, "link-consent-ways")
    walk.press(.backTab)
    walk.paste("https://mail.example/inbox")
    walk.press(.enter)
    snap(walk, "link-consent-refused")
  }

  @Test func `a code alone`() {
    let walk = Walk.toTheConsent()
    walk.paste(Links.code)
    walk.press(.enter)
    snap(walk, "link-doubt")
  }

  @Test func `redeeming, and what comes of it`() {
    let walk = Walk.toTheConsent()
    walk.paste(Links.answer(to: walk.question))
    walk.press(.enter)
    walk.send(.link(.asking(CheckProgress(host: "quay.example", request: 1))))
    snap(walk, "link-redeeming")
    walk.answered(.linked(Links.account(scopes: ["read"])))
    walk.send(.stored(walk.saved!))
    snap(walk, "link-done")
  }

  @Test func `a refusal`() {
    let walk = Walk.toTheConsent()
    walk.paste(Links.answer(to: walk.question))
    walk.press(.enter)
    _ = walk.refused(.refused)
    snap(walk, "link-refused")
  }

  @Test func `a refresh token`() {
    let walk = Walk.toTheConsent()
    walk.press(.tab, .right, .right, .enter)
    snap(walk, "link-refresh-token")
  }

  @Test func `a code for another device`() {
    let walk = Walk.linking(
      Links.form("canal"), kept: [Links.facts(of: "canal")],
      Links.options { $0.link.usesDevice = true })
    walk.press(.enter)
    walk.send(.applicationRead(Links.application(Links.facts(of: "canal"))))
    walk.type("acme")
    walk.press(.enter)
    walk.send(.link(.code(Links.deviceCode())))
    snap(walk, "link-device")
  }

  @Test func `places to choose from`() {
    let walk = Walk.linking(
      Links.form("quay"), kept: [Links.facts("first"), Links.facts("second")])
    walk.press(.right, .enter)
    snap(walk, "link-choose")
  }
}
