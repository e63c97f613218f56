package import Guides

/// Why a file of values cannot be used. Nothing was saved.
package enum SubmissionFileError: Explained, Equatable {
  case notJSON(String)
  case unknownMember(String, known: [String])
  /// A list or an object where a value belongs.
  case notText(Field.ID)
  case tooLong(Field.ID, limit: Int)

  package var explanation: Explanation {
    switch self {
    case .notJSON(let what):
      Explanation(
        what: "the values are not readable as JSON", why: what,
        advice: #"write them as {"credentials": {"NAME": "VALUE"}, "params": {"NAME": "VALUE"}}"#)
    case .unknownMember(let member, let known):
      Explanation(
        what: "the provider has no \"\(member.prefix(64))\"",
        why: "a value that nobody asks for is likely a misspelled one",
        advice: "use one of: \(known.joined(separator: ", "))")
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
