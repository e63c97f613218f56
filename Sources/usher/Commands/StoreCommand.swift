internal import ArgumentParser

/// `usher store`
struct StoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "store",
    abstract: "Where what is linked is kept.",
    discussion: """
      A store is a file on this machine unless --store, USHER_STORE or store in config.yaml names another one: a path, or \
      the etcd of a team, which several machines use at once (usher help team-store).

      EXAMPLES
        usher store copy ~/.local/share/usher/usher.db etcds://etcd-1,etcd-2,etcd-3/usher?ca=/etc/ssl/team.pem
        usher store copy etcds://etcd-1/usher /srv/usher/usher.db
      """,
    subcommands: [StoreCopyCommand.self])
}
