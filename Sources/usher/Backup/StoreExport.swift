internal import Basics
internal import Connections
internal import Store

/// `usher export --all`: a backup on standard output, and how far it is on standard error.
struct StoreExport {
  let isArmored: Bool
  /// Whom it is sealed for; nil for the store's own recipients.
  let readers: [AgeRecipient]?

  func perform(_ options: StoreOptions) throws -> ExitCode {
    let session = try options.session()
    let interruption = Interruption()
    let progress = WorkProgress(isSilent: false)
    var total = BackupCount()
    var written = BackupCount()
    var hasLeftOut = false
    var isStopped = false
    do throws(StoreError) {
      try session.writeBackup(to: readers, isArmored: isArmored, output: Console.bytes) { step in
        switch step {
        case .began(let count): total = count
        case .wrote(let count):
          written = count
          progress.show(count.all, of: total.all)
        case .leftOut(let error):
          hasLeftOut = true
          progress.aside { ErrorPrinter.print(error.explanation) }
        }
        isStopped = interruption.isSet
        return !isStopped
      }
    } catch {
      progress.end()
      throw error
    }
    progress.end()
    if isStopped {
      Console.error("usher: interrupted: the backup is not whole, and import says so")
      ErrorPrinter.hint("the same command makes one that is")
      return .interrupted
    }
    if progress.isShown { ErrorPrinter.note("the backup holds \(written.words)") }
    return hasLeftOut ? .storeFailed : .done
  }
}
