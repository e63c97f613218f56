import Basics
import Requests
import Testing

/// A whole check that a provider judges for itself: the entry, what the user enters, what the provider demands, and
/// what the check should come to. `Data/README.md` describes the files that flows are read from.
struct Flow: Sendable {
  /// What the provider is besides its routes.
  enum Stage: String, CaseIterable, Sendable {
    /// Reached by its address.
    case plain
    /// Lets nobody in without a certificate.
    case certificate
    /// Reached through a proxy, under whatever host name is asked for.
    case proxy
  }

  /// What the check should come to.
  struct Expectation: Sendable {
    var verdict: Diagnosis.Kind
    var cause: Diagnosis.Cause?
    /// Parts of the sentence, where it matters which one it is.
    var says: [String] = []
    var organization: String?
    /// How long the token lives from now on, in seconds. Nil, and no moment either, when nothing is known of its end.
    var life: Int?
    /// The moment at which the token ends.
    var tokenExpires: String?
    /// What arrives at the provider, and how it is answered: `POST /token 200`. Nil for one request to each of its
    /// routes, with none refused.
    var requests: [String]?
    /// What must not be told, besides the values.
    var hidden: [String] = []
  }

  var stage = Stage.plain
  /// `SERVER` stands for the provider's address.
  var entry: Value.Map
  /// By the names of fields: `credentials.apiKey`.
  var values: [String: String]
  /// The provider's table, as `Fixtures/PythonProvider/provider.py` describes it. `SERVER` stands for its address too.
  var routes: [Value]
  var expected: Expectation
}

/// One flow of a file, or why it cannot be read: the test that plays it says so.
struct NamedFlow: Sendable, CustomTestStringConvertible {
  /// The file's, and after a colon that of the case.
  let name: String
  let flow: Result<Flow, FlowProblem>

  var testDescription: String { name }
}

/// What is wrong with a file.
struct FlowProblem: Error, CustomStringConvertible {
  let description: String
}
