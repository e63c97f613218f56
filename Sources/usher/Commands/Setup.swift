internal import ArgumentParser
internal import Basics
internal import Catalogues
internal import Connections
internal import Projects
internal import ProviderFormat
internal import Store

/// `usher setup`
struct Setup: UsherCommand {
  static let configuration = CommandConfiguration(
    commandName: "setup",
    abstract: "Link what a project needs: its list, and only what is missing is asked for.",
    discussion: """
      A project says in usher.yaml what it needs:

        guides: ./guides               # optional: the project's own, beside it
        connections:
          - provider: tally            # as usher guides list has it
            name: tally/default        # optional
            required: true             # unless it says false
            env: {apiKey: TALLY_TOKEN} # optional: field and variable
            why: reads the sign-up form

      On a terminal that is a list. What is missing, has ended or was refused is linked from it, one after the other; \
      leave at any moment, and the same command goes on. Where all that is required is linked it says so and asks \
      nothing. The file holds no values, so it can be shared.

      --check prints the list and asks nothing: exit code 0 where all that is required is linked, 1 where something is \
      missing, has ended or was refused, 7 where that cannot be told without the identity, or the identity cannot be had. \
      --new writes a file from what is linked; what is there is never overwritten.

      EXAMPLES
        usher setup
        usher setup deploy/usher.yaml
        usher setup --check || echo "run usher setup"
        usher setup --check --json | jq -r '.connections[] | select(.needs_hand) | .name'
        usher setup --new
        usher run --setup usher.yaml -- ./sync.sh
      """)

  @Argument(
    help: "The project's file; usher.yaml in the working directory unless told.",
    completion: .file(extensions: ["yaml", "yml"]))
  var file: String?
  @Flag(help: "Print how each connection is, and ask nothing.") var check = false
  @Flag(help: "With --check: print JSON.") var json = false
  @Flag(help: "Ask for what is optional, too, where nothing else is missing.") var all = false
  @Flag(help: "Write such a file from what is linked; - is standard output.") var new = false
  @OptionGroup var display: DisplayOptions
  @OptionGroup var catalogue: CatalogueOptions
  @OptionGroup var store: StoreOptions
  @OptionGroup var network: NetworkOptions

  func validate() throws {
    if json && !check { throw ValidationError("--json belongs to --check.") }
    if check && all { throw ValidationError("--check asks for nothing: leave --all out.") }
    if new && (check || all) {
      throw ValidationError("--new writes a file: leave --check and --all out.")
    }
  }

  func perform() throws -> ExitCode {
    if new { return try writeNew() }
    if !check && Console.isInteractive {
      return InteractiveSession.supervised {
        let (project, opened) = try openProject()
        return try InteractiveSession(
          catalogue: opened, store: store, network: network, plain: display.plain
        ).setUp(project, asksForAll: all)
      }
    }
    let (project, opened) = try openProject()
    let session = try store.session()
    if check { return try tell(project.survey(in: session, opened), in: session) }
    try session.requireIdentity()
    let survey = try project.survey(in: session, opened)
    guard !SetupReport.asksForSomething(survey, evenOptional: all) else {
      throw CommandError.noTerminal(noTerminal(survey))
    }
    return SetupReport.tell(survey)
  }

  /// Reads the project's file, and holds it against what is known and what is linked.
  private func openProject() throws -> (Project, Catalogue) {
    let read = try ProjectFile(reading: file)
    let opened = catalogue.catalogue(project: read.project.guides?.path)
    let linked = Set(try store.session().list().map(\.name))
    let project = try read.validated(in: opened, linked: linked)
    tellOfShadowedGuides(of: project, in: opened)
    return (project, opened)
  }

  /// The list first: its names are known whatever becomes of the identity.
  private func tell(
    _ survey: ProjectSurvey, in session: borrowing StoreSession
  ) throws -> ExitCode {
    let now = Timestamp.now()
    if json {
      Console.json(SetupReport.json(survey, now: now))
    } else {
      SetupReport.printTable(of: survey, now: now)
    }
    try session.requireIdentity()
    if !json { SetupReport.printNext(after: survey) }
    return SetupReport.exitCode(of: survey)
  }

  private func noTerminal(_ survey: ProjectSurvey) -> Explanation {
    let open = survey.open(required: true) + (all ? survey.open(required: false) : [])
    let names = open.map(\.need.name.description).joined(separator: ", ")
    return Explanation(
      what: "setting up needs a terminal, for \(names)",
      why: "input or output is not one, and nothing is ever asked there",
      advice: "use ssh -t; usher setup --check tells without one what is missing")
  }

  /// A guide of the project's own is passed over where its provider is known already.
  private func tellOfShadowedGuides(of project: Project, in opened: Catalogue) {
    guard let path = project.guides?.path else { return }
    let own = Catalogue(sources: [.folder(path)])
    let passedOver = Set(project.needs.map(\.name.provider)).filter { slug in
      own.provider(slug) != nil && opened.provider(slug)?.origin != .folder(path)
    }
    guard !passedOver.isEmpty else { return }
    ErrorPrinter.note(
      "\(path) is not used for \(passedOver.sorted().joined(separator: ", ")): a project's guides add providers, "
        + "and take the place of none that is known; --guides \(path) has it so")
  }

  // MARK: A new file

  private func writeNew() throws -> ExitCode {
    let session = try store.session()
    let text = try ProjectText(session.projectEntries()).text
    if file == "-" {
      Console.document(String(text.dropLast()))
      return .done
    }
    let path = file ?? Project.fileName
    try NewFile(
      path, whereTaken: "edit it, or name another file: usher setup --new FILE",
      whereRefused: "name a file that you may write, or - for standard output"
    ).write(text)
    Console.line("Wrote \(path)\nNext: take out what the project does not need, and say what for.")
    return .done
  }
}
