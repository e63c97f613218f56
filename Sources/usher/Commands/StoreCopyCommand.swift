internal import ArgumentParser
internal import Basics
internal import Connections
internal import Store

/// `usher store copy`
struct StoreCopyCommand: UsherCommand {
  static let configuration = CommandConfiguration(
    commandName: "copy",
    abstract: "Copy a store to another place, which another engine may keep.",
    discussion: """
      Everything goes along as it lies there, sealed and signed: connections with their tokens, what they were before and \
      their history, applications, what was typed and not finished. No private key is needed. TO has to be empty, or the \
      beginning of such a copy: the same command goes on where it was cut off. Nothing that is there is written over. At the \
      end everything is read back and compared.

      What was copied stays where it was. Let every machine use one of the two from then on: each goes its own way.

      EXAMPLES
        usher store copy /srv/usher/usher.db etcds://etcd-1,etcd-2,etcd-3/usher?ca=/etc/ssl/team.pem
        usher store copy etcds://anna@etcd-1/usher backup.db --store-password-fd 3 3< password
      """)

  @Argument(
    help: ArgumentHelp("The store that is copied.", valueName: "from"), completion: .file())
  var from: String
  @Argument(
    help: ArgumentHelp("Where it goes: a path, or etcds://HOST/PREFIX.", valueName: "to"),
    completion: .file())
  var to: String
  @OptionGroup var store: StoreOptions

  func validate() throws {
    guard store.store == nil else {
      throw ValidationError("FROM and TO name the stores: leave out --store.")
    }
  }

  func perform() throws -> ExitCode {
    let interruption = Interruption()
    let progress = WorkProgress(unit: "connections", isSilent: false)
    let source = try session(from)
    let target = try session(to)
    let copy: StoreCopy
    do throws(StoreError) {
      copy = try source.copy(to: target) { done, all in
        progress.show(done, of: all)
        return !interruption.isSet
      }
    } catch {
      progress.end()
      throw error
    }
    progress.end()
    guard let compared = copy.compared else {
      Console.error("usher: interrupted: \(copy.copied) things were copied")
      ErrorPrinter.hint("the same command goes on")
      return .interrupted
    }
    return try report(copy, compared)
  }

  private func session(_ place: String) throws(StoreError) -> StoreSession {
    var options = store
    options.store = place
    return try options.session()
  }

  private func report(_ copy: StoreCopy, _ compared: Int) throws -> ExitCode {
    let there = copy.alreadyThere == 0 ? "" : " There already: \(copy.alreadyThere)."
    var options = store
    options.store = to
    let location = try options.location()
    Console.paragraph(
      "Connections and applications copied to \(location.path): \(copy.copied).\(there) "
        + "Sealed things read back, and as they were: \(compared).")
    for name in copy.different {
      ErrorPrinter.print(
        Explanation(
          what: "\(name) is not the same in both",
          why: "it has been changed in one of them since it was copied, or while it was",
          advice: "usher export \(name) and usher import take over the one that counts"))
    }
    guard copy.different.isEmpty else { return .failed }
    Console.paragraph("To use it from now on write store: \(location.argument) into config.yaml.")
    return .done
  }
}
