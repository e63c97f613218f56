internal import Basics
internal import Checking
internal import GuideText
internal import Synchronization

/// The pages of one fetch, and the few that are asked for at the same time.
final class PageQueue: Sendable {
  /// Connections to the site at once: as many as a browser would not be noticed for.
  private static let width = 4
  /// Pages after which the record is written again: so many are asked for once more when a fetch is killed.
  private static let recordedEvery = 20

  struct Item: Sendable {
    let address: PageAddress
    let file: String
  }

  private struct State {
    var next = 0
    var finished = 0
    var unrecorded = 0
    var record: FetchRecord
    var outcomes: [FetchReport.Outcome?]
    var failure: FetchedFolder.Failure?
    /// Before this moment nothing is asked: the site said so.
    var resumes = ContinuousClock.now
  }

  private let items: [Item]
  private let folder: FetchedFolder
  private let options: CheckOptions
  private let progress: @Sendable (_ finished: Int, _ all: Int) -> Void
  private let state: Mutex<State>

  init(
    _ items: [Item], into folder: FetchedFolder, record: FetchRecord, options: CheckOptions,
    progress: @escaping @Sendable (_ finished: Int, _ all: Int) -> Void
  ) {
    self.items = items
    self.folder = folder
    self.options = options
    self.progress = progress
    state = Mutex(State(record: record, outcomes: Array(repeating: nil, count: items.count)))
  }

  /// Asks for all pages and keeps what comes.
  /// - Returns: what became of each, in the order of the items.
  /// - Throws: when the folder cannot be written; what was written before stays, and is recorded.
  func run() async throws(FetchedFolder.Failure) -> [FetchReport.Outcome] {
    await withTaskGroup { group in
      for _ in 0..<min(Self.width, items.count) { group.addTask { await self.work() } }
    }
    try writeRecord()
    let (outcomes, failure) = state.withLock { ($0.outcomes, $0.failure) }
    if let failure { throw failure }
    return outcomes.map { $0 ?? .failed("It was not asked for.") }
  }

  private func work() async {
    guard let host = items.first?.address.page.origin.host else { return }
    let transport = PageTransport(host: host, options: options)
    while let number = nextIndex() {
      let item = items[number]
      let question = PageQuestion(
        address: item.address, entityTag: entityTag(of: item),
        pause: { [self] in await pause(for: $0) })
      await pause(for: .zero)
      let answer = await question.ask(transport)
      finish(number, answer)
    }
    await transport.close()
  }

  private func nextIndex() -> Int? {
    state.withLock { state in
      guard state.failure == nil, state.next < items.count else { return nil }
      defer { state.next += 1 }
      return state.next
    }
  }

  /// Only of a page that lies there as it was recorded: one that somebody has edited is asked for whole.
  private func entityTag(of item: Item) -> String? {
    guard let page = state.withLock({ $0.record.page(in: item.file) }), let tag = page.entityTag,
      let bytes = folder.page(item.file), FetchRecord.digest(bytes) == page.digest
    else { return nil }
    return tag
  }

  private func pause(for time: Duration) async {
    let moment = state.withLock { state in
      state.resumes = max(state.resumes, .now + time)
      return state.resumes
    }
    if moment > .now { try? await Task.sleep(until: moment, clock: .continuous) }
  }

  private func finish(_ number: Int, _ answer: PageQuestion.Answer) {
    let item = items[number]
    do throws(FetchedFolder.Failure) {
      let outcome = try record(answer, item)
      let (finished, isDue) = state.withLock { state in
        state.outcomes[number] = outcome
        state.finished += 1
        state.unrecorded += 1
        return (state.finished, state.unrecorded >= Self.recordedEvery)
      }
      progress(finished, items.count)
      if isDue { try writeRecord() }
    } catch {
      state.withLock { $0.failure = $0.failure ?? error }
    }
  }

  private func record(
    _ answer: PageQuestion.Answer, _ item: Item
  ) throws(FetchedFolder.Failure) -> FetchReport.Outcome {
    switch answer {
    case .failed(let sentence): return .failed(sentence)
    case .unchanged:
      state.withLock { state in
        guard var page = state.record.page(in: item.file) else { return }
        page.fetched = .now()
        state.record.set(page)
      }
      return .unchanged
    case .page(let bytes, let entityTag):
      let old = try folder.write(page: bytes, to: item.file)
      let page = FetchRecord.Page(
        file: item.file, address: item.address.page.shortText, entityTag: entityTag,
        digest: FetchRecord.digest(bytes), fetched: .now())
      state.withLock { $0.record.set(page) }
      return old == nil ? .new : old == bytes ? .unchanged : .changed
    }
  }

  private func writeRecord() throws(FetchedFolder.Failure) {
    let record = state.withLock { state in
      state.unrecorded = 0
      return state.record
    }
    if !record.pages.isEmpty { try folder.write(record) }
  }
}
