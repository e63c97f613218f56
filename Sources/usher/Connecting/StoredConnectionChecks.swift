internal import Basics
internal import Connections
internal import Drafts
internal import ProviderFormat
internal import Requests
internal import Store

/// The live checks of stored connections, several at a time, and what they found written beside their values.
///
/// The answer is what was asked for: that it cannot be written down is told beside it, never in its place. An answer is
/// written down when it comes, so that whoever interrupts the rest loses none.
struct StoredConnectionChecks {
  /// How many run at once. Each has a process of its own, of some 10 MB, and holds its values in locked memory, of which
  /// some systems give an account 64 KiB in small pages; with eight the waiting for the network is shared well.
  static let most = 8

  let network: NetworkOptions
  /// Whether it is said, on standard error, who is asked.
  let tellsProgress: Bool
  /// Makes the first check.
  private let first: any Checker

  /// Gets ready for the first check: its process starts while the store is opened.
  init(network: NetworkOptions, tellsProgress: Bool) {
    self.network = network
    self.tellsProgress = tellsProgress
    first = network.checker()
    first.prepare()
  }

  /// What came of one.
  struct Result {
    let name: ConnectionName
    let diagnosis: Diagnosis
    /// Why the answer could not be written down.
    var notNoted: StoreError?
  }

  /// Makes them all, unless they are interrupted. `report` gets each result in the order of the names, as soon as those
  /// before it are known.
  /// - Parameters:
  ///   - progress: is told who is asked, where it is shown.
  ///   - interruption: after it none is begun, and none waited for.
  /// - Throws: why a connection could not be read, after the results of those before it. None behind it is begun then.
  func perform(
    _ names: [ConnectionName], in session: borrowing StoreSession, progress: WorkProgress,
    interruption: Interruption, report: (Result) -> Void
  ) throws {
    let isSilent = !tellsProgress
    var run = CheckRound(names, network: network, first: first) {
      progress.asking(isSilent: isSilent)
    }
    let number = interruption.listen { [inbox = run.inbox] in inbox.post(.interrupted) }
    defer { interruption.forget(number) }
    while let answers = run.next(in: session) {
      run.record(answers, in: session)
      for result in run.ready() { report(result) }
    }
    for result in run.rest() { report(result) }
    if let failure = run.failure { throw failure }
  }
}

/// The state of `StoredConnectionChecks` while they go on.
private struct CheckRound: ~Copyable {
  typealias Result = StoredConnectionChecks.Result
  typealias Answer = (place: Int, diagnosis: Diagnosis)

  /// What the checks, and the user, have come to.
  enum Event {
    case answer(Answer)
    case interrupted
  }

  private let names: [ConnectionName]
  private let network: NetworkOptions
  private let first: any Checker
  /// Makes what is told who is asked.
  private let telling: () -> @Sendable (CheckProgress) -> Void
  let inbox = Inbox<Event>()
  /// The next to begin, and the next to be told.
  private var begun = 0
  private var told = 0
  /// The records of those that run, by their places.
  private var running: [Int: SendOnceBox<ConnectionRecord>] = [:]
  private var results: [Int: Result] = [:]
  /// Providers that want to be left alone, and for how long, by the hosts that said so.
  private var held: [String: Int64] = [:]
  private var isInterrupted = false
  /// Why one could not be read.
  private(set) var failure: (any Error)?

  init(
    _ names: [ConnectionName], network: NetworkOptions, first: any Checker,
    telling: @escaping () -> @Sendable (CheckProgress) -> Void
  ) {
    self.names = names
    self.first = first
    self.network = network
    self.telling = telling
  }

  /// Begins another where there is room, or waits for an answer; nil when there is nothing left to do, or somebody does not
  /// want to wait.
  /// - Returns: the answers that have come, if any.
  mutating func next(in session: borrowing StoreSession) -> [Answer]? {
    if isInterrupted { return nil }
    if begun < names.count, failure == nil, running.count < StoredConnectionChecks.most {
      begin(in: session)
      return answers(in: inbox.all())
    }
    return running.isEmpty ? nil : answers(in: [inbox.next()] + inbox.all())
  }

  private mutating func answers(in events: [Event]) -> [Answer] {
    var answers: [Answer] = []
    for event in events {
      switch event {
      case .answer(let answer): answers.append(answer)
      case .interrupted: isInterrupted = true
      }
    }
    return answers
  }

  private mutating func begin(in session: borrowing StoreSession) {
    let (place, name) = (begun, names[begun])
    begun += 1
    let checker = place == 0 ? first : network.checker()
    // Its process starts while the record is opened.
    checker.prepare()
    do {
      let record = try session.read(name)
      let submission = record.submission()
      if let pause = pause(for: submission) {
        checker.dismiss()
        results[place] = Result(
          name: name, diagnosis: .spared(submission.provider.displayName, pause))
        return
      }
      let (box, inbox, tell) = (SendOnceBox(submission), inbox, telling())
      running[place] = SendOnceBox(record)
      guard Threads.areAvailable else {
        inbox.post(.answer((place, .withoutThreads())))
        return
      }
      Task.detached {
        guard let submission = box.take() else { return }
        inbox.post(.answer((place, await checker.check(submission, report: tell))))
      }
    } catch {
      checker.dismiss()
      failure = error
    }
  }

  /// How long a provider that the check would ask wants to be left alone; nil when none does.
  private func pause(for submission: borrowing Submission) -> Int64? {
    guard !held.isEmpty else { return nil }
    return CheckSession.hosts(of: submission).compactMap { held[$0] }.max()
  }

  /// Writes answers down, those that have come together in one change.
  mutating func record(_ answers: [Answer], in session: borrowing StoreSession) {
    var batch = SaveBatch()
    var written: [ConnectionName: Int] = [:]
    for (place, diagnosis) in answers {
      results[place] = Result(name: names[place], diagnosis: diagnosis)
      if let host = diagnosis.host, let wait = diagnosis.wait {
        held[host] = max(wait, held[host] ?? 0)
      }
      guard let record = running.removeValue(forKey: place)?.take(),
        let noted = record.noting(diagnosis)
      else { continue }
      do throws(StoreError) {
        if answers.count == 1 {
          try session.save(noted, replacing: true, keepingToken: true)
        } else {
          try session.add(noted, replacing: true, keepingToken: true, to: &batch)
          written[names[place]] = place
        }
      } catch {
        results[place]?.notNoted = error
      }
    }
    do throws(StoreError) {
      for (name, reason) in try session.save(&batch) {
        if let place = written[name] { results[place]?.notNoted = reason }
      }
    } catch {
      for place in written.values { results[place]?.notNoted = error }
    }
  }

  /// Results that nothing before them is missing of any more.
  mutating func ready() -> [Result] {
    var ready: [Result] = []
    while let result = results.removeValue(forKey: told) {
      ready.append(result)
      told += 1
    }
    return ready
  }

  /// All others, in order: what is known behind one that is not.
  mutating func rest() -> [Result] {
    defer { results = [:] }
    return results.sorted { $0.key < $1.key }.map(\.value)
  }
}

extension Diagnosis {
  /// Of a connection whose provider has asked for a pause when another one was checked.
  fileprivate static func spared(_ provider: String, _ pause: Int64) -> Diagnosis {
    Diagnosis(
      kind: .busy,
      sentence:
        "\(provider) asked for a pause when another connection was checked: nothing was asked.",
      nextStep: "Check again in \(pause == 1 ? "1 second" : "\(pause) seconds").")
  }
}
