internal import ArgumentParser
internal import Basics
internal import Connections
internal import FileTemplates
internal import Secrets
internal import Store

/// `usher template`
struct TemplateCommand: UsherCommand {
  static let configuration = CommandConfiguration(
    commandName: "template",
    abstract: "A configuration file with values of connections in it.",
    discussion: """
      A template is the file itself, with names in double braces: {{ tally.apiKey }}, {{ tally/work.apiKey }}, \
      {{ tailscale-api-key.params.organizationName }}, and {{ acme.token }} for an access token as usher token gives it. \
      {{{{ writes {{. Comments are copied as they are.

      The file's ending says how a value is written in it, or --format does. In quotes of yours it is escaped for them; \
      where there are none it gets its own. What could change the meaning of the file is refused, and so is every name \
      that means nothing: all are told with line and column, and nothing is written. Of a file of no known kind --format raw \
      puts a value in as it is, one of several lines only on a line of its own.

      --output writes a file that only you can read, whole or not at all, and says where nothing has changed. Without it the \
      text goes to a pipe, as with -o -. --check only looks the names up: 1 where one is missing.

      EXAMPLES
        usher template app.yaml.tmpl -o /etc/app/app.yaml
        usher template app.json.tmpl --check
        usher template deploy.env.tmpl --format shell | ssh host 'cat > deploy.env'
        echo '{{ acme.token }}' | usher template - --format raw | wc -c
      """)

  @Argument(help: "A template, or - for standard input.", completion: .file()) var file: String
  @Option(
    name: [.customShort("o"), .long],
    help: ArgumentHelp(
      "The file to write, for you alone; - for standard output.", valueName: "file"),
    completion: .file())
  var output: String?
  @Option(
    help: ArgumentHelp(
      "What the file is. By its ending unless told.",
      valueName: "format"))
  var format: TemplateFormat?
  @Flag(help: "Look the names up, print what is used, and write nothing.") var check = false
  @Flag(help: "Print to a terminal too.") var reveal = false
  @OptionGroup var store: StoreOptions
  @OptionGroup var network: NetworkOptions

  func validate() throws {
    if check && (output != nil || reveal) {
      throw ValidationError("--check writes nothing: leave --output and --reveal out.")
    }
    if output == "" {
      throw ValidationError("--output takes a file, or - for standard output.")
    }
    if outputFile != nil && reveal {
      throw ValidationError("--reveal prints to a terminal: leave it or --output out.")
    }
  }

  /// Nil where the text goes to standard output.
  private var outputFile: String? { output == "-" ? nil : output }

  func perform() throws -> ExitCode {
    if !check, outputFile == nil, Console.isOutputTerminal, !reveal {
      throw CommandError.secretOnTerminal
    }
    let text = TemplateText(path: file)
    let plan = FillPlan(try text.read(), as: usedFormat)
    let session = try store.session()
    let names = try TemplateNames(plan.places, in: session)
    let faults = plan.faults + names.faults
    guard faults.isEmpty else { return report(TemplateFaults(faults), in: text) }
    if check { return tell(names) }
    return try write(plan, names, text, session)
  }

  /// By the name of the template, or of what comes of it.
  private var usedFormat: TemplateFormat {
    if let format { return format }
    let own = TemplateFormat(fileName: file)
    return own == .unknown ? outputFile.map { TemplateFormat(fileName: $0) } ?? own : own
  }

  private func write(
    _ plan: FillPlan, _ names: TemplateNames, _ text: TemplateText,
    _ session: borrowing StoreSession
  ) throws -> ExitCode {
    // The place is looked at before a provider is asked for anything.
    let target = try outputFile.map(TemplateTarget.init(path:))
    try target?.refuse(file)
    let values = try ConnectionAccess(network: network).values(names.values, in: session)
    let filled: SecretBuffer
    do throws(TemplateFaults) {
      filled = try plan.fill(with: values)
    } catch {
      return report(error, in: text)
    }
    if let target {
      try target.write(filled)
    } else {
      Console.secret(filled)
    }
    return .done
  }

  private func tell(_ names: TemplateNames) -> ExitCode {
    let used = names.used
    if used.isEmpty {
      Console.line("No values are used.")
    } else {
      let rows = used.map { [$0.connection.description, $0.words.joined(separator: ", ")] }
      Console.line(TextTable(rows: [["CONNECTION", "VALUES"]] + rows).text)
    }
    return .done
  }

  private func report(_ found: TemplateFaults, in text: TemplateText) -> ExitCode {
    for fault in found.faults { Console.error(fault.text(in: text.name)) }
    let count = found.faults.count
    ErrorPrinter.print(
      Explanation(
        what: "\(text.name) cannot be filled in\(check ? "" : ", and nothing was written")",
        why: count == 1 ? "one place in it is at fault" : "\(count) places in it are at fault"))
    return .failed
  }
}

extension TemplateFormat: ExpressibleByArgument {
  /// Not `unknown`, which is what a file is of which nothing was said.
  static var allValueStrings: [String] { allCases.filter { $0 != .unknown }.map(\.rawValue) }

  init?(argument: String) {
    guard Self.allValueStrings.contains(argument) else { return nil }
    self.init(rawValue: argument)
  }
}
