internal import Secrets

/// The values that a text holds beside other things: a line of a `.env` file, a command, JSON, YAML, a key with words
/// around it. `SnippetReader` makes it.
///
/// Values are secrets and stay in locked memory. Names are ordinary texts; `SnippetName.shown` says which of them may be
/// printed.
package struct Snippet: ~Copyable, Sendable {
  /// What kind of text it is.
  package enum Kind: Equatable, Sendable {
    /// One line with a name and a value.
    case line
    case dotenv, json, yaml
    /// A shell's command line; `program` is `curl`, `wget` or `http`.
    case command(program: String)
    /// A call in a program's source: `fetch(…)`.
    case code
    /// The user and the password out of a `Basic` header.
    case basicHeader
    /// Several PEM blocks of several kinds.
    case keyFile
    /// Several lines that are none of these.
    case lines

    /// Whether most of the text is no value at all: what fits no field is then not worth a word.
    package var isCall: Bool {
      switch self {
      case .command, .code, .basicHeader: true
      case .line, .dotenv, .json, .yaml, .keyFile, .lines: false
      }
    }
  }

  /// What a value is, as far as the text says it.
  package enum Role: Equatable, Sendable {
    /// Has a name. `isExplicit` when a word such as `export` says that it is a variable.
    case named(isExplicit: Bool)
    /// In a header of a request.
    case header
    /// Before and behind the colon of a pair. A user without a password is a key that stands in its place.
    case user, password, loneUser
    /// Handed over as a bearer token.
    case bearer
    /// A line without a name.
    case line
    /// A PEM block; its name is the label.
    case block
  }

  /// One value, but for the value itself.
  package struct Item: Equatable, Sendable {
    /// As it was written, the names around it in front: `credentials.apiKey`. Empty for a line without a name.
    package var name: String
    /// What its place in the text says of it.
    package var role: Role
    /// One-based, among the lines that are not empty; 0 where it does not matter.
    package var line: Int
    /// What stood between name and value.
    package var mark: Mark

    /// How a name was tied to its value.
    package enum Mark: Equatable, Sendable {
      case equals, colon, other
    }

    package init(_ name: String, _ role: Role, line: Int = 0, mark: Mark = .other) {
      self.name = name
      self.role = role
      self.line = line
      self.mark = mark
    }
  }

  /// More values than anybody looks through: a text with more of them is no file of values.
  static let limit = 500

  /// What the text as a whole was read as.
  package let kind: Kind
  /// In the order of the text.
  package private(set) var items: [Item] = []
  private var values = SecretMap<Int>()

  init(_ kind: Kind) { self.kind = kind }

  /// From 0 to `limit`: further values are left out.
  package var count: Int { items.count }

  /// Lends a value for the length of `body`.
  package borrowing func withBytes<Result: ~Copyable>(
    of index: Int, _ body: (RawSpan) -> Result
  ) -> Result {
    values.withBytes(of: index, body)
  }

  /// Adds a value; an empty one is none. Of two with one name the later counts, as in every reader of such files.
  mutating func add(_ item: Item, _ value: consuming SecretBuffer) {
    guard !value.isEmpty, items.count < Snippet.limit else { return }
    if case .named = item.role, let index = items.firstIndex(of: item) {
      values.set(index, to: value)
      return
    }
    values.set(items.count, to: value)
    items.append(item)
  }

  mutating func add(_ item: Item, _ text: RawSpan, _ range: Range<Int>) {
    add(item, SecretBuffer(copying: text.extracting(range)))
  }

  /// Only the items for which `keeps` holds.
  borrowing func filtered(_ keeps: (Int) -> Bool) -> Snippet {
    var snippet = Snippet(kind)
    for index in items.indices where keeps(index) {
      withBytes(of: index) { bytes in
        snippet.add(items[index], bytes, 0..<bytes.byteCount)
      }
    }
    return snippet
  }
}
