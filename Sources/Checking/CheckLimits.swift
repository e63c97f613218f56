internal import Drafts

/// The bounds of one check, and of one fetch of a token. A call keeps to those of connections, headers and redirects; its
/// time and its bodies have their own. Tests make them small, and an operator may set the
/// time.
package struct CheckLimits: Equatable, Sendable {
  /// For a connection to one address, its TLS handshake included.
  package var connect = Duration.seconds(5)
  /// For everything a check asks, all requests together: what a person at a terminal waits for at most.
  package var total = Submission.checkTimeLimit
  /// After which the helper process is ended from outside, whatever it is doing.
  package var hard = Duration.seconds(15)
  /// Names and values of an answer's headers, in bytes.
  package var headers = 256 * 1024
  /// Lines of an answer's headers.
  package var headerLines = 4096
  /// An answer's body, in bytes, counted after decompression. Of a longer one the beginning is read.
  package var body = 1024 * 1024
  /// The bodies of all answers of a check together, in bytes: what is kept of them has to fit in locked memory.
  package var bodies = 4 * 1024 * 1024
  /// Redirects that are followed, those of all requests together.
  package var redirects = 5
  /// Addresses of one host that are tried.
  package var addresses = 4
  /// Requests of one check, so that no provider entry makes it a crawler.
  package var requests = 16

  package init() {}

  /// Another time for everything that a check asks. No connection may take longer than that, and the process is ended as
  /// long after it as ever.
  package mutating func setTotal(_ time: Duration) {
    hard += time - total
    total = time
    connect = min(connect, time)
  }
}

/// How a helper process reaches the network. Told it before it has anything to do.
package struct CheckOptions: Equatable, Sendable {
  /// The bounds of what it does.
  package var limits = CheckLimits()
  /// A PEM file of certificate authorities that are trusted in addition: an organization's own.
  package var authorityFile: String?
  /// Whether the environment's proxy and `SSL_CERT_FILE` count. Off in kiosk mode, where the environment is not the
  /// operator's.
  package var usesEnvironment = true

  package init() {}
}
