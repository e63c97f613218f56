internal import Basics
internal import Connections
internal import Requests

/// Connections in the etcd of a team: the same sealed records for all machines that are sealed to. The servers see which
/// accounts there are, and nothing that is in them.
struct EtcdEngine: StoreEngine {
  let client: EtcdClient
  let notice: StoreNotice.Receiver?

  var name: String { "etcd" }

  var exists: Bool { (try? header()) ?? nil != nil }

  func open(signing: FirstSigning) throws(StoreError) -> (any OpenedStore)? {
    let found: EtcdItem?
    do {
      found = try header()
    } catch {
      throw error.explained("cannot open the store \(client.address.text)")
    }
    return try found.map { item throws(StoreError) in
      try EtcdStore(item, client, notice: notice)
    }
  }

  func create(
    _ header: () throws(StoreError) -> StoreHeader, signing: FirstSigning
  ) throws(StoreError) -> any OpenedStore {
    let new = EtcdHeader(try header(), generation: SystemRandom.hex(8))
    let key = EtcdLayout.header(client.address.prefix)
    do {
      // Asked again after an answer that was lost it finds its own header, and another's is as good.
      _ = try client.ask(
        EtcdTransaction(
          conditions: [.revision(key, 0)], operations: [.put(key, new.bytes)]))
    } catch {
      throw error.explained("cannot make the store \(client.address.text)")
    }
    guard let store = try open(signing: signing) else {
      throw KnownStore.gone(client.address.text)
    }
    return store
  }

  func lockToken(
    of row: IndexRow, unless isPassed: () throws(StoreError) -> Bool
  ) throws(StoreError) -> TokenTurn {
    try EtcdTurn.take(row, client, unless: isPassed, notice: notice)
  }

  private func header() throws(StoreFailure) -> EtcdItem? {
    let key = EtcdLayout.header(client.address.prefix)
    let answer = try client.ask(EtcdTransaction(operations: [.range(key, end: nil)]))
    return answer.found.first?.items.first
  }
}

/// What `usher doctor` says of the members.
extension EtcdEngine {
  func examine() -> [StoreFinding] {
    client.address.members.indices.map { index in
      let place = "\(client.address.members[index])"
      switch client.status(of: index) {
      case .success(let status): return finding(place, status)
      case .failure(let problem):
        return StoreFinding(
          subject: "etcd", state: .warning, finding: "\(place) does not answer: \(problem.reason)",
          advice: "the others do for now, while more than half of all are up")
      }
    } + leftovers()
  }

  private func finding(_ place: String, _ status: EtcdStatus) -> StoreFinding {
    if status.hasLeader, status.errors.isEmpty {
      return StoreFinding(
        subject: "etcd", state: .good,
        finding: "\(place) answers, etcd \(status.version)\(status.isLeader ? ", and leads" : "")")
    }
    let why = status.hasLeader ? status.errors.joined(separator: ", ") : "it knows no leader"
    return StoreFinding(
      subject: "etcd", state: .bad, finding: "\(place) answers, and cannot do its work: \(why)",
      advice: "more than half of the members have to be up and have room: etcdctl endpoint status")
  }

  private func leftovers() -> [StoreFinding] {
    guard let item = try? header(),
      let store = try? EtcdStore(item, client, notice: nil), let count = try? store.leftovers(),
      count > 0
    else { return [] }
    return [
      StoreFinding(
        subject: "etcd", state: .warning,
        finding: "\(count) keys belong to a change that is under way or was cut off",
        advice: "the next change of the keys (usher keys …) takes them away")
    ]
  }
}
