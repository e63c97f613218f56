internal import Basics
internal import Secrets

/// Reads what comes back from a provider: the whole address that the browser ended on, also one that was broken into
/// lines or lost its scheme; its parameters alone; or, where nothing else is needed, the code alone.
package struct CallbackReader {
  /// How it came.
  package enum Way: Sendable {
    /// A person copied it.
    case paste
    /// The browser itself asked for it: path and parameters.
    case listener
  }

  /// In bytes. Some codes alone have more than two thousand.
  package static let limit = 16 * 1024

  private let way: Way

  init(_ way: Way) { self.way = way }

  func read(
    _ text: RawSpan, for request: borrowing AuthorizationRequest
  ) throws(CallbackFault) -> AuthorizationAnswer {
    guard text.byteCount <= Self.limit else { throw .tooLong }
    let pasted = PastedAnswer(text)
    if pasted.text.isEmpty { throw .empty }
    return try pasted.text.withBytes { bytes throws(CallbackFault) in
      switch way {
      case .paste: try read(pasted: bytes, isRepaired: pasted.isRepaired, for: request)
      case .listener: try read(target: bytes, for: request)
      }
    }
  }

  private func read(
    target: RawSpan, for request: borrowing AuthorizationRequest
  ) throws(CallbackFault) -> AuthorizationAnswer {
    let mark = target.firstOffset { $0 == UInt8(ascii: "?") } ?? target.byteCount
    let path = request.callback.path.isEmpty ? "/" : request.callback.path
    guard target.extracting(0..<mark).equals(path.utf8) else {
      throw .otherPage(request.callback.origin.description)
    }
    let query = RedirectParameters(
      target.extracting(min(mark + 1, target.byteCount)..<target.byteCount))
    return try RedirectReading(isWhole: true).answer(query, for: request)
  }

  private func read(
    pasted text: RawSpan, isRepaired: Bool, for request: borrowing AuthorizationRequest
  ) throws(CallbackFault) -> AuthorizationAnswer {
    if let address = address(in: text, for: request.callback) {
      return try address.withBytes { address throws(CallbackFault) in
        try read(address: address, isRepaired: isRepaired, for: request)
      }
    }
    // The parameters alone may have lost what stands before them, and bring a fragment along.
    let mark = text.firstOffset { "?=".utf8.contains($0) }
    let start = mark.map { text[$0] == UInt8(ascii: "?") ? $0 + 1 : 0 } ?? 0
    let end = text.firstOffset(from: start) { $0 == UInt8(ascii: "#") } ?? text.byteCount
    let reading = RedirectReading(isWhole: false, isRepaired: isRepaired)
    let query = RedirectParameters(text.extracting(start..<end))
    if reading.knows(query, for: request) { return try reading.answer(query, for: request) }
    return try reading.answer(bare: text, for: request)
  }

  private func read(
    address: RawSpan, isRepaired: Bool, for request: borrowing AuthorizationRequest
  ) throws(CallbackFault) -> AuthorizationAnswer {
    guard let parts = try? AddressComponents(of: address) else { throw .unreadable }
    let reading = RedirectReading(isWhole: true, isRepaired: isRepaired)
    let query = RedirectParameters(address.extracting(parts.query))
    guard request.callback.isReached(by: parts, of: address) else {
      if isAuthorization(address, of: request) { throw .authorizationAddress }
      if let refusal = reading.refusal(query) { throw .refused(refusal) }
      throw .otherPage(parts.origin.description)
    }
    if !reading.knows(query, for: request),
      let mark = address.firstOffset(where: { $0 == UInt8(ascii: "#") })
    {
      // Some put the answer where only a page's own program would read it.
      let fragment = RedirectParameters(address.extracting(mark + 1..<address.byteCount))
      if reading.knows(fragment, for: request) {
        return try reading.answer(fragment, for: request)
      }
    }
    return try reading.answer(query, for: request)
  }

  /// The text as an absolute address; nil when it is none. Address bars leave out the scheme.
  private func address(in text: RawSpan, for callback: Callback) -> SecretBuffer? {
    if text.hasIgnoringCase("https://".utf8) || text.hasIgnoringCase("http://".utf8) {
      return SecretBuffer(copying: text)
    }
    let hosts = [callback.origin.description, "localhost:\(callback.origin.port)"]
    let host = hosts.first { host in
      text.hasIgnoringCase(host.utf8) && text.byteCount > host.utf8.count
        && "/?".utf8.contains(text[host.utf8.count])
    }
    guard let host else { return nil }
    let scheme = "\(callback.origin.scheme.rawValue)://"
    var address = SecretBuffer(capacity: text.byteCount + scheme.utf8.count)
    address.append(text: scheme + host)
    address.append(text.extracting(host.utf8.count..<text.byteCount))
    return address
  }

  /// Whether it leads where the question does.
  private func isAuthorization(
    _ address: RawSpan, of request: borrowing AuthorizationRequest
  ) -> Bool {
    request.address.withBytes { question in
      let end = question.firstOffset { "?#".utf8.contains($0) } ?? question.byteCount
      guard address.byteCount >= end,
        address.extracting(0..<end).equals(question.extracting(0..<end))
      else { return false }
      return address.byteCount == end || "?#".utf8.contains(address[end])
    }
  }
}
