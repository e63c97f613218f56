/// A number modulo 2^255 − 19, the prime of Curve25519 (RFC 7748, section 4.1), in five limbs of 51 bits.
///
/// For the coordinates of public keys alone: how long a calculation takes may tell what was calculated.
struct Field25519 {
  /// Each below 2^54, the lowest first, so that a product's sums stay far below 2^128.
  private var limbs: [5 of UInt64]

  private static let width: UInt64 = 51
  private static let mask: UInt64 = (1 << width) - 1
  /// 2^255 − 21 and 2^254 − 10, the lowest byte first: exponents that invert a number and say whether it is a square.
  private static let inverting = [0xEB] + [UInt8](repeating: 0xFF, count: 30) + [0x7F]
  private static let halving = [0xF6] + [UInt8](repeating: 0xFF, count: 30) + [0x3F]

  /// - Parameter number: below 2^51.
  init(_ number: UInt64) {
    limbs = [5 of UInt64](repeating: 0)
    limbs[0] = number
  }

  /// 32 bytes, the lowest first. Nil when there are more or fewer, or the number is not below the prime: each number has
  /// one form.
  init?(_ bytes: [UInt8]) {
    guard bytes.count == 32, bytes[31] < 0x80 else { return nil }
    self.init(0)
    for bit in 0..<255 where bytes[bit / 8] >> UInt8(bit % 8) & 1 == 1 {
      limbs[bit / 51] |= 1 << UInt64(bit % 51)
    }
    guard self.bytes == bytes else { return nil }
  }

  /// 32 bytes, the lowest first.
  var bytes: [UInt8] {
    let number = reduced
    var bytes = [UInt8](repeating: 0, count: 32)
    for bit in 0..<255 where number.limbs[bit / 51] >> UInt64(bit % 51) & 1 == 1 {
      bytes[bit / 8] |= 1 << UInt8(bit % 8)
    }
    return bytes
  }

  static func + (left: Field25519, right: Field25519) -> Field25519 {
    var sum = left
    for index in 0..<5 { sum.limbs[index] += right.limbs[index] }
    return sum.carried
  }

  static func - (left: Field25519, right: Field25519) -> Field25519 {
    // Eight times the prime is added, so that no limb falls below zero.
    var difference = left
    for index in 0..<5 {
      let limb = 8 * (index == 0 ? mask - 18 : mask)
      difference.limbs[index] += limb - right.limbs[index]
    }
    return difference.carried
  }

  static func * (left: Field25519, right: Field25519) -> Field25519 {
    var sums = [9 of UInt128](repeating: 0)
    for first in 0..<5 {
      for second in 0..<5 {
        sums[first + second] += UInt128(left.limbs[first]) * UInt128(right.limbs[second])
      }
    }
    // What stands at 2^255 counts 19.
    for index in 0..<4 { sums[index] += 19 * sums[index + 5] }
    var product = Field25519(0)
    var carry: UInt128 = 0
    for index in 0..<5 {
      let sum = sums[index] + carry
      product.limbs[index] = UInt64(truncatingIfNeeded: sum) & mask
      carry = sum >> UInt128(width)
    }
    let lowest = UInt128(product.limbs[0]) + 19 * carry
    product.limbs[0] = UInt64(truncatingIfNeeded: lowest) & mask
    product.limbs[1] += UInt64(truncatingIfNeeded: lowest >> UInt128(width))
    return product
  }

  /// The number that makes one with it; zero for zero.
  var inverse: Field25519 { power(Field25519.inverting) }

  /// Whether it is the square of a number.
  var isSquare: Bool {
    let symbol = power(Field25519.halving).bytes
    return symbol == Field25519(0).bytes || symbol == Field25519(1).bytes
  }

  private func power(_ exponent: [UInt8]) -> Field25519 {
    var result = Field25519(1)
    for byte in exponent.reversed() {
      for bit in (0..<8).reversed() {
        result = result * result
        if byte >> UInt8(bit) & 1 == 1 { result = result * self }
      }
    }
    return result
  }

  /// The same number with limbs of at most a little more than 51 bits.
  private var carried: Field25519 {
    var number = self
    for index in 0..<5 {
      let carry = number.limbs[index] >> Field25519.width
      number.limbs[index] &= Field25519.mask
      if index < 4 { number.limbs[index + 1] += carry } else { number.limbs[0] += 19 * carry }
    }
    return number
  }

  /// The same number below the prime.
  private var reduced: Field25519 {
    var number = carried.carried
    // Nineteen more would reach 2^255 exactly where the number reaches the prime.
    var carry: UInt64 = 19
    for index in 0..<5 { carry = (number.limbs[index] + carry) >> Field25519.width }
    number.limbs[0] += 19 * carry
    for index in 0..<5 {
      let carry = number.limbs[index] >> Field25519.width
      number.limbs[index] &= Field25519.mask
      if index < 4 { number.limbs[index + 1] += carry }
    }
    return number
  }
}
