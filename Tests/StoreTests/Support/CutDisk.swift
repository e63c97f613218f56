import StoreFaults

/// What files may hold when the power goes: what was synced for certain, and of the rest any part, sector by sector.
struct CutDisk {
  private static let sector = 512

  /// By path.
  private var durable: [String: [UInt8]]
  private var pending: [FaultyDisk.Operation] = []
  /// How many marks have been passed.
  private(set) var marks = 0

  init(_ files: [String: [UInt8]]) { durable = files }

  /// The next thing that is done before the power goes.
  mutating func perform(_ operation: FaultyDisk.Operation) {
    switch operation {
    case .write, .truncate: pending.append(operation)
    case .sync(let file):
      for other in pending where Self.path(of: other) == file { Self.apply(other, to: &durable) }
      pending.removeAll { Self.path(of: $0) == file }
    case .mark: marks += 1
    }
  }

  /// The files after a cut at this moment, one of many.
  func cut(_ random: inout some RandomNumberGenerator) -> [String: [UInt8]] {
    var files = durable
    for operation in pending {
      Self.apply(operation, to: &files, sectors: { Bool.random(using: &random) })
    }
    return files
  }

  private static func path(of operation: FaultyDisk.Operation) -> String? {
    switch operation {
    case .write(let file, _, _), .truncate(let file, _), .sync(let file): file
    case .mark: nil
    }
  }

  /// - Parameter sectors: whether the next sector reaches the disk.
  private static func apply(
    _ operation: FaultyDisk.Operation, to files: inout [String: [UInt8]],
    sectors: () -> Bool = { true }
  ) {
    switch operation {
    case .write(let file, let offset, let bytes):
      var start = 0
      while start < bytes.count {
        let end = min(bytes.count, start + sector - (offset + start) % sector)
        if sectors() {
          var content = files.removeValue(forKey: file) ?? []
          let missing = offset + end - content.count
          if missing > 0 { content += [UInt8](repeating: 0, count: missing) }
          content.replaceSubrange(offset + start..<offset + end, with: bytes[start..<end])
          files[file] = content
        }
        start = end
      }
    case .truncate(let file, let size):
      if sectors(), let content = files[file], content.count > size {
        files[file] = Array(content[..<size])
      }
    case .sync, .mark: break
    }
  }
}
