import GuideText
import Testing

@Suite("The walk over a guide")
struct TextSpanTests {
  private let guide: [Block] = [
    .heading(level: 3, [.text("Keys")]),
    .list([
      ListItem(marker: .number(1), blocks: [.paragraph([.text("one")]), .rule]),
      ListItem(marker: .bullet, blocks: []),
      ListItem(marker: .bullet, blocks: [.code(language: "sh", text: "two")]),
    ]),
    .callout(.tip, [.quote([.paragraph([.text("three")])])]),
    .table(
      Table(header: [[.text("four")], []], rows: [[[.text("five")]], []], alignments: [.none])),
    .figure(Figure(source: "/six.png")),
  ]

  @Test func `every piece has a number in written order`() {
    let spans = guide.spans(from: 3)
    #expect(spans.map(\.number) == Array(3...10))
    let texts = spans.map { span in
      var text = ""
      span.inlines.forEachRun { text += $0.shown }
      if case .code(_, let code) = span.content { text += code }
      return text
    }
    #expect(texts == ["Keys", "one", "two", "three", "four", "", "five", "six.png"])
  }

  @Test func `what stands around a piece is told before and behind it`() {
    var told: [String] = []
    var open = 0
    guide.walk { event in
      switch event {
      case .span(let span): told.append("\(span.number)")
      case .itemBegins(let item):
        told.append(item.marker == .bullet ? "-" : "1.")
        open += 1
      case .itemEnds: open -= 1
      case .tableBegins(let table): told.append("table of \(table.header.count)")
      case .calloutBegins(let kind, _): told.append("<\(kind.rawValue)>")
      case .calloutEnds: told.append("</>")
      case .quoteBegins: told.append(">")
      case .quoteEnds: told.append("<")
      }
    }
    #expect(open == 0)
    #expect(
      told == [
        "0", "1.", "1", "-", "-", "2", "<Tip>", ">", "3", "<", "</>", "table of 2", "4", "5", "6",
        "7",
      ])
  }

  @Test func `a text is read run by run, and in a link everything is the link`() {
    let inlines: [Inline] = [
      .text("a"), .strong([.text("b"), .emphasis([.text("c")]), .code("d")]), .lineBreak,
      .link([.strong([.text("e")]), .figure(Figure(source: "f"))], url: "/u"), .link([], url: "/v"),
    ]
    var told: [String] = []
    inlines.forEachRun { run in
      switch run {
      case .words(let text, let style): told.append("\(text) \(style)")
      case .linkBegins(let inner, let url): told.append("\(url)(\(inner.count)")
      case .linkEnds(let url): told.append(")\(url)")
      case .address(let url): told.append(url)
      case .figure(let figure): told.append("figure \(figure.name)")
      case .lineBreak(let style): told.append("break \(style)")
      }
    }
    #expect(
      told == [
        "a plain", "b strong", "c emphasis", "d code", "break plain", "/u(2", "e link", "figure f",
        ")/u", "/v(0", "/v", ")/v",
      ])
    #expect(inlines.plainText == "abcd\ne")
  }
}
