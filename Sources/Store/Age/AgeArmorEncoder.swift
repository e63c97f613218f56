internal import Basics

/// Puts a file into the armor while it comes, line by line.
struct AgeArmorEncoder {
  /// What has come since the last whole line.
  private var waiting: [UInt8] = []
  private var hasBegun = false

  /// - Returns: the lines that are whole now.
  mutating func encode(_ bytes: [UInt8]) -> [UInt8] {
    var text = hasBegun ? [] : AgeArmor.begin + [AgeArmor.lineFeed]
    hasBegun = true
    waiting += bytes
    let whole = waiting.count / AgeArmor.lineBytes * AgeArmor.lineBytes
    append(waiting[..<whole], to: &text)
    waiting.removeFirst(whole)
    return text
  }

  /// - Returns: what is left, and the last line.
  mutating func finish() -> [UInt8] {
    var text = encode([])
    append(waiting[...], to: &text)
    return text + AgeArmor.end + [AgeArmor.lineFeed]
  }

  private func append(_ bytes: ArraySlice<UInt8>, to text: inout [UInt8]) {
    var rest = Base64.padded.encode(bytes)[...]
    while !rest.isEmpty {
      text += rest.prefix(AgeArmor.columns)
      text.append(AgeArmor.lineFeed)
      rest = rest.dropFirst(AgeArmor.columns)
    }
  }
}
