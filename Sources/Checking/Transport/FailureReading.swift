internal import Basics
internal import Glibc
internal import NIOCore
internal import NIOHTTP1
internal import NIOHTTPCompression
internal import NIOPosix
internal import NIOSSL
internal import Requests

/// Turns the errors of the HTTP and TLS libraries into causes and words. Their own texts are never shown: they hold
/// file names, numbers and, in places, parts of the request.
struct FailureReading {
  let proxy: ProxyServer?
  let limits: CheckLimits
  /// After how long nothing is waited for any more.
  let scope: LimitScope
  /// Whether the server was, or would have been, shown a client certificate.
  var hasIdentity = false
  /// Whether all answers together, and not this one alone, would be too long.
  var isTotalNear = false

  func failure(_ error: any Error) -> TransportFailure {
    switch error {
    case let failure as TransportFailure: failure
    case let error as NIOSSLError: tls(error)
    case let error as NIOSSLExtraError: tls(error)
    case let error as IOError: system(error.errnoCode)
    case let error as NIOConnectionError: proxyConnection(error)
    case let error as ChannelError: channel(error)
    case let error as BoringSSLError: alert(error)
    case HTTPParserError.headerOverflow: longHeaders
    case HTTPParserError.invalidEOFState: closed
    case is HTTPParserError: bad("it is not HTTP")
    case let error as AnswerTooLong: longBody(error.limit)
    case let error as NothingSent: failure(error.cause)
    case is IdleTimeout: late
    case OutputFile.Ending.failed(let error): unwritten(error)
    case OutputFile.Ending.closed: closed
    case NIOHTTPDecompression.DecompressionError.limit: longBody(limits.body)
    default: bad("it is damaged")
    }
  }

  var longHeaders: TransportFailure {
    bad("its headers are longer than \(limits.headers / 1024) kB")
  }

  /// - Parameter limit: of one answer, in bytes.
  func longBody(_ limit: Int) -> TransportFailure {
    isTotalNear
      ? bad("the answers are together longer than \(limits.bodies / 1024) kB")
      : bad("it is longer than \(limit / 1024) kB")
  }

  var late: TransportFailure {
    switch scope {
    case .whole:
      TransportFailure(.timeout, "there was no complete answer within \(limits.total.inSeconds)")
    case .each(let idle):
      TransportFailure(.timeout, "nothing came or went within \(idle.inSeconds)")
    }
  }

  /// What an answer was to be written to does not take it.
  private func unwritten(_ error: SystemError) -> TransportFailure {
    TransportFailure(.internalFailure, "the output could not be written: \(error.reason)")
  }

  /// A connection that was open for more had ended in the meantime.
  var gone: TransportFailure { TransportFailure(.connectionReset, nil, sentNothing: true) }

  private func bad(_ detail: String) -> TransportFailure { TransportFailure(.badAnswer, detail) }

  /// An answer with a status that none can have.
  static func badStatus(_ status: Int) -> TransportFailure {
    let digits = String(status)
    let text = String(repeating: "0", count: max(0, 3 - digits.count)) + digits
    return TransportFailure(.badAnswer, "its status is \(text), which HTTP does not know")
  }

  var closed: TransportFailure { TransportFailure(.connectionReset) }

  /// A server that never takes the connection; with a proxy in between it is the proxy that does not.
  var unconnected: TransportFailure {
    let limit = limits.connect.inSeconds
    guard let proxy else {
      return TransportFailure(
        .timeout, "there was no connection within \(limit)", sentNothing: true)
    }
    return TransportFailure(
      .proxy, "\(proxy.name) made no connection within \(limit)")
  }

  /// A proxy that was asked for a connection and answered otherwise.
  func tunnelRefusal(_ status: Int) -> TransportFailure {
    TransportFailure(
      .proxy,
      status == 407
        ? "\(proxyName) wants a user name and password"
        : "\(proxyName) refused to make the connection")
  }

  private func system(_ code: Int32) -> TransportFailure {
    if let proxy, code != ECONNRESET, code != EPIPE {
      return TransportFailure(.proxy, "\(proxy.name) \(words(code))")
    }
    switch code {
    case ECONNREFUSED:
      return TransportFailure(.connectionRefused, nil, sentNothing: true)
    case ECONNRESET, EPIPE: return closed
    case ETIMEDOUT: return unconnected
    case EACCES, EPERM:
      return TransportFailure(.noRoute, "this machine's firewall forbids it", sentNothing: true)
    default: return TransportFailure(.noRoute, nil, sentNothing: true)
    }
  }

  /// What a proxy did, by the number of the system's error.
  private func words(_ code: Int32) -> String {
    switch code {
    case ECONNREFUSED: "refused the connection"
    case ETIMEDOUT: "did not take the connection"
    case EACCES, EPERM: "is forbidden by this machine's firewall"
    default: "cannot be reached"
    }
  }

  private var proxyName: String { proxy?.name ?? "" }

  /// Names are resolved by the library for the proxy only; every other host is pinned to an address.
  private func proxyConnection(_ error: NIOConnectionError) -> TransportFailure {
    if let failed = error.connectionErrors.first?.error { return failure(failed) }
    return TransportFailure(.proxy, "\(error.host) has no address")
  }

  private func channel(_ error: ChannelError) -> TransportFailure {
    if case .connectTimeout = error { return unconnected }
    return closed
  }
}

extension Duration {
  /// `10 seconds`; fractions only where there are any.
  var inSeconds: String {
    let (seconds, attoseconds) = components
    let tenths = attoseconds / 100_000_000_000_000_000
    let number = tenths == 0 ? "\(seconds)" : "\(seconds).\(tenths)"
    return number == "1" ? "1 second" : "\(number) seconds"
  }
}
