internal import Basics
internal import Checking
internal import Connections
internal import Drafts
internal import Glibc
internal import ProviderFormat
internal import Requests
internal import Store

/// One `usher request`, from the opened store to its exit code.
struct RequestRun {
  let command: RequestCommand
  let line: RequestLine

  func perform(_ body: borrowing BodyInput) throws -> ExitCode {
    if command.dryRun { return try dryRun(body) }
    let relay = Console.isOutputTerminal && !command.raw ? try TerminalRelay() : nil
    let caller = HelperCaller(
      options: command.network.checkOptions, output: relay?.output ?? STDOUT_FILENO,
      body: body.descriptor, showsHead: command.include)
    // Its process starts while the store is opened.
    caller.prepare()
    let session = try command.store.session()
    let record = try session.read(session.name(meant: command.name))
    let request = try request(body, of: record)
    // Before the relay's thread, which would take them. What has been written is brought to an end then.
    let interrupt = EventDescriptor(signals: Interruption.signals)
    let access = ConnectionAccess(network: command.network, cancel: interrupt)
    let token = try access.tokenIfAny(of: record, in: session, isFresh: command.fresh)
    relay?.start()
    return call(caller, request, of: record, token, in: session, interrupt) { relay?.finish() }
  }

  /// - Parameter finish: shows the rest of what was written.
  private func call(
    _ caller: HelperCaller, _ request: consuming CallRequest, of record: borrowing ConnectionRecord,
    _ token: consuming TokenSet?, in session: borrowing StoreSession, _ interrupt: EventDescriptor,
    finish: () -> Void
  ) -> ExitCode {
    let access = ConnectionAccess(network: command.network, cancel: interrupt)
    let report = RequestReport(
      connection: record.facts.name, isVerbose: command.verbose, pagingOptions: pagingOptions)
    var loss: SystemError?
    let outcome = access.call(
      request, by: caller, of: record, token, in: session, cancel: interrupt
    ) { told in
      if case .unwritten(let error) = told { loss = error }
      report.tell(told)
    }
    finish()
    if let loss {
      Console.lose(loss)
      return .failed
    }
    report.tell(outcome)
    return outcome.exitCode
  }

  /// - Throws: `.usage` for what cannot be sent with the credentials, or not in this form.
  private func request(
    _ body: borrowing BodyInput, of record: borrowing ConnectionRecord
  ) throws(CommandError) -> CallRequest {
    var call = line.call
    let replaced = body.replacedHeaders
    call.headers.removeAll { replaced.contains($0.name.lowercased()) }
    let type = call.headers.last { $0.name.lowercased() == "content-type" }?.value
    let request = CallRequest(
      call, body: try body.body(for: record.provider, type: type), options: line.options)
    if let objection = CallSession.objection(to: request, of: record.submission()) {
      throw .usage(objection.explanation(for: record.provider))
    }
    return request
  }

  private func dryRun(_ body: borrowing BodyInput) throws -> ExitCode {
    let session = try command.store.session()
    let record = try session.read(session.name(meant: command.name))
    let request = try request(body, of: record)
    let submission = record.submission()
    // Whatever its end is: nobody is asked for the sake of showing.
    let token = try session.tokens(of: record.facts.name)
    do throws(RequestError) {
      let planned = try CallSession.dryRun(
        request, of: submission, token: token, at: command.replay.replay)
      try DryRun.print(
        planned, revealing: command.reveal, NetworkObjections(submission, of: line.call))
    } catch {
      throw CommandError.failed(error.explanation(for: submission.provider))
    }
    return .done
  }

  /// What the rest of a list is asked for with.
  private var pagingOptions: String {
    ["--paginate", command.jsonl ? "--jsonl" : nil, command.slurp ? "--slurp" : nil]
      .compactMap(\.self).joined(separator: " ")
  }
}
