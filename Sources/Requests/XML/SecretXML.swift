internal import Basics

/// Limits of XML with secrets in it. An answer has at most 1 MiB, which the transport sees to.
enum SecretXML {
  /// Levels of nesting.
  static let depth = 64
  /// The longest name of an element or attribute, in bytes: with a `$` before it, a key of JSON that is looked at.
  static let nameLength = JSONLimits.members.keyLength - 1
  /// Attributes of one element.
  static let attributes = 64
}

/// Why bytes are not the XML that is read. Says where, never what stood there.
struct SecretXMLError: Error, Equatable {
  enum Reason: Equatable {
    case unexpected, unfinished, badText, badReference
    case tooDeep, longName, tooManyAttributes, duplicateAttribute
    case wrongEnd
    /// A document type can define entities, which could grow without bound or name files.
    case documentType
    case noElement, secondElement, textOutside
  }

  var reason: Reason
  /// In bytes from the start.
  var offset: Int

  /// The end of a sentence: `a tag is not closed`.
  var message: String {
    let what =
      switch reason {
      case .unexpected: "something that XML does not allow stands there"
      case .unfinished: "the text ends too early"
      case .badText: "there are bytes that are no text"
      case .badReference: "a reference beginning with & is not known"
      case .tooDeep: "it is nested too deeply"
      case .longName: "a name is too long"
      case .tooManyAttributes: "an element has too many attributes"
      case .duplicateAttribute: "an attribute stands there a second time"
      case .wrongEnd: "another element than the open one is closed"
      case .documentType: "it declares a document type, which is not read"
      case .noElement: "there is no element"
      case .secondElement: "there is a second outermost element"
      case .textOutside: "there is text outside of the outermost element"
      }
    return "\(what) (byte \(offset))"
  }
}
