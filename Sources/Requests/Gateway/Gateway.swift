package import Basics

/// A cluster whose members all answer the same questions, over HTTP.
package struct GatewayTarget: Equatable, Sendable {
  /// In the order in which they are tried. Plain http is asked for by whoever names it.
  package let members: [Origin]
  /// A PEM file of authorities that are trusted in addition to the system's; nil for none.
  package let authorityFile: String?
  /// A PEM file with the certificate that the members are shown; nil for none.
  package let certificateFile: String?
  /// A PEM file with its key; nil for none.
  package let keyFile: String?

  package init(
    members: [Origin], authorityFile: String? = nil, certificateFile: String? = nil,
    keyFile: String? = nil
  ) {
    self.members = members
    self.authorityFile = authorityFile
    self.certificateFile = certificateFile
    self.keyFile = keyFile
  }
}

/// What a member answered.
package struct GatewayAnswer: Sendable {
  /// The HTTP status.
  package let status: Int
  /// All of the body.
  package let body: [UInt8]

  package init(status: Int, body: [UInt8]) {
    self.status = status
    self.body = body
  }
}

/// Why there is no answer.
package struct GatewayFailure: Error, Equatable, Sendable {
  /// A clause for a person, without a period: `127.0.0.1:2379 refused the connection`.
  package let reason: String
  /// Whether the question cannot have reached the member. Where it may have, what it was to change may be changed.
  package let isUnsent: Bool

  package init(reason: String, isUnsent: Bool) {
    self.reason = reason
    self.isUnsent = isUnsent
  }
}

/// Asks the members of a cluster. Blocks the calling thread; one question at a time.
package protocol Gateway: AnyObject, Sendable {
  /// Posts JSON to one member and waits for all of the answer, 2 seconds for a connection and 5 for what follows.
  /// - Parameters:
  ///   - path: what is asked of the member, beginning with `/`.
  ///   - member: its place among those of the target.
  ///   - token: goes into `Authorization`; nil for none.
  func post(
    _ body: RawSpan, to path: String, at member: Int, token: String?
  ) throws(GatewayFailure) -> GatewayAnswer
  /// Posts the same JSON again and again, to whichever member answers, until `cease`, or until this process ends. What is
  /// answered is not looked at.
  /// - Parameter name: what `cease` calls it by.
  func `repeat`(
    _ body: [UInt8], to path: String, every period: Duration, token: String?, as name: String)
  /// Ends what `repeat` began.
  func cease(_ name: String)
}

/// Makes the way to a cluster, without asking anything.
package typealias GatewayMaker = @Sendable (GatewayTarget) -> any Gateway
