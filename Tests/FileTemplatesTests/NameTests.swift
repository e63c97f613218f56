import FileTemplates
import Testing

@Suite("Places in a template") struct NameTests {
  private func places(_ text: String) -> [String] {
    FillPlan(FileTemplate(Array(text.utf8)), as: .raw).places
      .map { "\($0.place.line):\($0.place.column) \($0.name)" }
  }

  @Test func `are told with line and column, in characters`() {
    #expect(
      places("é {{a.b}}\n\n  {{ \t c/d.e \t}}}} {{{{ x }} {{}}")
        == ["1:3 a.b", "3:3 c/d.e", "3:30 "])
  }

  @Test func `stand on one line`() {
    let plan = FillPlan(FileTemplate(Array("{{ a\n}} {{ b }} {{".utf8)), as: .raw)
    #expect(plan.places.map(\.name) == ["b"])
    #expect(plan.faults.map(\.place.line) == [1, 2])
  }

  @Test func `are found at once where nothing closes`() {
    let text = [UInt8](repeating: UInt8(ascii: "{"), count: FileTemplate.limit)
    #expect(FillPlan(FileTemplate(text), as: .raw).places.isEmpty)
    let pairs = Array(String(repeating: "{{ ", count: FileTemplate.limit / 3).utf8)
    #expect(FillPlan(FileTemplate(pairs), as: .raw).faults.count == FileTemplate.limit / 3)
  }
}
