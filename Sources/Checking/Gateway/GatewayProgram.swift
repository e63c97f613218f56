internal import Basics
internal import CLinux
internal import Dispatch
internal import Glibc
internal import Requests

/// The body of the hidden subcommand that asks the members of a cluster for as long as the program wants it to.
///
/// In a process of its own, as the check is: the program stays without threads, which `usher run` needs that becomes
/// another program, and a password that the HTTP library copies goes with the process. What else passes is sealed.
package enum GatewayProgram {
  /// The subcommand, hidden from help.
  package static let subcommand = "__gateway"

  /// Reads the settings and whom to ask from `input`, then orders until its end; writes what is answered to `output`.
  /// - Returns: the exit code: 0 at the end of orders, 2 when they made no sense.
  package static func run(input: Int32, output: Int32) -> Int32 {
    guard let network = HelperProgram.prepare(MessageReader(input)) else {
      return ExitCode.usage.rawValue
    }
    let channel = GatewayChannel(ProcessSocket(input))
    guard let first = channel.read(within: nil), case .begin(let target) = GatewayOrder(first.head)
    else { return ExitCode.usage.rawValue }
    let (orders, source) = AsyncStream.makeStream(of: GatewayMessage.self)
    let done = DispatchSemaphore(value: 0)
    Task.detached {
      await perform(orders, target, network, output)
      done.signal()
    }
    // The pool's threads are for what is asked: this one waits.
    while let message = channel.read(within: nil) { source.yield(message) }
    source.finish()
    done.wait()
    return ExitCode.done.rawValue
  }

  private static func perform(
    _ orders: AsyncStream<GatewayMessage>, _ target: GatewayTarget, _ network: JobNetwork,
    _ output: Int32
  ) async {
    let run = GatewayRun(target, network)
    let channel = GatewayChannel(ProcessSocket(output))
    var repeated: [String: Task<Void, Never>] = [:]
    for await message in orders {
      switch GatewayOrder(message.head) {
      case .post(let path, let member, let token):
        let answer = await run.answer(to: path, message.body, at: member, token: token)
        guard unsafe channel.write(answer.head, answer.body.span.bytes) else { break }
      case .repeat(let path, let period, let token, let name):
        repeated[name]?.cancel()
        repeated[name] = Task.detached {
          let run = GatewayRun(target, network)
          await run.repeat(path, message.body, every: period, token: token)
          await run.close()
        }
      case .cease(let name):
        repeated[name]?.cancel()
        repeated[name] = nil
      case .begin, nil: break
      }
    }
    await run.close()
  }
}
