internal import Basics
internal import Connections
internal import Glibc
internal import Requests
internal import Secrets
internal import Synchronization

/// Asks the members of one cluster, whichever answers. One for all sessions of a store: who has asked for the password
/// does not ask again.
final class EtcdClient: Sendable {
  /// What became of a change.
  enum Delivery {
    case answered(Value)
    /// It may have reached the servers, and may have been made, or be made yet.
    case lost(String)
  }

  let address: EtcdAddress
  let gateway: any Gateway
  let passwords: (any StorePasswordSource)?
  let state = Mutex(State())

  struct State: ~Copyable {
    /// The member that is asked first.
    var member = 0
    var token: String?
    /// That was taken: tokens end, and who gave it is not asked again.
    var password: SecretBuffer?
  }

  /// How long it is tried while the members have no leader: an election takes one to a few seconds.
  private static let patience = Duration.seconds(12)
  /// In microseconds, between two rounds through the members.
  private static let pause: UInt32 = 200_000
  /// In bytes and levels: as much as a page of sealed records takes.
  private static let limits = JSONLimits(bytes: 64 * 1024 * 1024, depth: 16)

  /// - Parameter passwords: asked where the address names a user; nil where nobody can be.
  init(
    _ address: EtcdAddress, _ gateway: any Gateway, passwords: (any StorePasswordSource)?
  ) {
    self.address = address
    self.gateway = gateway
    self.passwords = passwords
  }

  /// Asks what changes nothing, or nothing more when it is asked again. Tries all members, and again while they elect.
  func ask(_ path: String, _ question: Value) throws(StoreFailure) -> Value {
    let start = ContinuousClock.now
    var round = 0
    while true {
      var reasons: [String] = []
      var refusal: EtcdRefusal?
      for _ in address.members {
        switch try attempt(path, question) {
        case .answer(let answer): return answer
        case .unsent(let reason), .lost(let reason): reasons.append(reason)
        case .passing(let passing): refusal = passing
        }
        nextMember()
      }
      round += 1
      // Where nobody is there at all, nobody will be in a moment.
      let isOver = refusal == nil ? round > 1 : ContinuousClock.now - start > Self.patience
      if isOver { throw refusal?.failure(address) ?? silence(reasons) }
      usleep(Self.pause)
    }
  }

  /// Why nobody answers: members that are up and have no leader say nothing for longer than they are waited for.
  private func silence(_ reasons: [String]) -> StoreFailure {
    let isLeaderless = address.members.indices.contains { member in
      if case .success(let status) = status(of: member) { !status.hasLeader } else { false }
    }
    return isLeaderless ? .noLeader(reasons.joined(separator: "; ")) : .unreachable(reasons)
  }

  /// Sends a change to one member that takes it, once.
  func send(_ path: String, _ change: Value) throws(StoreFailure) -> Delivery {
    var reasons: [String] = []
    for round in 0...1 {
      if round > 0 { usleep(Self.pause) }
      for _ in address.members {
        switch try attempt(path, change) {
        case .answer(let answer): return .answered(answer)
        case .unsent(let reason):
          reasons.append(reason)
          nextMember()
        case .lost(let reason):
          nextMember()
          return .lost(reason)
        case .passing(let refusal):
          nextMember()
          return .lost(refusal.message)
        }
      }
    }
    throw .unreachable(Array(reasons.suffix(address.members.count)))
  }

  enum Attempt {
    case answer(Value)
    case unsent(String)
    case lost(String)
    case passing(EtcdRefusal)
  }

  /// Asks the member whose turn it is.
  private func attempt(_ path: String, _ question: Value) throws(StoreFailure) -> Attempt {
    var writer = JSONWriter(to: [UInt8](), escaping: .display)
    writer.write(question)
    let body = writer.end()
    for isRepeated in [false, true] {
      let token: String?
      switch try currentToken() {
      case .success(let found): token = found
      case .failure(let attempt): return attempt.attempt
      }
      let answer: GatewayAnswer
      do throws(GatewayFailure) {
        answer = try unsafe gateway.post(body.span.bytes, to: path, at: member, token: token)
      } catch {
        return error.isUnsent ? .unsent(error.reason) : .lost(error.reason)
      }
      if answer.status == 200 { return .answer(try read(answer)) }
      let refusal = EtcdRefusal(answer)
      if refusal.isPassing { return .passing(refusal) }
      // Refused before anything was done: another token may do.
      guard refusal.isOldToken, token != nil, !isRepeated else { throw refusal.failure(address) }
      state.withLock { $0.token = nil }
    }
    return .unsent("it takes no token")
  }

  func read(_ answer: GatewayAnswer) throws(StoreFailure) -> Value {
    do {
      return try unsafe Value(json: answer.body.span.bytes, limits: Self.limits)
    } catch {
      throw .engine(
        reason: "what answers there is not etcd's gateway",
        advice: "name the port that clients of etcd use, 2379 unless it was set otherwise",
        isFull: false)
    }
  }

  var member: Int { state.withLock { $0.member } }

  private func nextMember() {
    let count = address.members.count
    state.withLock { $0.member = ($0.member + 1) % count }
  }
}

/// What is done again and again while this process does something else.
extension EtcdClient {
  /// Keeps a lease alive until `cease`.
  func keepAlive(_ lease: String, every period: Duration) {
    let body = Array(Value.map([("ID", .string(lease))]).json.utf8)
    let token = state.withLock { $0.token }
    gateway.repeat(
      body, to: "/v3/lease/keepalive", every: period,
      token: token?.isEmpty == false ? token : nil, as: lease)
  }

  func cease(_ lease: String) { gateway.cease(lease) }
}

/// One member alone.
extension EtcdClient {
  /// Why a member does not say how it is.
  struct Silence: Error {
    /// A clause, for a person.
    let reason: String
  }

  /// How a member is, by its place in the address.
  func status(of member: Int) -> Result<EtcdStatus, Silence> {
    let body = Array("{}".utf8)
    let token = state.withLock { $0.token }
    do throws(GatewayFailure) {
      let answer = try unsafe gateway.post(
        body.span.bytes, to: "/v3/maintenance/status", at: member,
        token: token?.isEmpty == false ? token : nil)
      guard answer.status == 200, let json = try? unsafe Value(json: answer.body.span.bytes),
        let status = EtcdStatus(json)
      else { return .failure(Silence(reason: EtcdRefusal(answer).message)) }
      return .success(status)
    } catch {
      return .failure(Silence(reason: error.reason))
    }
  }
}
