internal import CLinux
internal import Glibc

/// Counts how often a text stands in the memory of a process, this one unless told. For the promise that secrets leave
/// no copies.
///
/// The text is kept XORed here and compared byte by byte, so that looking for it makes no copy of it; the buffer that
/// memory is read into is left out of the count. A test needs a positive control: a text that is there and is found.
package struct MemoryScan: Sendable {
  /// Any value does that makes the text unreadable.
  private static let mask: UInt8 = 0xA7
  /// What no program of ours has in one piece, in bytes: it is a sanitizer's, which keeps there which memory may be read
  /// and by whom it was, and nothing of what stands in it. Most of it was never touched; reading it would take hours.
  private static let tooLarge: UInt = 1 << 36
  private let masked: [UInt8]

  /// The bytes of the text, each XORed with `mask`.
  private init(masked: [UInt8]) { self.masked = masked }

  /// A random text of printable characters that no other test has, and the scan for it.
  package static func marker(length: Int = 24) -> MemoryScan {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-".utf8)
    return MemoryScan(masked: (0..<length).map { _ in alphabet[Int.random(in: 0..<64)] ^ mask })
  }

  /// A scan for the last `last` bytes of a file, a line feed at its end left aside. Read byte by byte, so that no copy
  /// of them is made.
  package init(maskedFile path: String, last: Int) {
    let file = unsafe linux_open(path, O_RDONLY | O_CLOEXEC, 0)
    defer { close(file) }
    var masked: [UInt8] = []
    var byte: UInt8 = 0
    while unsafe read(file, &byte, 1) == 1 { masked.append(byte ^ MemoryScan.mask) }
    byte = 0
    if masked.last == UInt8(ascii: "\n") ^ MemoryScan.mask { masked.removeLast() }
    self.init(masked: masked.suffix(last))
  }

  package var count: Int { masked.count }

  /// A byte of the text. Hand it straight to the buffer under test: gathering the bytes anywhere else makes a copy.
  package func byte(_ index: Int) -> UInt8 { masked[index] ^ MemoryScan.mask }

  /// How often the text stands in memory that the process can write to; -1 when that memory cannot be read.
  ///
  /// - Parameters:
  ///   - range: the part of the text to look for. The last bytes are best: an allocator overwrites the first ones of
  ///     what is given back.
  ///   - process: another process, whose memory only root may read once it has hardened itself.
  ///   - stride: how many bytes lie between two characters: 1 in text, more in the cells of a screen.
  ///   - part: which of that memory.
  package func occurrences(
    of range: Range<Int>? = nil, in process: Int32? = nil, stride: Int = 1, part: Part = .all
  ) -> Int {
    let range = range ?? max(0, masked.count - 16)..<masked.count
    return occurrences(
      of: Array(range), at: (0..<range.count).map { $0 * stride }, in: process, part: part)
  }

  /// Which memory is looked through.
  package enum Part: Sendable {
    case all
    /// What is not locked, and so may be written to a disk: no place for a secret.
    case ordinary
  }

  /// How often some bytes of the text stand in memory at the given distances from the first one, in ascending order: as
  /// the cells of a screen hold them.
  package func occurrences(
    of indices: [Int], at offsets: [Int], in process: Int32? = nil, part: Part = .all
  ) -> Int {
    let wanted = indices.map { masked[$0] }
    let place = process.map { "/proc/\($0)" } ?? "/proc/self"
    let memory = unsafe linux_open("\(place)/mem", O_RDONLY | O_CLOEXEC, 0)
    guard memory >= 0 else { return -1 }
    defer { close(memory) }
    // Pages of its own, so that it can be told from the memory under test.
    let size = 1 << 20
    guard let buffer = unsafe linux_map_shared(size) else { return -1 }
    defer { unsafe munmap(buffer, size) }
    let own = UInt(bitPattern: buffer)
    var total = 0
    for region in MemoryScan.regions(place, part) where process != nil || region.lowerBound != own {
      total += unsafe count(
        wanted, offsets, in: region, of: memory,
        UnsafeMutableRawBufferPointer(start: buffer, count: size))
    }
    return total
  }

  private func count(
    _ wanted: [UInt8], _ offsets: [Int], in region: Range<UInt>, of memory: Int32,
    _ buffer: UnsafeMutableRawBufferPointer
  ) -> Int {
    var (total, position) = (0, region.lowerBound)
    while position < region.upperBound {
      let length = min(UInt(buffer.count), region.upperBound - position)
      let got = unsafe pread(memory, buffer.baseAddress, Int(length), Int(position))
      // A page that is gone or guarded.
      guard got > 0 else {
        position += 4096
        continue
      }
      total += unsafe count(
        wanted, offsets, in: UnsafeRawBufferPointer(rebasing: buffer[..<got]))
      let span = (offsets.last ?? 0) + 1
      if got < span || position + UInt(got) >= region.upperBound { break }
      // Pieces overlap, so that a text across two of them is found.
      position += UInt(got - (span - 1))
    }
    return total
  }

  private func count(
    _ wanted: [UInt8], _ offsets: [Int], in bytes: UnsafeRawBufferPointer
  ) -> Int {
    guard let end = offsets.last, bytes.count > end, let last = wanted.last else { return 0 }
    let lastByte = last ^ MemoryScan.mask
    var (total, start) = (0, 0)
    while start + end < bytes.count {
      // The C library finds the next candidate; only candidates are compared.
      guard let base = bytes.baseAddress,
        let hit = unsafe memchr(base + start + end, Int32(lastByte), bytes.count - start - end)
      else { return total }
      start = unsafe UnsafeRawPointer(hit) - base - end
      var index = 0
      while index < wanted.count,
        unsafe bytes[start + offsets[index]] ^ MemoryScan.mask == wanted[index]
      {
        index += 1
      }
      if index == wanted.count { total += 1 }
      start += 1
    }
    return total
  }

  /// The writable regions of a process.
  private static func regions(_ place: String, _ part: Part) -> [Range<UInt>] {
    switch part {
    case .all: return text(of: "\(place)/maps").compactMap(writableRegion)
    case .ordinary:
      var regions: [Range<UInt>] = []
      var region: Range<UInt>?
      for line in text(of: "\(place)/smaps") {
        let words = line.split(separator: " ")
        if words.first == "VmFlags:" {
          if let region, !words.contains("lo") { regions.append(region) }
        } else if words.first?.hasSuffix(":") == false {
          region = writableRegion(line)
        }
      }
      return regions
    }
  }

  private static func writableRegion(_ line: Substring) -> Range<UInt>? {
    let words = line.split(separator: " ")
    let ends = words[0].split(separator: "-").compactMap { UInt($0, radix: 16) }
    guard ends.count == 2, words[1].hasPrefix("rw"), ends[1] - ends[0] < MemoryScan.tooLarge
    else { return nil }
    return ends[0]..<ends[1]
  }

  /// The lines of a file of the kernel's, which has no length.
  private static func text(of path: String) -> [Substring] {
    let file = unsafe linux_open(path, O_RDONLY | O_CLOEXEC, 0)
    guard file >= 0 else { return [] }
    defer { close(file) }
    var text: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65536)
    while true {
      let count = unsafe read(file, &chunk, chunk.count)
      guard count > 0 else { break }
      text += chunk[..<count]
    }
    return String(decoding: text, as: UTF8.self).split(separator: "\n")
  }
}
