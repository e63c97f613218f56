internal import Basics
internal import Connections

/// A store in etcd that has been opened. Each thing has a key of its own; what is read together is read at one moment, and
/// what is changed together is changed in one transaction, over what was read.
final class EtcdStore: OpenedStore {
  let client: EtcdClient
  let notice: StoreNotice.Receiver?
  private(set) var header: StoreHeader
  /// Where what is stored lies, by the header that was read last.
  var layout: EtcdLayout
  /// At which that header was put.
  var headerRevision: Int64
  /// That is under way.
  var change: EtcdChange?

  var path: String { client.address.text }
  /// Of all keys.
  var prefix: String { client.address.prefix }
  /// From its first day on.
  var isSigned: Bool { true }

  init(
    _ item: EtcdItem, _ client: EtcdClient, notice: StoreNotice.Receiver?
  ) throws(StoreError) {
    let found = try EtcdHeader(item.value, path: client.address.text)
    self.client = client
    self.notice = notice
    header = found.header
    layout = EtcdLayout(prefix: client.address.prefix, generation: found.generation)
    headerRevision = item.revision
  }

  /// What may be changed there is for the servers to say.
  func requireWritable() throws(StoreError) {}

  /// Whether each row has its record. That nothing else is missing is what the servers vouch for, who keep all that they
  /// have acknowledged; against people who can write there stand the signatures and what this machine remembers.
  func requireWhole() throws(StoreFailure) {
    let counts = try look { layout, revision in
      [EtcdKey.Space.rows, .records].map { space in
        let range = layout.range(space)
        return .range(range.start, end: range.end, revision: revision, isCount: true)
      }
    }
    guard counts.count == 2, counts[0].count == counts[1].count else {
      throw .explained(damaged("not all that was stored in it is there"))
    }
  }

  func damaged(_ why: String) -> StoreError {
    .failed(
      Explanation(
        what: "the store \(path) is damaged", why: why,
        advice: "import a backup into another prefix; this one is left as it is"))
  }

  /// Goes on with what the store says of itself by now.
  func adopt(_ item: EtcdItem) throws(StoreFailure) {
    let found = try found(in: item)
    header = found.header
    place(found, item)
  }

  func adopt(_ header: StoreHeader) { self.header = header }

  func found(in item: EtcdItem) throws(StoreFailure) -> EtcdHeader {
    do {
      return try EtcdHeader(item.value, path: path)
    } catch {
      throw .explained(error)
    }
  }

  func place(_ found: EtcdHeader, _ item: EtcdItem) {
    layout = EtcdLayout(prefix: prefix, generation: found.generation)
    headerRevision = item.revision
  }
}
