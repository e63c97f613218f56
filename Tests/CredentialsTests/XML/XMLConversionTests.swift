import Basics
import Secrets
import TestSupport
import Testing

@testable import Requests

@Suite struct XMLAsJSON {
  private static func json(_ text: String) -> String? {
    guard let json = SecretBuffer(fixture: text).withBytes({ XMLConversion.json(of: $0) }) else {
      return nil
    }
    return json.fixtureText
  }

  @Test(arguments: [
    ("<a>1</a>", #"{"a":"1"}"#),
    ("<?xml version='1.0'?><!-- c --><a> x &amp; y\n</a>\n", #"{"a":"x & y"}"#),
    ("<a><b>1</b><c/><b>2</b></a>", #"{"a":{"b":["1","2"],"c":""}}"#),
    ("<s:a x='1' y=\"&lt;\">t<b/></s:a>", ##"{"s:a":{"$x":"1","$y":"<","#text":"t","b":""}}"##),
    ("<a><![CDATA[<&]]>&#x41;&#66;</a>", #"{"a":"<&AB"}"#),
  ])
  func `elements become members`(xml: String, json: String) {
    #expect(Self.json(xml) == json)
  }

  @Test(arguments: [
    "", "{}", "<a>", "<a></b>", "<a/><b/>", "x<a/>", "<a>&nbsp;</a>", "<a>&#0;</a>",
    "<a>&#xD800;</a>",
    "<a b=1/>", "<a b='1' b='2'/>", "<a", "<a b", "<a b='", "</a>", "<a><![CDATA[x</a>", "<a>&amp",
    "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>",
  ])
  func `what is not well-formed, and what has a document type, is no answer`(xml: String) {
    #expect(Self.json(xml) == nil)
  }

  @Test func `neither depth nor size goes without end`() {
    let deep = String(repeating: "<a>", count: 31) + String(repeating: "</a>", count: 31)
    #expect(Self.json(deep) == nil)
    #expect(Self.json("<a>\(String(repeating: "<b/>", count: 20_001))</a>") == nil)
    let names = (0..<10_000).map { "<n\($0)/>" }.joined()
    #expect(Self.json("<a>\(names)</a>")?.hasSuffix("}}") == true)
  }

  @Test func `an attribute with the longest name can be found in it`() {
    let name = String(repeating: "n", count: SecretXML.nameLength)
    let json = SecretBuffer(fixture: "<a \(name)='1'/>").withBytes { XMLConversion.json(of: $0) }
    let text = json?.withBytes { json in
      JSONPath("a.$\(name)").find(in: json).flatMap { json.extracting($0).jsonText()?.fixtureText }
    }
    #expect(text == "1")
  }

  @Test func `no bytes bring it down`() {
    var random = SeededRandom(seed: 7)
    let pieces = [
      "<", ">", "</", "/>", "a", "b", "=", "'", "\"", "&", ";", "#", "&lt;", "<![CDATA[", "]]>",
      "<!--",
      "-->", "<?", "?>", " ", "é", "\u{0}", "<a>", "</a>",
    ]
    for _ in 0..<4000 {
      let text = (0..<random.below(24)).map { _ in pieces[random.below(pieces.count)] }.joined()
      guard let json = Self.json(text) else { continue }
      var reader = JSONReader()
      let isJSON = SecretBuffer(fixture: json).withBytes { (try? reader.skip($0)) != nil }
      #expect(isJSON, "\(text)")
    }
  }
}
