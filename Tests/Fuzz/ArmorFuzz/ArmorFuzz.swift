import FuzzSupport

@testable import Store

/// Reads any bytes as an armored age file, and writes what was one: every file has one armored text, line ends and
/// blanks around it left aside.
///
/// libFuzzer calls this in a loop; whatever must not happen stops the program.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzArmor(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let text = unsafe FuzzInput(start, count).bytes
  guard let file = try? AgeArmor.decode(text) else { return 0 }
  guard AgeArmor.isArmored(text) else { fatalError("it was read and not known as armored") }
  let written = AgeArmor.encode(file)
  let blanks = Array(" \t\r\n".utf8)
  func plain(_ text: [UInt8]) -> [UInt8] {
    let lines = text.filter { $0 != UInt8(ascii: "\r") }
    let end = lines.lastIndex { !blanks.contains($0) } ?? 0
    return Array(lines[...end].drop(while: blanks.contains))
  }
  if plain(text) != plain(written) { fatalError("one file has two armored texts") }
  return 0
}
