internal import Basics

/// How a provider's long lists come in pages, and how the next page is asked for (`proxy.paginate`).
package struct Pagination: Sendable, Equatable {
  /// What leads to the next page.
  package enum Kind: Sendable, Equatable {
    /// The answer names its address: in its header `Link` under a relation, or in its body at a path. The header is
    /// looked at first.
    case link(relation: String?, path: String?)
    /// A value of the answer goes into a parameter of the next request.
    /// - Parameter parameter: nil where the entry does not say which; there is no next page then.
    case cursor(path: String, parameter: String?)
    /// A parameter counts, from `start` on.
    case offset(parameter: String, start: Int, unit: Unit)
  }

  /// What a parameter counts.
  package enum Unit: Sendable, Equatable { case items, pages }

  /// What leads to the next page.
  package let kind: Kind
  /// Where the list stands in an answer; nil where the entry does not say.
  package let listPath: String?
  /// In which parameter goes how many items a page shall have; nil where the entry does not say.
  package let sizeParameter: String?

  /// Whether a page that has a next one leads to it.
  package var leadsOn: Bool {
    if case .cursor(_, nil) = kind { return false }
    return true
  }

  /// Nil when the value does not say how.
  init?(_ value: Value?) {
    guard let map = value?.map, let kind = Kind(map) else { return nil }
    self.kind = kind
    listPath = map["response_path"]?.text
    sizeParameter = map["limit_name_in_request"]?.text
  }
}

extension Pagination.Kind {
  fileprivate init?(_ map: Value.Map) {
    switch map["type"]?.text {
    case "link":
      let relation = map["link_rel_in_response_header"]?.text
      let path = map["link_path_in_response_body"]?.text
      guard relation != nil || path != nil else { return nil }
      self = .link(relation: relation, path: path)
    case "cursor":
      guard let path = map["cursor_path_in_response"]?.text else { return nil }
      self = .cursor(path: path, parameter: map["cursor_name_in_request"]?.text)
    case "offset":
      guard let parameter = map["offset_name_in_request"]?.text else { return nil }
      // No list is counted in items by a parameter that is called page, whatever the entry leaves unsaid.
      let isOfPages =
        map["offset_calculation_method"]?.text == "per-page" || parameter == "page"
      let start = map["offset_start_value"].flatMap { KeyType<Int>.number.read($0) }
      self = .offset(
        parameter: parameter, start: start ?? (parameter == "page" ? 1 : 0),
        unit: isOfPages ? .pages : .items)
    default: return nil
    }
  }
}
