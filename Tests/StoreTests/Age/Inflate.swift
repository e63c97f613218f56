/// Decompression of zlib streams (RFC 1950, RFC 1951), for test vectors that come compressed. Written for clarity: a
/// malformed stream traps.
struct Inflate {
  private let input: [UInt8]
  private var position = 2
  private var bits: UInt32 = 0
  private var bitCount = 0
  private var output: [UInt8] = []

  static func zlib(_ input: [UInt8]) -> [UInt8] {
    var inflate = Inflate(input: input)
    inflate.run()
    return inflate.output
  }

  private init(input: [UInt8]) { self.input = input }

  private mutating func run() {
    var isLast = false
    while !isLast {
      isLast = read(1) == 1
      switch read(2) {
      case 0: copyStored()
      case 1: decode(literals: Huffman.fixedLiterals, distances: Huffman.fixedDistances)
      case 2:
        let (literals, distances) = readTables()
        decode(literals: literals, distances: distances)
      default: preconditionFailure("reserved block type")
      }
    }
  }

  private mutating func read(_ count: Int) -> Int {
    while bitCount < count {
      bits |= UInt32(input[position]) << UInt32(bitCount)
      position += 1
      bitCount += 8
    }
    let value = bits & ((1 << UInt32(count)) - 1)
    bits >>= UInt32(count)
    bitCount -= count
    return Int(value)
  }

  private mutating func copyStored() {
    (bits, bitCount) = (0, 0)
    let length = Int(input[position]) | Int(input[position + 1]) << 8
    position += 4
    output += input[position..<position + length]
    position += length
  }

  private mutating func symbol(_ table: Huffman) -> Int {
    var (code, first, index) = (0, 0, 0)
    for length in 1...15 {
      code |= read(1)
      let count = table.counts[length]
      if code - count < first { return table.symbols[index + code - first] }
      index += count
      first = (first + count) << 1
      code <<= 1
    }
    preconditionFailure("no such code")
  }

  private mutating func decode(literals: Huffman, distances: Huffman) {
    while true {
      let symbol = symbol(literals)
      if symbol < 256 {
        output.append(UInt8(symbol))
      } else if symbol == 256 {
        return
      } else {
        let index = symbol - 257
        let length = Self.lengths[index] + read(Self.lengthBits[index])
        let code = self.symbol(distances)
        let distance = Self.distances[code] + read(Self.distanceBits[code])
        for _ in 0..<length { output.append(output[output.count - distance]) }
      }
    }
  }

  private mutating func readTables() -> (Huffman, Huffman) {
    let (literalCount, distanceCount, codeCount) = (read(5) + 257, read(5) + 1, read(4) + 4)
    let order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
    var codeLengths = [Int](repeating: 0, count: 19)
    for index in 0..<codeCount { codeLengths[order[index]] = read(3) }
    let codes = Huffman(lengths: codeLengths)
    var lengths: [Int] = []
    while lengths.count < literalCount + distanceCount {
      switch symbol(codes) {
      case 16: lengths += [Int](repeating: lengths.last ?? 0, count: 3 + read(2))
      case 17: lengths += [Int](repeating: 0, count: 3 + read(3))
      case 18: lengths += [Int](repeating: 0, count: 11 + read(7))
      case let length: lengths.append(length)
      }
    }
    return (
      Huffman(lengths: Array(lengths[..<literalCount])),
      Huffman(lengths: Array(lengths[literalCount...]))
    )
  }

  private static let lengths = [
    3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131,
    163, 195, 227, 258,
  ]
  private static let lengthBits = [
    0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
  ]
  private static let distances = [
    1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049,
    3073, 4097, 6145, 8193, 12289, 16385, 24577,
  ]
  private static let distanceBits = [
    0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13,
    13,
  ]

  /// A canonical Huffman code: how many codes have each length, and the symbols in the order of their codes.
  private struct Huffman {
    var counts = [Int](repeating: 0, count: 16)
    var symbols: [Int] = []

    init(lengths: [Int]) {
      for length in lengths where length > 0 { counts[length] += 1 }
      symbols = lengths.indices.filter { lengths[$0] > 0 }
        .sorted { (lengths[$0], $0) < (lengths[$1], $1) }
    }

    static let fixedLiterals = Huffman(
      lengths: [Int](repeating: 8, count: 144) + [Int](repeating: 9, count: 112)
        + [Int](repeating: 7, count: 24) + [Int](repeating: 8, count: 8))
    static let fixedDistances = Huffman(lengths: [Int](repeating: 5, count: 30))
  }
}
