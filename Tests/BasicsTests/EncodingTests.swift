import Basics
import TestSupport
import Testing

@Suite struct Encodings {
  private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  private static func encoded(
    _ text: String, _ encode: (RawSpan, inout [UInt8]) -> Void
  ) -> String {
    var encoded: [UInt8] = []
    text.withBytes { encode($0, &encoded) }
    return Self.text(encoded)
  }

  /// Section 10 of RFC 4648.
  @Test(arguments: [
    ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
    ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
  ])
  func `Base64 is written and read as the standard shows it`(plain: String, text: String) {
    let bytes = Array(plain.utf8)
    #expect(Self.text(Base64.padded.encode(bytes)) == text)
    #expect(Self.encoded(plain) { $1.append(base64: $0) } == text)
    #expect(Base64.padded.decode(text.utf8) == bytes)
    let bare = text.filter { $0 != "=" }
    #expect(Self.text(Base64.unpadded.encode(bytes)) == bare)
    #expect(Base64.unpadded.decode(bare.utf8) == bytes)
  }

  @Test func `the alphabet for addresses has other signs and no padding`() {
    let bytes: [UInt8] = [0xFB, 0xFF, 0xBF, 0xFF]
    #expect(Self.text(Base64.padded.encode(bytes)) == "+/+//w==")
    #expect(Self.text(Base64.address.encode(bytes)) == "-_-__w")
    #expect(Base64.address.decode("-_-__w".utf8) == bytes)
    #expect(Base64.address.decode("+/+//w".utf8) == nil)
  }

  @Test(arguments: [
    "Zg", "Zg=", "Zh==", "Zm9=", "=", "Zm 9", "Zm9v=", "Z", "Zg==Zg==", "Zm9v====", "Z*==",
  ])
  func `strict Base64 has one text for each content`(text: String) {
    #expect(Base64.padded.decode(text.utf8) == nil)
  }

  @Test(arguments: ["Zg==", "Zh", "Z", "Zm9vY", "Zm\n9v", "-_-_"])
  func `strict Base64 without padding takes nothing else`(text: String) {
    #expect(Base64.unpadded.decode(text.utf8) == nil)
  }

  @Test func `hexadecimal digits are small, two a byte, and read in both cases`() {
    #expect([0, 9, 0xAF, 0xFF].hex == "0009afff")
    var bytes: [UInt8] = []
    #expect("00aFFf".withBytes { Hexadecimal.decode($0) { bytes.append($0) } })
    #expect(bytes == [0, 0xAF, 0xFF])
    #expect(!"0".withBytes { Hexadecimal.decode($0) { _ in } })
    #expect(!"0x".withBytes { Hexadecimal.decode($0) { _ in } })
    #expect(Hexadecimal.text(0x2A, digits: 4, uppercase: true) == "002A")
    #expect(Hexadecimal.text(0x12345, digits: 2) == "12345")
  }

  @Test func `each place of an address keeps its own characters`() {
    let text = "aZ9-._~ !*()'/é"
    #expect(
      Self.encoded(text) { $1.append(percentEncoded: $0) } == "aZ9-._~%20%21%2A%28%29%27%2F%C3%A9")
    #expect(Self.encoded(text) { $1.append(component: $0) } == "aZ9-._~%20!*()%27%2F%C3%A9")
    #expect(Self.encoded(text) { $1.append(formEncoded: $0) } == "aZ9-._%7E+%21*%28%29%27%2F%C3%A9")
  }

  @Test func `a UUID says its version and variant whatever the bytes are`() {
    #expect(
      UUIDText.text([UInt8](repeating: 0xFF, count: 16)) == "ffffffff-ffff-4fff-bfff-ffffffffffff")
    #expect(UUIDText.text(Array(0..<16)) == "00010203-0405-4607-8809-0a0b0c0d0e0f")
  }
}

@Suite struct WordsOfNames {
  @Test(arguments: [
    ("apiKey", ["api", "Key"]), ("API_PASSWORD", ["API", "PASSWORD"]), ("", []), ("--", []),
    ("client private-key (PEM)", ["client", "private", "key", "PEM"]),
    ("key2Name", ["key2", "Name"]),
    ("staffUserToken", ["staff", "User", "Token"]), ("HTTPServer", ["HTTPServer"]),
  ])
  func `a capital letter behind anything else begins a word`(name: String, words: [String]) {
    #expect(NameWords.split(name, after: .anythingButCapital) == words)
  }

  @Test func `where only a small letter counts, digits part nothing`() {
    #expect(NameWords.split("es256Key apiKey", after: .smallLetter) == ["es256Key", "api", "Key"])
  }

  @Test func `letters beyond ASCII part words where a name must not have any`() {
    #expect(NameWords.split("caféTür1", after: .anythingButCapital) == ["café", "Tür1"])
    #expect(
      NameWords.split("caféTür1", after: .anythingButCapital, isASCII: true)
        == ["caf", "T", "r1"])
  }
}
