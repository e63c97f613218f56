internal import Basics
internal import ProviderFormat
internal import Requests

extension Provider {
  /// Everything of a connection that a script can be given, under the names of fields: the access token of a mode that has
  /// one, then the values. What is stored under the name of a token gives way to it.
  /// - Parameter stored: the fields that have values.
  func scriptFields(stored: [Field.ID]) -> [Field.ID] {
    let tokens = TokenMember.all(of: self).map(\.field)
    return tokens + stored.filter { !tokens.contains($0) }
  }

  /// The same without what a script gets only where it is asked for: credentials of which nothing is made but a token are
  /// of no use beside it, and live longer. What a link notes for itself is nobody's. Settings, and credentials that every request carries, stay.
  func usualScriptFields(stored: [Field.ID]) -> [Field.ID] {
    let tokens = TokenMember.all(of: self).map(\.field)
    let stored = stored.filter { !LinkedAccount.bookkeeping.contains($0) }
    if tokens.isEmpty { return stored }
    let carried = fieldsInRequests
    return scriptFields(stored: stored).filter { field in
      tokens.contains(field) || field.scope == .connectionConfig || carried.contains(field)
    }
  }

  /// The fields that the entry names in its requests of the API.
  private var fieldsInRequests: Set<Field.ID> {
    var places: [(text: String, scope: TemplateScope)] = []
    if let address = proxy.baseURL { places.append((address, .address)) }
    places +=
      proxy.headers.map { ($0.template, .header) } + proxy.query.map { ($0.template, .query) }
    Value.map(proxy.body).forEachText { text, _ in places.append((text, .body)) }
    var found: Set<Field.ID> = []
    for place in places {
      for name in Template(place.text).names {
        found.formUnion(fields(named: name, in: place.scope))
      }
    }
    return found
  }
}
