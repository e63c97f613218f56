import FoundationEssentials
import TestSupport
import Testing
import usher

/// Everyday lines are read without the argument parser. The two readings must not drift apart.
@Suite("Everyday command lines")
struct EverydayLineTests {
  @Test(arguments: [
    "", "--plain", "--guides g --store s --identity i --ca c", "list", "list --json --store=s",
    "get tally", "get tally apiKey --reveal", "get --json tally --identity-fd 7",
    "show tally/lab --json", "connect tally", "connect tally --name lab --plain --no-check",
    "connect --guides ./g tally --set a=b --set=c=d=e --replace --insist",
    "connect tally --from - --key apiKey --json", "connect tally --from f --dry-run --reveal",
    "connect tally --name=-x", "run tally", "run a b/c --env x=Y a --env=b/c.x=Z --file",
    "list --identity-command=cat", "get tally --identity-command cat --reveal",
    "run tally --passphrase-fd 3", "list --passphrase-fd=0 --identity-fd 7",
    "status", "status --expiring 30d --quiet", "status --json --expiring=0 --store s",
    "check tally", "check a b --json --ca c", "check --all", "check --all --older-than 1h",
    "check a --dry-run --reveal",
    "run --setup usher.yaml --file", "run --setup=u --print --json --env a=B", "run a --print",
    "run tally --ca c", "token tally", "token tally --fresh --min-valid 5m --json --ca c",
    "token a/b --format aws", "token a --header --reveal", "token a --forget --store s",
    "git-credential tally get", "git-credential a/b store --username u --ca=c",
    "request tally /me", "request tally POST /me -d {} -H A:b -H=C:d -q a=b -q=c=d",
    "request a /b -i -v --raw --fresh --retries 3 --retry-on 409 --retry-on=5xx --max-wait 2m",
    "request a /b --include --verbose --timeout 90 --base-url https://x.example --dry-run --reveal",
    "request a /b --paginate --jsonl --page-size 5 --max-pages 7",
    "request a /b --paginate --slurp",
    "request a PUT /b --body-file -", "request a /b -F k=v -F f=@g",
  ])
  func `are read as the argument parser reads them`(_ line: String) throws {
    let words = line.split(separator: " ").map(String.init)
    let everyday = try #require(CommandLineReading.everyday(words))
    #expect(everyday == CommandLineReading.parser(words))
    #expect(!everyday.contains("*definition*"), "\(everyday)")
  }

  @Test(arguments: [
    "--help", "--version", "help", "get", "get --help", "get a b c", "get tally --jsn", "get -x",
    "get tally --store", "get tally --store --json", "get tally --store a --store b",
    "get tally --store=", "get tally --identity-fd x", "get tally --", "list tally", "run",
    "list --identity a --identity-fd 7",
    "list --identity-fd 7 --passphrase-fd 7",
    "list --identity-command cat --identity a",
    "connect", "connect tally --reveal", "connect tally --key k", "connect tally --at 2026-01-01",
    "run a --setup b", "run a --json", "run --setup",
    "status tally", "status --expiring x", "status --quiet --json",
    "check", "check tally --all", "check tally --seed 00", "keys", "guides list", "tally",
    "token", "token a b", "token a --min-valid x", "token a --format b", "token a --json --header",
    "token a --forget --fresh", "git-credential a", "git-credential a get x", "request a",
    "request a /b --retries x", "request a /b -d x -F k=v", "request a /b --slurp",
    "request a /b -qx=y", "request a /b -iv", "request a /b --seed 00",
  ])
  func `are left to the argument parser when anything about them is not plain`(_ line: String) {
    #expect(CommandLineReading.everyday(line.split(separator: " ").map(String.init)) == nil)
  }

  @Test func `leave an empty word to the argument parser`() {
    #expect(CommandLineReading.everyday(["get", ""]) == nil)
    #expect(CommandLineReading.everyday(["get", "tally", "--store", ""]) == nil)
  }

  /// By the parser's own list of options, so that a new one is compared, too.
  @Test func `agree about every option that there is`() throws {
    let everyday = [
      "": [], "connect": ["tally"], "list": [], "status": [], "show": ["tally"], "get": ["tally"],
      "run": ["tally"], "check": ["tally"], "token": ["tally"], "request": ["tally", "/me"],
      "git-credential": ["tally", "get"],
    ]
    let usher = try help()
    for command in [usher] + (usher.subcommands ?? []) {
      let name = command.commandName == "usher" ? "" : command.commandName
      guard let operands = everyday[name] else { continue }
      for option in (command.arguments ?? []).filter({ $0.kind != "positional" }) {
        for spelling in option.names ?? [] {
          let dashes = spelling.kind == "long" ? "--" : "-"
          let word = dashes + spelling.name
          let variants =
            option.kind == "flag"
            ? [[word]] : [[word, "7"], [word, "-"], [word, "-7"], [word + "=7"]]
          for variant in variants {
            let words = (name.isEmpty ? [] : [name]) + operands + variant
            guard let read = CommandLineReading.everyday(words) else { continue }
            #expect(read == CommandLineReading.parser(words), "\(words)")
          }
        }
      }
    }
  }

  private func help() throws -> Help.Command {
    let text = UsherProgram().run(["--experimental-dump-help"]).text
    return try JSONDecoder().decode(Help.self, from: Data(text.utf8)).command
  }

  private struct Help: Decodable {
    let command: Command

    struct Command: Decodable {
      let commandName: String
      let subcommands: [Command]?
      let arguments: [Argument]?
    }
    struct Argument: Decodable {
      let kind: String
      let names: [Name]?
    }
    struct Name: Decodable {
      let kind: String
      let name: String
    }
  }
}
