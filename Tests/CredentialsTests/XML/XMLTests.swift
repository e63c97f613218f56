import Catalogues
import Secrets
import TestSupport
import Testing

@testable import Requests

@Suite struct XMLReading {
  private static let order = """
    <?xml version="1.0" encoding="UTF-8"?>
    <!-- an order --><s:order xmlns:s="urn:tea" id='7&amp;8'>
      <item>black</item><item kind="loose">green &lt;3 &#x1F375;<b> tea</b></item>
      <note><![CDATA[<b>&amp;</b>]]></note><empty/><deep><item>inner</item></deep>
    </s:order>

    """

  private static func value(_ path: String, in xml: String) -> String? {
    let answer = CheckAnswer(status: 200, body: SecretBuffer(fixture: xml))
    return AnswerPath(path).text(in: answer)?.fixtureText
  }

  private static func error(_ xml: String) -> SecretXMLError.Reason? {
    SecretBuffer(fixture: xml).withBytes { bytes -> SecretXMLError.Reason? in
      var reader = SecretXMLReader()
      do throws(SecretXMLError) {
        while try reader.next(bytes) != .finish {}
        return nil
      } catch {
        return error.reason
      }
    }
  }

  @Test(arguments: [
    ("order/item", "black"), ("s:order/item[0]", "black"),
    ("order.item[1]", "green <3 \u{1F375}"), ("order/item[1]/b", "tea"),
    ("order/item[1]/@kind", "loose"), ("order/@id", "7&8"), ("order.$id", "7&8"),
    ("order/deep[0]/item[0]", "inner"), ("order/note", "<b>&amp;</b>"),
    ("order/empty", ""), ("order/deep/item", "inner"),
  ])
  func `a path leads to an element's or an attribute's text`(path: String, text: String) {
    #expect(Self.value(path, in: Self.order) == text)
  }

  @Test(arguments: [
    "order/item[2]", "order/cake", "item", "t:order/item", "order/item/@kind", "order/deep/item[1]",
    "order/item/b", "order/empty/x", "",
  ])
  func `a path that leads nowhere finds nothing`(path: String) {
    #expect(Self.value(path, in: Self.order) == nil)
  }

  @Test func `a byte order mark does no harm`() {
    #expect(Self.value("a", in: "\u{FEFF}<a>x</a>") == "x")
  }

  @Test(arguments: [
    ("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", SecretXMLError.Reason.documentType),
    ("<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>", .documentType),
    ("<a>&b;</a>", .badReference), ("<a>& </a>", .badReference), ("<a>&#0;</a>", .badReference),
    ("<a>&#xD800;</a>", .badReference), ("<a>&#99999999999999;</a>", .badReference),
    ("<a>&#x;</a>", .badReference), ("<a><b></a></b>", .wrongEnd), ("<a>", .unfinished),
    ("<a", .unfinished), ("<", .unfinished), ("<a b=\"c", .unfinished), ("<![CDATA[x", .unfinished),
    ("<!-- x", .unfinished), ("<a b=c/>", .unexpected), ("<a b='1'c='2'/>", .unexpected),
    ("<a b='<'/>", .unexpected), ("<a b='1' b='2'/>", .duplicateAttribute), ("<1/>", .unexpected),
    ("</a>", .wrongEnd), ("<a>\u{1}</a>", .badText), ("<a><!-- \u{0} --></a>", .badText),
    ("< a/>", .unexpected),
  ])
  func `what is no well-formed XML is told by its kind`(
    xml: String, reason: SecretXMLError.Reason
  ) {
    #expect(Self.error(xml) == reason)
    #expect(Self.value("a", in: xml) == nil)
  }

  @Test(arguments: ["", " ", "text", "<a/><b/>", "<a/>x", "x<a/>", "<a/><![CDATA[]]>"])
  func `what is no document has no paths`(xml: String) {
    #expect(Self.value("a", in: xml) == nil)
    #expect(Self.value("b", in: xml) == nil)
  }

  @Test(arguments: [("<a>", "</a>"), ("<a><b", "/></a>"), ("<a><b c", "=''/></a>")])
  func `bytes that are no UTF-8 are letters of Windows-1252, in names as well`(
    before: String, after: String
  ) {
    var buffer = SecretBuffer(fixture: before, capacity: 32)
    buffer.append(0xFF)
    for byte in after.utf8 { buffer.append(byte) }
    #expect(AnswerPath("a").kind(in: CheckAnswer(status: 200, body: buffer)) == .other)
  }

  @Test func `nesting, names and attributes have their limits`() {
    func nested(_ depth: Int) -> String {
      String(repeating: "<a>", count: depth) + String(repeating: "</a>", count: depth)
    }
    #expect(Self.error(nested(64)) == nil)
    #expect(Self.error(nested(65)) == .tooDeep)
    #expect(Self.error(String(repeating: "<a>", count: 300_000)) == .tooDeep)
    #expect(Self.error("<" + String(repeating: "a", count: 256) + "/>") == .longName)
    let attributes = (0..<65).map { " a\($0)=''" }.joined()
    #expect(Self.error("<a\(attributes)/>") == .tooManyAttributes)
  }

  @Test func `damaged XML is no crash`() {
    var random = SeededRandom(seed: 11)
    let bytes = Array(Self.order.utf8)
    for _ in 0..<2000 {
      var damaged = bytes
      for _ in 0..<random.below(6) + 1 {
        let place = random.below(damaged.count)
        switch random.below(3) {
        case 0: damaged[place] = UInt8(random.below(256))
        case 1: damaged.removeSubrange(place..<min(damaged.count, place + random.below(9)))
        default:
          damaged.insert(contentsOf: Array("<&]>/'\"!-".utf8).shuffled(using: &random), at: place)
        }
        if damaged.isEmpty { damaged = [0x3C] }
      }
      var buffer = SecretBuffer(capacity: damaged.count)
      for byte in damaged { buffer.append(byte) }
      let answer = CheckAnswer(status: 200, body: buffer)
      if AnswerPath("order/item[1]").text(in: answer) != nil {
        #expect(AnswerPath("order/item[1]").kind(in: answer) == .other)
      }
    }
  }

  @Test func `an escaped value reads back as it was and opens no tag`() {
    let value = "</a><b c=\"'&amp;\r\n\u{1F375}]]>"
    var writer = SecretWriter()
    writer.append(text: "<a b=\"")
    let fits = SecretBuffer(fixture: value).withBytes { writer.append(xmlEscaped: $0) }
    writer.append(text: "\"/>")
    #expect(fits)
    let xml = writer.finish()?.fixtureText ?? ""
    #expect(Self.value("a/@b", in: xml) == value)
    var other = SecretWriter()
    let isPlain = SecretBuffer(fixture: "a\u{0}b").withBytes { other.append(xmlEscaped: $0) }
    #expect(!isPlain)
  }
}
