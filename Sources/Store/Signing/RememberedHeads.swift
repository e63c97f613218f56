internal import Basics
internal import CLinux
internal import Connections
internal import Crypto
internal import Glibc

/// The heads of one store that this machine remembers, in a file beside what it remembers of the store itself.
///
/// A table with open addresses: 32 bytes of front (`usher-heads-1`, how many slots there are, how many are taken), then
/// slots of 32 bytes: 16 of the key, 8 of the version, 8 of the digest, numbers with the lowest byte first. A look takes one
/// read and a change one write, whatever the size. Nothing waits for the disk: what is lost in a crash, or between two
/// processes, is an older memory and no wrong one.
final class RememberedHeads {
  private static let magic = Array("usher-heads-1\n\0\0".utf8)
  private static let slotLength = 32
  private static let smallest = 256
  /// Slots of 16 million connections.
  private static let largest = 1 << 24

  private var file: FileDescriptor
  private let name: String
  private let directory: PrivateDirectory
  private var capacity: Int
  private var count: Int
  /// Of the file that is open.
  private var inode: UInt64
  let isWritable: Bool

  /// The file of the store at a path.
  static func name(of path: String) -> String { "known-heads-\(KnownStore.mark(of: path))" }

  /// Nil where there is none.
  /// - Throws: `.failed` where it is not as it was written; the memory is then to be made anew.
  init?(of path: String, in directory: consuming PrivateDirectory) throws(StoreError) {
    let name = RememberedHeads.name(of: path)
    guard let status = try directory.verifiedFile(name) else { return nil }
    let isWritable = unsafe faccessat(directory.descriptor, name, W_OK, 0) == 0
    let opened = try RememberedHeads.open(name, isWritable ? O_RDWR : O_RDONLY, in: directory)
    guard let size = RememberedHeads.size(of: opened.number) else {
      throw RememberedHeads.damaged("\(directory.path)/\(name)")
    }
    (capacity, count, inode) = (size.capacity, size.count, status.inode)
    (self.name, self.isWritable) = (name, isWritable)
    file = opened
    self.directory = directory
  }

  /// Nil where the front is not as it was written, or the file has another length.
  private static func size(of file: Int32) -> (capacity: Int, count: Int)? {
    guard let front = bytes(slotLength, at: 0, of: file), front.starts(with: magic) else {
      return nil
    }
    let (capacity, count) = (number(front[16..<24]), number(front[24..<32]))
    guard (Int64(smallest)...Int64(largest)).contains(capacity), capacity & (capacity - 1) == 0,
      (0...capacity).contains(count),
      (try? FileStatus(descriptor: file))?.size == Int64(slotLength) * (capacity + 1)
    else { return nil }
    return (Int(capacity), Int(count))
  }

  /// An empty one in place of whatever is there.
  static func make(of path: String, in directory: borrowing PrivateDirectory) throws(StoreError) {
    try put(
      [UInt8](repeating: 0, count: slotLength * smallest), count: 0, name(of: path), in: directory)
  }

  /// What is remembered under a key.
  func head(of key: [UInt8]) -> RememberedHead? {
    guard let place = place(of: key), let slot = slot(place), slot.starts(with: key) else {
      return nil
    }
    return RememberedHead(
      version: RememberedHeads.number(slot[16..<24]), digest: Array(slot[24..<32]))
  }

  /// Remembers a head in place of the one that there is. Does nothing where nothing can be written.
  func remember(_ head: RememberedHead, of key: [UInt8]) {
    guard isWritable, lock() else { return }
    defer { _ = linux_flock(file.number, LOCK_UN) }
    if (count + 1) * 10 > capacity * 7 { grow() }
    guard let place = place(of: key), let slot = slot(place) else { return }
    write(key + RememberedHeads.bytes(of: head.version) + head.digest, at: offset(place))
    guard !slot.starts(with: key) else { return }
    count += 1
    write(RememberedHeads.bytes(of: Int64(count)), at: 24)
  }

  /// Waits for its turn to write, on the table that stands in its place now: another process may have put a larger one
  /// there.
  private func lock() -> Bool {
    while linux_flock(file.number, LOCK_EX) == 0 {
      let status = try? directory.status(of: name)
      if let status, status.inode != inode,
        let opened = try? RememberedHeads.open(name, O_RDWR, in: directory)
      {
        guard RememberedHeads.size(of: opened.number) != nil else { return false }
        file = opened
        inode = status.inode
        continue
      }
      guard let size = RememberedHeads.size(of: file.number) else { return false }
      (capacity, count) = size
      return true
    }
    return false
  }

  /// Where a key stands, or would; nil where the table is full or cannot be read.
  private func place(of key: [UInt8]) -> Int? {
    let first = Int(truncatingIfNeeded: RememberedHeads.number(key[0..<8])) & (capacity - 1)
    for step in 0..<capacity {
      let place = (first + step) & (capacity - 1)
      guard let slot = slot(place) else { return nil }
      if slot.starts(with: key) || RememberedHeads.isFree(slot) { return place }
    }
    return nil
  }

  private static func isFree(_ slot: some Sequence<UInt8>) -> Bool {
    slot.prefix(SealBinding.headKeyLength).allSatisfy { $0 == 0 }
  }

  private func slot(_ place: Int) -> [UInt8]? {
    RememberedHeads.bytes(RememberedHeads.slotLength, at: offset(place), of: file.number)
  }

  private func offset(_ place: Int) -> Int { RememberedHeads.slotLength * (place + 1) }

  /// Puts a table of twice the size in place of this one. Where that cannot be done it fills up, and remembers no more.
  private func grow() {
    guard capacity < RememberedHeads.largest,
      let old = RememberedHeads.bytes(
        RememberedHeads.slotLength * capacity, at: RememberedHeads.slotLength, of: file.number)
    else { return }
    let size = capacity * 2
    var table = [UInt8](repeating: 0, count: RememberedHeads.slotLength * size)
    var taken = 0
    for start in stride(from: 0, to: old.count, by: RememberedHeads.slotLength) {
      let slot = old[start..<start + RememberedHeads.slotLength]
      if RememberedHeads.isFree(slot) { continue }
      var place = Int(truncatingIfNeeded: RememberedHeads.number(slot.prefix(8))) & (size - 1)
      while !RememberedHeads.isFree(table[(place * RememberedHeads.slotLength)...]) {
        place = (place + 1) & (size - 1)
      }
      let target = place * RememberedHeads.slotLength
      table.replaceSubrange(target..<target + RememberedHeads.slotLength, with: slot)
      taken += 1
    }
    guard (try? RememberedHeads.put(table, count: taken, name, in: directory)) != nil,
      let larger = try? RememberedHeads.open(name, O_RDWR, in: directory),
      let status = try? FileStatus(descriptor: larger.number)
    else { return }
    // The lock of the old one goes with it.
    file = larger
    _ = linux_flock(file.number, LOCK_EX)
    (capacity, count, inode) = (size, taken, status.inode)
  }
}

extension RememberedHeads {
  private static func put(
    _ table: [UInt8], count: Int, _ name: String, in directory: borrowing PrivateDirectory
  ) throws(StoreError) {
    let capacity = Int64(table.count / slotLength)
    let content = magic + bytes(of: capacity) + bytes(of: Int64(count)) + table
    // Others clear away what lies there half written.
    try directory.exclusively { () throws(StoreError) in
      do throws(SystemError) {
        try unsafe directory.directory.replaceFile(
          name, by: content.span.bytes, through: PrivateDirectory.temporaryName(for: name),
          isDurable: false)
      } catch {
        throw error.failure("cannot write \(directory.path)/\(name)")
      }
    }
  }

  private static func open(
    _ name: String, _ access: Int32, in directory: borrowing PrivateDirectory
  ) throws(StoreError) -> FileDescriptor {
    do throws(SystemError) {
      return try FileDescriptor.open(
        name, access | O_NOFOLLOW | O_NONBLOCK, in: directory.descriptor)
    } catch {
      throw error.failure("cannot read \(directory.path)/\(name)")
    }
  }

  private static func damaged(_ file: String) -> StoreError {
    .failed(
      Explanation(
        what: "\(file) is damaged", why: "it is not as usher writes it",
        advice: "usher keys trust makes it anew from what is there now"))
  }

  private static func bytes(_ count: Int, at offset: Int, of file: Int32) -> [UInt8]? {
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      filled = max(0, unsafe pread(file, buffer.baseAddress, count, offset))
    }
    return bytes.count == count ? bytes : nil
  }

  private func write(_ bytes: [UInt8], at offset: Int) {
    _ = unsafe bytes.withUnsafeBytes { bytes in
      unsafe pwrite(file.number, bytes.baseAddress, bytes.count, offset)
    }
  }

  private static func number(_ bytes: ArraySlice<UInt8>) -> Int64 {
    Int64(bitPattern: bytes.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
  }

  private static func bytes(of number: Int64) -> [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: number >> Int64(8 * $0)) }
  }
}
