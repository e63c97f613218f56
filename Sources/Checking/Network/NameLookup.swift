internal import Basics
internal import Dispatch
internal import Glibc
internal import Requests

/// Turns a host name into addresses, once per host and check: what was classified is what is connected to.
struct NameLookup: Sendable {
  private let addresses: @Sendable (String) async throws(TransportFailure) -> [IPAddress]

  /// A lookup that answers from `body`, for tests.
  init(_ body: @escaping @Sendable (String) async throws(TransportFailure) -> [IPAddress]) {
    addresses = body
  }

  /// The system's: hosts file, name servers, and the order of RFC 6724. At least one address.
  ///
  /// The call blocks a thread of its own and cannot be cancelled; whoever races it against a deadline leaves it behind.
  static let system = NameLookup { (host) async throws(TransportFailure) in
    let result = await withCheckedContinuation {
      (continuation: CheckedContinuation<Result<[IPAddress], TransportFailure>, Never>) in
      DispatchQueue.global().async { continuation.resume(returning: resolve(host)) }
    }
    return try result.get()
  }

  func callAsFunction(_ origin: Origin) async throws(TransportFailure) -> [IPAddress] {
    if let literal = origin.literal { return [literal] }
    return try await addresses(origin.host)
  }

  private static func resolve(_ host: String) -> Result<[IPAddress], TransportFailure> {
    var hints = unsafe addrinfo()
    unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    unsafe hints.ai_flags = AI_ADDRCONFIG
    var list: UnsafeMutablePointer<addrinfo>?
    var code = unsafe getaddrinfo(host, nil, &hints, &list)
    if code == EAI_NONAME {
      // A machine with nothing but a loopback interface has no configured address, and hides even its own names.
      unsafe hints.ai_flags = 0
      code = unsafe getaddrinfo(host, nil, &hints, &list)
    }
    guard code == 0 else { return .failure(failure(code)) }
    defer { unsafe freeaddrinfo(list) }
    var found: [IPAddress] = []
    var next = unsafe list
    while let entry = unsafe next {
      if let raw = unsafe entry.pointee.ai_addr, let address = unsafe IPAddress(UnsafePointer(raw)),
        !found.contains(address)
      {
        found.append(address)
      }
      unsafe next = entry.pointee.ai_next
    }
    return found.isEmpty ? .failure(failure(EAI_NONAME)) : .success(found)
  }

  private static func failure(_ code: Int32) -> TransportFailure {
    let detail =
      switch code {
      case EAI_AGAIN: "no name server answered"
      case EAI_FAIL: "the name server failed"
      default: "it has no address"
      }
    return TransportFailure(code == EAI_AGAIN ? .noNameServer : .noName, detail)
  }
}
