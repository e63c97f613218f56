import Basics
import TestSupport
import Testing

/// A provider called Acme, of one key, whose checks go to a port of this machine.
struct AskedServer {
  let port: Int

  /// Writes the provider's entry for a program, and returns what commands need to use it: `--guides DIR --ca FILE`.
  func options(for program: UsherProgram) throws -> [String] {
    let entry = """
      {"display_name": "Acme", "auth_mode": "API_KEY",
       "proxy": {"base_url": "https://localhost:\(port)",
        "headers": {"authorization": "Bearer ${apiKey}"},
        "verification": {"method": "GET", "endpoints": ["/me"]}},
       "credentials": {"apiKey": {"type": "string", "title": "API Key", "secret": true}}}
      """
    let guides = program.home.file("guides")
    try TestProvider.write(try #require(Value(json: entry).map), slug: "acme", below: guides)
    return ["--guides", guides, "--ca", TestProvider.authority(for: program)]
  }
}
