internal import Basics
internal import Catalogues
internal import Connections
internal import Drafts
internal import ProviderFormat
internal import Requests
internal import Secrets
internal import Store

/// `usher connect --from` without a provider: many connections out of one file. Each is held to the rules of one alone;
/// what is wrong with it is told with its place, and the others are stored.
struct BulkConnect {
  let options: Connect
  let catalogue: Catalogue

  /// How many are stored in one change, and how many bytes of them: enough that the disk is seldom waited for, and few
  /// enough that a change fits into the database's memory. What was checked is stored at once, so that whoever
  /// interrupts the rest loses no answer.
  private static let batchCount = 500
  private static let batchSize = 1024 * 1024

  /// One connection of the file, apart from its values.
  private struct Entry {
    let name: ConnectionName
    let form: Form
    /// When its values end, where that is said.
    let end: ChosenEnd?
    /// Where it stands, for a sentence.
    let place: String
  }

  func perform(from path: String) throws -> ExitCode {
    let interruption = Interruption()
    var file: ConnectionsFile
    do throws(SystemError) {
      file = try ConnectionsFile(path, interruption: interruption)
    } catch {
      throw CommandError.failed(
        Explanation(
          what: "cannot read \(path)", why: error.reason,
          advice: "give a file that you may read, or - for standard input"))
    }
    let session = try options.store.session()
    if !options.values.dryRun { try session.prepareToSave() }
    var forms = ProviderForms(catalogue: catalogue, options: options.catalogue)
    var report = BulkReport(
      isJSON: options.values.json,
      progress: WorkProgress(isSilent: options.values.json || options.values.dryRun))
    var batch = SaveBatch()
    do {
      while !interruption.isSet,
        try connectNext(&file, session, &forms, &batch, &report, interruption)
      {
        let isFull = batch.count >= Self.batchCount || batch.byteCount >= Self.batchSize
        if isFull || !options.values.noCheck { try store(&batch, in: session, &report) }
      }
      try store(&batch, in: session, &report)
    } catch {
      if !options.values.dryRun { report.finish() }
      throw error
    }
    if !options.values.dryRun { report.finish() }
    guard interruption.isSet else { return report.exitCode }
    report.interrupt(file.name)
    return .interrupted
  }

  /// - Returns: false where nothing more can be read.
  private func connectNext(
    _ file: inout ConnectionsFile, _ session: borrowing StoreSession, _ forms: inout ProviderForms,
    _ batch: inout SaveBatch, _ report: inout BulkReport, _ interruption: Interruption
  ) throws -> Bool {
    var name: ConnectionName?
    var end: ChosenEnd?
    var form: Form?
    var read: SecretValues?
    do {
      let isThere = try file.next { text in
        let connection: ConnectionName
        (connection, end) = try Self.name(in: text)
        name = connection
        form = try forms.form(of: connection.provider)
        if let form { read = try SubmissionFile.readValues(of: text, for: form) }
      }
      guard isThere, let name, let form, let values = read.take() else { return false }
      let entry = Entry(name: name, form: form, end: end, place: "\(file.place), \(name)")
      try connect(entry, values, session, &batch, &report, interruption)
    } catch is Interruption.Interrupted {
      return false
    } catch let error as SystemError {
      report.fail(
        file.end, nil, Explanation(what: "\(file.name) cannot be read on", why: error.reason),
        .failed)
      return false
    } catch let problem as ConnectionsFile.Problem {
      report.fail(
        file.end, nil,
        Explanation(
          what: "\(file.name) cannot be read on", why: problem.what, advice: problem.advice),
        .failed)
      return false
    } catch let error as StoreError {
      if options.skipLinked, case .exists(let linked) = error {
        // By an entry before it in the same file.
        report.skip(linked)
      } else {
        report.fail(file.place, name, Self.explanation(error), error.exitCode)
      }
    } catch let error as any Explained {
      report.fail(file.place, name, error.explanation, error.exitCode)
    }
    return true
  }

  /// One that is linked already is what happens to a file that is read a second time.
  private static func explanation(_ error: StoreError) -> Explanation {
    var explanation = error.explanation
    if case .exists = error {
      explanation.advice =
        "--skip-linked leaves what is linked as it is; --replace puts the new values in its place"
    }
    return explanation
  }

  /// With the end of its values, where that is said.
  private static func name(in text: RawSpan) throws -> (ConnectionName, ChosenEnd?) {
    let names = try SubmissionFile.names(in: text)
    guard let provider = names.provider else {
      throw CommandError.failed(
        Explanation(
          what: "the connection has no \"provider\"", why: "without a provider there are no rules",
          advice: #"write {"provider": "tally", "credentials": {"apiKey": "VALUE"}}"#))
    }
    let name = names.name ?? ConnectionName.defaultName
    return (try Connect.connection(provider, name), try names.expires.map(end))
  }

  /// A value of the file like others, and no word of the command line.
  private static func end(_ text: String) throws(CommandError) -> ChosenEnd {
    do {
      return try ChosenEnd(text, now: .now())
    } catch {
      throw .failed(error.explanation)
    }
  }

  /// Everything between reading one and storing it.
  private func connect(
    _ entry: Entry, _ values: consuming SecretValues, _ session: borrowing StoreSession,
    _ batch: inout SaveBatch, _ report: inout BulkReport, _ interruption: Interruption
  ) throws {
    let (name, form, place) = (entry.name, entry.form, entry.place)
    if options.skipLinked, try session.hasRow(of: name) { return report.skip(name) }
    let rules = UnattendedDraft(
      form: form, insists: options.values.insist, replay: options.replay.replay,
      prefix: "\(place): ")
    if options.values.dryRun {
      return try DryRun.print(
        rules.make(of: values).submission(), at: options.replay.replay,
        revealing: options.values.reveal)
    }
    if !options.replace, try session.hasRow(of: name) { throw StoreError.exists(name) }
    let terms = UnattendedTerms(
      purpose: options.replace ? .linkOrReplace : .link, network: options.network,
      acceptsOther: options.values.otherAccount, end: entry.end)
    let old = try terms.replaced(name, form, in: session)
    let draft = try rules.make(of: values, keeping: terms.kept(of: old, form))
    var diagnosis: Diagnosis?
    if !options.values.noCheck {
      let check = SynchronousCheck(
        checker: options.network.checker(), report: report.asking, interruption: interruption)
      let found = check.run(draft.submission())
      if found.kind == .cancelled, interruption.isSet { throw Interruption.Interrupted() }
      guard found.exitCode == .done else { throw BulkRefusal(diagnosis: found) }
      diagnosis = found
    }
    let answer = diagnosis?.isAccepted == true ? diagnosis : nil
    var record = ConnectionRecord(
      name: name, submission: draft.submission(), diagnosis: answer)
    if let objection = terms.settle(&record, replacing: old).objection {
      throw BulkRefusal(diagnosis: objection)
    }
    try session.add(record, replacing: options.replace, to: &batch)
    report.wait(for: name, at: place)
  }

  private func store(
    _ batch: inout SaveBatch, in session: borrowing StoreSession, _ report: inout BulkReport
  ) throws {
    for refused in try session.save(&batch) {
      if options.skipLinked, case .exists = refused.reason {
        report.skipWaiting(refused.name)
      } else {
        report.refuse(refused.name, refused.reason)
      }
    }
    report.store()
  }
}

/// The provider has answered, and not with yes.
struct BulkRefusal: Explained {
  let diagnosis: Diagnosis

  var explanation: Explanation { Explanation(what: DiagnosisReport.text(diagnosis)) }
}

/// The forms of the providers that a file names, each made once.
struct ProviderForms {
  let catalogue: Catalogue
  let options: CatalogueOptions
  private var known: [String: Result<Form, any Error>] = [:]

  init(catalogue: Catalogue, options: CatalogueOptions) {
    self.catalogue = catalogue
    self.options = options
  }

  /// - Throws: where there is no such provider, or it cannot be linked by values.
  mutating func form(of slug: String) throws -> Form {
    if let found = known[slug] { return try found.get() }
    let found = Result {
      let form = try options.form(for: slug, in: catalogue)
      if let obstacle = LinkObstacle(form.provider) {
        throw CommandError.impossible(form.provider, obstacle, in: catalogue)
      }
      guard form.provider.authMode.isFormBased else {
        throw CommandError.failed(
          Explanation(
            what: "accounts of \(form.provider.displayName) are linked one by one",
            why: "a person has to agree to each, or a refresh token is needed",
            advice: "usher connect \(slug) --from FILE links one"))
      }
      return form
    }
    known[slug] = found
    return try found.get()
  }
}
