package import Basics
package import Drafts
package import Requests

/// What a check would refuse to ask, as far as it can be told without the network: `--dry-run` says it.
package struct NetworkObjections: Sendable {
  private let rules: NetworkRules

  /// By the same rules as the check of a submission.
  package init(_ submission: borrowing Submission) { rules = NetworkRules(submission) }

  /// By the same rules as a call.
  package init(_ submission: borrowing Submission, of call: APICall) {
    rules = NetworkRules(submission, of: call)
  }

  /// Names under which clouds hand a machine its own credentials, wherever they lead.
  private static let metadataNames: Set<String> = [
    "metadata.google.internal", "metadata.goog", "metadata.google.internal.", "instance-data",
    "metadata.azure.internal", "metadata.packet.net", "metadata.platformequinix.com",
  ]

  /// Why a host would not be asked, as a clause; nil when only its addresses can tell, or nothing speaks against it.
  package func reason(_ origin: Origin) -> String? {
    if Self.metadataNames.contains(origin.host) {
      return "\(origin.host) is where clouds hand out a machine's own credentials"
    }
    do throws(TransportFailure) {
      try rules.admit(origin)
      // A name for this machine leads here without anybody being asked.
      if origin.literal == nil, origin.isLoopbackName, let here = IPAddress("127.0.0.1") {
        try rules.admit([here], of: origin)
      }
      return nil
    } catch {
      return error.detail ?? "the check does not go there"
    }
  }
}
