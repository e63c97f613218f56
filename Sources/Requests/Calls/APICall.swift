/// A request of a provider's API as its caller writes it. Address, credentials and whatever else the provider wants are
/// added by what the entry says (`RequestBuilder`).
///
/// What a caller types is ordinary memory: it stood on a command line. A body, which may come from elsewhere, is none of
/// this (`CallBody`).
package struct APICall: Sendable, Hashable {
  /// What is asked.
  package enum Target: Sendable, Hashable {
    /// As a caller writes it: a template below the base address, with a query as the case may be, or an absolute address
    /// at the base's origin.
    case path(String)
    /// What stands below the base address as an answer wrote it: `${` in it means nothing.
    case link(String)
    /// An absolute address as an answer wrote it.
    case address(String)
  }

  /// A parameter of the query. It takes the place of those of its name.
  package struct Parameter: Sendable, Hashable {
    /// Not encoded.
    package var name: String
    /// Not encoded, and no template.
    package var value: String

    package init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  /// A header field of the caller's, which takes the place of ours of its name.
  package struct Header: Sendable, Hashable {
    /// As it was written; compared without regard to case.
    package var name: String
    /// No template.
    package var value: String

    package init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  /// A member of a JSON body, by its path: dots lead into objects.
  struct BodyMember: Sendable, Hashable {
    var path: String
    /// As JSON.
    var json: String
  }

  /// Nil for what the body asks for: `GET` without one, `POST` with one.
  package var method: String?
  /// What is asked.
  package var target: Target
  /// In place of the entry's base address: absolute, and the one way to another origin.
  package var baseURL: String?
  /// Those of `-q`, of two with one name the last.
  package var parameters: [Parameter] = []
  /// Those of `-H`, of two with one name the last.
  package var headers: [Header] = []
  /// What pages set in a JSON body, where no parameter takes it.
  var bodyMembers: [BodyMember] = []

  package init(
    method: String? = nil, target: Target, baseURL: String? = nil, parameters: [Parameter] = [],
    headers: [Header] = []
  ) {
    self.method = method
    self.target = target
    self.baseURL = baseURL
    self.parameters = parameters
    self.headers = headers
  }
}
