internal import Connections

/// The pages that a change will take, looked at before it does: SQLite believes the list of free pages, and one wrong
/// number in it would give the page of a record away.
///
/// Pages that were given up are full of zeros (`secure_delete`), so a page with anything in it is not free. The cost is
/// that of the pages looked at, of which a change takes a few, however large the store is.
struct FreePages {
  /// The next page of the list itself; 0 at its end. Nil before the first look.
  private var next: UInt32?
  /// How many pages have been looked at, and how many of them the change may have taken.
  private var looked = 0
  private var needed = 0
  private var leaves: Set<UInt32> = []

  /// More than a change takes for the rows and indexes beside a record.
  private static let usualCount = 16

  /// - Parameter count: how many bytes are to be written besides those asked about before.
  /// - Returns: whether what will be taken for them is free. False is no word that the file is damaged: there is room
  ///   that was given up without zeros, where a disk was full.
  mutating func areFree(
    for count: Int, in database: borrowing Database
  ) throws(StoreFailure) -> Bool {
    let size = Int(try database.number("PRAGMA page_size") ?? 1024)
    needed += count / size + FreePages.usualCount
    // The first page of the list stands in the head of the file.
    if next == nil { next = FreePages.number(try database.bytes(4, at: 32), 0) }
    while looked < needed, let page = next, page > 0 {
      let trunk = try database.bytes(size, at: Int64(page - 1) * Int64(size))
      let count = Int(FreePages.number(trunk, 1))
      guard count <= size / 4 - 2 else { return false }
      for index in 0..<count {
        let leaf = FreePages.number(trunk, 2 + index)
        // One that is named twice would be given away twice.
        guard leaf > 1, leaves.insert(leaf).inserted else { return false }
        let content = try database.bytes(size, at: Int64(leaf - 1) * Int64(size))
        guard content.allSatisfy({ $0 == 0 }) else { return false }
      }
      looked += count + 1
      next = FreePages.number(trunk, 0)
    }
    return true
  }

  /// The number of four bytes, the highest first; they are the place-th.
  private static func number(_ bytes: [UInt8], _ place: Int) -> UInt32 {
    bytes[4 * place..<4 * place + 4].reduce(0) { $0 << 8 | UInt32($1) }
  }
}
