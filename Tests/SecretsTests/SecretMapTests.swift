import Basics
import Secrets
import Testing

@Suite struct SecretMapTests {
  private func value(_ text: String) -> SecretBuffer {
    var buffer = SecretBuffer(capacity: 32)
    for byte in text.utf8 { buffer.append(byte) }
    return buffer
  }

  private func text(_ map: borrowing SecretMap<String>, _ key: String) -> String {
    map.withBytes(of: key) { $0.shownText }
  }

  @Test(arguments: [3, 8, 9, 40])
  func `a map of any size finds, replaces and removes its values`(_ count: Int) {
    var map = SecretMap<String>()
    for number in 0..<count { map.set("key\(number)", to: value("value\(number)")) }
    map.set("key1", to: value("another"))
    map.edit("key2") { _ = $0.append(UInt8(ascii: "!")) }
    map.edit("late") { _ = $0.append(UInt8(ascii: "?")) }
    map.remove("key0")
    map.remove("none")
    let expected = (1..<count).map { "key\($0)" } + ["late"]
    #expect(map.keys == expected)
    for number in 3..<count {
      let found = text(map, "key\(number)")
      #expect(found == "value\(number)")
    }
    let (replaced, edited, late) = (text(map, "key1"), text(map, "key2"), text(map, "late"))
    #expect(replaced == "another")
    #expect(edited == "value2!")
    #expect(late == "?")
    let (isThere, isGone) = (map.contains("key2"), !map.contains("key0"))
    #expect(isThere && isGone)
    let copy = map.duplicate()
    let copied = text(copy, "late")
    #expect(copy.keys == expected)
    #expect(copied == "?")
  }
}
