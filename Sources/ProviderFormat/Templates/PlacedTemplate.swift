internal import Basics

/// A template of an entry, with the names that may stand in it.
package struct PlacedTemplate {
  /// The template as written.
  package let text: String
  /// One-based line in the file; 0 when there is none.
  package let line: Int
  /// The names that may stand in it.
  package let scope: TemplateScope
  /// What the place is called in sentences.
  package let place: String
  /// How many steps of a token request have been answered when it is filled in.
  package var steps = 0
}

extension Provider {
  /// The templates of the entry, in written order. Fields, addresses for people, and names of scripts are none.
  package var templates: [PlacedTemplate] {
    var collector = TemplateCollector(self)
    collector.addEntry()
    return collector.templates
  }
}

/// Goes through an entry and knows what stands where.
private struct TemplateCollector {
  private let provider: Provider
  private(set) var templates: [PlacedTemplate] = []

  /// A place: its names, and what it is called.
  private typealias Place = (scope: TemplateScope, name: String)

  private static let address: Place = (.address, "an address")
  private static let query: Place = (.query, "a query")
  private static let header: Place = (.header, "a header")
  private static let body: Place = (.body, "a body")
  private static let token: Place = (.token, "a token request")
  private static let signed: Place = (.signed, "what is signed")
  private static let elsewhere: Place = (.elsewhere, "this place")

  init(_ provider: Provider) { self.provider = provider }

  mutating func addEntry() {
    for member in provider.entry.members {
      switch member.key {
      case "credentials", "connection_config", "assertion_option", "integration_config", "docs",
        "docs_connect", "display_name", "categories", "setup_guide_url":
        break
      case "proxy": add(member, each: Self.proxy)
      case "token_url", "token_params", "token_headers": add(member, Self.token, steps: 0)
      case "additional_steps": addSteps(member)
      case "token", "assertion": add(member, Self.signed)
      case "usher": addUsher(member)
      default: add(member, Self.elsewhere)
      }
    }
  }

  private static let proxy: [String: Place] = [
    "base_url": address, "headers": header, "query": query, "body": body,
  ]
  private static let verification: [String: Place] = [
    "base_url_override": address, "endpoints": address, "headers": header, "data": body,
  ]
  private static let request: [String: Place] = [
    "url": address, "query": query, "headers": header, "body": body, "form": body, "xml": body,
  ]

  /// What the answers to a request of `usher.check` mean is no template.
  private mutating func addUsher(_ usher: Value.Member) {
    for member in usher.value.map?.members ?? [] {
      switch member.key {
      case "check":
        for step in member.value.list ?? [] { addRequest(step) }
      case "revoke":
        addRequest(member.value)
        for part in member.value.map?.members ?? []
        where ["token_url", "token_params"].contains(part.key) {
          add(part, Self.token)
        }
      case "device":
        let places = ["url", "token_url", "params", "token_params"].map { ($0, Self.token) }
        add(member, each: Dictionary(uniqueKeysWithValues: places))
      default: break
      }
    }
  }

  /// The parts of a request that is made with the credentials alone.
  private mutating func addRequest(_ request: Value) {
    for part in request.map?.members ?? [] {
      guard var place = Self.request[part.key] else { continue }
      // No token is fetched before it; one that is made here is there.
      if ![.jwt, .signature].contains(provider.authMode) {
        place.scope.subtract([.fetched, .accessToken])
      }
      add(part, place)
    }
  }

  private mutating func addSteps(_ steps: Value.Member) {
    for (index, step) in (steps.value.list ?? []).enumerated() {
      add(.init(key: steps.key, value: step, line: steps.line), Self.token, steps: index + 1)
    }
  }

  /// The parts of a map, each as a table says; those that it does not name belong to requests that are not made here.
  private mutating func add(_ map: Value.Member, each places: [String: Place]) {
    for member in map.value.map?.members ?? [] {
      if member.key == "verification" {
        add(member, each: Self.verification)
      } else {
        add(member, places[member.key] ?? Self.elsewhere)
      }
    }
  }

  /// Every text of a value.
  private mutating func add(_ member: Value.Member, _ place: Place, steps: Int = .max) {
    member.value.forEachText(line: member.line) { text, line in
      templates.append(
        PlacedTemplate(
          text: text, line: line, scope: place.scope, place: place.name, steps: steps))
    }
  }
}

extension Value {
  /// Hands on every text in it, at any depth, with the line it stands on.
  ///
  /// - Parameter line: the value's own; members that came from a file have theirs.
  package func forEachText(line: Int = 0, _ body: (String, Int) -> Void) {
    switch self {
    case .string(let text): body(text, line)
    case .list(let list): for value in list { value.forEachText(line: line, body) }
    case .map(let map):
      for member in map.members {
        member.value.forEachText(line: member.line == 0 ? line : member.line, body)
      }
    case .null, .bool, .int, .double: break
    }
  }
}
