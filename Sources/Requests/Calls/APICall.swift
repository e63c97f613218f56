/// A request of a provider's API as its caller writes it. Address, credentials and whatever else the provider wants are
/// added by what the entry says (`RequestBuilder`).
struct APICall: Sendable, Equatable {
  /// What is asked.
  enum Target: Sendable, Equatable {
    /// A template below the base address, with a query as the case may be.
    case path(String)
    /// The same as an answer wrote it: `${` in it means nothing.
    case link(String)
    /// An absolute address as an answer wrote it.
    case address(String)
  }

  /// A parameter of the query. It takes the place of those of its name.
  struct Parameter: Sendable, Equatable {
    var name: String
    var value: String
  }

  /// `GET`, in capitals.
  var method = "GET"
  var target: Target
  var parameters: [Parameter] = []
}
