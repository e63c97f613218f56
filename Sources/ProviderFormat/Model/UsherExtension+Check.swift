package import Basics

extension UsherExtension {
  /// One request of the check, and what its answers mean.
  package struct CheckStep: Sendable, Equatable {
    /// The HTTP method.
    package var method = "GET"
    /// A template: absolute, or below the proxy's base URL.
    package var url: String
    /// Parameters, beside those in `url` and those that the proxy declares; one without a value is left out.
    package var query: [Provider.NamedTemplate] = []
    /// Added to the headers that the proxy declares, over which they win.
    package var headers: [Provider.NamedTemplate] = []
    /// What is sent; nil for nothing.
    package var body: Body?
    /// Skip the request while this field's value equals the given text (a tailnet of `-` needs no confirmation).
    /// The field is named with its scope: `params.organizationName`.
    package var skip: Field.Visibility?
    /// Send the request only when no request before it was answered with success (2xx): the own record of a key is
    /// not visible to it everywhere, and then an ordinary call has to show that it works.
    package var isFallback = false
    /// First match wins. No match: the general meaning of the HTTP status.
    package var answers: [Answer] = []
    /// A request is left out silently when a `${derived.…}` in its address has no value.
    package init(url: String) { self.url = url }
  }

  /// What a request sends. Values are escaped for the place where they go and cannot break out of it. One that is
  /// missing is an error, unless its field may stay empty: then the member that needs it is left out.
  package enum Body: Sendable, Equatable {
    /// Texts in it are templates.
    case json(Value)
    /// Each member a template, or a map or list that is sent as a JSON text of its own.
    case form(Value.Map)
    /// An XML document with placeholders in texts and attributes.
    case xml(String)
  }

  /// What one kind of answer means.
  package struct Answer: Sendable, Equatable {
    /// Nil for any status.
    package var status: StatusSet?
    /// What must stand in the answer; all of them.
    package var conditions: [Condition] = []
    /// Words that must all occur in the body's text, without regard to case.
    package var contains: [String] = []
    /// What such an answer says of the credentials.
    package var means: Meaning
    /// The diagnosis in a sentence; nil for the general one.
    package var say: String?
    /// The next step in a sentence; nil for the general one.
    package var next: String?
    /// Where facts stand in the answer. Several paths for one fact are tried in order.
    package var read: [FactPath] = []

    package init(means: Meaning) { self.means = means }
  }

  /// What an answer can tell about the credentials.
  package enum Fact: String, Sendable, CaseIterable {
    case account, organization, expires, rights
    /// What the key is called.
    case description
  }

  /// A fact, and the path in the answer where it stands.
  package struct FactPath: Sendable, Equatable {
    /// What is learned.
    package var fact: Fact
    /// Where it stands in the answer.
    package var path: String

    package init(fact: Fact, path: String) {
      self.fact = fact
      self.path = path
    }
  }

  /// What must stand at a path of an answer: a path into XML when the answer begins with `<`, else into JSON.
  package struct Condition: Sendable, Equatable {
    /// What is demanded of what stands at the path.
    package enum Test: Sendable, Equatable {
      /// One of these texts, exactly; numbers and truth values as they are written.
      case equals([String])
      /// A text in which all of these occur, without regard to case.
      case contains([String])
      case isList
      /// Anything but a JSON null.
      case isPresent
      /// Nothing, or a JSON null; also in an answer that is neither JSON nor XML.
      case isAbsent
    }

    /// Where in the answer to look: `items[0].id` in JSON, `order/@number` in XML. The article about provider files
    /// describes both.
    package var path: String
    /// What has to be true of it.
    package var test: Test

    package init(path: String, test: Test) {
      self.path = path
      self.test = test
    }
  }

  /// What an answer means, in the words used in provider files.
  package enum Meaning: String, Sendable, CaseIterable {
    /// The credentials work. Later requests are not made.
    case accepted
    /// So far good (or undecided): facts are kept, the next request decides. After the last request: accepted if
    /// any request answered with success, else the general meaning of the last status.
    case `continue`
    /// Another kind of value than the one that is asked.
    case wrongKind = "wrong_kind"
    /// A good value of another account, organization or host.
    case wrongTenant = "wrong_tenant"
    /// A good value without a right that is needed.
    case lacksRight = "lacks_right"
    /// Expired, revoked or mistyped: the provider does not say which.
    case refused
    /// Too many requests, or a failure of the provider's own.
    case busy
    /// Says nothing of the credentials.
    case unknown
  }
}
