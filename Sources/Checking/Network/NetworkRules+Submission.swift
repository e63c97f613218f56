internal import Basics
internal import Catalogues
internal import Drafts
internal import ProviderFormat
internal import Requests
internal import Secrets

extension NetworkRules {
  /// The rules for a submission. The user's own hosts are those that stand, alone or as an address, in a parameter, and
  /// those that an entry of the user's or of the machine's administrator names. A host that a built-in template builds
  /// around a value (`https://${subdomain}.example.com`) is the provider's, and so is every host that an answer names.
  init(_ submission: borrowing Submission) {
    var hosts = NetworkRules.typedHosts(submission)
    switch submission.provider.origin {
    case .builtIn: break
    case .folder: hosts.formUnion(submission.declaredHosts())
    case .record:
      // A record does not say where its entry came from. What the program itself names is not the user's.
      let builtIn = NetworkRules.builtInHosts(submission.provider.slug)
      hosts.formUnion(submission.declaredHosts().subtracting(builtIn))
    }
    self.init(ownHosts: hosts)
  }

  /// The rules for a call: those for the account's submission, and the host is the user's own whom the caller names.
  init(_ submission: borrowing Submission, of call: APICall) {
    let typed = call.typedAddresses.compactMap(NetworkRules.host)
    self.init(ownHosts: NetworkRules(submission).ownHosts.union(typed))
  }

  /// The rules for a job of a link: those for the account's submission. Servers of this machine are the user's own where
  /// they may say how one signs in.
  init(_ job: borrowing LinkJob) {
    var hosts = NetworkRules(job.flow.submission).ownHosts
    if case .prepare(allowsLoopback: true) = job.kind { hosts.formUnion(NetworkRules.loopback) }
    self.init(ownHosts: hosts)
  }

  private static let loopback: Set = ["localhost", "127.0.0.1", "::1"]

  private static func typedHosts(_ submission: borrowing Submission) -> Set<String> {
    var hosts: Set<String> = []
    // It was found on this machine only because the user allowed that.
    if let server = AuthorizationServer(submission.values) {
      hosts.formUnion(server.addresses.compactMap(host).filter(loopback.contains))
    }
    // What a link noted for itself holds addresses that nobody typed to say where to ask.
    for field in submission.values.keys
    where field.scope != .credentials && !LinkedAccount.bookkeeping.contains(field) {
      let typed = submission.values.withBytes(of: field) { bytes in
        unsafe bytes.withUnsafeBytes { unsafe String(decoding: $0, as: UTF8.self) }
      }
      if let host = host(typed) { hosts.insert(host) }
    }
    return hosts
  }

  private static func builtInHosts(_ slug: String) -> Set<String> {
    guard let provider = Catalogue(sources: [.builtIn]).provider(slug) else { return [] }
    return Submission(provider: provider, values: SecretValues()).declaredHosts()
  }

  /// The host in `host`, `host:port`, `host/path` and whole addresses.
  static func host(_ value: String) -> String? {
    if let address = WebAddress(value) { return address.origin.host }
    return HostAndPort(value.prefix { $0 != "/" })?.host
  }
}

extension APICall {
  /// Absolute addresses that the caller wrote, and no answer.
  fileprivate var typedAddresses: [String] {
    var addresses = [baseURL].compactMap(\.self)
    if case .path(let path) = target, path.contains("://") { addresses.append(path) }
    return addresses
  }
}
