internal import Basics
package import Requests
internal import Secrets
internal import Synchronization

/// Asks the members of a cluster in a process of its own, which is started at the first question and ends with this value.
package final class HelperGateway: Gateway {
  /// For a connection to a member, its TLS handshake included.
  private static let connectLimit = Duration.seconds(2)
  /// How long nothing may move until a member answers, and between two pieces of an answer.
  private static let answerLimit = Duration.seconds(5)
  /// After which the process is given up that did not answer in time by itself.
  private static let hardLimit = Duration.seconds(60)

  private let target: GatewayTarget
  private let launcher: HelperLauncher
  private let process = Mutex<HelperProcess?>(nil)

  /// - Parameters:
  ///   - program: what is run; this program itself where it is left out.
  package init(_ target: GatewayTarget, program: String? = nil) {
    self.target = target
    var options = CheckOptions()
    options.authorityFile = target.authorityFile
    // What the environment names is for providers: the members are in one's own network.
    options.usesEnvironment = false
    options.limits.connect = Self.connectLimit
    options.limits.total = Self.answerLimit
    (options.limits.body, options.limits.bodies) =
      (GatewayMessage.bodyLimit, GatewayMessage.bodyLimit)
    launcher = HelperLauncher(
      program: program, arguments: [GatewayProgram.subcommand], options: options, variable: nil)
  }

  package func post(
    _ body: RawSpan, to path: String, at member: Int, token: String?
  ) throws(GatewayFailure) -> GatewayAnswer {
    let order = GatewayOrder.post(path: path, member: member, token: token)
    let answer = try exchange(order, body)
    if case .int(let status) = answer.head["status"] {
      return GatewayAnswer(status: status, body: answer.body)
    }
    throw GatewayFailure(
      reason: answer.head["failed"]?.text ?? Self.gone,
      isUnsent: answer.head["unsent"]?.bool ?? false)
  }

  package func `repeat`(
    _ body: [UInt8], to path: String, every period: Duration, token: String?, as name: String
  ) {
    tell(.repeat(path: path, period: period, token: token, name: name), body)
  }

  package func cease(_ name: String) { tell(.cease(name: name), []) }

  /// Where there is no process nothing is told: what was repeated has ended with it.
  private func tell(_ order: GatewayOrder, _ body: [UInt8]) {
    process.withLock { process in
      switch process {
      case .some(let process):
        _ = unsafe GatewayChannel(process.socket).write(order.head, body.span.bytes)
      case nil: break
      }
    }
  }

  private static let gone = "the process that asks for usher has ended"

  private func exchange(
    _ order: GatewayOrder, _ body: RawSpan
  ) throws(GatewayFailure) -> GatewayMessage {
    try process.withLock { process throws(GatewayFailure) in
      try Self.begin(&process, launcher, target)
      let answer = Self.answer(process, order, body)
      guard let answer else {
        process = nil
        throw GatewayFailure(reason: Self.gone, isUnsent: false)
      }
      return answer
    }
  }

  private static func answer(
    _ process: borrowing HelperProcess?, _ order: GatewayOrder, _ body: RawSpan
  ) -> GatewayMessage? {
    switch process {
    case .some(let process):
      let channel = GatewayChannel(process.socket)
      return channel.write(order.head, body) ? channel.read(within: hardLimit) : nil
    case nil: return nil
    }
  }

  /// Sees to it that there is a process. One that has ended, as it does with the thread that started it, is replaced.
  private static func begin(
    _ process: inout HelperProcess?, _ launcher: HelperLauncher, _ target: GatewayTarget
  ) throws(GatewayFailure) {
    if isThere(process) { return }
    let started: HelperProcess
    do throws(SystemError) {
      started = try launcher.take()
    } catch {
      throw GatewayFailure(
        reason: "the process that asks for usher cannot be started: \(error.reason)",
        isUnsent: true)
    }
    let none: [UInt8] = []
    _ = unsafe GatewayChannel(started.socket).write(
      GatewayOrder.begin(target).head, none.span.bytes)
    process = .some(started)
  }

  private static func isThere(_ process: borrowing HelperProcess?) -> Bool {
    switch process {
    case .some(let process): process.isWaiting
    case nil: false
    }
  }
}
