/// Where the parts of an absolute address lie in its bytes (RFC 3986, section 3). The fragment, which is never sent, is in
/// none of them.
package struct AddressComponents: Sendable {
  /// Whom the address leads to.
  package let origin: Origin
  /// The path; empty where the address has none, which means `/`.
  package let path: Range<Int>
  /// What stands behind the first `?`; empty where nothing does.
  package let query: Range<Int>
  /// What is sent to the origin: path and query, with the `?` between them.
  package let target: Range<Int>

  /// Reads an address as strictly as `Origin` does, and decodes nothing.
  package init(of address: RawSpan) throws(AddressFault) {
    origin = try Origin(ofAddress: address)
    let authority = origin.scheme.rawValue.utf8.count + "://".utf8.count
    let start =
      address.firstOffset(from: authority) { "/?#".utf8.contains($0) } ?? address.byteCount
    let end = address.firstOffset(from: start) { $0 == UInt8(ascii: "#") } ?? address.byteCount
    let mark = min(end, address.firstOffset(from: start) { $0 == UInt8(ascii: "?") } ?? end)
    path = start..<mark
    query = min(mark + 1, end)..<end
    target = start..<end
  }
}
