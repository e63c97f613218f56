internal import NIOSSL
internal import Requests
internal import Synchronization

/// What a check trusts and shows, in the form of the TLS library. Each is made once: to read all authorities of a system
/// takes longer than a handshake.
final class TLSContexts: Sendable {
  /// Where the authorities are taken from.
  enum Authorities: Equatable {
    /// One by one as servers' certificates name them, from a directory.
    case named
    /// All of them, from a file.
    case all
  }

  private struct Made {
    let authorities: Authorities
    let identity: ClientIdentity?
    let context: NIOSSLContext
  }

  /// Files whose authorities are trusted because somebody named them.
  let ownFiles: [String]
  private let environmentFile: String?
  private let optionFile: String?
  private let usualPaths: [String]
  private let usualDirectory: String
  private let made = Mutex<[Made]>([])
  private let found = Mutex<TrustRoots?>(nil)

  /// - Parameters:
  ///   - usualPaths: where a system keeps all of its authorities in one file.
  ///   - usualDirectory: where it keeps them one by one.
  init(
    _ options: CheckOptions, _ environment: NetworkEnvironment,
    usualPaths: [String] = TrustRoots.usualPaths,
    usualDirectory: String = TrustRoots.usualDirectory
  ) {
    self.usualPaths = usualPaths
    self.usualDirectory = usualDirectory
    environmentFile = options.usesEnvironment ? environment.authorityFile : nil
    optionFile = options.authorityFile
    ownFiles = [optionFile, environmentFile].compactMap(\.self)
  }

  /// Makes what most checks need, so that it is there when the first of them wants it.
  func prepare() {
    guard let first = try? order.first else { return }
    _ = try? context(first, showing: nil)
  }

  /// Which authorities are asked first, and which where they do not do.
  var order: [Authorities] {
    get throws(TransportFailure) { try roots().directory == nil ? [.all] : [.named, .all] }
  }

  /// - Throws: `TransportFailure`, and the library's own errors where a file cannot be read.
  func context(
    _ authorities: Authorities, showing identity: ClientIdentity?
  ) throws -> NIOSSLContext {
    var configuration = try roots().configuration(authorities)
    return try made.withLock { made in
      let known = made.first { $0.authorities == authorities && $0.identity == identity }
      if let known { return known.context }
      identity?.add(to: &configuration)
      let context = try NIOSSLContext(configuration: configuration)
      made.append(Made(authorities: authorities, identity: identity, context: context))
      return context
    }
  }

  private func roots() throws(TransportFailure) -> TrustRoots {
    try found.withLock { found throws(TransportFailure) in
      if let found { return found }
      let roots = try TrustRoots(
        environmentFile: environmentFile, optionFile: optionFile, usualPaths: usualPaths,
        usualDirectory: usualDirectory)
      found = roots
      return roots
    }
  }
}
