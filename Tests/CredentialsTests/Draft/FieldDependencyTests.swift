import Drafts
import ProviderFormat
import TestSupport
import Testing

/// What was found out about a field is forgotten by the edits that concern it, and by no more.
@Suite("What an edit means for other fields")
struct FieldDependencyTests {
  private static let form = Fixture.form(
    """
    {"display_name":"Acme","auth_mode":"API_KEY",
     "credentials":{
       "apiKey":{"type":"string","title":"API key","pattern":"^acme-[a-z]{4}$"},
       "second":{"type":"string","title":"Second key","secret":true},
       "third":{"type":"string","title":"Third key","secret":true},
       "id":{"type":"string","title":"Account id","format":"uuid"}},
     "connection_config":{
       "mode":{"type":"string","title":"Mode","enum":["plain","custom"]},
       "address":{"type":"string","title":"Address",
         "visible_when":{"field":"mode","equals":"custom"}},
       "account":{"type":"string","title":"Account"}},
     "usher":{"derive":[
       {"field":"params.account","pattern":"^([a-z]+)@","from":"params.address"}]}}
    """)

  private static let texts = [
    "", "acme-abcd", "acme-abc", "same-value-1", "same-value-2", "plain", "custom",
    "6d6f4999-0000-4000-8000-4e4ed450df0f", "ann@example.com", "bob@example.com",
  ]

  @Test func `after every edit the rules say of every field what they say of a new draft`() {
    let fields = Self.form.fields.map(\.id)
    let draft = DraftUnderTest(form: Self.form)
    var values = Dictionary(uniqueKeysWithValues: Self.form.fields.map { ($0.id, $0.initial) })
    var random = SeededRandom(seed: 20_261)
    for round in 0..<300 {
      let field = fields[random.below(fields.count)]
      switch random.below(4) {
      case 0 where draft.type("x", into: field) == .done: values[field]?.append("x")
      case 1:
        draft.erase(.all, in: field)
        values[field] = ""
      default:
        let text = Self.texts[random.below(Self.texts.count)]
        draft.set(text, for: field)
        values[field] = text
      }
      let fresh = DraftUnderTest(form: Self.form, presets: values)
      for other in fields {
        let (state, expected) = (draft.state(of: other), fresh.state(of: other))
        #expect(state.findings == expected.findings, "round \(round), \(other)")
        #expect(state.looksComplete == expected.looksComplete, "round \(round), \(other)")
        #expect(state.isBlocked == expected.isBlocked, "round \(round), \(other)")
        #expect(draft.offers(for: other) == fresh.offers(for: other), "round \(round), \(other)")
        #expect(draft.isShown(other) == fresh.isShown(other), "round \(round), \(other)")
      }
    }
  }

  @Test func `a secret that another field has too is told of until one of them is changed`() {
    let (second, third) = (Field.ID(.credentials, "second"), Field.ID(.credentials, "third"))
    let draft = DraftUnderTest(form: Self.form)
    draft.set("same-value-1", for: second)
    #expect(!draft.state(of: second).findings.contains { $0.kind == .sameAs(third) })
    draft.set("same-value-1", for: third)
    #expect(draft.state(of: second).findings.contains { $0.kind == .sameAs(third) })
    draft.type("x", into: third)
    #expect(!draft.state(of: second).findings.contains { $0.kind == .sameAs(third) })
  }
}
