import Onboarding
import Requests
import Secrets
import Synchronization

/// A linker that answers as it is told, and remembers what it was asked for.
final class ScriptedLinker: Linker {
  private let answers: Mutex<[@Sendable () -> LinkResult]>
  private let asked = Mutex<[LinkJob.Kind]>([])
  private let waitsForCancel: Bool
  private let code: (@Sendable () -> LinkProgress)?

  init(
    _ answers: [@Sendable () -> LinkResult], waitsForCancel: Bool = false,
    telling code: (@Sendable () -> LinkProgress)? = nil
  ) {
    self.answers = Mutex(answers)
    self.waitsForCancel = waitsForCancel
    self.code = code
  }

  var kinds: [LinkJob.Kind] { asked.withLock { $0 } }

  func prepare() {}
  func dismiss() {}

  func perform(
    _ job: consuming LinkJob, report: @escaping @Sendable (consuming LinkProgress) -> Void
  ) async -> LinkResult {
    let kind = job.kind
    asked.withLock { $0.append(kind) }
    if let code { report(code()) }
    if waitsForCancel {
      while !Task.isCancelled { await Task.yield() }
      return .refused(LinkRefusal(Diagnosis(kind: .cancelled, sentence: "Cancelled.")))
    }
    let answer = answers.withLock { $0.isEmpty ? nil : $0.removeFirst() }
    return answer?() ?? .refused(LinkRefusal(Diagnosis(kind: .unclear, sentence: "Unclear.")))
  }
}

/// Listens without a socket: the test is the browser.
final class ScriptedReceiver: RedirectReceiver {
  private final class Port: ListeningPort {
    private let act: @Sendable () -> Void
    init(_ close: @escaping @Sendable () -> Void) { act = close }
    func close() { act() }
  }

  private let log = Mutex<[String]>([])
  private let browser = Mutex<(@Sendable (consuming SecretBuffer) -> Void)?>(nil)
  private let error: ListeningError?

  init(failing error: ListeningError? = nil) { self.error = error }

  var events: [String] { log.withLock { $0 } }

  func listen(
    for matcher: consuming RedirectMatcher,
    deliver: @escaping @Sendable (consuming SecretBuffer) -> Void
  ) throws(ListeningError) -> any ListeningPort {
    if let error { throw error }
    let address = matcher.callback.address
    log.withLock { $0.append("listen \(address)") }
    browser.withLock { $0 = deliver }
    return Port { [self] in log.withLock { $0.append("close") } }
  }

  /// The browser comes back.
  func arrive(at address: String) { browser.withLock { $0 }?(SecretBuffer(address)) }
}
