import Connections
import Dispatch
import Drafts
import Onboarding
import ProviderFormat
import Requests
import Secrets
import Synchronization
import TerminalUI

/// A terminal that plays a script: keys and pastes in order, real mail from a mailbox, and every canvas kept.
struct ScriptedTerminal: Terminal, ~Copyable {
  enum Step {
    case key(Key)
    case paste(String)
    case resize(Int, Int)
    /// Waits until the mailbox has news, however long that takes.
    case mail
    case terminate(Int32)
    /// Lets go on what waits at a gate. The page before it has been shown by then.
    case open(Gate)
    /// Lets the quiet time after an arrival pass: the loop reads the real clock.
    case pause
  }

  private(set) var size = Size(columns: 80, rows: 24)
  private(set) var screens: [[String]] = []
  private(set) var copied: [String] = []
  private(set) var suspensions = 0
  /// Deadlines that the loop asked for.
  private(set) var deadlines: [ContinuousClock.Instant?] = []
  private var steps: ArraySlice<Step>
  private let mailbox: Mailbox

  init(_ steps: [Step], mailbox: Mailbox) {
    self.steps = steps[...]
    self.mailbox = mailbox
  }

  mutating func nextEvent(before deadline: ContinuousClock.Instant?) -> TerminalEvent {
    deadlines.append(deadline)
    switch steps.popFirst() {
    case .key(let key): return .key(key)
    case .paste(let text): return .paste(SecretBuffer(text), isCut: false)
    case .resize(let columns, let rows):
      size = Size(columns: columns, rows: rows)
      return .resized(size)
    case .mail:
      waitUntilReadable(mailbox.descriptor)
      return .mail
    case .pause:
      let end = ContinuousClock.now + InputGuard.time
      while ContinuousClock.now < end {}
      return .resized(size)
    case .terminate(let signal): return .terminated(signal: signal)
    case .open(let gate):
      gate.open()
      return .resized(size)
    case nil: return .terminated(signal: 1)
    }
  }

  mutating func present(_ canvas: borrowing Canvas) { screens.append(canvas.lines) }
  mutating func suspend() { suspensions += 1 }
  mutating func copy(_ text: String) { copied.append(text) }
}

/// Holds threads until a test opens it.
final class Gate: Sendable {
  private let semaphore = DispatchSemaphore(value: 0)

  func pass() {
    semaphore.wait()
    semaphore.signal()
  }

  func open() { semaphore.signal() }
}

/// A checker that answers as it is told. It can be held back, to see what happens meanwhile.
final class ScriptedChecker: Checker {
  private let answers: Mutex<[Diagnosis]>
  private let asked = Mutex<[[String]]>([])
  private let waitsForCancel: Bool
  /// Told before the answer.
  private let progress: CheckProgress?

  init(
    _ answers: [Diagnosis], waitsForCancel: Bool = false, progress: CheckProgress? = nil
  ) {
    self.answers = Mutex(answers)
    self.progress = progress
    self.waitsForCancel = waitsForCancel
  }

  private let log = Mutex<[String]>([])

  /// What it was asked to get ready for, and to give up.
  var preparations: [String] { log.withLock { $0 } }

  func prepare() { log.withLock { $0.append("prepare") } }
  func dismiss() { log.withLock { $0.append("dismiss") } }

  /// The names of the fields of every submission.
  var submissions: [[String]] { asked.withLock { $0 } }

  func check(
    _ submission: consuming Submission, report: @escaping @Sendable (CheckProgress) -> Void
  ) async -> Diagnosis {
    if let progress { report(progress) }
    let fields = submission.values.keys.map(\.name)
    asked.withLock { $0.append(fields) }
    if waitsForCancel {
      while !Task.isCancelled { await Task.yield() }
      return Diagnosis(kind: .cancelled, sentence: "Cancelled.")
    }
    return answers.withLock { answers in
      answers.isEmpty ? Diagnosis(kind: .unclear, sentence: "Unclear.") : answers.removeFirst()
    }
  }
}

/// A store in memory that keeps names and counts, never values, and remembers which drafts were kept and forgotten.
final class ScriptedStore: ConnectionStore, DraftStore, ApplicationStore, GenerationStore, Sendable
{
  private let saved = Mutex<[ConnectionFacts]>([])
  private let failures: Mutex<[StoreError]>
  private let draftFailures: Mutex<[StoreError]>
  /// Where every draft waits.
  private let gate: Gate?

  init(failing: [StoreError] = [], drafts: [StoreError] = [], gate: Gate? = nil) {
    failures = Mutex(failing)
    draftFailures = Mutex(drafts)
    self.gate = gate
  }

  var names: [ConnectionName] { saved.withLock { $0.map(\.name) } }
  var facts: [ConnectionFacts] { saved.withLock { $0 } }

  func save(
    _ record: consuming ConnectionRecord, replacing: Bool, keepingToken: Bool
  ) throws(StoreError) {
    let failure = failures.withLock { $0.isEmpty ? nil : $0.removeFirst() }
    if let failure { throw failure }
    let facts = record.facts
    saved.withLock { $0.append(facts) }
  }

  func save(
    _ record: consuming ConnectionRecord, token: consuming TokenSet, replacing: Bool
  ) throws(StoreError) {
    try save(record, replacing: replacing, keepingToken: false)
    tokens.withLock { $0 += 1 }
  }

  private let tokens = Mutex(0)
  private let kept = Mutex<[ApplicationFacts]>([])

  /// How many connections were saved together with their tokens.
  var savedTokens: Int { tokens.withLock { $0 } }
  var keptApplications: [ApplicationFacts] { kept.withLock { $0 } }

  func keep(_ facts: ApplicationFacts) { kept.withLock { $0.append(facts) } }

  func applications() throws(StoreError) -> [ApplicationFacts] { keptApplications }

  func application(_ name: ApplicationName) throws(StoreError) -> Application? {
    guard let facts = keptApplications.first(where: { $0.name == name }) else { return nil }
    return Links.application(facts)
  }

  func saveApplication(_ application: consuming Application) throws(StoreError) {
    let facts = application.facts
    kept.withLock { kept in
      kept.removeAll { $0.name == facts.name }
      kept.append(facts)
    }
  }

  func removeApplication(_ name: ApplicationName) throws(StoreError) -> Bool { false }

  func prepareToSave() throws(StoreError) {
    if let error = refusal.withLock({ $0 }) { throw error }
  }
  func list(_ selection: ConnectionSelection) throws(StoreError) -> [ConnectionIndexEntry] { [] }
  func read(_ name: ConnectionName) throws(StoreError) -> ConnectionRecord {
    guard let key = keys.withLock({ $0?.present }) else { throw .notFound(name) }
    return Self.record(name, key)
  }

  /// The keys of Tally that are there now and before; nil where nothing is.
  private let keys = Mutex<(present: String, former: String?)?>(nil)

  private let refusal = Mutex<StoreError?>(nil)
  private let noting = Mutex<StoreError?>(nil)

  /// What it says where somebody asks whether it can be written to.
  func refuseToPrepare(_ error: StoreError) { refusal.withLock { $0 = error } }

  /// What it says where a revoked key is to be dropped.
  func failNoting(_ error: StoreError) { noting.withLock { $0 = error } }

  /// Puts a connection in, with what it had before.
  func put(key: String, former: String) { keys.withLock { $0 = (key, former) } }

  /// Whether what was there before is kept.
  var keepsFormer: Bool { keys.withLock { $0?.former != nil } }

  private static func record(_ name: ConnectionName, _ key: String) -> ConnectionRecord {
    var values = SecretValues()
    values.set(Samples.apiKey, to: SecretBuffer(key))
    return ConnectionRecord(
      name: name, submission: Submission(provider: Samples.tally.provider, values: values),
      diagnosis: nil, now: Samples.now)
  }
  func remove(_ name: ConnectionName) throws(StoreError) { throw .notFound(name) }
  func export(_ name: ConnectionName) throws(StoreError) -> [UInt8] { throw .notFound(name) }

  private let log = Mutex<[String]>([])

  var drafts: [String] { log.withLock { $0 } }

  func saveDraft(_ draft: consuming Submission, for name: ConnectionName) throws(StoreError) {
    gate?.pass()
    let failure = draftFailures.withLock { $0.isEmpty ? nil : $0.removeFirst() }
    if let failure { throw failure }
    let fields = draft.values.keys.map(\.name).joined(separator: ",")
    log.withLock { $0.append("keep \(name) \(fields)") }
  }
  func resume(_ name: ConnectionName) throws(StoreError) -> SecretValues? { nil }
  func forget(_ name: ConnectionName) throws(StoreError) {
    log.withLock { $0.append("forget \(name)") }
  }
}

/// A revoker that answers as it is told, and remembers the fields of every order.
final class ScriptedRevoker: Revoker {
  private let answers: Mutex<[RevocationOutcome]>
  private let asked = Mutex<[[String]]>([])

  init(_ answers: [RevocationOutcome]) { self.answers = Mutex(answers) }

  var orders: [[String]] { asked.withLock { $0 } }

  func revoke(_ order: consuming RevocationOrder) async -> RevocationOutcome {
    let fields = order.submission.values.keys.map(\.name)
    asked.withLock { $0.append(fields) }
    return answers.withLock { $0.removeFirst() }
  }
}

extension ScriptedStore {
  func hasFormer(of name: ConnectionName) throws(StoreError) -> Bool { false }
  func former(of name: ConnectionName) throws(StoreError) -> FormerGeneration? {
    guard let key = keys.withLock({ $0?.former }) else { return nil }
    return FormerGeneration(record: Self.record(name, key), token: nil)
  }
  func bringBack(_ name: ConnectionName) throws(StoreError) -> ConnectionFacts {
    throw .notFound(name)
  }
  func dropFormer(of name: ConnectionName) throws(StoreError) -> Bool {
    if let error = noting.withLock({ $0 }) { throw error }
    return keys.withLock { keys in
      defer { keys?.former = nil }
      return keys?.former != nil
    }
  }
  func rename(_ name: ConnectionName, to new: ConnectionName) throws(StoreError) {
    throw .notFound(name)
  }
}
