import Basics
import LoopbackSupport
import TestSupport
import Testing

/// A provider with one key, of which a check asks at `/me` of a test's own server.
enum DepotProvider {
  static let slug = "depot"

  /// Writes its entry where the program may read it.
  /// - Returns: what every command needs to reach the server.
  static func options(for program: UsherProgram, at server: LoopbackServer) throws -> [String] {
    let entry = """
      {"display_name": "Depot", "auth_mode": "API_KEY",
      "proxy": {"base_url": "https://localhost:\(server.port)",
      "headers": {"authorization": "Bearer ${apiKey}"},
      "verification": {"method": "GET", "endpoints": ["/me"]}},
      "credentials": {"apiKey": {"type": "string", "title": "API key"}}}
      """
    let guides = program.home.file("guides")
    try TestProvider.write(try #require(Value(json: entry).map), slug: slug, below: guides)
    return ["--guides", guides, "--ca", TestProvider.authority(for: program)]
  }
}
