internal import Basics
internal import Connections

/// Time that the servers give to whoever asks: what was put under it goes when it ends, and it ends by itself where nobody
/// keeps it alive. Kept alive for as long as this value lives, by the process that asks for this one.
struct EtcdLease: ~Copyable {
  /// For how long after the last word from this machine it lasts. Longer than a provider is waited for; the servers make
  /// none shorter than about two seconds.
  static let seconds = 30

  /// As the servers call it.
  let id: String
  private let client: EtcdClient

  init(_ client: EtcdClient) throws(StoreFailure) {
    let answer = try client.ask(
      "/v3/lease/grant", .map([("TTL", .string(String(Self.seconds)))]))
    guard let id = answer["ID"]?.text else { throw .badAnswer }
    self.id = id
    self.client = client
    client.keepAlive(id, every: .seconds(Self.seconds / 4))
  }

  /// Whether it lasts, for all of its time from now on. Of one that has ended the servers say nothing but its name: the time
  /// is missing from the answer.
  func isAlive() -> Bool {
    let answer = try? client.ask("/v3/lease/keepalive", .map([("ID", .string(id))]))
    return answer?["result"]?["TTL"]?.wholeNumber ?? 0 > 0
  }

  /// Gives it back. Where that cannot be said it ends by itself.
  func end() {
    client.cease(id)
    _ = try? client.send("/v3/lease/revoke", .map([("ID", .string(id))]))
  }
}
