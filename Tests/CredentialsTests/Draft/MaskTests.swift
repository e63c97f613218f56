import Drafts
import Testing

@Suite struct UnderTheMask {
  private let key = Fixture.apiKey

  @Test func `a masked value shows its kind, its end and its length`() {
    let draft = DraftUnderTest(form: Fixture.form(Fixture.acme))
    draft.type(Fixture.goodKey, into: key)
    let state = draft.state(of: key)
    #expect(state.text == nil)
    #expect(state.characters == 37)
    #expect(state.prefix == "acme-")
    #expect(state.tail == "01")
    #expect(state.looksComplete)
    #expect(!state.isBlocked)
  }

  @Test
  func `what shows of a value while it is typed is the same whether the rules are asked or not`() {
    for value in [Fixture.goodKey, "acme-EXAMPLE", "“\(Fixture.goodKey)”", "YOUR_API_KEY", "x"] {
      let draft = DraftUnderTest(form: Fixture.form(Fixture.acme))
      draft.type(value, into: key)
      var quick = draft.state(of: key, isJudged: false)
      let whole = draft.state(of: key)
      (quick.findings, quick.isBlocked) = (whole.findings, whole.isBlocked)
      #expect(quick == whole, "\(value)")
    }
    // What a plain field holds is hidden by what the rules say: there they are always asked.
    let draft = DraftUnderTest(form: Fixture.form(Fixture.acme))
    draft.type(Fixture.goodKey, into: Fixture.organization)
    #expect(draft.state(of: Fixture.organization, isJudged: false).text == nil)
  }

  @Test func `a beginning that is not public is not shown`() {
    let draft = DraftUnderTest(form: Fixture.form(Fixture.acme))
    draft.type("hunter2-EXAMPLE-hunter2", into: key)
    #expect(draft.state(of: key).prefix == nil)
  }

  @Test func `the constant beginning of the pattern is public`() {
    let draft = DraftUnderTest(
      form: Fixture.form(
        """
        {"auth_mode":"API_KEY","credentials":{"apiKey":{"type":"string","title":"Key",
          "pattern":"^tly-[A-Za-z0-9]{8}$"}}}
        """))
    draft.type("tly-EXAMPLE0", into: key)
    #expect(draft.state(of: key).prefix == "tly-")
    draft.erase(.all, in: key)
    draft.type("tly-", into: key)
    #expect(draft.state(of: key).prefix == nil)
  }

  @Test func `no end is shown of a value with fewer than twelve characters`() {
    let draft = DraftUnderTest(form: Fixture.form(Fixture.acme))
    draft.type("acme-EXAMPL", into: key)
    #expect(draft.state(of: key).tail == nil)
    draft.type("E", into: key)
    #expect(draft.state(of: key).tail == "LE")
  }

  @Test(arguments: 0...40)
  func `revealing shows at most four characters at each end and a third in all`(count: Int) {
    let draft = DraftUnderTest(form: Fixture.form(Fixture.acme))
    draft.type(String(repeating: "k", count: count), into: key)
    let ends = draft.ends(of: key)
    let shown = ends.first.count + ends.last.count
    #expect(ends.first.count <= 4 && ends.last.count <= 4)
    #expect(shown * 3 <= count)
    #expect(ends.hidden + shown == count)
  }

  @Test func `a secret that lands in a plain field is masked there`() {
    let draft = DraftUnderTest(form: Fixture.form(Fixture.acme))
    draft.type("acme.example", into: Fixture.organization)
    #expect(draft.state(of: Fixture.organization).text == "acme.example")
    draft.erase(.all, in: Fixture.organization)
    draft.type(Fixture.goodKey, into: Fixture.organization)
    let state = draft.state(of: Fixture.organization)
    #expect(state.text == nil)
    #expect(state.findings.first?.kind == .belongsTo(key))
  }

  @Test func `no state of a masked field holds a longer piece of the value`() {
    let draft = DraftUnderTest(form: Fixture.form(Fixture.acme))
    let value = "zq8Wm3Xk7Lp2Vn9Rt4EXAMPLE"
    draft.type(value, into: key)
    let state = draft.state(of: key)
    let said = "\(state)"
    for start in value.indices where value.distance(from: start, to: value.endIndex) >= 4 {
      #expect(!said.contains(value[start..<value.index(start, offsetBy: 4)]))
    }
  }
}
