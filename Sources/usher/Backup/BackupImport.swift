internal import Basics
internal import Connections
internal import Glibc
internal import Store

/// `usher import`: one thing after the other out of the file, and into the store by many in one change.
struct BackupImport {
  let options: Import

  /// How many connections are stored in one change, and how many bytes of them: enough that the disk is seldom waited
  /// for, and few enough that a change fits into the database's memory.
  private static let batchCount = 500
  private static let batchSize = 1024 * 1024

  func perform() throws -> ExitCode {
    let interruption = Interruption()
    let source = try ImportSource(options.file, interruption: interruption)
    let session = try options.store.withoutIdentity.session()
    if !options.dryRun { try session.prepareToSave() }
    let isNew = !session.describe().exists
    var reader: BackupReader
    do throws(BackupError) {
      reader = try session.openBackup(with: options.store.givenIdentity, from: source.next)
    } catch {
      guard interruption.isSet else {
        ErrorPrinter.print(ImportReport.explain(error, "nothing was imported"))
        return error.exitCode
      }
      ImportReport.interrupt()
      return .interrupted
    }
    var report = ImportReport(
      isJSON: options.json, isDryRun: options.dryRun,
      progress: WorkProgress(
        of: reader.header?.count.all, isSilent: options.json || options.dryRun))
    var failure: BackupError?
    do throws(StoreError) {
      failure = try takeIn(&reader, session, &report, interruption)
    } catch {
      report.finish()
      throw error
    }
    let store = session.describe()
    report.finish(newStore: isNew && store.exists ? store : nil)
    if interruption.isSet, failure != nil {
      ImportReport.interrupt()
      return .interrupted
    }
    if let failure { ErrorPrinter.print(report.explain(failure)) }
    return failure?.exitCode ?? report.exitCode
  }

  /// - Returns: why not all of it could be read; an interruption is one reason.
  private func takeIn(
    _ reader: inout BackupReader, _ session: borrowing StoreSession, _ report: inout ImportReport,
    _ interruption: Interruption
  ) throws(StoreError) -> BackupError? {
    var batch = SaveBatch()
    var failure: BackupError?
    while failure == nil {
      do throws(BackupError) {
        if interruption.isSet { throw .source(.interrupted) }
        guard let item = try reader.next() else { break }
        try takeIn(item, session, &batch, &report)
      } catch {
        if case .store(let error) = error { throw error }
        failure = error
      }
    }
    try store(&batch, in: session, &report)
    return failure
  }

  private func takeIn(
    _ item: consuming BackupItem, _ session: borrowing StoreSession, _ batch: inout SaveBatch,
    _ report: inout ImportReport
  ) throws(BackupError) {
    do throws(StoreError) {
      let name = ImportReport.Name(item)
      if options.dryRun {
        let restoration = try session.restoration(of: item, replacing: options.replace)
        return report.note(name, restoration)
      }
      report.note(name, try session.restore(item, replacing: options.replace, to: &batch))
      let isFull = batch.count >= Self.batchCount || batch.byteCount >= Self.batchSize
      if isFull { try store(&batch, in: session, &report) }
    } catch {
      throw .store(error)
    }
  }

  private func store(
    _ batch: inout SaveBatch, in session: borrowing StoreSession, _ report: inout ImportReport
  ) throws(StoreError) {
    do throws(StoreError) {
      report.store(except: try session.save(&batch))
    } catch {
      report.loseWaiting()
      throw error
    }
  }
}

extension SystemError {
  /// Somebody did not want to wait.
  fileprivate static let interrupted = SystemError(code: EINTR)
}
