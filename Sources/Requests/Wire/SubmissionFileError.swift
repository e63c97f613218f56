package import Basics
package import ProviderFormat

/// Why a file of values cannot be used. Nothing was saved.
///
/// A name that is not known is never repeated: it may be a secret that stands where its name belongs. The suggestion is
/// one of the known names.
package enum SubmissionFileError: Explained, Equatable {
  case notJSON(String)
  /// Not a section of the values. `field` is the field of that name, where somebody left its section out.
  case unknownSection(String, known: [String], field: Field.ID? = nil)
  case unknownField(Field.ID, known: [Field.ID])
  /// Something else than a text in a member that is no section: one of the known names.
  case notTextMember(String)
  /// A list or an object where a value belongs.
  case notText(Field.ID)
  case tooLong(Field.ID, limit: Int)

  /// Holds names that the provider declares, and nothing else of the file.
  package var explanation: Explanation {
    switch self {
    case .notJSON(let what):
      Explanation(
        what: "the values are not readable as JSON", why: what,
        advice: #"write them as {"credentials": {"NAME": "VALUE"}, "params": {"NAME": "VALUE"}}"#)
    case .unknownSection(let section, let known, let field):
      Explanation(
        what: "a member of the values is no section that this provider has",
        why: "each value stands in the section that its field belongs to",
        advice: field.map {
          "write {\"\($0.scope.submissionKey)\": {\"\($0.name)\": \"VALUE\"}}"
        } ?? SpellingSuggestion.of(section, in: known).map { "did you mean \"\($0)\"?" }
          ?? "use one of: \(known.joined(separator: ", "))")
    case .unknownField(let id, let known):
      Explanation(
        what: "\"\(id.scope.submissionKey)\" has a name that the provider does not ask for",
        why: "a value that nobody asks for is likely a misspelled one",
        advice: Field.ID.meant(by: id.description, among: known).map { "did you mean \($0)?" }
          ?? "use one of: \(known.map(\.description).joined(separator: ", "))")
    case .notTextMember(let member):
      Explanation(
        what: "\"\(member)\" is not a text", why: "it stands in quotation marks, or is left out",
        advice: member == "expires"
          ? #"write "expires": "90d", a date such as "2027-03-01", or "never""#
          : "write \"\(member)\": \"NAME\"")
    case .notText(let id):
      Explanation(
        what: "\"\(id)\" is not a text", why: "a value is a text, a number, true or false",
        advice: "put a key file's content into one text, with \\n for its line ends")
    case .tooLong(let id, let limit):
      Explanation(
        what: "\"\(id)\" is too long", why: "a value of this field has at most \(limit) bytes",
        advice: "check that the right file was read")
    }
  }
}
