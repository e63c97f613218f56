import Basics
import Drafts
import ProviderFormat
import Secrets
import TestSupport
import Testing

/// The tables of the article on what may be pasted: each row is a test.
@Suite struct SnippetTable {
  /// A row of one of the tables.
  struct Row: CustomTestStringConvertible, Sendable {
    var field: String
    var pasted: String
    var then: String

    var testDescription: String { "\(field): \(pasted.debugDescription)" }
  }

  static let rows = read()

  private static let pem =
    "-----BEGIN PRIVATE KEY-----\n\(String(repeating: "EXAMPLE0", count: 8))\nEXAMPLE0\n-----END PRIVATE KEY-----"
  private static let certificate = pem.replacing("PRIVATE KEY", with: "CERTIFICATE")

  private static let forms: [String: String] = [
    "API key": """
    {"display_name":"Acme","auth_mode":"API_KEY",
     "proxy":{"base_url":"https://api.acme.example","headers":{"authorization":"Bearer ${apiKey}"}},
     "credentials":{"apiKey":{"type":"string","title":"API key","description":""}},
     "connection_config":{"organizationName":{"type":"string","title":"Organization",
       "description":"","optional":true}}}
    """,
    "Password": #"{"display_name":"Acme","auth_mode":"BASIC"}"#,
    "Private Key": """
    {"display_name":"Acme","auth_mode":"TWO_STEP","credentials":{
      "clientEmail":{"type":"string","title":"Client Email","description":""},
      "privateKey":{"type":"string","title":"Private Key","description":""}}}
    """,
  ]

  /// The rows of the article, under the heading that names their field.
  private static func read() -> [Row] {
    let folder = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
    let bytes = TextFile.read("/\(folder)/Sources/Drafts/Drafts.docc/Snippets.md") ?? []
    var (rows, field) = ([] as [Row], "")
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
      if line.hasPrefix("## ") { field = String(line.dropFirst(3)) }
      guard line.hasPrefix("| `"), forms[field] != nil else { continue }
      let cells = line.replacing("\\|", with: "\u{1}").split(separator: "|").map(cell)
      rows.append(Row(field: field, pasted: cells[0], then: cells[1]))
    }
    return rows
  }

  /// A cell without the marks of code, as long as they are.
  private static func cell(_ text: Substring) -> String {
    var text = text.drop { $0 == " " }
    while text.last == " " { text.removeLast() }
    let marks = text.prefix { $0 == "`" }.count
    if marks > 0 { text = text.dropFirst(marks).dropLast(marks) }
    if marks > 1 { text = text.dropFirst().dropLast() }
    return String(text).replacing("⏎", with: "\n").replacing("\u{1}", with: "|")
  }

  @Test func `the article has its tables`() {
    for field in Self.forms.keys { #expect(Self.rows.contains { $0.field == field }) }
    #expect(Self.rows.count > 90)
  }

  @Test(arguments: rows)
  func `what is pasted is read as the article says`(row: Row) throws {
    let form = Fixture.form(try #require(Self.forms[row.field]))
    let id = try #require(form.fields.first { $0.label == row.field }?.id)
    let draft = DraftUnderTest(form: form)
    let key =
      row.pasted.hasPrefix("{") || row.pasted.contains("=\"PEM")
      ? Self.pem.replacing("\n", with: "\\n") : Self.pem
    let pem = row.pasted.contains("  PEM") ? key.replacing("\n", with: "\n  ") : key
    let pasted = row.pasted.replacing("PEM", with: pem).replacing(
      "CERT\n", with: Self.certificate + "\n")
    let result = draft.paste(pasted, into: id)
    guard let found = draft.found else {
      #expect(result == .done)
      #expect(draft.value(of: id) == row.then.replacing("PEM", with: Self.pem))
      let isMended = !draft.state(of: id).repairs.isEmpty
      #expect(isMended == (draft.value(of: id) != pasted), "what was changed is said")
      return
    }
    #expect(result == .several)
    #expect(draft.value(of: id) == nil, "nothing is used before somebody chose")
    let offered = found.items.map { item in
      let label = form.fields.first { $0.id == item.field }?.label ?? "–"
      return "\(item.name) → \(label)"
    }
    #expect(offered.joined(separator: ", ") == row.then)
    let fitting = Set(found.items.compactMap(\.field))
    #expect(Set(draft.apply(.all)) == fitting)
    #expect(draft.found == nil)
    if row.then.contains("→ \(row.field)") {
      let value = row.field == "Private Key" ? Self.pem : "9f3c0a77"
      #expect(draft.value(of: id) == value)
    }
  }
}
