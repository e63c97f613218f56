internal import Basics

/// What a caller's headers may be.
enum CallHeaders {
  /// Those that say how the bytes of a message are divided, and where it goes: what the transport writes there has to be
  /// true.
  private static let reserved: Set = [
    "connection", "content-length", "expect", "host", "keep-alive", "proxy-authorization",
    "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade",
  ]

  static func check(_ headers: [APICall.Header]) throws(RequestError) {
    for header in headers {
      guard RequestBuilder.isHeaderName(header.name) else { throw .badHeaderName }
      if reserved.contains(header.name.lowercased()) { throw .reservedHeader(header.name) }
      let isClean = header.value.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }
      guard isClean else { throw .badHeader(header.name) }
    }
  }
}
