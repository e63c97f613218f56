internal import Basics
internal import ProviderFormat

/// Where in the addresses of an entry the value of a field stands.
enum AddressPlace: Equatable, Sendable {
  /// The address begins with it, scheme included.
  case base
  /// The host is between the two texts, which are lower case and both empty where the value is all of it. With `isOpen`
  /// another value follows behind `after`.
  case host(before: String, after: String, isOpen: Bool)

  /// Whether it is less than a host.
  var isPart: Bool {
    switch self {
    case .base: false
    case .host(let before, let after, _): !before.isEmpty || !after.isEmpty
    }
  }

  /// Where each field stands that is a base address, a host, or a part of a host somewhere; the first address that has it
  /// counts.
  static func all(in provider: Provider) -> [Field.ID: AddressPlace] {
    var places: [Field.ID: AddressPlace] = [:]
    // Elsewhere a template that begins with a name is the rest of an address.
    let bases = [
      provider.proxy.baseURL, provider.proxy.verification?.baseURLOverride,
      provider.entry["token_url"]?.text,
    ]
    for template in provider.templates where template.text.holds("${") {
      let sides = Template.alternatives(template.text).map { [$0.left, $0.right] }
      for side in sides ?? [template.text] {
        for (name, place) in found(in: Template(side), isBase: bases.contains(template.text)) {
          let id = provider.field(named: name)
          let ids = [
            id, Field.ID(.connectionConfig, id.name), Field.ID(.integrationConfig, id.name),
          ]
          for id in name.contains(".") ? [id] : ids where places[id] == nil { places[id] = place }
        }
      }
    }
    return places
  }

  /// What the form shows beside a field says the same.
  init?(decoration field: Field) {
    guard field.format == .hostname || field.suffix != nil else { return nil }
    let scheme = field.prefix.flatMap { prefix in
      ["https://", "http://"].first { prefix.lowercased().hasPrefix($0) }
    }
    let before = scheme.map { String((field.prefix ?? "").dropFirst($0.count)) } ?? ""
    let after = field.suffix ?? ""
    let end = after.firstIndex { "/:?#".contains($0) } ?? after.endIndex
    self = .host(
      before: before.lowercased(), after: after[..<end].lowercased(), isOpen: false)
  }

  /// The names that an address has as its base or in its host.
  private static func found(
    in template: Template, isBase: Bool
  ) -> [(name: String, place: AddressPlace)] {
    var parts = template.parts[...]
    guard let first = parts.popFirst() else { return [] }
    switch first {
    case .name(let name):
      guard isBase else { return [] }
      guard case .literal(let next)? = parts.first else { return [(name, .base)] }
      return "/?".contains(next.first ?? " ") && !next.hasPrefix("://") ? [(name, .base)] : []
    case .literal(let text):
      guard let scheme = ["https://", "http://"].first(where: text.hasPrefix) else { return [] }
      return hosts(String(text.dropFirst(scheme.count)), parts)
    case .now, .random, .call: return []
    }
  }

  /// - Parameters:
  ///   - text: the beginning of the host.
  ///   - parts: what follows it.
  private static func hosts(
    _ text: String, _ parts: ArraySlice<Template.Part>
  ) -> [(name: String, place: AddressPlace)] {
    var (found, before) = ([] as [(name: String, place: AddressPlace)], text)
    var followsValue = false
    for index in parts.indices {
      if before.contains(where: { "/?#:".contains($0) }) { break }
      guard case .name(let name) = parts[index] else {
        if case .literal(let literal) = parts[index] { before = literal }
        followsValue = false
        continue
      }
      let rest = parts[(index + 1)...]
      var after = ""
      if case .literal(let literal)? = rest.first { after = literal }
      // Of two values side by side nobody knows where one ends.
      if !followsValue, rest.isEmpty || !after.isEmpty {
        let end = after.firstIndex { "/?#:".contains($0) }
        let place = AddressPlace.host(
          before: before.lowercased(), after: after[..<(end ?? after.endIndex)].lowercased(),
          isOpen: end == nil && rest.count > 1)
        found.append((name, place))
      }
      before = ""
      followsValue = true
    }
    return found
  }
}
