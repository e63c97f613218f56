internal import CLinux
internal import Synchronization

/// The pages of one secret, between two guard pages: left out of core dumps, and zero in a forked child.
///
/// To map, guard, advise, lock and unmap them are six calls of the system, and their first byte is a page fault; a command has
/// dozens of secrets one after the other. So what one secret gives back is kept for the next that takes as much: wiped, and
/// locked as it is. Locked memory is limited, to as little as 64 KiB on older systems: of few secrets it is kept, and only
/// where no more than the first page was in use.
@safe
struct SecretPages: @unchecked Sendable {
  /// The first byte, one guard page into the mapping.
  let base: UnsafeMutableRawPointer
  /// How many bytes may be used, in whole pages.
  let size: Int

  static let pageSize = Int(sysconf(Int32(_SC_PAGESIZE)))
  /// Of how many secrets pages are kept.
  private static let mostKept = 8
  private static let kept = Mutex<[SecretPages]>([])

  /// Pages for so many bytes. Traps when the system has no address space left, which leaves nothing sensible to do.
  static func take(bytes: Int) -> SecretPages {
    let size = max(1, (bytes + pageSize - 1) / pageSize) * pageSize
    // Never waits: whoever was forked while another thread was in here would wait for ever.
    let former = kept.withLockIfAvailable { kept in
      kept.lastIndex { $0.size == size }.map { kept.remove(at: $0) }
    }
    return (former ?? nil) ?? SecretPages(size: size)
  }

  private init(size: Int) {
    guard let mapped = unsafe linux_map_pages(size + 2 * SecretPages.pageSize) else {
      fatalError("no memory for a secret")
    }
    unsafe base = mapped + SecretPages.pageSize
    self.size = size
    unsafe mprotect(base, size, PROT_READ | PROT_WRITE)
    unsafe madvise(base, size, MADV_DONTDUMP)
    unsafe madvise(base, size, MADV_WIPEONFORK)
  }

  /// Ends their use. All that was written has to be wiped.
  ///
  /// - Parameter lockedBytes: how many from the first one on are locked.
  func giveBack(lockedBytes: Int) {
    guard lockedBytes <= SecretPages.pageSize else { return unmap() }
    let isKept = SecretPages.kept.withLockIfAvailable { kept in
      guard kept.count < SecretPages.mostKept else { return false }
      kept.append(self)
      return true
    }
    if isKept != true { unmap() }
  }

  /// Gives those that are kept back to the system, so that what was locked for them can be locked for others.
  static func dropKept() {
    kept.withLockIfAvailable { kept in
      for pages in kept { pages.unmap() }
      kept.removeAll()
    }
  }

  private func unmap() {
    unsafe munmap(base - SecretPages.pageSize, size + 2 * SecretPages.pageSize)
  }
}
